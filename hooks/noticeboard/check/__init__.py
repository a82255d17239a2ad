"""What a notice file must be before it may be posted: from its bytes to a list of problems, all in one run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from noticeboard import yaml_file
from noticeboard.check import fields, rules
from noticeboard.check.file import NoticeFile
from noticeboard.fields import Reading
from noticeboard.notice import Notice
from noticeboard.problem import Problem
from noticeboard.statutes import Law

__all__ = ["Checked", "Source", "notices"]


@dataclass(frozen=True)
class Source:
    """A file as it was found."""

    file: str
    """Its path, as problems should name it."""
    content: bytes


@dataclass(frozen=True)
class Checked:
    """The outcome: every problem in file order, and the notices that have no errors."""

    problems: tuple[Problem, ...]
    notices: dict[str, Notice]
    """By id; files whose name starts with `_` are checked and are not in it."""


def notices(sources: Iterable[Source], law: Law, now: datetime) -> Checked:
    """Check files against the format and against themselves.

    Problems come in the order of the files and, in a file, of its lines. No content raises.
    """
    problems: list[Problem] = []
    good: dict[str, Notice] = {}
    for source in sources:
        found, notice = _check(source, law, now)
        problems += sorted(found, key=lambda problem: (problem.line, problem.column))
        name = PurePath(source.file)
        if notice and not name.name.startswith("_"):
            good[name.stem] = notice
    return Checked(tuple(problems), good)


def _check(source: Source, law: Law, now: datetime) -> tuple[list[Problem], Notice | None]:
    """Check one file; give its notice if it has no errors."""
    named = list(rules.name_problems(source.file))
    try:
        document = yaml_file.read(source.content, source.file)
    except yaml_file.Refusal as refusal:
        return [*named, *refusal.problems], None
    read = fields.read(document, Reading(law.zone, law.codes))
    found = [*named, *document.problems, *read.problems]
    file = NoticeFile(document, read.notice, law, now)
    for rule in rules.RULES:
        found += rule(file)
    is_good = not any(problem.severity == "error" for problem in found)
    return found, read.notice if is_good else None
