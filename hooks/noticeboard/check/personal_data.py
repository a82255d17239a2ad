"""Personal data in a text: what it looks like (personal_data.yml), with every common disguise undone first.

`theme/assets/post/personal_data.js` does the same in the browser; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from noticeboard.check import person_names, personal_data_patterns
from noticeboard.check.personal_data_patterns import PROOFS, Pattern, SearchedText
from noticeboard.notice.problem import Severity
from noticeboard.text.disguises import normalized

CONTACT_KINDS = frozenset({"mail", "phone", "address"})
"""Kinds that an office publishes of itself: right in a contact, wrong in a text."""


WINDOW, OVERLAP = 1_000, 200
"""Characters that are searched at a time, so that a hostile line costs no more than many short ones."""
SHORT = 80
"""Characters of a text that is remembered, as half of the texts of a board are the same few codes, names and words."""
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


def find_all(text: str, contacts: Collection[str] = (), public: Collection[str] = ()) -> list[Match]:
    """Find what looks like personal data, in the order of the text.

    `contacts` are phones, mail and house addresses that may stand there, `public` other numbers that are nobody's.
    """
    plain, joined, suspects = _suspects_of_short(text) if len(text) <= SHORT else _suspects(text)
    if not suspects:
        return []
    matches: dict[tuple[int, int], Match | None] = {}
    for kind, start, end in suspects:
        if len(matches) == MAX_MATCHES or any(
            start < known_end and known_start < end for known_start, known_end in matches
        ):
            continue
        what = joined[start:end]
        if _is_allowed(kind.kind, what, contacts if kind.kind in CONTACT_KINDS else public):
            continue
        line = plain.count("\n", 0, start)
        # A number that something explains is nobody's, and nothing else may take it for somebody's.
        matches[start, end] = Match(kind.kind, kind.name, kind.severity, line, what) if kind.severity else None
    return [match for _, match in sorted(matches.items()) if match]


def _suspects(text: str) -> tuple[str, str, Sequence[tuple[Pattern, int, int]]]:
    """Find all that a pattern matches, in the order in which one counts before another: kind, start, end.

    The places are those of the text without disguise; it is given as it is, and with its lines joined.
    """
    plain = normalized(text)
    # A number may go on in the next line; a new paragraph ends it.
    joined = _LINE_END.sub(" ", plain)
    suspects = [
        (kind, offset + start, offset + end)
        for offset in range(0, len(joined), WINDOW - OVERLAP)
        for kind, start, end in _looks_like(joined[offset : offset + WINDOW])
    ]
    return plain, joined, suspects


_LINE_END = re.compile(r"\n(?<!\n\n)(?!\n)")


@lru_cache(maxsize=512)
def _suspects_of_short(text: str) -> tuple[str, str, Sequence[tuple[Pattern, int, int]]]:
    return _suspects(text)


def _looks_like(text: str) -> Iterator[tuple[Pattern, int, int]]:
    """Find what any pattern matches, pattern by pattern: its kind, start and end."""
    searched = SearchedText(text)
    for kind in personal_data_patterns.kinds(longest_number(text)):
        if kind.is_name:
            for start, end in person_names.find_all(text):
                yield kind, start, end
        elif kind.may_be_in(searched):
            for search in kind.searches:
                for match in search.matches(searched):
                    start, end = match.span(match.lastindex or 0)
                    if PROOFS[kind.proof](text[start:end]):
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


# Each find is held against every contact of the district.
@lru_cache(maxsize=1024)
def normalize_contact(kind: str, text: str) -> str:
    """Return what all ways to write one mail address, phone, house address or number have in common."""
    if kind == "mail":
        return text.replace(" ", "").strip("'_").lower()
    if kind != "phone":
        return re.sub(r"[^a-z0-9]", "", text.lower())
    digits = re.sub(r"[^0-9]", "", re.split("[Ee]?[Xx]", text)[0])
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
