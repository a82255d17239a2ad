"""`noticeboard check` and `summary`: what stops a notice, and what a reviewer needs to see."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from noticeboard.check import other_files, personal_data_rules, repository, settings_rules
from noticeboard.check.runner import ERROR_RULES, CheckResult, FileChecker, FileResult, Source, check_files
from noticeboard.cli import project
from noticeboard.law.statutes import Law, LawError, LawTexts
from noticeboard.notice import strict_yaml
from noticeboard.notice.problem import Problem, as_report, errors
from noticeboard.settings import Settings, SettingsError
from noticeboard.site import git
from noticeboard.site.sources import display_name, notices_folder, public_texts, read_file, sources


def law_files(settings: Settings) -> tuple[str, str]:
    """Return the files that hold a state's law, as a repository has them."""
    return f"hooks/noticeboard/law/states/{settings.state_code}.yml", "hooks/noticeboard/notice/data_codes.yml"


"""Where the law stands in a project; the code that judges a pull request has its own."""


@click.command("check")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--format", "output_format", type=click.Choice(["text", "github", "json"]), default="text", show_default=True
)
@click.option("--against", "revision", metavar="REV", help="Compare with what was posted there, such as origin/main.")
@project.now_option
def check_command(files: tuple[Path, ...], output_format: str, revision: str | None, now_option: str | None) -> None:
    """Check these notice FILES, or all.

    Exit code 0: no errors (warnings may stand); 1: errors; 2: called wrongly.
    """
    settings = project.settings()
    checker = FileChecker(settings, project.law(settings), project.now(settings, now_option))
    if files:
        notices = [Source(display_name(str(path)), read_file(path)) for path in files]
    else:
        notices = list(sources(project.existing(notices_folder())))
    old = _Revision.read(revision, files[0].parent if files else notices_folder())
    asked = {source.path.name for source in notices}
    posted = [source for source in old.sources if not files or source.path.name in asked] if old else None
    problems = check_files(notices, checker, posted, _in_parallel).problems
    if not files:
        problems += _project_problems(checker, old)
    unchanged = {(source.path.name, source.content) for source in posted or ()}
    changed = {source.file for source in notices if (source.path.name, source.content) not in unchanged}
    click.echo(as_report(problems, output_format, len(notices), changed))
    sys.exit(1 if errors(problems) else 0)


def _in_parallel(tasks: Sequence[Callable[[], list[FileResult]]]) -> list[list[FileResult]]:
    if len(tasks) < 3:
        return [task() for task in tasks]
    # What this loads takes as long as to check ten files.
    from noticeboard.site.parallel import run_all, worker_count

    return run_all(tasks, worker_count())


@click.command("summary")
@click.option("--against", "revision", metavar="REV", help="Show the notices that changed since, such as origin/main.")
@project.now_option
def summary_command(revision: str | None, now_option: str | None) -> None:
    """Write what a reviewer needs, as Markdown: problems, what changed, and each notice as families will read it."""
    from noticeboard.board.board import Board
    from noticeboard.i18n.language import Language
    from noticeboard.outputs import review_summary
    from noticeboard.render.formatter import Formatter

    settings = project.settings()
    now = project.now(settings, now_option)
    law, law_fault = _proposed_law(settings)
    checker = FileChecker(settings, law, now)
    notices = list(sources(project.existing(notices_folder())))
    old = _Revision.read(revision, notices_folder())
    checked = check_files(notices, checker, old.sources if old else None)
    posted = {source.path.name: source.content for source in old.sources} if old else {}
    changed = {
        source.path.stem: checked.changes[source.path.stem]
        for source in notices
        if posted.get(source.path.name) != source.content and not source.path.name.startswith("_")
    }
    new = frozenset(notice_id for notice_id in changed if f"{notice_id}.yml" not in posted)
    review = review_summary.Review(
        Board.build(checked.notices, law, now),
        changed,
        new,
        (*checked.problems, *_project_problems(checker, old)),
        {source.path.stem: _allowed(source, settings) for source in notices if source.path.stem in changed},
        [*law_fault, *(_effects(old, checker, checked, notices) if old else ())],
    )
    formatters = [Formatter(settings, law, Language(code, settings.zone)) for code in settings.languages]
    click.echo(review_summary.markdown(review, formatters), nl=False)


@dataclass(frozen=True)
class _Revision:
    """What a pull request is compared with."""

    commit: str
    sources: tuple[Source, ...]
    config: str | None
    """The text of mkdocs.yml; None: there was none."""

    @classmethod
    def read(cls, revision: str | None, folder: Path) -> _Revision | None:
        """Read a revision; one that can't be read ends the command."""
        if revision is None:
            return None
        try:
            commit = git.base(revision, folder)
            return cls(commit, tuple(git.sources_at(commit, folder)), git.text_at(commit, project.CONFIG.name))
        except git.RevisionError as error:
            raise click.UsageError(f"{error}.") from None

    def settings(self) -> Settings | None:
        """Return the settings; None: they could not be read."""
        try:
            return project.settings_of(self.config) if self.config else None
        except ValueError:
            return None

    def law(self, settings: Settings) -> Law | None:
        """Return the law; None: it could not be read, or there was none."""
        statutes, codes = (git.text_at(self.commit, path) for path in law_files(settings))
        try:
            return settings.law(LawTexts(statutes, codes)) if statutes and codes else settings.law()
        except (LawError, SettingsError):
            return None


def _allowed(source: Source, settings: Settings) -> list[str]:
    try:
        document = strict_yaml.read(source.content or b"", source.file)
    except strict_yaml.YamlErrors:
        return []
    return list(personal_data_rules.allowed_finds(document.texts, settings))


def _project_problems(checker: FileChecker, old: _Revision | None) -> tuple[Problem, ...]:
    """Look at what stands beside the notices: settings, other texts, files that don't belong in a repository."""
    file, text = str(project.CONFIG), project.CONFIG.read_text("utf-8")
    problems = [*settings_rules.security_until_is_ahead(file, text, checker.settings, checker.now)]
    if old and (settings := old.settings()):
        posted = sum(not source.path.name.startswith("_") for source in old.sources)
        problems += settings_rules.settings_stay(file, text, checker.settings, settings, posted)
    problems += other_files.problems(public_texts(), checker.settings)
    problems += repository.problems(git.tracked_files())
    return tuple(problems)


def _proposed_law(settings: Settings) -> tuple[Law, list[str]]:
    """Read the law as it stands in the project, which may not be where this code stands; and what is wrong with it."""
    statutes, codes = (Path(path) for path in law_files(settings))
    if not (statutes.is_file() and codes.is_file()):
        return project.law(settings), []
    try:
        return settings.law(LawTexts(statutes.read_text("utf-8"), codes.read_text("utf-8"))), []
    except LawError as error:
        return project.law(settings), [
            f"The proposed law can’t be read ({error}); what follows is by the law that stands."
        ]


def _effects(old: _Revision, checker: FileChecker, checked: CheckResult, notices: list[Source]) -> list[str]:
    from noticeboard.outputs.review_effects import Publication, effects

    settings = old.settings()
    law = old.law(settings) if settings else None
    if settings is None or law is None:
        return ["The settings or the law of before can’t be read, so nothing says what their change does."]
    now = Publication(checker.settings, checker.law, checked.notices)
    read_before = check_files(notices, FileChecker(settings, law, checker.now, ERROR_RULES))
    ids = [source.path.stem for source in old.sources]
    return list(effects(Publication(settings, law, read_before.notices), now, ids, checker.now))
