"""The English texts of a notice, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from noticeboard.check import reading_grade
from noticeboard.notice.model import TEXTS, Notice
from noticeboard.notice.strict_yaml import Path
from noticeboard.text import safe_markdown

LONGEST_TEXT = 20_000
"""Characters; a longer text has other faults, and its grade would take long."""

# A space behind a sentence's end, and before the next one: not behind “a.m.”, “St.” or an initial. It begins with the
# space, so that only spaces are looked at.
_BETWEEN = re.compile(r" (?<=[a-z0-9)”][.!?] ) *(?=[A-Z“])(?<!a\.m\. )(?<!p\.m\. )(?<!St\. )(?<!No\. )")
_WORD = re.compile(r"[^\W_][\w’'.,@-]*")


@dataclass(frozen=True)
class English:
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
        """The words of each sentence, as the reading grade has them: never fewer than `count` counts."""
        return tuple(map(reading_grade.words, self.sentences))

    def line(self, sentence: str) -> int:
        """Find the line in which a sentence begins, as well as can be: marks were taken out of it."""
        start = " ".join(sentence.split()[:3])
        return next((number for number, line in enumerate(self.text.split("\n")) if start in line), 0)


def count(sentence: str) -> int:
    """Count words as people do: an address or 1,250.50 is one."""
    return len(_WORD.findall(sentence))


def of(notice: Notice) -> tuple[English, ...]:
    """Give a notice's English texts, less what is too long; fields that could not be read are None."""
    return tuple(English(path, text) for path, text in _texts(notice) if len(text) <= LONGEST_TEXT)


def _texts(notice: Notice) -> Iterator[tuple[Path, str]]:
    if notice.summary:
        yield ("summary",), notice.summary
    for name in TEXTS:
        if text := getattr(notice, name):
            yield (name,), text
    for index, update in enumerate(notice.updates or []):
        if update and update.text:
            yield ("updates", index, "text"), update.text
