"""What a rule of `check` sees of one file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import PurePath

from noticeboard.check import sentences
from noticeboard.check.sentences import EnglishText
from noticeboard.law.statutes import Law
from noticeboard.notice.model import Notice, PartialNotice
from noticeboard.notice.problem import Problem, Severity, field_name
from noticeboard.notice.strict_yaml import Document, Path
from noticeboard.settings import Settings


@dataclass(frozen=True)
class RuleContext:
    """One file, with as much of its notice as could be read."""

    document: Document
    notice: PartialNotice
    whole: Notice | None
    """The same notice, if all of its fields could be read."""
    settings: Settings
    law: Law
    now: datetime

    @cached_property
    def id(self) -> str:
        """The notice's id: the file's stem."""
        return PurePath(self.document.file).stem

    @property
    def is_template(self) -> bool:
        """Whether it is `_template.yml` or the like: never published, so nothing in it is late or missing."""
        return self.id.startswith("_")

    @cached_property
    def english(self) -> tuple[EnglishText, ...]:
        """The notice's English texts, as far as they could be read."""
        return sentences.english_texts(self.notice)

    @cached_property
    def published_contacts(self) -> list[str]:
        """The phones and addresses that its texts may hold: the offices', its own contacts' and protection's."""
        contacts = [contact for contact in self.notice.contacts or [] if contact]
        methods = [method for contact in contacts for method in (contact.phone, contact.email, contact.url)]
        if protection := self.notice.protection:
            methods += [protection.phone, protection.url]
        return [*self.settings.published_contacts, *(method for method in methods if method)]

    def problem(self, severity: Severity, rule: str, path: Path, message: str, text_line: int | None = None) -> Problem:
        """Return a problem of the field at `path`; `message` continues the sentence that its name begins.

        `text_line` is a line within the field's text (from 0); a text that isn't a literal block has lines
        that differ from the file's, so the field itself is pointed at.
        """
        position = self.document.position(path)
        line, column = position.line, position.column
        if text_line is not None and position.is_literal:
            line, column = position.text_line + text_line, 1
        name = field_name(path)
        return Problem(self.document.file, line, column, severity, rule, name, f"{name} {message}.")
