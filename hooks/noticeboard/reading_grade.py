"""The school grade at which an English text reads (Flesch-Kincaid)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

_WORD = re.compile(r"[^\W_][\w’'-]*")


def of(sentences: Sequence[str]) -> float:
    """Give the grade of some sentences; 0 for none.

    Source: the Flesch-Kincaid grade level, with the syllables as the library `readability` counts them.
    """
    lines = [each for each in sentences if any(map(str.isalpha, each))]
    if not lines:
        return 0.0
    grade, syllables = _measures()
    words = _WORD.findall("\n".join(lines))
    return grade(sum(map(syllables, words)), len(words), len(lines))


@cache
def _measures() -> tuple[Callable[[int, int, int], float], Callable[[str], int]]:
    """Get the library's formula and its count of a word's syllables.

    Loaded at its first use: a board without notices needs no grade. All its measures at once take ten times as long.
    """
    from readability import KincaidGradeLevel
    from readability.langdata import LANGDATA

    return KincaidGradeLevel, lru_cache(maxsize=20_000)(LANGDATA["en"]["syllables"])
