"""The types of a notice's fields: each reads text, and refuses it in words that say what must be so.

A refusal continues the sentence that the field's name begins: “contacts[1].phone must be …”.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Annotated

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from noticeboard.notice import dates
from noticeboard.notice.data_codes import DataCode
from noticeboard.notice.dates import When
from noticeboard.notice.problem import nearest, quoted
from noticeboard.text import web_addresses


@dataclass(frozen=True)
class Reading:
    """What the fields need to know beyond their own text; pydantic carries it as its context."""

    zone: tzinfo
    codes: Mapping[str, DataCode]
    languages: tuple[str, ...] = ()
    """What a notice may be translated into."""


def refuse(rule: str, message: str) -> PydanticCustomError:
    """Make a refusal; braces in what was found must not be read as pydantic's own."""
    return PydanticCustomError(rule, "{words}", {"words": message})


def _text(value: object) -> str:
    if not isinstance(value, str):
        found = "nothing" if value is None else "a list" if isinstance(value, list) else "more fields"
        raise refuse("text", f"must be text, not {found}")
    return value


LONGEST = 500
"""Characters in a line that the format gives no limit of its own."""


def line(longest: int) -> Callable[[object], str]:
    """Give the reader of one line of plain text."""

    def read(value: object) -> str:
        text = _text(value).strip()
        if not text:
            raise refuse("empty", "must not be empty")
        if "\n" in text:
            raise refuse("one-line", f"must be one line, not {text.count(chr(10)) + 1} lines")
        if len(text) > longest:
            raise refuse("too-long", f"must be at most {longest} characters, not {len(text)}; shorten it")
        return text

    return read


def paragraph(longest: int) -> Callable[[object], str]:
    """Give the reader of a plain text that may run over several lines of the file."""

    def read(value: object) -> str:
        text = " ".join(_text(value).split())
        if not text:
            raise refuse("empty", "must not be empty")
        if len(text) > longest:
            raise refuse("too-long", f"must be at most {longest} characters, not {len(text)}; shorten it")
        return text

    return read


def worded(read: Callable[[object], str]) -> Callable[[object], str]:
    """Give a reader that refuses a text without anything to read."""

    def read_words(value: object) -> str:
        text = read(value)
        if not web_addresses.has_words(text):
            raise refuse("no-words", f"must hold a letter or a digit, not only {quoted(text)}; write it in words")
        return text

    return read_words


def _markdown(value: object) -> str:
    text = _text(value)
    if not text.strip():
        raise refuse("empty", "must not be empty")
    return text


def _url(value: object) -> str:
    text = _text(value).strip()
    if web_addresses.has_odd_host(text):
        must = "must have only plain letters, digits, hyphens and dots, and no xn--, between https:// and the next /"
        raise refuse("https-address", f"{must}, not {quoted(text)}; copy the address from the site itself")
    if not web_addresses.is_https(text):
        fix = f"; write https{text[4:]} if that works" if text.startswith("http://") else ""
        raise refuse(
            "https-address",
            f"must be a whole web address like https://example.org/page, without spaces, not {quoted(text)}{fix}",
        )
    return text


_PHONE = re.compile(r"\+?[0-9(][0-9A-Z() .+-]*(?:,? ?(?:[Ee]xt\.?|[Ee]xtension|x) ?[0-9]{1,8})?")
# What a word processor makes of spaces and hyphens.
_TYPESET = str.maketrans("\u00a0\u202f\u2010\u2011\u2012\u2013\u2014", "  -----")


def _phone(value: object) -> str:
    text = _text(value).translate(_TYPESET).strip()
    digits = re.sub(r"[^0-9A-Z]", "", re.split(r"[Ee]?x", text)[0])
    if not _PHONE.fullmatch(text) or not 3 <= len(digits) <= 15:
        raise refuse("phone", f"must be one phone number like 203-555-0100 or 203-555-0100 ext. 12, not {quoted(text)}")
    return text


def _email(value: object) -> str:
    text = _text(value).strip()
    if not re.fullmatch(r"[A-Za-z0-9._%+'-]+@(?![A-Za-z0-9.-]*[Xx][Nn]--)(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}", text):
        raise refuse("email", f"must be a mail address like privacy@example.org, not {quoted(text)}")
    return text


def _months(value: object) -> int:
    text = _text(value).strip()
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= 240:
        raise refuse("months", f"must be a whole number of months like 24, not {quoted(text)}")
    return int(text)


FEW = "fewer than 10"


def choice(words: tuple[str, ...]) -> Callable[[object], str]:
    """Give the reader of one word out of a fixed list."""

    def read(value: object) -> str:
        text = value.strip() if isinstance(value, str) else value
        if isinstance(text, str) and text in words:
            return text
        found = quoted(text) if isinstance(text, str) else "nothing" if text is None else "a list"
        raise refuse(
            "choice", f"must be {', '.join(words[:-1])} or {words[-1]}, not {found}{nearest(str(text), words)}"
        )

    return read


def contractor(value: object) -> str:
    """Read a company's name, or `none`; what only looks like `none` would start the wrong clocks."""
    text = line(LONGEST)(value)
    if text != "none" and text.lower().strip(".- ") in {"none", "no", "n/a", "na", "own", "ourselves", "us", ""}:
        must = "must be the company’s name, or none for the district’s own systems"
        raise refuse("contractor", f"{must}, not {quoted(text)}")
    return text


def _language(value: object, info: ValidationInfo) -> str:
    return choice(reading(info).languages)(value)


def schools(value: object) -> str | list[str]:
    """Read `all`, or a list of schools’ names."""
    if value == "all":
        return "all"
    if not isinstance(value, list) or not value:
        found = quoted(value) if isinstance(value, str) else "an empty list" if value == [] else "more fields"
        raise refuse("schools", f"must be all, or a list of schools such as [North School, South School], not {found}")
    return [line(LONGEST)(name) for name in value]


def _count(value: object) -> int | str:
    text = _text(value).strip()
    if text in {FEW, "unknown"}:
        return text
    plain = re.sub(r"[ ,]", "", text)
    if re.fullmatch(r"[0-9]{9,}", plain):
        # Not quoted: Social Security numbers have nine digits.
        words = "must be a number of people, and so many are none; if it is somebody’s own number, delete it and tell"
        raise refuse("large-count", f"{words} whoever is in charge of data privacy")
    if not re.fullmatch(r"[0-9]{1,8}", plain) or plain != text:
        fix = f"; write {plain}" if plain.isascii() and plain.isdigit() else ""
        raise refuse("count", f"must be a whole number like 11250, “{FEW}” or unknown, not {quoted(text)}{fix}")
    if int(plain) < 10:
        # So small a number can point at a person.
        raise refuse("small-count", f"must not be a number below 10, to protect the people; write “{FEW}”")
    return int(plain)


def _data_code(value: object, info: ValidationInfo) -> str:
    text = _text(value).strip()
    codes = reading(info).codes
    if text not in codes:
        raise refuse(
            "data-code",
            f"must be a data code such as name or grades, not {quoted(text)}{nearest(text, codes)}",
        )
    return text


def reading(info: ValidationInfo) -> Reading:
    """Get what the caller of the model gave as its context."""
    if not isinstance(info.context, Reading):
        raise TypeError("a notice is read with context=Reading(…)")
    return info.context


def _date(parse: Callable[[str, tzinfo], When]) -> PlainValidator:
    def read(value: object, info: ValidationInfo) -> When:
        try:
            return parse(_text(value), reading(info).zone)
        except dates.DateError as error:
            raise refuse("date", str(error)) from None

    return PlainValidator(read)


def _last_day(value: object, info: ValidationInfo) -> When | str:
    """Read a day, a day and time, or a line in words; what looks like a date must be one."""
    text = _text(value).strip()
    if not dates.looks_like_date(text):
        if not text or "\n" in text:
            raise refuse("last-day", "must be a day, a day and time, or one line such as “90 days from your letter”")
        return line(LONGEST)(text)
    try:
        return dates.parse_moment(text, reading(info).zone)
    except dates.DateError as error:
        raise refuse("date", str(error)) from None


# `format` tells editors and the form at /post/ what kind of text a field holds; validators leave unknown ones alone.
_MOMENT_SCHEMA = {
    "type": "string",
    "format": "moment",
    "pattern": r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?( ?(Z|[+-]\d{2}:\d{2}))?)?$",
}


def _shape(kind: str, **more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "format": kind, **more})


_NUMBER = {"type": ["integer", "string"]}

Line = Annotated[str, PlainValidator(line(LONGEST)), _shape("line", minLength=1, maxLength=LONGEST)]
Title = Annotated[str, PlainValidator(worded(line(100))), _shape("line", minLength=1, maxLength=100)]
Summary = Annotated[str, PlainValidator(worded(paragraph(280))), _shape("paragraph", minLength=1, maxLength=280)]
Contractor = Annotated[str, PlainValidator(contractor), _shape("contractor", minLength=1, maxLength=LONGEST)]
Markdown = Annotated[str, PlainValidator(_markdown), _shape("markdown", minLength=1)]
Url = Annotated[str, PlainValidator(_url), _shape("https", pattern=r"^https://\S+$")]
Phone = Annotated[str, PlainValidator(_phone), _shape("phone", minLength=3)]
Email = Annotated[str, PlainValidator(_email), _shape("email")]
Months = Annotated[int, PlainValidator(_months), WithJsonSchema({**_NUMBER, "format": "months"})]
Count = Annotated[int | str, PlainValidator(_count), WithJsonSchema({**_NUMBER, "format": "count"})]
LanguageCode = Annotated[str, PlainValidator(_language), WithJsonSchema({"enum": ["language"]})]
Code = Annotated[str, PlainValidator(_data_code), WithJsonSchema({"type": "string", "title": "Data code"})]
Moment = Annotated[When, _date(dates.parse_moment), WithJsonSchema(_MOMENT_SCHEMA)]
AnyWhen = Annotated[When, _date(dates.parse_when), WithJsonSchema({"type": ["string", "integer"], "format": "when"})]
Delay = Annotated[When, _date(dates.parse_delay), _shape("delay", pattern="^.+ to .+$")]
LastDay = Annotated[When | str, PlainValidator(_last_day), _shape("last-day", maxLength=LONGEST)]
