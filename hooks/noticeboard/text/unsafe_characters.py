"""Characters that may not stand in a notice: those that a reader can't see but a machine obeys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_LINE_ENDS = "\u2028\u2029"
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# U+200C and U+200D join letters in many scripts and build emoji: see _is_joiner.
_ZERO_WIDTH = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
_TAGS = "\U000e0000-\U000e007f"
_NOT_CHARACTERS = "\ufdd0-\ufdef\ufffe\uffff"
_NOT_CHARACTERS_BEYOND = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
_SURROGATES = "\ud800-\udfff"

_NEAR = f"\r{_CONTROL}{_LINE_ENDS}{_DIRECTION}{_ZERO_WIDTH}{_NOT_CHARACTERS}{_SURROGATES}"
_BEYOND = f"{_TAGS}{_NOT_CHARACTERS_BEYOND}"
# Each range beyond U+FFFF is tried at each character: one wide range first is ten times as fast.
_FORBIDDEN = re.compile(rf"[{_NEAR}\U0001fffe-\U0010ffff](?<=[{_NEAR}{_BEYOND}])(?<!\r(?=\n))")
_LONG_LINE_END = re.compile(r"\r+\n")
_KINDS = (
    (re.compile(rf"[{_DIRECTION}]"), "a sign that turns the direction of the text"),
    (re.compile(rf"[{_ZERO_WIDTH}{_TAGS}]"), "an invisible character"),
    (re.compile(rf"[\r{_LINE_ENDS}]"), "an unusual line end"),
    (re.compile(rf"[{_CONTROL}]"), "a control character"),
)


MAX_PROBLEMS = 50
"""Maximum problems reported per text."""


def forbidden_characters(text: str) -> Iterator[tuple[int, int, str]]:
    """Find them all: line and column (from 1), and what it is in words, with its Unicode number."""
    line, seen, count = 1, 0, 0
    for match in _FORBIDDEN.finditer(text):
        if _is_joiner(text, match.start()):
            continue
        count += 1
        if count > MAX_PROBLEMS:
            return
        line += text.count("\n", seen, match.start())
        seen = match.start()
        column = seen - text.rfind("\n", 0, seen)
        kind = next((words for pattern, words in _KINDS if pattern.match(match[0])), "a code that is no character")
        yield line, column, f"{kind} (U+{ord(match[0]):04X})"


def replace_unsafe(text: str) -> str:
    """Put a replacement character for each of them: what is written for machines must hold, whatever was read.

    Lines end with a line feed alone.
    """
    # Most texts are one plain line: nothing in them is looked for one character at a time.
    if text.isascii() and text.isprintable():
        return text
    text = _LONG_LINE_END.sub("\n", text)
    return _FORBIDDEN.sub(lambda match: match[0] if _is_joiner(text, match.start()) else "\ufffd", text)


def _is_joiner(text: str, index: int) -> bool:
    """Whether this is a joiner that does its work: between two letters, marks or emoji."""
    if text[index] not in "\u200c\u200d":
        return False
    around = (text[index - 1 : index], text[index + 1 : index + 2])
    return all(character and unicodedata.category(character)[0] in "LMS" for character in around)
