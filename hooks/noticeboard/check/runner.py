"""What a notice file must be before it may be posted: from its bytes to a list of problems, all in one run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
from noticeboard.check.changes import Change
from noticeboard.check.context import RuleContext
from noticeboard.check.hide_finds import hide_finds
from noticeboard.i18n import catalogs
from noticeboard.law.statutes import Law
from noticeboard.notice import short_code, strict_yaml
from noticeboard.notice.field_types import ParseContext
from noticeboard.notice.model import Notice
from noticeboard.notice.problem import Problem, Severity, errors
from noticeboard.settings import Settings

Rule = Callable[[RuleContext], Iterator[Problem]]

RULES: Mapping[Rule, Severity] = {
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
    content.only_corrections_correct: "error",
    content.contacts_can_be_reached: "error",
    content.codes_stand_once: "error",
    content.not_involved_is_not_affected: "error",
    content.texts_lose_nothing: "error",
    content.links_lead_where_they_say: "error",
    content.titles_hold_no_address: "error",
    content.translations_fit: "error",
    content.protection_is_long_enough: "warning",
    content.protection_is_explained: "warning",
    content.blanks_are_filled_in: "warning",
    content.nothing_is_made_up: "warning",
    translations.active_notice_in_each_language: "warning",
    translations.translations_are_not_older: "warning",
    translations.translations_keep_facts: "warning",
    personal_data_rules.texts_name_nobody: "error",
    personal_data_rules.keys_name_nobody: "error",
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
"""Every rule, in the order in which problems of one line are listed, with the worst that it can find."""
ERROR_RULES = tuple(rule for rule, worst in RULES.items() if worst == "error")
"""The rules that can stop a notice; a build runs no others."""


@dataclass(frozen=True)
class Version:
    """A file as it stood in the repository from some time on."""

    since: datetime
    """UTC."""
    content: bytes


@dataclass(frozen=True)
class Source:
    """A file as it was found."""

    file: str
    """Its path, as problems should name it."""
    content: bytes | None
    """None: it can't be read, or is a folder."""
    versions: tuple[Version, ...] = ()
    """How it stood before, oldest first, and as it is; none where that isn't known."""

    @cached_property
    def path(self) -> PurePath:
        """Its path, in parts."""
        return PurePath(self.file)


@dataclass(frozen=True)
class FileResult:
    """The outcome for one file."""

    problems: tuple[Problem, ...]
    """In the order of the file's lines."""
    notice: Notice | None = None
    """None: the file has errors."""
    fingerprint: history.Fingerprint | None = None
    """None: the file could not be read."""
    changes: tuple[Change, ...] = ()
    """What differs from the notice as it was posted."""


@dataclass(frozen=True)
class CheckResult:
    """The outcome for a folder: every problem in file order, and the notices that have no errors."""

    problems: tuple[Problem, ...]
    notices: Mapping[str, Notice]
    """By id; files whose name starts with `_` are checked and are not in it."""
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    """By id: what differs from a notice as it was posted, even where the new one has errors."""


@dataclass(frozen=True)
class Before:
    """What was posted at the revision compared with."""

    sources: Mapping[str, Source]
    """By file name; the template is not in it."""
    parse_context: ParseContext

    @classmethod
    def of(cls, sources: Iterable[Source], parse_context: ParseContext) -> Before:
        """Keep what was posted; what is in it is read when something differs."""
        posted = {source.path.name: source for source in sources if not source.path.name.startswith("_")}
        return cls(posted, parse_context)

    def is_same(self, source: Source) -> bool:
        """Whether a file is as it was posted, to the letter."""
        was = self.sources.get(source.path.name)
        return was is not None and was.content == source.content

    def version(self, name: str) -> history.PublishedVersion | None:
        """Return the notice of that name as it was posted; None: there was none."""
        source = self.sources.get(name)
        if source is None:
            return None
        try:
            notice = parse.read(strict_yaml.read(source.content or b"", source.file), self.parse_context).notice
        except strict_yaml.YamlErrors:
            notice = None
        return history.PublishedVersion(source.file, notice)


@dataclass(frozen=True)
class FileChecker:
    """Checks one file by itself, or against what was posted under its name."""

    settings: Settings
    law: Law
    now: datetime
    rules: Sequence[Rule] = field(default=tuple(RULES), repr=False)

    @cached_property
    def parse_context(self) -> ParseContext:
        """What the fields need to be read."""
        return ParseContext(self.law.zone, self.law.codes, tuple(catalogs.available()[1:]))

    def check(self, source: Source, before: Before | None = None, more: Iterable[Problem] = ()) -> FileResult:
        """Check one file; `more` are problems of it that are known already. No content raises."""
        problems, context = self._check(source)
        changes: tuple[Change, ...] = ()
        if context and before and not (context.is_template or before.is_same(source)):
            compared, changes = history.compare(context, before.version(source.path.name))
            problems += compared
        problems = list(personal_data_rules.deduplicate([*problems, *more]))
        text = (source.content or b"")[: strict_yaml.MAX_BYTES].decode("utf-8", "replace")
        texts = context.document.texts if context else ()
        problems = hide_finds(problems, text, texts, personal_data_rules.RULE)
        problems.sort(key=lambda problem: (problem.line, problem.column))
        if context is None:
            return FileResult(tuple(problems))
        notice = None if errors(problems) else context.whole
        return FileResult(tuple(problems), notice, history.fingerprint(context.notice), changes)

    def _check(self, source: Source) -> tuple[list[Problem], RuleContext | None]:
        problems = [*file_name.problems(source.file), *personal_data_rules.name_names_nobody(source.file)]
        if source.content is None:
            message = "This must be a file that can be read; a folder, or a broken link, holds no notice."
            return [*problems, Problem(source.file, 1, 1, "error", "unreadable", "", message)], None
        try:
            document = strict_yaml.read(source.content, source.file)
        except strict_yaml.YamlErrors as refusal:
            text = source.content[: strict_yaml.MAX_BYTES]
            hidden = personal_data_rules.unreadable_names_nobody(source.file, text, self.settings)
            return [*problems, *refusal.problems, *hidden], None
        result = parse.read(document, self.parse_context)
        problems += [*document.problems, *result.problems]
        if any(problem.rule == parse.TOO_MANY for problem in problems):
            return problems, None
        context = RuleContext(document, result.partial, result.notice, self.settings, self.law, self.now)
        for rule in self.rules:
            problems += rule(context)
        return problems, context


CHUNK_SIZE = 50
"""Files that are checked at a time: fewer are checked sooner than a process starts."""

Run = Callable[[Sequence[Callable[[], list[FileResult]]]], list[list[FileResult]]]
"""Runs tasks, and returns their results in the tasks' order."""


def _one_by_one(tasks: Sequence[Callable[[], list[FileResult]]]) -> list[list[FileResult]]:
    return [task() for task in tasks]


def check_files(
    sources: Iterable[Source], checker: FileChecker, posted: Iterable[Source] | None = None, run: Run = _one_by_one
) -> CheckResult:
    """Check files against the format, against themselves, and against what was posted; None: that isn't compared.

    Problems come in the order of the files and, in a file, of its lines. `run` may share the work between processes.
    """
    sources, before = list(sources), None if posted is None else Before.of(posted, checker.parse_context)
    clashes = same_codes([source.file for source in sources], before.sources if before else ())
    chunks = [sources[start : start + CHUNK_SIZE] for start in range(0, len(sources), CHUNK_SIZE)]
    results = [
        result
        for chunk in run([partial(_check_chunk, chunk, checker, before, clashes) for chunk in chunks])
        for result in chunk
    ]
    problems: list[Problem] = []
    notices: dict[str, Notice] = {}
    changes: dict[str, tuple[Change, ...]] = {}
    new: dict[str, history.Fingerprint] = {}
    for source, result in zip(sources, results, strict=True):
        name = source.path.name
        problems += result.problems
        changes[source.path.stem] = result.changes
        if result.fingerprint and before and name not in before.sources:
            new[name] = result.fingerprint
        if result.notice and not name.startswith("_"):
            notices[source.path.stem] = result.notice
    if before:
        gone = sorted(before.sources.keys() - {source.path.name for source in sources})
        problems += history.removed_notices(new, [version for name in gone if (version := before.version(name))])
    return CheckResult(tuple(problems), notices, changes)


def _check_chunk(
    chunk: Iterable[Source], checker: FileChecker, before: Before | None, clashes: Mapping[str, list[Problem]]
) -> list[FileResult]:
    return [checker.check(source, before, clashes.get(str(source.path), ())) for source in chunk]


def same_codes(files: Iterable[str], posted: Collection[str] = ()) -> dict[str, list[Problem]]:
    """No two notices have the same short code; with a million notices, one pair in two would.

    A name that is posted stays: of two, the other file must get another one. Problems are given by file.
    """
    paths = [PurePath(file) for file in files]
    names = {short_code.code_for(path.stem): path.name for path in reversed(paths)}
    names |= {short_code.code_for(PurePath(name).stem): name for name in posted}
    problems = {}
    for path in paths:
        code = short_code.code_for(path.stem)
        if names[code] != path.name:
            fix = "rename this file" if posted else "rename the one of the two that isn’t posted yet"
            message = f"The file’s name must give another short code than {names[code]} ({code}); {fix}."
            problems[str(path)] = [Problem(str(path), 1, 1, "error", "same-code", "", message)]
    return problems
