"""What a notice file must be before it may be posted: from its bytes to a list of problems, all in one run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import PurePath

from noticeboard.check import (
    content,
    dates,
    file_name,
    history,
    parse,
    personal_data_rules,
    plain_words,
    plausibility,
    translations,
)
from noticeboard.check.context import NoticeFile
from noticeboard.i18n import catalogs
from noticeboard.law.statutes import Law
from noticeboard.notice import short_code, strict_yaml
from noticeboard.notice.field_types import Reading
from noticeboard.notice.model import Notice
from noticeboard.notice.problem import Problem, Severity, errors
from noticeboard.settings import Settings
from noticeboard.site import parallel

__all__ = ["Checked", "Source", "notices"]


_Rule = Callable[[NoticeFile], Iterator[Problem]]

_RULES: Mapping[_Rule, Severity] = {
    dates.dates_in_order: "error",
    dates.updates_in_order: "error",
    dates.nothing_in_future: "error",
    dates.families_after_receipt: "warning",
    dates.nothing_is_told_before_it_is_known: "error",
    dates.years_are_likely: "warning",
    dates.withdrawal_is_a_status: "warning",
    dates.name_has_day_of_posting: "warning",
    content.received_unless_own: "error",
    content.withdrawn_says_why: "error",
    content.contacts_can_be_reached: "error",
    content.codes_stand_once: "error",
    content.not_involved_is_not_affected: "error",
    content.texts_lose_nothing: "error",
    content.links_lead_where_they_say: "error",
    content.titles_hold_no_address: "error",
    content.translations_fit: "error",
    content.protection_is_long_enough: "warning",
    content.blanks_are_filled_in: "warning",
    content.nothing_is_made_up: "warning",
    translations.active_notice_in_each_language: "warning",
    translations.translations_are_not_older: "warning",
    translations.translations_keep_facts: "warning",
    personal_data_rules.texts_name_nobody: "error",
    personal_data_rules.comments_name_nobody: "error",
    plausibility.contractor_is_somebody_else: "warning",
    plausibility.resolved_says_how: "warning",
    plausibility.families_are_told: "warning",
    plausibility.active_notice_is_not_silent: "warning",
    plain_words.texts_read_easily: "warning",
    plain_words.sentences_are_short: "warning",
    plain_words.acronyms_are_explained: "warning",
    plain_words.sentences_say_who: "warning",
}
"""The rules in the order of their words, each with the worst that it can find."""


@dataclass(frozen=True)
class Source:
    """A file as it was found."""

    file: str
    """Its path, as problems should name it."""
    content: bytes | None
    """None: it can't be read, or is a folder."""

    @cached_property
    def path(self) -> PurePath:
        """Its path, in parts."""
        return PurePath(self.file)


@dataclass(frozen=True)
class Checked:
    """The outcome: every problem in file order, and the notices that have no errors."""

    problems: tuple[Problem, ...]
    notices: dict[str, Notice]
    """By id; files whose name starts with `_` are checked and are not in it."""


def notices(
    sources: Iterable[Source],
    site: Settings,
    law: Law,
    now: datetime,
    before: Iterable[Source] = (),
    *,
    with_warnings: bool = True,
    with_notices: bool = True,
) -> Checked:
    """Check files against the format, against themselves, and against what was posted `before`.

    Problems come in the order of the files and, in a file, of its lines. No content raises.
    It is quicker without warnings: only errors are then looked for; and without notices: only problems are then given.
    """
    sources, before = list(sources), list(before)
    reading = Reading(law.zone, law.codes, tuple(catalogs.available()[1:]))
    rules = tuple(rule for rule, worst in _RULES.items() if with_warnings or worst == "error")
    codes = tuple(_same_codes((source.file for source in sources), {source.path.name for source in before}))
    posted = _posted(before, sources, reading)
    files = _Files(sources, codes, site, law, now, reading, rules, posted, with_notices)
    problems: list[Problem] = []
    read: dict[str, history.Traits] = {}
    good: dict[str, Notice] = {}
    for source, found in zip(sources, files.every(), strict=True):
        problems += found.problems
        if found.traits:
            read[source.path.name] = found.traits
        if found.notice and not source.path.name.startswith("_"):
            good[source.path.stem] = found.notice
    there, were = ({source.path.name for source in each} for each in (sources, before))
    new = {name_: traits for name_, traits in read.items() if name_ not in were}
    problems += history.losses(new, posted, there)
    return Checked(tuple(problems if with_warnings else errors(problems)), good)


@dataclass(frozen=True)
class _Outcome:
    """What is found in one file."""

    problems: list[Problem]
    traits: history.Traits | None = None
    """None: it could not be read, or nothing is compared with."""
    notice: Notice | None = None
    """None: it has errors, or nobody asks for it."""


SHARE = 50
"""Files that a process checks at a time."""
MANY = 8 * SHARE
"""From so many files on, sharing them between processes is quicker."""


@dataclass(frozen=True)
class _Files:
    """The files, and all that is needed to check one of them: no other file's outcome is."""

    sources: Sequence[Source]
    same_codes: Sequence[Problem | None]
    site: Settings
    law: Law
    now: datetime
    reading: Reading
    rules: Sequence[_Rule]
    posted: Mapping[str, history.Posted]
    keeps_notices: bool

    def every(self) -> Iterator[_Outcome]:
        """Check them all, in their order."""
        shares = [partial(self._some, start) for start in range(0, len(self.sources), SHARE)]
        for found in parallel.share(shares, parallel.count() if len(self.sources) >= MANY else 1):
            yield from found

    def _some(self, start: int) -> list[_Outcome]:
        return [self._one(number) for number in range(start, min(start + SHARE, len(self.sources)))]

    def _one(self, number: int) -> _Outcome:
        source, same_code = self.sources[number], self.same_codes[number]
        found, file = self._check(source)
        if file:
            found += history.changes(file, self.posted.get(source.path.name))
        if same_code:
            found.append(same_code)
        told = sorted(
            personal_data_rules.once(personal_data_rules.masked(found)),
            key=lambda problem: (problem.line, problem.column),
        )
        if file is None:
            return _Outcome(told)
        traits = history.traits(file.notice) if self.posted else None
        return _Outcome(told, traits, file.notice if self.keeps_notices and not errors(found) else None)

    def _check(self, source: Source) -> tuple[list[Problem], NoticeFile | None]:
        """Check one file by itself; give it as far as it could be read."""
        named = [*file_name.problems(source.file), *personal_data_rules.name_names_nobody(source.file)]
        if source.content is None:
            message = "This must be a file that can be read; a folder, or a broken link, holds no notice."
            return [*named, Problem(source.file, 1, 1, "error", "unreadable", "", message)], None
        try:
            document = strict_yaml.read(source.content, source.file)
        except strict_yaml.Refusal as refusal:
            hidden = personal_data_rules.unreadable_names_nobody(
                source.file, source.content[: strict_yaml.LARGEST], self.site
            )
            return [*named, *refusal.problems, *hidden], None
        read = parse.read(document, self.reading)
        found = [*named, *document.problems, *read.problems]
        if any(problem.rule == parse.TOO_MANY for problem in found):
            return found, None
        file = NoticeFile(document, read.notice, self.site, self.law, self.now)
        for rule in self.rules:
            found += rule(file)
        return found, file


def _posted(before: Iterable[Source], sources: Iterable[Source], reading: Reading) -> dict[str, history.Posted]:
    """Read the notices of before that are another file now, or none."""
    same = {(source.path.name, source.content) for source in sources}
    found = {}
    for source in before:
        name_ = source.path.name
        if name_.startswith("_") or (name_, source.content) in same or source.content is None:
            continue
        try:
            document = strict_yaml.read(source.content, source.file)
        except strict_yaml.Refusal:
            continue
        read = parse.read(document, reading)
        if not read.problems:
            found[name_] = history.Posted(source.file, read.notice)
    return found


def same_codes(files: Iterable[str]) -> list[Problem]:
    """Find the files whose short code another has already."""
    return [problem for problem in _same_codes(files) if problem]


def _same_codes(files: Iterable[str], posted: Collection[str] = ()) -> Iterator[Problem | None]:
    """No two notices have the same short code; with a million notices, one pair in two would.

    A name that is posted stays: of two, the other file must get another one.
    """
    paths = [PurePath(file) for file in files]
    codes = {short_code.code(path.stem): path.name for path in reversed(paths)}
    codes |= {short_code.code(PurePath(name_).stem): name_ for name_ in posted}
    for path in paths:
        code = short_code.code(path.stem)
        if codes[code] == path.name:
            yield None
        else:
            way = "rename this file" if posted else "rename the one of the two that isn’t posted yet"
            message = f"The file’s name must give another short code than {codes[code]} ({code}); {way}."
            yield Problem(str(path), 1, 1, "error", "same-code", "", message)
