"""What a notice file must be before it may be posted: from its bytes to a list of problems, all in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from noticeboard import reference, yaml_file
from noticeboard.check import content, fields, history, name, personal, plain_words, sense, times, translations
from noticeboard.check.file import NoticeFile
from noticeboard.fields import Reading
from noticeboard.language import Language
from noticeboard.notice import Notice
from noticeboard.problem import Problem, errors
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
    personal.texts_name_nobody,
    personal.comments_name_nobody,
    sense.resolved_says_how,
    sense.families_are_told,
    sense.active_notice_is_not_silent,
    plain_words.texts_read_easily,
    plain_words.sentences_are_short,
    plain_words.acronyms_are_explained,
    plain_words.sentences_say_who,
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


def notices(
    sources: Iterable[Source], site: Settings, law: Law, now: datetime, before: Iterable[Source] = ()
) -> Checked:
    """Check files against the format, against themselves, and against what was posted `before`.

    Problems come in the order of the files and, in a file, of its lines. No content raises.
    """
    sources, before = list(sources), list(before)
    posted = _posted(before, sources, law)
    codes: dict[str, str] = {}
    problems: list[Problem] = []
    files: dict[str, NoticeFile] = {}
    good: dict[str, Notice] = {}
    for source in sources:
        found, file = _check(source, site, law, now)
        path = PurePath(source.file)
        if file:
            files[path.name] = file
            found += history.changes(file, posted.get(path.name))
        found += _same_code(source.file, codes)
        is_good = file is not None and not errors(found)
        problems += sorted(personal.once(personal.masked(found)), key=lambda problem: (problem.line, problem.column))
        if file and is_good and not path.name.startswith("_"):
            good[path.stem] = file.notice
    there, were = ({PurePath(source.file).name for source in each} for each in (sources, before))
    new = {name_: file for name_, file in files.items() if name_ not in were}
    return Checked((*problems, *history.losses(new, posted, there)), good)


def _posted(before: Iterable[Source], sources: Iterable[Source], law: Law) -> dict[str, history.Posted]:
    """Read the notices of before that are another file now, or none."""
    same = {(PurePath(source.file).name, source.content) for source in sources}
    found = {}
    for source in before:
        name_ = PurePath(source.file).name
        if name_.startswith("_") or (name_, source.content) in same or source.content is None:
            continue
        try:
            document = yaml_file.read(source.content, source.file)
        except yaml_file.Refusal:
            continue
        read = fields.read(document, _reading(law))
        if not read.problems:
            found[name_] = history.Posted(source.file, read.notice)
    return found


def _same_code(file: str, codes: dict[str, str]) -> Iterator[Problem]:
    """No two notices have the same short code; with a million notices, one pair in two would."""
    code = reference.code(PurePath(file).stem)
    if code in codes:
        message = f"The file’s name must give another short code than {codes[code]} ({code}); rename this file."
        yield Problem(file, 1, 1, "error", "same-code", "", message)
    codes[code] = PurePath(file).name


def same_codes(files: Iterable[str]) -> list[Problem]:
    """Find the files whose short code another has already."""
    codes: dict[str, str] = {}
    return [problem for file in files for problem in _same_code(file, codes)]


def _reading(law: Law) -> Reading:
    return Reading(law.zone, law.codes, tuple(Language.available()[1:]))


def _check(source: Source, site: Settings, law: Law, now: datetime) -> tuple[list[Problem], NoticeFile | None]:
    """Check one file by itself; give it as far as it could be read."""
    named = [*name.problems(source.file), *personal.name_names_nobody(source.file)]
    if source.content is None:
        message = "This must be a file that can be read; a folder, or a broken link, holds no notice."
        return [*named, Problem(source.file, 1, 1, "error", "unreadable", "", message)], None
    try:
        document = yaml_file.read(source.content, source.file)
    except yaml_file.Refusal as refusal:
        hidden = personal.unreadable_names_nobody(source.file, source.content[: yaml_file.LARGEST], site)
        return [*named, *refusal.problems, *hidden], None
    read = fields.read(document, _reading(law))
    found = [*named, *document.problems, *read.problems]
    if any(problem.rule == fields.TOO_MANY for problem in found):
        return found, None
    file = NoticeFile(document, read.notice, site, law, now)
    for rule in _RULES:
        found += rule(file)
    return found, file
