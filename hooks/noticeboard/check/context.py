"""One notice file as the rules see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import PurePath

from noticeboard.check import sentences
from noticeboard.check.sentences import English
from noticeboard.law.statutes import Law
from noticeboard.notice.model import Notice
from noticeboard.notice.problem import Problem, Severity, field_name
from noticeboard.notice.strict_yaml import Document, Path
from noticeboard.settings import Settings


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
    def english(self) -> tuple[English, ...]:
        """The notice's English texts, as far as they could be read."""
        return sentences.of(self.notice)

    @cached_property
    def may_be_named(self) -> list[str]:
        """The phones and addresses that its texts may hold: the offices', its own contacts' and protection's."""
        ways = [way for each in self.notice.contacts or [] if each for way in (each.phone, each.email, each.url)]
        if protection := self.notice.protection:
            ways += [protection.phone, protection.url]
        return [*self.site.may_be_named, *(way for way in ways if way)]

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
