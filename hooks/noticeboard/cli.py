"""The `noticeboard` command: the core for people at a terminal and for workflows."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from noticeboard import settings

# What only some commands need is loaded inside them: all of it would take longer than to check a notice.
from noticeboard.check import runner
from noticeboard.check.runner import Source
from noticeboard.check.settings_rules import security_until_is_ahead
from noticeboard.i18n.catalogs import SOURCE
from noticeboard.notice import dates, strict_yaml
from noticeboard.notice.problem import Problem, as_github, errors, nearest
from noticeboard.settings import Settings
from noticeboard.site.sources import NoRevisionError, content, notices_folder, now, readable, sources, sources_at

if TYPE_CHECKING:
    from noticeboard.board.board import Board

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
        found = [Source(readable(str(path)), content(path)) for path in files]
    else:
        found = list(sources(_existing(notices_folder())))
    before = _before(revision, files)
    at = _now(site, given)
    problems = runner.notices(found, site, site.law(), at, before, with_notices=False).problems
    if not files:
        problems += tuple(security_until_is_ahead(str(CONFIG), CONFIG.read_text("utf-8"), site, at))
    _print(problems, form, len(found))
    sys.exit(1 if errors(problems) else 0)


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
    from noticeboard.law import clocks
    from noticeboard.outputs import due

    site = _settings()
    at, law = _now(site, given), site.law()
    checked = runner.notices(sources(folder or _existing(notices_folder())), site, law, at, with_warnings=False)
    if errors(checked.problems):
        _print(tuple(errors(checked.problems)), "text", None, to_stderr=True)
        sys.exit(1)
    running = [
        clock for notice_id, notice in checked.notices.items() for clock in clocks.of(notice_id, notice, law, at)
    ]
    click.echo(due.as_json(running, site.zone, at) if form == "json" else due.as_text(running, site.zone, at))
    overdue = any(clock.state == "overdue" and clock.rule.owed_by == "district" for clock in running)
    sys.exit(3 if overdue else 0)


@main.command("new")
@click.option(
    "--from-answers",
    "answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take the answers from a YAML or JSON file: the fields of a notice, and short_name.",
)
@click.option("--now", "given", metavar="TIME", help="As if it were this time.")
def new_command(answers: Path | None, given: str | None) -> None:
    """Ask for a notice, and write it into the folder of notices.

    Exit code 0: written, and it passes the check; 1: something in it must change; 2: called wrongly.
    """
    from noticeboard.i18n.language import Language
    from noticeboard.notice import writer
    from noticeboard.notice.field_types import Reading
    from noticeboard.post import new_notice
    from noticeboard.post.form import Form
    from noticeboard.post.terminal import Stopped, Terminal
    from noticeboard.render.formatter import Wording

    if not answers and sys.stdin is None:
        raise click.UsageError("There is no terminal to ask in; give the answers with --from-answers.")
    site = _settings()
    law, at = site.law(), _now(site, given)
    form = Form(Wording(site, law, Language(SOURCE, site.zone)))
    start = new_notice.defaults(form, at)
    try:
        told = (
            _told(answers)
            if answers
            else new_notice.ask(form, Terminal(partial(new_notice.problem, Reading(law.zone, law.codes))), start)
        )
    except (Stopped, KeyboardInterrupt, EOFError):
        raise click.UsageError("Stopped; nothing was written.") from None
    data = new_notice.complete({key: value for key, value in told.items() if key != "short_name"}, start)
    path = _existing(notices_folder()) / new_notice.file_name(data, str(told.get("short_name") or ""))
    text = writer.text(data)
    checked = runner.notices([Source(path.as_posix(), text.encode())], site, law, at)
    _print(checked.problems, "text", None, to_stderr=True)
    if errors(checked.problems):
        click.echo("Nothing was written. Mend the answers, and run it again.", err=True)
        sys.exit(1)
    if path.exists():
        raise click.UsageError(f"{path} is there already; give another short_name.")
    _write(path, text)
    click.echo(f"Written: {path}")


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        partial.write_text(text, "utf-8", newline="\n")
        partial.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        partial.unlink(missing_ok=True)


def _told(answers: Path) -> dict[str, Any]:
    from noticeboard.post import new_notice

    try:
        return new_notice.read_answers(answers.read_bytes(), str(answers))
    except strict_yaml.Refusal as refusal:
        _print(refusal.problems, "text", None, to_stderr=True)
        raise click.UsageError("The answers can’t be read.") from None


@main.command("letter")
@click.argument("notice_id", metavar="ID")
@click.option("--lang", "code", default=SOURCE, show_default=True, help="The language, such as es.")
@click.option("--as", "form", type=click.Choice(["email", "text", "html", "sms"]), default="text", show_default=True)
@click.option("--now", "given", metavar="TIME", help="As of this time.")
def letter_command(notice_id: str, code: str, form: str, given: str | None) -> None:
    """Write what families are sent of the notice ID: an e-mail, a text, a page to print, or a text message.

    Exit code 0: written; 1: the notice has errors; 2: called wrongly.
    """
    from noticeboard.i18n.language import Language
    from noticeboard.outputs.letters import Letter
    from noticeboard.render.formatter import Wording
    from noticeboard.text import sms

    site = _settings()
    if code not in site.languages:
        raise click.UsageError(f"The language must be one of {', '.join(site.languages)}, not {code}.")
    board, _ = _board(site, _now(site, given), errors_end=True)
    posted = next((each for each in board.posted if each.id == notice_id.removesuffix(".yml")), None)
    if posted is None:
        near = nearest(notice_id, [each.id for each in board.posted])
        raise click.UsageError(f"There is no posted notice {notice_id}{near}.")
    letter = Letter(Wording(site, site.law(), Language(code, site.zone)), posted)
    if form == "sms" and sms.length(letter.sms()) > sms.LENGTH:
        click.echo(f"The site’s address is too long for one text message of {sms.LENGTH} characters.", err=True)
    made = {"email": letter.email, "text": letter.text, "html": lambda: str(letter.html()), "sms": letter.sms}[form]()
    click.echo(made, nl=form == "sms")


@main.command("summary")
@click.option("--against", "revision", metavar="REV", help="Show the notices that changed since, such as origin/main.")
@click.option("--now", "given", metavar="TIME", help="As of this time.")
def summary_command(revision: str | None, given: str | None) -> None:
    """Write what a reviewer needs of the notices, as Markdown: as families read them, clocks, feed item, problems."""
    from noticeboard.i18n.language import Language
    from noticeboard.outputs import review_summary
    from noticeboard.render.formatter import Wording

    site = _settings()
    before = _before(revision, ())
    board, checked = _board(site, _now(site, given), before)
    same = {(Path(each.file).name, each.content) for each in before}
    there = sources(_existing(notices_folder()))
    changed = [Path(each.file).stem for each in there if (Path(each.file).name, each.content) not in same]
    law = site.law()
    wordings = [Wording(site, law, Language(code, site.zone)) for code in site.languages]
    click.echo(review_summary.markdown(board, changed, checked.problems, wordings), nl=False)


@main.command("watch")
@click.option("--now", "given", metavar="TIME", help="As of this time.")
def watch_command(given: str | None) -> None:
    """Write the district's duties that are overdue or due within half a day, as Markdown.

    Exit code 0: nothing presses; 1: a notice has errors; 2: called wrongly; 3: something presses.
    """
    from noticeboard.outputs import watch

    site = _settings()
    at = _now(site, given)
    board, _ = _board(site, at, errors_end=True)
    found = watch.markdown([clock for posted in board.posted for clock in posted.clocks], at, site.zone)
    click.echo(found, nl=False)
    sys.exit(3 if found else 0)


@main.command("inspect")
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--before",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The notices.json of the site that stands now: no page, code or feed id of it may vanish.",
)
def inspect_command(site: Path, before: Path | None) -> None:
    """Inspect the built SITE as a whole: pages, feeds, site maps, links.

    Exit code 0: it may be published; 1: it may not; 2: called wrongly.
    """
    from noticeboard.outputs import json_data
    from noticeboard.site import inspect

    was = None
    if before:
        try:
            was = json.loads(before.read_text("utf-8"))
            json_data.vanished(was, was)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise click.UsageError(f"{before} must be a notices.json of this board.") from None
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    found = list(inspect.faults(names, lambda name: (site / name).read_bytes(), was))
    for fault in found:
        click.echo(fault.as_text())
    click.echo(f"{_plural(len(names), 'file')} inspected: {_plural(len(found), 'error')}.")
    sys.exit(1 if found else 0)


def _board(
    site: Settings, at: datetime, before: Iterable[Source] = (), *, errors_end: bool = False
) -> tuple[Board, runner.Checked]:
    """Put the notices that have no errors on a board; `errors_end`: only errors count, and they end the command."""
    from noticeboard.board import board as boards

    law = site.law()
    found = sources(_existing(notices_folder()))
    checked = runner.notices(found, site, law, at, before, with_warnings=not errors_end)
    if errors_end and errors(checked.problems):
        _print(tuple(errors(checked.problems)), "text", None, to_stderr=True)
        sys.exit(1)
    return boards.build(checked.notices, law, at), checked


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
        config = strict_yaml.read_settings(CONFIG.read_text("utf-8"))
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
        click.echo(json.dumps({"problems": [problem.as_data() for problem in problems]}, ensure_ascii=False, indent=2))
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
