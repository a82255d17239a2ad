"""People's names beside what is said of them: a grade, a parent, a diagnosis, a debt (person_names.yml).

A name by itself is no find, as offices and companies have names; a name with a fact of that kind always is one.
`theme/assets/post/person_names.js` does the same in the browser; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from noticeboard.notice import strict_yaml
from noticeboard.text.small_letters import for_small_letters, small_letters

_LETTER = "A-Za-zÀ-ÖØ-Þß-öø-ÿ"
_PARTICLES = r"(?:(?:de la|de los|de las|de|del|da|das|do|dos|la|van der|van|von|der|den|bin|ibn|al|el|di|du|le|y|e) )"
_WORD = rf"(?:[A-ZÀ-ÖØ-Þ]\.|[A-ZÀ-ÖØ-Þ][{_LETTER}]*(?:['’-][{_LETTER}]+)*)"
_NAME = re.compile(rf"(?<![{_LETTER}0-9@/.]){_WORD}(?: {_PARTICLES}?{_WORD}){{0,5}}(?![{_LETTER}])")
# How a name is written that no list knows: not in capitals, and with none inside a word.
_FORM = re.compile(rf"[^\W\d_][a-zà-öø-ÿ]*(?:['’-][{_LETTER}]+)*\.?|[A-Z]\.")
_SMALL_WORD = re.compile(rf"(?<![{_LETTER}])[a-zà-öø-ÿ]{{3,}}(?![{_LETTER}])")
_TITLED = rf"(?<![{_LETTER}])(?:{{titles}})\.? ([{_LETTER}'’-]{{3,}})"
_SENTENCE_END = re.compile(
    r"(?<![ .(][A-Z])(?<!\bMr|\bMs|\bDr|\bSr|\bgr|\bno|\bRm)(?<!\bMrs|\bSra)[.!?]['\"”’)]? +(?=[A-ZÀ-ÖØ-Þ¿¡\"“])|\n\n"
)
# A file's name or an address, in which anything but a blank stands between the words.
_SLUG = re.compile(
    r"(?<!\S)(?:(?=\S*[_=&+])\S+|(?!\S*years?-old)[a-z0-9/:.]+-[a-z0-9/:.]+-\S+|\S+/[a-z]+-[a-z]+\S*)(?!\S)"
)
# What stands in each of these: quick to look for, as each choice begins with a plain sign.
_SLUG_SIGNS = re.compile(r"_|=|&|\+|-[^\s-]+-|/\S*-")
_SLUG_MARKS = re.compile("([-_+=&/?.])")
NEAR, CLOSE = 70, 34
"""Characters that may lie between a name and a fact: for a private fact, and for one that is said of anybody."""


MAX_FACT = 30
"""Characters of the longest fact."""


class Find(NamedTuple):
    """A name with a fact, by its place in the text."""

    start: int
    end: int


class _Word(NamedTuple):
    start: int
    text: str

    @property
    def plain(self) -> str:
        """In small letters, without accents and the mark of a possessive."""
        return _plain_name(self.text.rstrip("."))

    def is_apart(self, sets: Mapping[str, frozenset[str]]) -> bool:
        """Whether it can't be a part of a name."""
        word = self.plain
        is_capital = self.text[0].isupper() and len(word) > 1
        return is_capital and (word in sets["not_names"] or word in sets["offices"] or word.endswith("-grader"))


class _Name(NamedTuple):
    start: int
    end: int
    is_known: bool
    """Whether one of its words is a name for certain; else only its form speaks for it."""
    is_whole: bool
    """Whether it has more than one word."""


def find_all(text: str) -> list[Find]:
    """Find the names that stand beside a fact about a person, in the order of the text."""
    original = text
    if _SLUG_SIGNS.search(text):
        text = _SLUG.sub(_as_words, text)
    found: list[Find] = []
    small, ends = "", list[int]()
    for name in _names(text):
        if not name.is_known and original[name.start : name.end].islower():
            continue
        if not small:
            small, ends = small_letters(text), [match.start() for match in _SENTENCE_END.finditer(text)]
        if not _is_of_a_place(text, name) and _has_fact(text, small, name, ends):
            found.append(Find(name.start, name.end))
    return found


def _has_fact(text: str, small: str, name: _Name, ends: Sequence[int]) -> bool:
    """Whether something is said of somebody near their name."""
    private, school = _facts()
    is_office = _holds_office(text, name)
    is_certain = name.is_known and name.is_whole
    reach = NEAR if is_certain and not is_office else CLOSE
    if any(_is_tied(name, fact, reach, ends) for fact in _around(private, small, name)):
        return True
    reach = CLOSE + 16 if is_certain else CLOSE
    return not is_office and any(
        _is_tied(name, fact, reach, ends) and not _QUOTE.search(_between(text, name, fact))
        for fact in _around(school, small, name)
    )


# A book or a play has a name in its title.
_QUOTE = re.compile('[“”"«»]')


def _between(text: str, name: _Name, fact: re.Match[str]) -> str:
    return text[name.end : fact.start()] if name.end <= fact.start() else text[fact.end() : name.start]


def _around(pattern: re.Pattern[str], small: str, name: _Name) -> Iterator[re.Match[str]]:
    return pattern.finditer(small, max(0, name.start - NEAR - MAX_FACT), name.end + NEAR + MAX_FACT)


def _as_words(slug: re.Match[str]) -> str:
    """Write a file's name or an address as words of the same length, with capitals where a name may be."""
    others = _words()["not_in_slugs"]
    words = _SLUG_MARKS.split(slug[0])
    return "".join(
        " " if len(word) == 1 and word in "-_+=&/?." else word.lower() if word.lower() in others else word.title()
        for word in words
    )


def _is_tied(name: _Name, fact: re.Match[str], reach: int, ends: Sequence[int]) -> bool:
    """Whether a name and a fact stand close to each other, in one sentence."""
    if fact.start() < name.end and name.start < fact.end():
        return name.is_known and (name.start + 3 < fact.start() or fact.end() + 3 < name.end)
    first, last = (name.end, fact.start()) if name.end <= fact.start() else (fact.end(), name.start)
    return last - first <= reach and not any(first <= end < last for end in ends)


def _is_of_a_place(text: str, name: _Name) -> bool:
    """Whether a school, a street or a lesson has the name."""
    before = re.search(r"([a-z]+) $", plain(text[max(0, name.start - 14) : name.start]))
    behind = re.match(r" ([a-z]+)", plain(text[name.end : name.end + 14]))
    return bool(
        (before and before[1] in _words()["before_places"]) or (behind and behind[1] in _words()["behind_places"])
    )


def _holds_office(text: str, name: _Name) -> bool:
    around = plain(text[max(0, name.start - 40) : name.start] + " " + text[name.end : name.end + 40])
    return any(word in _words()["offices"] for word in re.findall("[a-z]+", around))


def _names(text: str) -> Iterator[_Name]:
    # Only what is whole counts: a cut name would be another.
    for match in _NAME.finditer(text):
        if " " in match[0] or _may_stand_alone(text, match):
            yield from _read(text, match.start(), match.end())
    for match in _titled().finditer(text):
        if not match[1][0].isupper() and plain(match[1]) not in _words()["not_names"]:
            yield _Name(match.start(1), match.end(1), is_known=True, is_whole=True)
    yield from _small_names(text)
    for needs, pattern in _placed():
        for match in pattern.finditer(text) if needs.search(text) else ():
            if _may_be_name(match[1]):
                yield _Name(match.start(1), match.end(1), is_known=True, is_whole=True)


def _may_stand_alone(text: str, match: re.Match[str]) -> bool:
    """Whether a word with a capital may be a name by itself: most are the first of a sentence."""
    if not _words()["names"].isdisjoint(_plain_name(match[0]).split("-")):
        return True
    return text[match.start() - 2 : match.start()] == ". " and _is_titled(text, match.start())


def _small_names(text: str) -> Iterator[_Name]:
    """Find a given name and a family name that were typed without capitals."""
    sets = _words()
    if sets["first"].isdisjoint(_SMALL_WORD.findall(text)):
        return
    words = list(_SMALL_WORD.finditer(text))
    for first, last in pairwise(words):
        if first[0] in sets["first"] and last[0] in sets["last"] and text[first.end() : last.start()] == " ":
            yield _Name(first.start(), last.end(), is_known=True, is_whole=True)


def _plain_name(word: str) -> str:
    """Return a word in small letters, without accents and the mark of a possessive."""
    return plain(word).removesuffix("'s").removesuffix("’s")


def _may_be_name(found: str) -> bool:
    """Whether words may be a name where only a name belongs."""
    sets, word = _words(), plain(found).split(" ")[0]
    if found.islower():
        return word in sets["names"] and word not in sets["ambiguous"]
    return not any(word in sets[name] for name in ("not_names", "not_persons", "offices"))


def _read(text: str, start: int, end: int) -> Iterator[_Name]:
    """Read words with capitals as names; words that are nobody's divide them."""
    sets = _words()
    words = [_Word(start + match.start(), match[0]) for match in re.finditer("[^ ]+", text[start:end])]
    # What stands before a colon is a label, and may be the next line's.
    if text[end : end + 1] == ":" and words[-1].plain not in sets["names"]:
        words.pop()
    if any(word.plain in sets["not_persons"] for word in words):
        return
    for is_apart, group in groupby(words, key=lambda word: word.is_apart(sets)):
        if not is_apart and (name := _name(text, list(group))):
            yield name


def _name(text: str, words: list[_Word]) -> _Name | None:
    sets = _words()
    while words and not words[-1].text[0].isupper():
        words.pop()
    while words and not words[0].text[0].isupper():
        words.pop(0)
    capitals = [word for word in words if word.text[0].isupper()]
    if all(len(word.plain) == 1 for word in capitals):
        return None
    start, end = words[0].start, words[-1].start + len(words[-1].text)
    parts = [part for word in words for part in word.plain.split("-")]
    ambiguous = [part in sets["ambiguous"] for part in parts if part in sets["names"]]
    title = _is_titled(text, start)
    is_whole = len(capitals) > 1 or title
    if not all(ambiguous) or len(ambiguous) > 1 or title:
        return _Name(start, end, is_known=True, is_whole=is_whole)
    if is_whole and len(words) == len(capitals) <= 3 and all(map(_FORM.fullmatch, (word.text for word in capitals))):
        return _Name(start, end, is_known=False, is_whole=True)
    return None


def _is_titled(text: str, start: int) -> bool:
    """Whether a title such as “Mrs.” stands before a place in a text."""
    return plain(text[max(0, start - 10) : start]).rstrip(" .").rpartition(" ")[2] in _words()["titles"]


def plain(text: str) -> str:
    """Return a text in small letters, without accents."""
    if text.isascii():
        return text.lower()
    return "".join(sign for sign in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(sign))


@cache
def _data() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("person_names.yml").read_text("utf-8")
    data: Mapping[str, Any] = strict_yaml.read_data(text)
    return data


@cache
def _words() -> Mapping[str, frozenset[str]]:
    data = _data()
    sets = {
        name: frozenset(plain(data[name]).split())
        for name in ("before_places", "behind_places", "ambiguous", "not_persons", "not_names", "offices", "titles")
    }
    first, last = (frozenset(data[name].split()) for name in ("first", "last"))
    certain = {"first": first - sets["ambiguous"], "last": last - sets["ambiguous"]}
    return {**sets, "names": first | last, "not_in_slugs": sets["not_persons"] | sets["not_names"], **certain}


@cache
def _facts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    private, school = (for_small_letters(_fact_pattern(kind)) for kind in ("private", "school"))
    return private, school


def _fact_pattern(kind: str) -> str:
    # Browsers know only the letters of English as \w.
    patterns = "|".join(_data()["facts"][kind]).replace(r"\w", f"[{_LETTER}0-9_]")
    return rf"(?<![{_LETTER}0-9])(?:{patterns})(?![{_LETTER}0-9])"


@cache
def _placed() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """What stands where only a name belongs: behind a field's name, or whose mother somebody is."""
    return tuple((re.compile(place["needs"]), re.compile(place["pattern"])) for place in _data()["places"])


@cache
def _titled() -> re.Pattern[str]:
    return re.compile(_TITLED.replace("{titles}", "|".join(_data()["small_titles"].split())), re.IGNORECASE)


_JOINED = {"names", "not_in_slugs"}
"""Sets that are made of others."""


def browser_data() -> dict[str, Any]:
    """Return the words and patterns for the form in the browser."""
    # The browser joins `names` from those that are certain and those that are ambiguous: half of the words.
    sent = {name: sorted(words) for name, words in _words().items() if name not in _JOINED}
    return {
        "words": {**sent, "ambiguous_names": sorted(_words()["names"] & _words()["ambiguous"])},
        "private": _fact_pattern("private"),
        "school": _fact_pattern("school"),
        "name": _NAME.pattern,
        "slug": _SLUG.pattern,
        "form": f"^(?:{_FORM.pattern})$",
        "end": _SENTENCE_END.pattern,
        "titled": _titled().pattern,
        "placed": [pattern.pattern for _, pattern in _placed()],
        "near": NEAR,
        "close": CLOSE,
    }
