"""What a notice file must be before it may be posted: from its bytes to a list of problems, all in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from noticeboard import yaml_file
from noticeboard.check import content, fields, name, times, translations
from noticeboard.check.file import NoticeFile
from noticeboard.fields import Reading
from noticeboard.language import Language
from noticeboard.notice import Notice
from noticeboard.problem import Problem
from noticeboard.settings import Settings
from noticeboard.statutes import Law

__all__ = ["Checked", "Source", "notices"]


_RULES: tuple[Callable[[NoticeFile], Iterator[Problem]], ...] = (
    times.dates_in_order,
    times.updates_in_order,
    times.nothing_in_future,
    times.families_after_receipt,
    times.name_has_day_of_posting,
    content.received_unless_own,
    content.withdrawn_says_why,
    content.contacts_can_be_reached,
    content.codes_stand_once,
    content.not_involved_is_not_affected,
    content.texts_lose_nothing,
    content.translations_fit,
    content.protection_is_long_enough,
    content.blanks_are_filled_in,
    content.nothing_is_made_up,
    translations.active_notice_in_each_language,
    translations.translations_are_not_older,
    translations.translations_keep_facts,
)


@dataclass(frozen=True)
class Source:
    """A file as it was found."""

    file: str
    """Its path, as problems should name it."""
    content: bytes | None
    """None: it can't be read, or is a folder."""


@dataclass(frozen=True)
class Checked:
    """The outcome: every problem in file order, and the notices that have no errors."""

    problems: tuple[Problem, ...]
    notices: dict[str, Notice]
    """By id; files whose name starts with `_` are checked and are not in it."""


def notices(sources: Iterable[Source], site: Settings, law: Law, now: datetime) -> Checked:
    """Check files against the format and against themselves.

    Problems come in the order of the files and, in a file, of its lines. No content raises.
    """
    problems: list[Problem] = []
    good: dict[str, Notice] = {}
    for source in sources:
        found, notice = _check(source, site, law, now)
        problems += sorted(found, key=lambda problem: (problem.line, problem.column))
        path = PurePath(source.file)
        if notice and not path.name.startswith("_"):
            good[path.stem] = notice
    return Checked(tuple(problems), good)


def _check(source: Source, site: Settings, law: Law, now: datetime) -> tuple[list[Problem], Notice | None]:
    """Check one file; give its notice if it has no errors."""
    named = list(name.problems(source.file))
    if source.content is None:
        message = "This must be a file that can be read; a folder, or a broken link, holds no notice."
        return [*named, Problem(source.file, 1, 1, "error", "unreadable", "", message)], None
    try:
        document = yaml_file.read(source.content, source.file)
    except yaml_file.Refusal as refusal:
        return [*named, *refusal.problems], None
    read = fields.read(document, Reading(law.zone, law.codes, tuple(Language.available()[1:])))
    found = [*named, *document.problems, *read.problems]
    if any(problem.rule == fields.TOO_MANY for problem in found):
        return found, None
    file = NoticeFile(document, read.notice, site, law, now)
    for rule in _RULES:
        found += rule(file)
    is_good = not any(problem.severity == "error" for problem in found)
    return found, read.notice if is_good else None
