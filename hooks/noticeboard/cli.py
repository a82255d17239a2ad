"""The `noticeboard` command: the core for people at a terminal and for workflows."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

# What only some commands need is loaded inside them: all of it would take longer than to check a notice.
from noticeboard.check import repository
from noticeboard.check.runner import ERROR_RULES, CheckResult, FileChecker, Source, check_files
from noticeboard.check.settings_rules import security_until_is_ahead
from noticeboard.i18n.catalogs import SOURCE
from noticeboard.notice import dates, strict_yaml
from noticeboard.notice.problem import Problem, as_report, did_you_mean, errors, plural
from noticeboard.settings import Settings, SettingsError, from_config
from noticeboard.site.sources import (
    RevisionError,
    build_time,
    display_name,
    notices_folder,
    read_file,
    sources,
    sources_at,
    tracked_files,
)

if TYPE_CHECKING:
    from noticeboard.board.board import Board
    from noticeboard.outputs.notice_view import NoticeView

CONFIG = Path("mkdocs.yml")


_now_option = click.option("--now", "now_option", metavar="TIME", help="As if it were this time.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="noticeboard")
def main() -> None:
    """Check the notices of the board, and see what the law asks for and by when."""


@main.command("check")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--format", "output_format", type=click.Choice(["text", "github", "json"]), default="text", show_default=True
)
@click.option("--against", "revision", metavar="REV", help="Compare with what was posted there, such as origin/main.")
@_now_option
def check_command(files: tuple[Path, ...], output_format: str, revision: str | None, now_option: str | None) -> None:
    """Check these notice FILES, or all.

    Exit code 0: no errors (warnings may stand); 1: errors; 2: called wrongly.
    """
    settings = _settings()
    if files:
        notices = [Source(display_name(str(path)), read_file(path)) for path in files]
    else:
        notices = list(sources(_existing(notices_folder())))
    before = _before(revision, files)
    now = _now(settings, now_option)
    problems = check_files(notices, FileChecker(settings, settings.law(), now), before).problems
    if not files:
        problems += tuple(security_until_is_ahead(str(CONFIG), CONFIG.read_text("utf-8"), settings, now))
        problems += tuple(repository.problems(tracked_files()))
    click.echo(as_report(problems, output_format, len(notices)))
    sys.exit(1 if errors(problems) else 0)


@main.command("due")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_now_option
@click.option(
    "--notices",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another folder.",
)
def due_command(output_format: str, now_option: str | None, folder: Path | None) -> None:
    """Show every clock of every notice: start, due, met, state.

    Exit code 0: nothing of the district's is overdue; 1: a notice has errors; 2: called wrongly; 3: overdue.
    """
    from noticeboard.law import clocks
    from noticeboard.outputs import due

    settings = _settings()
    now, law = _now(settings, now_option), settings.law()
    notices = _checked(sources(folder or _existing(notices_folder())), FileChecker(settings, law, now)).notices
    running = [
        clock for notice_id, notice in notices.items() for clock in clocks.clocks_for(notice_id, notice, law, now)
    ]
    write = due.as_json if output_format == "json" else due.as_text
    click.echo(write(running, settings.zone, now))
    overdue = any(clock.state == "overdue" and clock.rule.owed_by == "district" for clock in running)
    sys.exit(3 if overdue else 0)


@main.command("new")
@click.option(
    "--from-answers",
    "answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take the answers from a YAML or JSON file: the fields of a notice, and short_name.",
)
@_now_option
def new_command(answers: Path | None, now_option: str | None) -> None:
    """Ask for a notice, and write it into the folder of notices.

    Exit code 0: written, and it passes the check; 1: something in it must change; 2: called wrongly.
    """
    from noticeboard.i18n.language import Language
    from noticeboard.notice import writer
    from noticeboard.post import new_notice
    from noticeboard.post.ask_person import Stopped, ask_person
    from noticeboard.post.drafts import write_whole
    from noticeboard.post.form import Form
    from noticeboard.render.formatter import Formatter

    if not answers and sys.stdin is None:
        raise click.UsageError("There is no terminal to ask in; give the answers with --from-answers.")
    settings = _settings()
    law, now = settings.law(), _now(settings, now_option)
    form = Form(Formatter(settings, law, Language(SOURCE, settings.zone)))
    start, draft = new_notice.defaults(form, now), None
    if answers:
        answered = _read_answers(answers)
    else:
        try:
            draft = ask_person(form, start, now, _existing(notices_folder()))
        except Stopped as stopped:
            raise click.UsageError(str(stopped)) from None
        answered = draft.answers
    data = new_notice.merge_defaults({key: value for key, value in answered.items() if key != "short_name"}, start)
    path = _existing(notices_folder()) / new_notice.file_name(data, str(answered.get("short_name") or ""))
    text = writer.text(data)
    problems = check_files([Source(path.as_posix(), text.encode())], FileChecker(settings, law, now)).problems
    _complain(problems)
    if errors(problems):
        if draft:
            draft.ask_again(problem.field for problem in errors(problems))
            draft.keep()
        click.echo(f"Nothing was written. {draft.words if draft else 'Fix the answers, and run it again.'}", err=True)
        sys.exit(1)
    if path.exists():
        raise click.UsageError(f"{path} is there already; give another short_name.")
    write_whole(path, text)
    if draft:
        draft.delete()
    click.echo(f"Written: {path}")


def _read_answers(answers: Path) -> dict[str, Any]:
    from noticeboard.post import new_notice

    try:
        return new_notice.read_answers(answers.read_bytes(), str(answers))
    except strict_yaml.YamlErrors as refusal:
        _complain(refusal.problems)
        raise click.UsageError("The answers can’t be read.") from None


@main.command("letter")
@click.argument("notice_id", metavar="ID")
@click.option("--lang", "code", default=SOURCE, show_default=True, help="The language, such as es.")
@click.option("--as", "output", type=click.Choice(["email", "text", "html", "sms"]), default="text", show_default=True)
@_now_option
def letter_command(notice_id: str, code: str, output: str, now_option: str | None) -> None:
    """Write what families are sent of the notice ID: an e-mail, a text, a page to print, or a text message.

    Exit code 0: written; 1: the notice has errors; 2: called wrongly.
    """
    from noticeboard.outputs.letters import Letter
    from noticeboard.text import sms

    letter = Letter(_notice_view(notice_id, code, now_option))
    if output == "sms" and sms.length(letter.sms()) > sms.LENGTH:
        click.echo(f"The site’s address is too long for one text message of {sms.LENGTH} characters.", err=True)
    write = {"email": letter.email, "text": letter.text, "html": lambda: str(letter.html()), "sms": letter.sms}[output]
    click.echo(write(), nl=output == "sms")


@main.command("report")
@click.argument("notice_id", metavar="ID")
@_now_option
def report_command(notice_id: str, now_option: str | None) -> None:
    """Answer from the notice ID what the Attorney General has asked for, in its order, as text to copy.

    Exit code 0: written; 1: the notice has errors; 2: called wrongly.
    """
    from noticeboard.outputs import attorney_general

    click.echo(attorney_general.report(_notice_view(notice_id, SOURCE, now_option)), nl=False)


@main.command("summary")
@click.option("--against", "revision", metavar="REV", help="Show the notices that changed since, such as origin/main.")
@_now_option
def summary_command(revision: str | None, now_option: str | None) -> None:
    """Write what a reviewer needs of the notices, as Markdown: as families read them, clocks, feed item, problems."""
    from noticeboard.board.board import Board
    from noticeboard.i18n.language import Language
    from noticeboard.outputs import review_summary
    from noticeboard.render.formatter import Formatter

    settings = _settings()
    law, now = settings.law(), _now(settings, now_option)
    before, notices = _before(revision, ()), list(sources(_existing(notices_folder())))
    checked = check_files(notices, FileChecker(settings, law, now), before)
    unchanged = {(source.path.name, source.content) for source in before}
    changed = [source.path.stem for source in notices if (source.path.name, source.content) not in unchanged]
    formatters = [Formatter(settings, law, Language(code, settings.zone)) for code in settings.languages]
    board = Board.build(checked.notices, law, now)
    click.echo(review_summary.markdown(board, changed, checked.problems, formatters), nl=False)


@main.command("watch")
@_now_option
def watch_command(now_option: str | None) -> None:
    """Write the district's duties that are overdue or due within half a day, as Markdown.

    Exit code 0: nothing presses; 1: a notice has errors; 2: called wrongly; 3: something presses.
    """
    from noticeboard.outputs import due

    settings = _settings()
    now = _now(settings, now_option)
    board = _board(FileChecker(settings, settings.law(), now))
    urgent = due.urgent_markdown([clock for posted in board.notices for clock in posted.clocks], now, settings.zone)
    click.echo(urgent, nl=False)
    sys.exit(3 if urgent else 0)


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

    previous = None
    if before:
        try:
            previous = json.loads(before.read_text("utf-8"))
            json_data.missing_since(previous, previous)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise click.UsageError(f"{before} must be a notices.json of this board.") from None
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    problems = list(inspect.inspect(names, lambda name: (site / name).read_bytes(), previous))
    for fault in problems:
        click.echo(fault.as_text())
    click.echo(f"{plural(len(names), 'file')} inspected: {plural(len(problems), 'error')}.")
    sys.exit(1 if problems else 0)


def _notice_view(notice_id: str, code: str, now_option: str | None) -> NoticeView:
    """Find a posted notice, and lay it out in a language."""
    from noticeboard.i18n.language import Language
    from noticeboard.outputs.notice_view import NoticeView
    from noticeboard.render.formatter import Formatter

    settings = _settings()
    if code not in settings.languages:
        raise click.UsageError(f"The language must be one of {', '.join(settings.languages)}, not {code}.")
    law = settings.law()
    board = _board(FileChecker(settings, law, _now(settings, now_option)))
    posted = next((posted for posted in board.notices if posted.id == notice_id.removesuffix(".yml")), None)
    if posted is None:
        suggestion = did_you_mean(notice_id, [posted.id for posted in board.notices])
        raise click.UsageError(f"There is no posted notice {notice_id}{suggestion}.")
    return NoticeView(posted, Formatter(settings, law, Language(code, settings.zone)))


def _board(checker: FileChecker) -> Board:
    """Put the notices on a board; any error ends the command."""
    from noticeboard.board.board import Board

    checked = _checked(sources(_existing(notices_folder())), checker)
    return Board.build(checked.notices, checker.law, checker.now)


def _checked(notices: Iterable[Source], checker: FileChecker) -> CheckResult:
    """Check notices that must have no errors: any ends the command."""
    checked = check_files(notices, replace(checker, rules=ERROR_RULES))
    if errors(checked.problems):
        _complain(errors(checked.problems))
        sys.exit(1)
    return checked


def _complain(problems: Iterable[Problem]) -> None:
    for problem in problems:
        click.echo(problem.as_text(), err=True)


def _before(revision: str | None, files: tuple[Path, ...]) -> list[Source]:
    """Read what was posted at a revision: all of it, or the same files."""
    if revision is None:
        return []
    folder = files[0].parent if files else notices_folder()
    try:
        posted = sources_at(revision, folder)
    except RevisionError as error:
        raise click.UsageError(f"{error}.") from None
    names = {file.name for file in files}
    return [source for source in posted if not names or Path(source.file).name in names]


def _settings() -> Settings:
    try:
        config = strict_yaml.read_settings(CONFIG.read_text("utf-8"))
        return from_config(config if isinstance(config, dict) else {})
    except FileNotFoundError:
        raise click.UsageError("There is no mkdocs.yml here; run this in the project’s folder.") from None
    except (SettingsError, ValueError) as error:
        raise click.UsageError(str(error)) from None


def _now(settings: Settings, now_option: str | None) -> datetime:
    try:
        return build_time(settings.zone, now_option)
    except dates.DateError as error:
        raise click.UsageError(f"The time {error}." if now_option else f"{error}.") from None


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        raise click.UsageError(f"There is no folder {folder}.")
    return folder
