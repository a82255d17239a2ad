"""`noticeboard due` and `watch`: what the law and the district’s own promises ask for, and by when."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from noticeboard.check.runner import FileChecker
from noticeboard.cli import project
from noticeboard.site.sources import notices_folder, sources


@click.command("due")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@project.now_option
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

    settings = project.settings()
    now, law = project.now(settings, now_option), project.law(settings)
    found = sources(folder or project.existing(notices_folder()))
    notices = project.checked(found, FileChecker(settings, law, now)).notices
    running = [
        clock for notice_id, notice in notices.items() for clock in clocks.clocks_for(notice_id, notice, law, now)
    ]
    write = due.as_json if output_format == "json" else due.as_text
    click.echo(write(running, settings.zone, now))
    overdue = any(clock.state == "overdue" and clock.rule.owed_by == "district" for clock in running)
    sys.exit(3 if overdue else 0)


@click.command("watch")
@project.now_option
def watch_command(now_option: str | None) -> None:
    """Write the district's duties that are overdue or due within half a day, as Markdown.

    Exit code 0: nothing presses; 1: a notice has errors; 2: called wrongly; 3: something presses.
    """
    from noticeboard.outputs import due

    settings = project.settings()
    now = project.now(settings, now_option)
    board = project.board(FileChecker(settings, project.law(settings), now))
    urgent = due.urgent_markdown([clock for posted in board.notices for clock in posted.clocks], now, settings.zone)
    click.echo(urgent, nl=False)
    sys.exit(3 if urgent else 0)
