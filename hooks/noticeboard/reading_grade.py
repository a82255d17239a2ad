"""The school grade at which an English text reads (Flesch-Kincaid)."""

from __future__ import annotations

import re
from collections.abc import Sequence


def of(sentences: Sequence[str]) -> float:
    """Give the grade of some sentences; 0 for none.

    Source: the Flesch-Kincaid grade level, as the library `readability` computes it.
    """
    # Loaded at its first use: a board without problems needs no grade.
    from readability import getmeasures

    split = [" ".join(re.findall(r"[^\W_][\w’'-]*|[.!?]", sentence)) for sentence in sentences]
    lines = [each for each in split if any(character.isalpha() for character in each)]
    if not lines:
        return 0.0
    return float(getmeasures("\n".join(lines), lang="en")["readability grades"]["Kincaid"])
