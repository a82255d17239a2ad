"""The patterns of personal data (personal_data.yml): read, filled in, and each looked for where it may stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

from stdnum import iban, luhn
from stdnum.us import ssn

from noticeboard.check import person_names
from noticeboard.notice import strict_yaml
from noticeboard.notice.problem import Severity
from noticeboard.text.small_letters import for_small_letters, small_letters

BEFORE = 80
"""Characters in front of a label that are searched."""


class SearchedText:
    """A text, and what searches need of it, each found once."""

    def __init__(self, text: str) -> None:
        """Take a text without disguises."""
        self.text = text
        self.small = small_letters(text)
        """The same in small letters, each sign at its place."""
        self._labels: dict[str, list[tuple[int, int]]] = {}

    @cached_property
    def words(self) -> set[str]:
        """Its words and numbers in small letters, without accents."""
        words = set(_WORD.findall(self.small))
        return words if self.small.isascii() else set(map(person_names.plain, words))

    def in_case(self, has_cases: bool) -> str:
        """Return what a pattern is looked for in."""
        return self.text if has_cases else self.small

    def labels(self, name: str) -> list[tuple[int, int]]:
        """Return the places of a label, whichever of its phrases it is."""
        if name not in self._labels:
            self._labels[name] = [match.span() for match in label_pattern(name).finditer(self.small)]
        return self._labels[name]


@dataclass(frozen=True, eq=False)
class Search:
    """A pattern, and where it is looked for."""

    text: str
    """The pattern, with all its parts filled in."""
    has_cases: bool
    label: str = ""
    """The phrases beside which it stands; empty: anywhere."""
    is_behind: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled at its first use: most stand beside a label that few texts have."""
        return _compiled(self.text, self.has_cases)

    def matches(self, text: SearchedText) -> Iterator[re.Match[str]]:
        """Find it in a text."""
        searched = text.in_case(self.has_cases)
        if not self.label:
            yield from self.pattern.finditer(searched)
            return
        for start, end in text.labels(self.label):
            if self.is_behind:
                match = self.pattern.match(searched, end)
            else:
                match = self.pattern.search(searched, max(0, start - BEFORE), start)
            if match:
                yield match


@cache
def label_pattern(name: str) -> re.Pattern[str]:
    """Return what finds a label, whichever of its phrases it is."""
    return _compiled(_label_text(name), has_cases=False)


def _label_text(name: str) -> str:
    return _filled(f"(?<!{{L}}){{{name}}}(?!{{L}})")


@dataclass(frozen=True, eq=False)
class Pattern:
    """A kind of personal data: what it is called, and how it is found."""

    kind: str
    name: str
    severity: Severity | None
    """None: it is nobody's, and looked for first, so that no other pattern takes it."""
    proof: str | None
    has_cases: bool
    digits: int
    entry: Mapping[str, Any]

    @property
    def is_name(self) -> bool:
        """Whether it is no pattern that finds it, but `person_names`."""
        return self.entry.get("by") == "person_names"

    # Read at their first use: most texts don't get so far, and all patterns take long to read.
    @cached_property
    def words(self) -> re.Pattern[str]:
        """What a text must have besides, in small letters."""
        return re.compile(self.entry.get("words", ""))

    @cached_property
    def needs(self) -> re.Pattern[str]:
        """What a text must have."""
        return _compiled(_filled(self.entry["needs"]), self.has_cases)

    @cached_property
    def searches(self) -> tuple[Search, ...]:
        """Its patterns, each where it may stand."""
        return tuple(self._search(pattern) for pattern in self.entry.get("patterns", ()))

    def _search(self, pattern: str) -> Search:
        if place := re.match("(after|before) ([A-Z]+): ", pattern):
            rest = _filled(pattern[place.end() :])
            is_behind = place[1] == "after"
            return Search(rest if is_behind else f"{rest}$", self.has_cases, place[2], is_behind)
        return Search(_filled(pattern), self.has_cases)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Words of which a text must have one: of each label its longest, or all of it in one word."""
        names = self.entry.get("labels", ())
        labels = [label for name in names for label in _phrases(name)]
        if "OWNER" in names:
            labels += [f"{owner} {noun}" for owner in _phrases("OWNER") for noun in _phrases("NOUN")]
        return frozenset(word for label in labels for word in _anchors(label))

    def may_be_in(self, text: SearchedText) -> bool:
        """Whether, by quick looks, a search is worth it."""
        if self.anchors and self.anchors.isdisjoint(text.words):
            return False
        searched = text.in_case(self.has_cases)
        return bool(self.words.search(searched) and self.needs.search(searched))


def _compiled(text: str, has_cases: bool) -> re.Pattern[str]:
    return re.compile(text) if has_cases else for_small_letters(text)


def _is_card(number: str) -> bool:
    """Whether it has a right check digit, and is no digit over and over."""
    digits = re.sub("[^0-9]", "", number)
    return luhn.is_valid(digits) and len(set(digits)) > 1


def _is_ssn_or_itin(number: str) -> bool:
    """Whether a number that is written or labelled as one could be given out; letters may stand for digits there."""
    digits = re.sub("[^0-9]", "", number)
    return len(digits) != 9 or not (digits[:3] in {"000", "666"} or digits[3:5] == "00" or digits[5:] == "0000")


def _is_not_npi(number: str) -> bool:
    """Whether a number of ten digits is no provider's by its check digit, which counts 80840 in front."""
    digits = re.sub("[^0-9]", "", number)
    return digits[0] not in "12" or not luhn.is_valid(f"80840{digits}")


PROOFS: Mapping[str | None, Callable[[str], bool]] = {
    None: lambda _: True,
    "card": _is_card,
    "iban": lambda number: iban.is_valid(number, check_country=False),
    "ssn": ssn.is_valid,
    "ssn_or_itin": _is_ssn_or_itin,
    "not_npi": _is_not_npi,
}
"""What a find must pass besides its pattern."""


def browser_data() -> dict[str, Any]:
    """Return the patterns for the form in the browser, with all parts filled in, and the labels that some stand by."""
    patterns = [_for_browser(kind, search) for kind in all_kinds() for search in kind.searches or (None,)]
    used = {pattern["label"] for pattern in patterns if pattern["label"]}
    return {"patterns": patterns, "labels": {label: _label_text(label) for label in sorted(used)}}


def _for_browser(kind: Pattern, search: Search | None) -> dict[str, Any]:
    return {
        "kind": kind.kind,
        "name": kind.name,
        "severity": kind.severity,
        "proof": kind.proof,
        "needs": _filled(kind.entry["needs"]) if search else "",
        "flags": "" if kind.has_cases else "i",
        "pattern": search.text if search else "",
        "label": search.label if search else "",
        "isBehind": bool(search and search.is_behind),
    }


# Patterns are code, not content: they don't change while a process runs.
@cache
def _data() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("personal_data.yml").read_text("utf-8")
    data: Mapping[str, Any] = strict_yaml.read_data(text)
    return data


@cache
def all_kinds() -> tuple[Pattern, ...]:
    """Return every kind of personal data that is looked for."""
    return tuple(_kind(entry) for entry in _data()["kinds"])


@cache
def kinds(digits: int) -> tuple[Pattern, ...]:
    """Return the kinds that need at most `digits` digits."""
    return tuple(kind for kind in all_kinds() if kind.digits <= digits)


def _kind(entry: Mapping[str, Any]) -> Pattern:
    return Pattern(
        entry["kind"],
        entry.get("name", ""),
        entry.get("severity"),
        entry.get("proof"),
        bool(entry.get("cases")),
        entry.get("digits", 0),
        entry,
    )


def _filled(pattern: str) -> str:
    """Put in the parts that a pattern names, which may name others."""
    while match := _NAMED.search(pattern):
        pattern = pattern.replace(match[0], _part(match[1]))
    return pattern


_NAMED = re.compile(r"\{([A-Z_]+)\}")


@cache
def _part(name: str) -> str:
    data = _data()
    if name in data["parts"]:
        return str(data["parts"][name])
    # The longest first, as a part of it may be another one.
    phrases = sorted(set(_phrases(name)), key=lambda phrase: (-len(phrase), phrase))
    return f"(?:{'|'.join(map(_phrase, phrases))})"


def _phrases(name: str) -> list[str]:
    return [phrase.strip() for phrase in _data()["phrases"][name].split("|")]


def _anchors(label: str) -> list[str]:
    """Return a label's longest word, and the words that it may be written together as."""
    words = [person_names.plain(word) for word in _WORD.findall(label)]
    # Written together, “2fa code” has the words 2 and facode.
    return [max(words, key=len), max(_WORD.findall("".join(words)), key=len)] if words else []


_WORD = re.compile("[a-zà-öø-ÿ]+|[0-9]+")


def _phrase(words: str) -> str:
    """Return what all ways to write a label in plain words match; only two words may be written as one."""
    blank = "[ _.-]{0,2}" if words.count(" ") == 1 else "[ _.-]{1,2}"
    for plain, accented in (("a", "áãâ"), ("e", "éê"), ("i", "í"), ("o", "óõô"), ("u", "ú"), ("c", "ç")):
        words = re.sub(f"[{accented}]", rf"[{plain}\g<0>]", words)
    return words.replace("ñ", "[nñ]").replace("'", "['’]?").replace(".", r"\.?").replace(" ", blank)
