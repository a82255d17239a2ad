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
from noticeboard.notice import schema_patterns as patterns
from noticeboard.notice.data_codes import DataCode
from noticeboard.notice.dates import PartialDate
from noticeboard.notice.problem import did_you_mean, quote
from noticeboard.text import web_addresses


@dataclass(frozen=True)
class ParseContext:
    """What the fields need to know beyond their own text; pydantic carries it as its context."""

    zone: tzinfo
    codes: Mapping[str, DataCode]
    languages: tuple[str, ...] = ()
    """What a notice may be translated into."""


def field_error(rule: str, message: str) -> PydanticCustomError:
    """Return a refusal; braces in what was found must not be read as pydantic's own."""
    return PydanticCustomError(rule, "{words}", {"words": message})


def _text(value: object) -> str:
    if not isinstance(value, str):
        found = "nothing" if value is None else "a list" if isinstance(value, list) else "more fields"
        raise field_error("text", f"must be text, not {found}")
    return value


MAX_LENGTH = 500
"""Characters in a line that the format gives no limit of its own."""


def line(longest: int) -> Callable[[object], str]:
    """Return the reader of one line of plain text."""

    def read(value: object) -> str:
        text = _text(value).strip()
        if not text:
            raise field_error("empty", "must not be empty")
        if "\n" in text:
            raise field_error("one-line", f"must be one line, not {text.count(chr(10)) + 1} lines")
        if len(text) > longest:
            raise field_error("too-long", f"must be at most {longest} characters, not {len(text)}; shorten it")
        return text

    return read


def paragraph(longest: int) -> Callable[[object], str]:
    """Return the reader of a plain text that may run over several lines of the file."""

    def read(value: object) -> str:
        text = " ".join(_text(value).split())
        if not text:
            raise field_error("empty", "must not be empty")
        if len(text) > longest:
            raise field_error("too-long", f"must be at most {longest} characters, not {len(text)}; shorten it")
        return text

    return read


def require_words(read: Callable[[object], str]) -> Callable[[object], str]:
    """Return a reader that refuses a text without anything to read."""

    def read_words(value: object) -> str:
        text = read(value)
        if not web_addresses.has_words(text):
            raise field_error("no-words", f"must hold a letter or a digit, not only {quote(text)}; write it in words")
        return text

    return read_words


def _markdown(value: object) -> str:
    text = _text(value)
    if not text.strip():
        raise field_error("empty", "must not be empty")
    return text


def _url(value: object) -> str:
    text = _text(value).strip()
    if web_addresses.has_odd_host(text):
        must = "must have only plain letters, digits, hyphens and dots, and no xn--, between https:// and the next /"
        raise field_error("https-address", f"{must}, not {quote(text)}; copy the address from the site itself")
    if not web_addresses.is_https(text):
        fix = f"; write https{text[4:]} if that works" if text.startswith("http://") else ""
        raise field_error(
            "https-address",
            f"must be a whole web address like https://example.org/page, without spaces, not {quote(text)}{fix}",
        )
    return text


_PHONE = re.compile(r"\+?[0-9(][0-9A-Z() .+-]*(?:,? ?(?:[Ee]xt\.?|[Ee]xtension|x) ?[0-9]{1,8})?")
# What a word processor makes of spaces and hyphens.
_TYPESET = str.maketrans("\u00a0\u202f\u2010\u2011\u2012\u2013\u2014", "  -----")


def _phone(value: object) -> str:
    text = _text(value).translate(_TYPESET).strip()
    digits = re.sub(r"[^0-9A-Z]", "", re.split(r"[Ee]?x", text)[0])
    if not _PHONE.fullmatch(text) or not 3 <= len(digits) <= 15:
        raise field_error(
            "phone", f"must be one phone number like 203-555-0100 or 203-555-0100 ext. 12, not {quote(text)}"
        )
    return text


def _email(value: object) -> str:
    text = _text(value).strip()
    if not re.fullmatch(r"[A-Za-z0-9._%+'-]+@(?![A-Za-z0-9.-]*[Xx][Nn]--)(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}", text):
        raise field_error("email", f"must be a mail address like privacy@example.org, not {quote(text)}")
    return text


MAX_MONTHS = 240


def _months(value: object) -> int:
    text = _text(value).strip()
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= MAX_MONTHS:
        raise field_error("months", f"must be a whole number of months like 24, not {quote(text)}")
    return int(text)


FEWER_THAN_TEN = "fewer than 10"


def choice(words: tuple[str, ...]) -> Callable[[object], str]:
    """Return the reader of one word out of a fixed list."""

    def read(value: object) -> str:
        text = value.strip() if isinstance(value, str) else value
        if isinstance(text, str) and text in words:
            return text
        found = quote(text) if isinstance(text, str) else "nothing" if text is None else "a list"
        raise field_error(
            "choice", f"must be {', '.join(words[:-1])} or {words[-1]}, not {found}{did_you_mean(str(text), words)}"
        )

    return read


def contractor(value: object) -> str:
    """Read a company's name, or `none`; what only looks like `none` would start the wrong clocks."""
    text = line(MAX_LENGTH)(value)
    if text != "none" and text.lower().strip(".- ") in {"none", "no", "n/a", "na", "own", "ourselves", "us", ""}:
        must = "must be the company’s name, or none for the district’s own systems"
        raise field_error("contractor", f"{must}, not {quote(text)}")
    return text


def _language(value: object, info: ValidationInfo) -> str:
    return choice(reading(info).languages)(value)


def schools(value: object) -> str | list[str]:
    """Read `all`, or a list of schools’ names."""
    if value == "all":
        return "all"
    if not isinstance(value, list) or not value:
        found = quote(value) if isinstance(value, str) else "an empty list" if value == [] else "more fields"
        raise field_error(
            "schools", f"must be all, or a list of schools such as [North School, South School], not {found}"
        )
    return [line(MAX_LENGTH)(name) for name in value]


def _count(value: object) -> int | str:
    text = _text(value).strip()
    if text in {FEWER_THAN_TEN, "unknown"}:
        return text
    plain = re.sub(r"[ ,]", "", text)
    if re.fullmatch(r"[0-9]{9,}", plain):
        # Not quoted: Social Security numbers have nine digits.
        words = "must be a number of people, and so many are none; if it is somebody’s own number, delete it and tell"
        raise field_error("large-count", f"{words} whoever is in charge of data privacy")
    if not re.fullmatch(r"[0-9]{1,8}", plain) or plain != text:
        fix = f"; write {plain}" if plain.isascii() and plain.isdigit() else ""
        raise field_error(
            "count", f"must be a whole number like 11250, “{FEWER_THAN_TEN}” or unknown, not {quote(text)}{fix}"
        )
    if int(plain) < 10:
        # So small a number can point at a person.
        raise field_error(
            "small-count", f"must not be a number below 10, to protect the people; write “{FEWER_THAN_TEN}”"
        )
    return int(plain)


def _data_code(value: object, info: ValidationInfo) -> str:
    text = _text(value).strip()
    codes = reading(info).codes
    if text not in codes:
        raise field_error(
            "data-code",
            f"must be a data code such as name or grades, not {quote(text)}{did_you_mean(text, codes)}",
        )
    return text


CORRECTABLE = (
    "title", "status", "summary", "contractor", "product", "contract", "cause", "found_by", "occurred", "discovered",
    "received", "confirmed", "contained", "families_notified", "attorney_general_notified", "police_delay", "affected",
    "not_involved", "what_happened", "what_we_are_doing", "what_you_can_do", "more_information", "protection", "steps",
    "contacts", "links",
)  # fmt: skip
"""The fields that a correction may name; a translation is named by its language: `translations.es`."""
TRANSLATION = "translations."
"""What a translation's name in `corrects` begins with."""


def _corrected_field(value: object, info: ValidationInfo) -> str:
    text = _text(value).strip()
    known = [*CORRECTABLE, *(f"{TRANSLATION}{language}" for language in reading(info).languages)]
    if text not in known:
        raise field_error(
            "corrects",
            f"must be the name of a field that was corrected, such as title, affected or translations.es, not "
            f"{quote(text)}{did_you_mean(text, known)}",
        )
    return text


def reading(info: ValidationInfo) -> ParseContext:
    """Get what the caller of the model gave as its context."""
    if not isinstance(info.context, ParseContext):
        raise TypeError("a notice is read with context=Reading(…)")
    return info.context


def _date(parse: Callable[[str, tzinfo], PartialDate]) -> PlainValidator:
    def read(value: object, info: ValidationInfo) -> PartialDate:
        try:
            return parse(_text(value), reading(info).zone)
        except dates.DateError as error:
            raise field_error("date", str(error)) from None

    return PlainValidator(read)


def _last_day(value: object, info: ValidationInfo) -> PartialDate | str:
    """Read a day, a day and time, or a line in words; what looks like a date must be one."""
    text = _text(value).strip()
    if not dates.looks_like_date(text):
        if not text or "\n" in text:
            raise field_error(
                "last-day", "must be a day, a day and time, or one line such as “90 days from your letter”"
            )
        return line(MAX_LENGTH)(text)
    try:
        return dates.parse_moment(text, reading(info).zone)
    except dates.DateError as error:
        raise field_error("date", str(error)) from None


# `format` tells the form at /post/ what kind of text a field holds; validators leave unknown ones alone.
def _shape(kind: str, **more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "format": kind, **more})


def _number_or_text(kind: str, pattern: str, lowest: int, highest: int) -> WithJsonSchema:
    """Describe what an editor takes for a number where it is nothing but digits."""
    number = {"type": ["integer", "string"], "minimum": lowest, "maximum": highest}
    return WithJsonSchema({**number, "format": kind, "pattern": pattern})


_MOMENT_SHAPE = _shape("moment", pattern=patterns.MOMENT)
_WHEN_SHAPE = _number_or_text("when", patterns.WHEN, dates.EARLIEST_YEAR, dates.LATEST_YEAR)

Line = Annotated[str, PlainValidator(line(MAX_LENGTH)), _shape("line", maxLength=MAX_LENGTH, pattern=patterns.LINE)]
Title = Annotated[
    str, PlainValidator(require_words(line(100))), _shape("line", maxLength=100, pattern=patterns.LINE_OF_WORDS)
]
Summary = Annotated[
    str, PlainValidator(require_words(paragraph(280))), _shape("paragraph", maxLength=280, pattern=patterns.PARAGRAPH)
]
Contractor = Annotated[
    str, PlainValidator(contractor), _shape("contractor", maxLength=MAX_LENGTH, pattern=patterns.CONTRACTOR)
]
Markdown = Annotated[str, PlainValidator(_markdown), _shape("markdown", pattern=patterns.TEXT)]
Url = Annotated[str, PlainValidator(_url), _shape("https", pattern=patterns.HTTPS)]
Phone = Annotated[str, PlainValidator(_phone), _shape("phone", pattern=patterns.PHONE)]
Email = Annotated[str, PlainValidator(_email), _shape("email", pattern=patterns.EMAIL)]
Months = Annotated[int, PlainValidator(_months), _number_or_text("months", patterns.MONTHS, 1, MAX_MONTHS)]
Count = Annotated[int | str, PlainValidator(_count), _number_or_text("count", patterns.COUNT, 10, 99_999_999)]
LanguageCode = Annotated[str, PlainValidator(_language), WithJsonSchema({"enum": ["language"]})]
Code = Annotated[str, PlainValidator(_data_code), WithJsonSchema({"type": "string", "title": "Data code"})]
CorrectedField = Annotated[
    str, PlainValidator(_corrected_field), WithJsonSchema({"type": "string", "title": "Corrected field"})
]
Moment = Annotated[PartialDate, _date(dates.parse_moment), _MOMENT_SHAPE]
AnyDate = Annotated[PartialDate, _date(dates.parse_partial), _WHEN_SHAPE]
Delay = Annotated[PartialDate, _date(dates.parse_delay), _shape("delay", pattern=patterns.DELAY)]
LastDay = Annotated[
    PartialDate | str,
    PlainValidator(_last_day),
    _shape("last-day", maxLength=MAX_LENGTH, pattern=patterns.LAST_DAY),
]
