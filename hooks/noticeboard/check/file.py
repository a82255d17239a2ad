"""One notice file as the rules see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import PurePath
from typing import Any

from noticeboard.check import english
from noticeboard.check.english import English
from noticeboard.notice import Notice
from noticeboard.problem import Problem, Severity, field_name
from noticeboard.settings import Settings
from noticeboard.statutes import Law
from noticeboard.yaml_file import Document, Path


@dataclass(frozen=True)
class NoticeFile:
    """A file, with as much of its notice as could be read: what could not is None, in lists too."""

    document: Document
    notice: Notice
    site: Settings
    law: Law
    now: datetime

    @cached_property
    def id(self) -> str:
        """The notice's id: the file's stem."""
        return PurePath(self.document.file).stem

    @cached_property
    def texts(self) -> tuple[tuple[Path, str], ...]:
        """Every text of the file as it stands there, with its path."""
        return tuple(_texts(self.document.data, ()))

    @cached_property
    def english(self) -> tuple[English, ...]:
        """The notice's English texts, as far as they could be read."""
        return english.of(self.notice)

    def problem(self, severity: Severity, rule: str, path: Path, words: str, text_line: int | None = None) -> Problem:
        """Make a problem of the field at `path`; `words` continue the sentence that its name begins.

        `text_line` is a line within the field's text (from 0); a text that isn't a literal block has lines
        that differ from the file's, so the field itself is pointed at.
        """
        place = self.document.place(path)
        line, column = place.line, place.column
        if text_line is not None and place.is_literal:
            line, column = place.text_line + text_line, 1
        name = field_name(path)
        return Problem(self.document.file, line, column, severity, rule, name, f"{name} {words}.")


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _texts(item, (*path, key))
