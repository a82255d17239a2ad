"""The English texts of a notice, sentence by sentence, and the school grade at which they read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from noticeboard.notice.model import TEXTS, PartialNotice
from noticeboard.notice.strict_yaml import Path
from noticeboard.text import safe_markdown

MAX_LENGTH = 20_000
"""Characters; a longer text has other faults, and its grade would take long."""

# A space behind a sentence's end, and before the next one: not behind “a.m.”, “St.” or an initial. It begins with the
# space, so that only spaces are looked at.
_BETWEEN = re.compile(r" (?<=[a-z0-9)”][.!?] ) *(?=[A-Z“])(?<!a\.m\. )(?<!p\.m\. )(?<!St\. )(?<!No\. )")
_WORD = re.compile(r"[^\W_][\w’'.,@-]*")
_GRADED_WORD = re.compile(r"[^\W_][\w’'-]*")


@dataclass(frozen=True)
class EnglishText:
    """One English text."""

    path: Path
    text: str

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences; a list item, a cell and a heading is one by itself."""
        lines = _BETWEEN.sub("\n", safe_markdown.plain(self.text)).split("\n")
        return tuple(sentence for line in lines if (sentence := line.strip()))

    @cached_property
    def words(self) -> tuple[list[str], ...]:
        """The words of each sentence, as the reading grade has them: never fewer than `word_count` counts."""
        return tuple(map(graded_words, self.sentences))

    def line(self, sentence: str) -> int:
        """Return the line (from 0) in which a sentence begins, as well as can be: marks were taken out of it."""
        start = " ".join(sentence.split()[:3])
        return next((number for number, line in enumerate(self.text.split("\n")) if start in line), 0)


def english_texts(notice: PartialNotice) -> tuple[EnglishText, ...]:
    """Return a notice's English texts, as far as they could be read, less what is too long."""
    return tuple(EnglishText(path, text) for path, text in _texts(notice) if len(text) <= MAX_LENGTH)


def _texts(notice: PartialNotice) -> Iterator[tuple[Path, str]]:
    if notice.summary:
        yield ("summary",), notice.summary
    for name in TEXTS:
        if text := getattr(notice, name):
            yield (name,), text
    for index, update in enumerate(notice.updates or []):
        if update and update.text:
            yield ("updates", index, "text"), update.text


def word_count(sentence: str) -> int:
    """Count words as people do: an address or 1,250.50 is one."""
    return len(_WORD.findall(sentence))


def graded_words(sentence: str) -> list[str]:
    """Split a sentence into the words whose syllables count."""
    return _GRADED_WORD.findall(sentence)


def reading_grade(sentences: Sequence[Sequence[str]]) -> float:
    """Return the school grade of some sentences, each as its words; 0 for none.

    Source: the Flesch-Kincaid grade level, with the syllables as the library `readability` counts them.
    """
    lines = [words for words in sentences if any(map(str.isalpha, "".join(words)))]
    if not lines:
        return 0.0
    grade, syllables = _readability()
    return grade(sum(sum(map(syllables, line)) for line in lines), sum(map(len, lines)), len(lines))


@cache
def _readability() -> tuple[Callable[[int, int, int], float], Callable[[str], int]]:
    """Return the library's formula and its count of a word's syllables.

    Imported at its first use: a board without notices needs no grade. All its measures at once take ten times as long.
    """
    from readability import KincaidGradeLevel
    from readability.langdata import LANGDATA

    return KincaidGradeLevel, lru_cache(maxsize=20_000)(LANGDATA["en"]["syllables"])
