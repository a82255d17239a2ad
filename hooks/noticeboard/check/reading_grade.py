"""The school grade at which an English text reads (Flesch-Kincaid)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

_WORD = re.compile(r"[^\W_][\w’'-]*")


def words(sentence: str) -> list[str]:
    """Split a sentence into the words whose syllables count."""
    return _WORD.findall(sentence)


def of(sentences: Sequence[Sequence[str]]) -> float:
    """Give the grade of some sentences, each as its words; 0 for none.

    Source: the Flesch-Kincaid grade level, with the syllables as the library `readability` counts them.
    """
    lines = [each for each in sentences if any(map(str.isalpha, "".join(each)))]
    if not lines:
        return 0.0
    grade, syllables = _measures()
    return grade(sum(sum(map(syllables, line)) for line in lines), sum(map(len, lines)), len(lines))


@cache
def _measures() -> tuple[Callable[[int, int, int], float], Callable[[str], int]]:
    """Get the library's formula and its count of a word's syllables.

    Loaded at its first use: a board without notices needs no grade. All its measures at once take ten times as long.
    """
    from readability import KincaidGradeLevel
    from readability.langdata import LANGDATA

    return KincaidGradeLevel, lru_cache(maxsize=20_000)(LANGDATA["en"]["syllables"])
