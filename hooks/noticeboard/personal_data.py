"""Personal data in a text: what it looks like (personal_data.yml), with every common disguise undone first.

`theme/assets/post/personal_data.js` does the same in the browser; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from noticeboard import yaml_file
from noticeboard.problem import Severity

CONTACT_KINDS = frozenset({"mail", "phone", "address"})
"""Kinds that an office publishes of itself: right in a contact, wrong in a text."""


WINDOW, OVERLAP = 1_000, 200
"""Characters that are searched at a time, so that a hostile line costs no more than many short ones."""
MOST = 200
"""Finds in one text; more add nothing to what must be done."""


@dataclass(frozen=True)
class Find:
    """Something that looks like personal data."""

    kind: str
    """Such as `ssn`."""
    name: str
    """What people call it."""
    severity: Severity
    line: int
    """Within the text, from 0."""
    found: str
    """The find itself, undisguised. Never print it."""

    @property
    def mask(self) -> str:
        """Its shape without its content: “•••-••-••••”."""
        return re.sub(r"[^\W_]", "•", self.found)[:40]


@dataclass(frozen=True)
class _Pattern:
    kind: str
    name: str
    severity: Severity
    proof: str | None
    needs: re.Pattern[str]
    regex: re.Pattern[str]


def find(text: str, allowed: Collection[str] = ()) -> list[Find]:
    """Find what looks like personal data, in the order of the text.

    `allowed` are phones, mail and house addresses that an office publishes; `key` says how they are compared.
    """
    plain = normalized(text)
    # A number may go on in the next line; a new paragraph ends it.
    joined = re.sub(r"(?<!\n)\n(?!\n)", " ", plain)
    found: dict[tuple[int, int], Find] = {}
    for offset in range(0, len(joined), WINDOW - OVERLAP):
        window = joined[offset : offset + WINDOW]
        for pattern in _patterns():
            for start, end in _places(pattern, window) if pattern.needs.search(window) else ():
                place = offset + start, offset + end
                if len(found) == MOST or any(place[0] < known_end and start_ < place[1] for start_, known_end in found):
                    continue
                what = window[start:end]
                if pattern.kind in CONTACT_KINDS and any(key(what) in key(each) for each in allowed):
                    continue
                line = plain.count("\n", 0, place[0])
                found[place] = Find(pattern.kind, pattern.name, pattern.severity, line, what)
    return [found[place] for place in sorted(found)]


def masked(text: str) -> str:
    """Give a text with what must never go up masked, for messages that quote what somebody wrote."""
    for each in find(text):
        if each.severity == "error":
            text = text.replace(each.found, each.mask)
    return text


def key(text: str) -> str:
    """Give what two ways to write one phone, mail or house address have in common."""
    digits = re.sub(r"[^0-9]", "", text)
    if "@" in text or len(digits) < 7 or re.search(r"[a-z]{3}", text):
        return re.sub(r"[^a-z0-9@]", "", text.lower())
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits


_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_HYPHENS = re.compile("[\u2010-\u2015\u2043\u2212\u00b7\u2022\ufe58\ufe63\uff0d\u30fc]")
_BLANKS = re.compile("[\t\r\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_ENTITY = re.compile(r"&(?:#([0-9]{1,6})|#[xX]([0-9a-fA-F]{1,5})|([a-zA-Z]{2,8}));")
_ENTITIES = {"nbsp": " ", "shy": "", "hyphen": "-", "dash": "-", "ndash": "-", "mdash": "-", "minus": "-"} | {
    "period": ".", "commat": "@", "colon": ":", "sol": "/", "num": "#", "lpar": "(", "rpar": ")", "amp": "&",
    "zwnj": "", "zwj": "", "ensp": " ", "emsp": " ", "thinsp": " ", "lowbar": "_", "comma": ",",
}  # fmt: skip
_MARKS = re.compile(r"[*`\\]|(?<=[0-9])__(?=[0-9])")


def normalized(text: str) -> str:
    """Undo what hides a number from a plain look, line by line: the lines stay the same lines."""
    # Twice, as `&amp;#49;` hides an entity in an entity.
    for _ in range(2):
        text = _ENTITY.sub(_entity, text)
    text = re.sub(r"%([2-7][0-9a-fA-F])", lambda code: chr(int(code[1], 16)), text)
    text = "".join(_digit(character) for character in unicodedata.normalize("NFKC", text))
    text = _BLANKS.sub(" ", _HYPHENS.sub("-", _INVISIBLE.sub("", text)))
    return _MARKS.sub("", text)


def _entity(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _ENTITIES.get(name, match[0])
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 32 <= code < 0xD800 else " "


def _digit(character: str) -> str:
    """Give a digit of another script as 0 to 9."""
    if character.isascii() or unicodedata.category(character) != "Nd":
        return character
    return str(unicodedata.digit(character))


def _places(pattern: _Pattern, text: str) -> Iterator[tuple[int, int]]:
    for match in pattern.regex.finditer(text):
        start, end = match.span(match.lastindex or 0)
        found = text[start:end]
        if pattern.kind == "child" and _is_no_name(found):
            continue
        if _PROOFS[pattern.proof](found):
            yield start, end


def _is_no_name(found: str) -> bool:
    first = re.split(r"[ ,-]", found)[0]
    return first.capitalize() in _data()["not_names"]


def _luhn(number: str) -> bool:
    digits = [int(each) for each in reversed(re.sub(r"[^0-9]", "", number))]
    doubled = [digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0 and len(set(digits)) > 1


def _iban(number: str) -> bool:
    plain = re.sub(r"[ -]", "", number).upper()
    # A pattern that ignores capitals takes a Turkish İ for a letter from A to Z.
    if not (15 <= len(plain) <= 34 and plain.isascii()):
        return False
    return int("".join(str(int(each, 36)) for each in plain[4:] + plain[:4])) % 97 == 1


_PROOFS = {None: lambda _: True, "luhn": _luhn, "iban": _iban}


def exported() -> list[dict[str, Any]]:
    """Give the patterns for the form in the browser, with all parts filled in."""
    return [
        {
            "kind": pattern.kind,
            "name": pattern.name,
            "severity": pattern.severity,
            "proof": pattern.proof,
            "needs": pattern.needs.pattern,
            "flags": "" if not pattern.regex.flags & re.IGNORECASE else "i",
            "pattern": pattern.regex.pattern,
        }
        for pattern in _patterns()
    ]


def not_names() -> list[str]:
    """List capitalized words that are no names."""
    return list(_data()["not_names"])


# Patterns are code, not content: they don't change while a process runs.
@cache
def _data() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("personal_data.yml").read_text("utf-8")
    data: Mapping[str, Any] = yaml_file.read_data(text)
    return data


@cache
def _patterns() -> tuple[_Pattern, ...]:
    return tuple(
        _Pattern(
            entry["kind"],
            entry["name"],
            entry["severity"],
            entry.get("proof"),
            re.compile(_filled(entry["needs"]), 0 if entry.get("cases") else re.IGNORECASE),
            re.compile(_filled(pattern), 0 if entry.get("cases") else re.IGNORECASE),
        )
        for entry in _data()["kinds"]
        for pattern in entry["patterns"]
    )


def _filled(pattern: str) -> str:
    for name, part in reversed(_data()["parts"].items()):
        pattern = pattern.replace(f"{{{name}}}", part)
    # A part may name parts above it.
    return _filled(pattern) if any(f"{{{name}}}" in pattern for name in _data()["parts"]) else pattern
