"""The `noticeboard` command: the core for people at a terminal and for workflows."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from noticeboard import check, clocks, dates, due, settings, yaml_file
from noticeboard.check import Source
from noticeboard.folder import NoRevisionError, content, notices_folder, now, sources, sources_at
from noticeboard.problem import Problem, as_github, errors
from noticeboard.settings import Settings

CONFIG = Path("mkdocs.yml")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="noticeboard")
def main() -> None:
    """Check the notices of the board, and see what the law asks for and by when."""


@main.command("check")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "github", "json"]), default="text", show_default=True)
@click.option("--against", "revision", metavar="REV", help="Compare with what was posted there, such as origin/main.")
@click.option("--now", "given", metavar="TIME", help="Check as if it were this time.")
def check_command(files: tuple[Path, ...], form: str, revision: str | None, given: str | None) -> None:
    """Check these notice FILES, or all.

    Exit code 0: no errors (warnings may stand); 1: errors; 2: called wrongly.
    """
    site = _settings()
    if files:
        found = [Source(str(path), content(path)) for path in files]
    else:
        found = list(sources(_existing(notices_folder())))
    before = _before(revision, files)
    checked = check.notices(found, site, site.law(), _now(site, given), before)
    _print(checked.problems, form, len(found))
    sys.exit(1 if errors(checked.problems) else 0)


@main.command("due")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--now", "given", metavar="TIME", help="As of this time.")
@click.option(
    "--notices",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another folder.",
)
def due_command(form: str, given: str | None, folder: Path | None) -> None:
    """Show every clock of every notice: start, due, met, state.

    Exit code 0: nothing of the district's is overdue; 1: a notice has errors; 2: called wrongly; 3: overdue.
    """
    site = _settings()
    at, law = _now(site, given), site.law()
    checked = check.notices(sources(folder or _existing(notices_folder())), site, law, at)
    if errors(checked.problems):
        _print(tuple(errors(checked.problems)), "text", None, to_stderr=True)
        sys.exit(1)
    running = [
        clock for notice_id, notice in checked.notices.items() for clock in clocks.of(notice_id, notice, law, at)
    ]
    click.echo(due.as_json(running, site.zone, at) if form == "json" else due.as_text(running, site.zone, at))
    overdue = any(clock.state == "overdue" and clock.rule.owed_by == "district" for clock in running)
    sys.exit(3 if overdue else 0)


def _before(revision: str | None, files: tuple[Path, ...]) -> list[Source]:
    """Read what was posted at a revision: all of it, or the same files."""
    if revision is None:
        return []
    folder = files[0].parent if files else notices_folder()
    try:
        posted = sources_at(revision, folder)
    except NoRevisionError as error:
        raise click.UsageError(f"{error}.") from None
    names = {file.name for file in files}
    return [each for each in posted if not names or Path(each.file).name in names]


def _settings() -> Settings:
    try:
        config = yaml_file.read_settings(CONFIG.read_text("utf-8"))
        return settings.from_config(config if isinstance(config, dict) else {})
    except FileNotFoundError:
        raise click.UsageError("There is no mkdocs.yml here; run this in the project’s folder.") from None
    except (settings.SettingsError, ValueError) as error:
        raise click.UsageError(str(error)) from None


def _now(site: Settings, given: str | None) -> datetime:
    try:
        return now(site.zone, given)
    except dates.DateError as error:
        raise click.UsageError(f"The time {error}." if given else f"{error}.") from None


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        raise click.UsageError(f"There is no folder {folder}.")
    return folder


def _print(problems: tuple[Problem, ...], form: str, files: int | None, *, to_stderr: bool = False) -> None:
    if form == "json":
        click.echo(json.dumps({"problems": [asdict(problem) for problem in problems]}, ensure_ascii=False, indent=2))
        return
    if form == "github":
        for problem in problems:
            click.echo(as_github(problem))
    # GitHub shows ten annotations a step, so the full list is printed too.
    for problem in problems:
        click.echo(problem.as_text(), err=to_stderr)
    if files is not None:
        click.echo(_count(problems, files))


def _count(problems: tuple[Problem, ...], files: int) -> str:
    wrong = len(errors(problems))
    parts = [_plural(wrong, "error"), _plural(len(problems) - wrong, "warning")]
    return f"{_plural(files, 'file')} checked: {', '.join(parts)}."


def _plural(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
