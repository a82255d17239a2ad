"""mkdocs.yml as text whose values can be changed: all else, comments too, stays as it is, letter by letter."""

from __future__ import annotations

import json
import textwrap
from datetime import date
from typing import Any

import yaml

from noticeboard.notice import strict_yaml

Key = tuple[str, ...]
"""The way to a value below `extra.noticeboard`, such as `("places", "police")`."""
_BELOW = ("extra", "noticeboard")


class SettingsFile:
    """The settings of one mkdocs.yml, which must be YAML and have `extra.noticeboard`."""

    def __init__(self, text: str) -> None:
        self._text = text

    def text(self) -> str:
        """Return the file as it is now."""
        return self._text

    def value(self, key: Key) -> Any:
        """Return a value as plain data, and of `!ENV [NAME, default]` the default; None: it isn't there."""
        found: Any = strict_yaml.read_settings(self._text, {})
        for name in (*_BELOW, *key):
            found = found.get(name) if isinstance(found, dict) else None
        return plain(found)

    def change(self, key: Key, value: Any) -> None:
        """Set a value; of `!ENV [NAME, default]`, the default. What isn't there is added behind its neighbors."""
        node: yaml.Node | None = yaml.compose(self._text, Loader=yaml.SafeLoader)
        for name in (*_BELOW, *key[:-1]):
            node = _entry(node, name)[1]
        assert isinstance(node, yaml.MappingNode), key
        place, old = _entry(node, key[-1])
        if place is None or old is None:
            self._replace(_end(node), _end(node), f"\n{_line(node.start_mark.column, key[-1], value)}")
        elif old.tag == "!ENV" and isinstance(old, yaml.SequenceNode):
            last = old.value[-1]
            self._replace(last.start_mark.index, last.end_mark.index, json.dumps(value, ensure_ascii=False))
        else:
            # What stands behind the value on its line, such as a comment, stays there.
            is_quoted = isinstance(old, yaml.ScalarNode) and old.style == '"'
            line = _line(place.start_mark.column, key[-1], value, is_quoted=is_quoted)
            self._replace(place.start_mark.index, max(_end(old), place.end_mark.index + 1), line.lstrip(" "))

    def _replace(self, start: int, end: int, text: str) -> None:
        self._text = self._text[:start] + text + self._text[end:]


def _entry(node: yaml.Node | None, name: str) -> tuple[yaml.Node | None, yaml.Node | None]:
    """Find an entry of a mapping: its key and its value."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next(((key, value) for key, value in pairs if key.value == name), (None, None))


def _end(node: yaml.Node) -> int:
    """Return where a value's own text ends; PyYAML takes the comments behind a block for a part of it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        content = node.start_mark.buffer[: node.end_mark.index] if node.start_mark.buffer else ""
        return len(content.rstrip("\n \0")) if content else node.end_mark.index
    return node.end_mark.index


def _line(column: int, name: str, value: Any, *, is_quoted: bool = False) -> str:
    """Write an entry with its indentation, without a line end."""
    if isinstance(value, dict) and value:
        block = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000).rstrip("\n")
        return f"{' ' * column}{name}:\n{textwrap.indent(block, ' ' * (column + 2))}"
    is_quoted = is_quoted and isinstance(value, str)
    return f"{' ' * column}{name}: {json.dumps(value, ensure_ascii=False) if is_quoted else _inline(value)}"


def _inline(value: Any) -> str:
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000)
    return text.removesuffix("...\n").strip()


def plain(value: Any) -> Any:
    """Return days as text: what a file holds, whichever way it was read."""
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
