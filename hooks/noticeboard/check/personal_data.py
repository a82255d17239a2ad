"""Personal data in a text: what it looks like (personal_data.yml), with every common disguise undone first.

`theme/assets/post/personal_data.js` does the same in the browser; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Any

from noticeboard.notice import strict_yaml
from noticeboard.notice.problem import Severity

CONTACT_KINDS = frozenset({"mail", "phone", "address"})
"""Kinds that an office publishes of itself: right in a contact, wrong in a text."""


WINDOW, OVERLAP = 1_000, 200
"""Characters that are searched at a time, so that a hostile line costs no more than many short ones."""
MAX_MATCHES = 200
"""Finds in one text; more add nothing to what must be done."""


@dataclass(frozen=True)
class Match:
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


@dataclass(frozen=True, eq=False)
class _Pattern:
    kind: str
    name: str
    severity: Severity
    validator: str | None
    has_cases: bool
    digits: int
    entry: Mapping[str, Any]

    # Read at their first use: most texts don't get so far, and all patterns take long to read.
    @cached_property
    def words(self) -> re.Pattern[str]:
        return re.compile(self.entry.get("words", ""))

    @cached_property
    def needs(self) -> re.Pattern[str]:
        return self._compiled(self.entry["needs"])

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(self._compiled(pattern) for pattern in self.entry["patterns"])

    def _compiled(self, pattern: str) -> re.Pattern[str]:
        return re.compile(_filled(pattern), 0 if self.has_cases else re.IGNORECASE)

    def prefilter(self, text: str, small: str) -> bool:
        """Whether, by quick looks whether a search is worth it, in a text and the same in small letters."""
        is_worded = self.words.search(text if self.has_cases else small)
        return is_worded is not None and self.needs.search(text) is not None


def find_all(text: str, allowed: Collection[str] = ()) -> list[Match]:
    """Find what looks like personal data, in the order of the text.

    `allowed` are phones, mail and house addresses that an office publishes; `key` says how they are compared.
    """
    plain, joined, suspects = _suspects(text)
    if not suspects:
        return []
    matches: dict[tuple[int, int], Match] = {}
    for kind, start, end in suspects:
        if len(matches) == MAX_MATCHES or any(
            start < known_end and known_start < end for known_start, known_end in matches
        ):
            continue
        what = joined[start:end]
        if kind.kind in CONTACT_KINDS and _is_allowed(kind.kind, what, allowed):
            continue
        matches[start, end] = Match(kind.kind, kind.name, kind.severity, plain.count("\n", 0, start), what)
    return [matches[place] for place in sorted(matches)]


def _suspects(text: str) -> tuple[str, str, Sequence[tuple[_Pattern, int, int]]]:
    """Find all that a pattern matches, in the order in which one counts before another: kind, start, end.

    The places are those of the text without disguise; it is given as it is, and with its lines joined.
    """
    plain = normalized(text)
    # A number may go on in the next line; a new paragraph ends it.
    joined = _LINE_END.sub(" ", plain)
    suspects = [
        (kind, offset + start, offset + end)
        for offset in range(0, len(joined), WINDOW - OVERLAP)
        for kind, start, end in _looks_like_any(joined[offset : offset + WINDOW])
    ]
    return plain, joined, suspects


_LINE_END = re.compile(r"\n(?<!\n\n)(?!\n)")
# The letters that a pattern takes for an i when capitals don't count, and that don't become one in small letters.
_TURKISH = str.maketrans("\u0130\u0131", "ii")


@lru_cache(maxsize=256)
def _looks_like_any(text: str) -> tuple[tuple[_Pattern, int, int], ...]:
    """Return what any pattern matches; kept, as half of the texts of a board are the same few codes and words."""
    return tuple(_looks_like(text))


def _looks_like(text: str) -> Iterator[tuple[_Pattern, int, int]]:
    """Find what any pattern matches, pattern by pattern: its kind, start and end."""
    small = text.lower() if text.isascii() else text.translate(_TURKISH).lower()
    for kind in _kinds(longest_number(text)):
        if kind.prefilter(text, small):
            for pattern in kind.patterns:
                for start, end in _places(kind, pattern, text):
                    yield kind, start, end


_NO_DIGIT = re.compile("[^0-9]")
_NUMBER = re.compile(r"[0-9](?:[-. /_()]{0,3}[0-9])*")


def longest_number(text: str) -> int:
    """Count the digits of the text's longest number, which may have up to three marks between two of them."""
    numbers = _NUMBER.findall(text)
    return max(len(_NO_DIGIT.sub("", number)) for number in numbers) if numbers else 0


def _is_allowed(kind: str, what: str, allowed: Collection[str]) -> bool:
    contact = normalize_contact(kind, what)
    return any(contact == normalize_contact(kind, part) for entry in allowed for part in _parts(kind, entry))


def _parts(kind: str, entry: str) -> list[str]:
    # A house address is found without its town.
    return re.split("[,\n]", entry) if kind == "address" else [entry]


def normalize_contact(kind: str, text: str) -> str:
    """Return what all ways to write one mail address, phone or house address have in common."""
    if kind == "mail":
        return text.replace(" ", "").strip("'_").lower()
    if kind == "address":
        return re.sub(r"[^a-z0-9]", "", text.lower())
    digits = re.sub(r"[^0-9]", "", re.split("[Ee]?[Xx]", text)[0])
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
# All but the plain signs of ASCII, of which % & * \ _ ` are none.
_DISGUISE = re.compile(r"[^\n -$'-)+-\[\]^a-~]")
_PERCENT = re.compile("%([2-7][0-9a-fA-F])")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_MARKS = re.compile(r"[*`\\_](?:(?<!_)|(?<=[0-9]_)_(?=[0-9]))")


def normalized(text: str) -> str:
    """Undo what hides a number from a plain look, line by line: the lines stay the same lines."""
    if not _DISGUISE.search(text):
        return text
    # Twice, as `&amp;#49;` hides an entity in an entity.
    for _ in range(2 if "&" in text else 0):
        text = _ENTITY.sub(_entity, text)
    text = _PERCENT.sub(lambda code: chr(int(code[1], 16)), text)
    if not text.isascii():
        text = _OTHER_DIGIT.sub(_digit, unicodedata.normalize("NFKC", text))
        text = _HYPHENS.sub("-", _INVISIBLE.sub("", text))
    return _MARKS.sub("", _BLANKS.sub(" ", text))


def _entity(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _ENTITIES.get(name, match[0])
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 32 <= code < 0xD800 else " "


def _digit(match: re.Match[str]) -> str:
    """Return a digit of another script as 0 to 9."""
    return str(unicodedata.digit(match[0]))


def _places(kind: _Pattern, pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        start, end = match.span(match.lastindex or 0)
        value = text[start:end]
        if kind.kind == "child" and _is_no_name(value):
            continue
        if _VALIDATORS[kind.validator](value):
            yield start, end


def _is_no_name(name: str) -> bool:
    first = re.split(r"[ ,-]", name)[0]
    return first.capitalize() in _data()["not_names"]


def _luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(re.sub(r"[^0-9]", "", number))]
    doubled = [digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0 and len(set(digits)) > 1


def _iban(number: str) -> bool:
    plain = re.sub(r"[ -]", "", number).upper()
    # A pattern that ignores capitals takes a Turkish İ for a letter from A to Z.
    if not (15 <= len(plain) <= 34 and plain.isascii()):
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


_VALIDATORS = {None: lambda _: True, "luhn": _luhn, "iban": _iban}


def browser_patterns() -> list[dict[str, Any]]:
    """Return the patterns for the form in the browser, with all parts filled in."""
    return [
        {
            "kind": kind.kind,
            "name": kind.name,
            "severity": kind.severity,
            "proof": kind.validator,
            "needs": kind.needs.pattern,
            "flags": "" if kind.has_cases else "i",
            "pattern": pattern.pattern,
        }
        for kind in all_kinds()
        for pattern in kind.patterns
    ]


def not_names() -> list[str]:
    """List capitalized words that are no names."""
    return list(_data()["not_names"])


# Patterns are code, not content: they don't change while a process runs.
@cache
def _data() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("personal_data.yml").read_text("utf-8")
    data: Mapping[str, Any] = strict_yaml.read_data(text)
    return data


@cache
def all_kinds() -> tuple[_Pattern, ...]:
    """Return every kind of personal data that is looked for."""
    return tuple(_kind(entry) for entry in _data()["kinds"])


@cache
def _kinds(digits: int) -> tuple[_Pattern, ...]:
    """Return the kinds that need at most `digits` digits."""
    return tuple(kind for kind in all_kinds() if kind.digits <= digits)


def _kind(entry: Mapping[str, Any]) -> _Pattern:
    return _Pattern(
        entry["kind"],
        entry["name"],
        entry["severity"],
        entry.get("proof"),
        bool(entry.get("cases")),
        entry.get("digits", 0),
        entry,
    )


def _filled(pattern: str) -> str:
    for name, part in reversed(_data()["parts"].items()):
        pattern = pattern.replace(f"{{{name}}}", part)
    # A part may name parts above it.
    return _filled(pattern) if any(f"{{{name}}}" in pattern for name in _data()["parts"]) else pattern
