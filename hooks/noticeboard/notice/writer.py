"""A notice file as staff would write it by hand: from plain data to YAML text.

`theme/assets/post/notice_file.js` writes the same text in the browser; a test holds the two together.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

HEADER = "# yaml-language-server: $schema=notice.schema.json\n"
_BLOCKS = {"what_happened", "what_we_are_doing", "what_you_can_do", "more_information", "text"}
_NUMBERS = {"count", "months", "occurred", "discovered", "confirmed", "contained"}
"""Fields whose digits need no quotes."""
_FLOW = {"data", "not_involved", "corrects"}
WIDTH = 100


def text(data: Mapping[str, Any]) -> str:
    """Write a notice; fields stand in the order given, empty ones are left out.

    Data of another shape than a notice's is written as it comes: the check of the text then names what is wrong.
    """
    lines = list(_fields(data, ""))
    return HEADER + "".join(f"{line}\n" for line in lines)


def _fields(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if value in (None, "", [], {}):
            continue
        # What takes several lines stands apart, as in the template.
        if not indent and (isinstance(value, list | dict) or key in _BLOCKS):
            yield ""
        yield from _field(key, value, indent)


def _field(key: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield f"{indent}{key}:"
        yield from _fields(value, indent + "  ")
    elif isinstance(value, list):
        if key in _FLOW:
            yield f"{indent}{key}: [{', '.join(map(str, value))}]"
        else:
            yield f"{indent}{key}:"
            yield from _list(value, indent + "  ")
    elif key in _BLOCKS and isinstance(value, str):
        yield f"{indent}{key}: {_block_mark(value)}"
        yield from (f"{indent}  {line}".rstrip() for line in _lines(value))
    elif key == "summary" and len(str(value)) > WIDTH - 10:
        yield f"{indent}{key}: >-"
        yield from _folded(str(value), indent + "  ")
    else:
        yield f"{indent}{key}: {_scalar(str(value), is_number=key in _NUMBERS)}"


def _list(items: Sequence[Any], indent: str) -> Iterator[str]:
    for item in items:
        if not isinstance(item, Mapping):
            yield from _item(item if item is None else str(item), indent)
            continue
        for number, line in enumerate(_fields(item, indent + "  ")):
            yield f"{indent}- {line[len(indent) + 2 :]}" if number == 0 else line


def _item(item: str | None, indent: str) -> Iterator[str]:
    """Write a list's plain item; a text of several lines (a translated update) is a block."""
    if item and "\n" in item.strip():
        yield f"{indent}- {_block_mark(item)}"
        yield from (f"{indent}  {line}".rstrip() for line in _lines(item))
    else:
        yield f"{indent}- {_scalar((item or '').strip(), is_number=False) if item else '~'}"


def _lines(value: str) -> list[str]:
    """Return a block's lines, without blank ones around them."""
    return [line.rstrip() for line in value.replace("\r\n", "\n").strip("\n").rstrip().split("\n")]


def _block_mark(value: str) -> str:
    # A first line that begins with a space would be taken for the indentation.
    return "|2" if _lines(value)[0].startswith(" ") else "|"


def _folded(value: str, indent: str) -> Iterator[str]:
    words = " ".join(value.split())
    width = WIDTH + 10 - len(indent)
    for line in textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False):
        yield indent + line


_NOT_TEXT = re.compile(r"(?:true|false|yes|no|on|off|y|n|null|~)", re.IGNORECASE)
_NUMBER = re.compile(r"[-+.]?[0-9][0-9_.,eExXoO:]*", re.ASCII)


def _scalar(value: str, *, is_number: bool) -> str:
    """Write a one-line value, in quotes where YAML would take it for something else."""
    is_odd = (
        not value
        or value != value.strip()
        or value[0] in "-?:,[]{}#&*!|>'\"%@`="
        or ": " in value
        or " #" in value
        or value.endswith(":")
        or _NOT_TEXT.fullmatch(value)
        or (not is_number and _NUMBER.fullmatch(value))
    )
    return "'" + value.replace("'", "''") + "'" if is_odd else value
