"""mkdocs.yml as text whose values can be changed: comments, order and quotes stay."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

Key = tuple[str, ...]
"""The way to a value below `extra.noticeboard`, such as `("places", "police")`."""


class SettingsFile:
    """The settings of one mkdocs.yml."""

    def __init__(self, text: str) -> None:
        self._yaml = YAML()
        self._yaml.preserve_quotes = True
        self._yaml.width = 10_000
        self._yaml.indent(mapping=2, sequence=4, offset=2)
        self._yaml.representer.add_representer(
            type(None), lambda representer, _: representer.represent_scalar("tag:yaml.org,2002:null", "null")
        )
        self._config: CommentedMap = self._yaml.load(text)
        self._settings: CommentedMap = self._config["extra"]["noticeboard"]

    def value(self, key: Key) -> Any:
        """Return a value as plain data; None: it isn't there."""
        found: Any = self._settings
        for name in key:
            found = found.get(name) if isinstance(found, CommentedMap) else None
        return _plain(found)

    def change(self, key: Key, value: Any) -> None:
        """Set a value; of what `!ENV [NAME, default]` reads, the default."""
        parent = self._settings
        for name in key[:-1]:
            parent = parent.setdefault(name, CommentedMap())
        name, old = key[-1], parent.get(key[-1])
        if isinstance(old, CommentedSeq) and old.tag.value == "!ENV":
            old[-1] = value
            return
        if isinstance(old, CommentedSeq) and isinstance(value, list):
            old[:] = value
            return
        # What stands between this setting and the next belongs to the setting's last line.
        comment = _take_comment(parent, name)
        parent[name] = _commented(value)
        if comment:
            holder, last = _last_line(parent, name)
            holder.ca.items.setdefault(last, [None] * 4)[2] = comment

    def text(self) -> str:
        """Write the file."""
        out = io.StringIO()
        self._yaml.dump(self._config, out)
        return out.getvalue()


def _plain(value: Any) -> Any:
    """Return what ruamel read as plain lists, mappings and texts; of `!ENV`, the default."""
    if isinstance(value, CommentedSeq) and value.tag.value == "!ENV":
        return _plain(value[-1])
    if isinstance(value, CommentedMap):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, bool | int) else str(value)


def _commented(value: Any) -> Any:
    """Return mappings, however deep, as those that can have comments."""
    return CommentedMap((name, _commented(each)) for name, each in value.items()) if isinstance(value, dict) else value


def _last_line(parent: CommentedMap, name: str) -> tuple[CommentedMap, str]:
    """Find the mapping and key of a setting's last line."""
    while isinstance(parent.get(name), CommentedMap) and parent[name]:
        parent = parent[name]
        name = list(parent)[-1]
    return parent, name


def _take_comment(parent: CommentedMap, name: str) -> Any:
    """Take the comment off a setting's last line; None: there is none."""
    holder, last = _last_line(parent, name)
    marks = holder.ca.items.get(last)
    if not marks:
        return None
    comment, marks[2] = marks[2], None
    return comment
