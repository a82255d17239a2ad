"""The project that a command runs in: its settings, the time, its notices; whatever is wrong ends the command."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noticeboard.check.runner import ERROR_RULES, CheckResult, FileChecker, Source, check_files
from noticeboard.law.statutes import Law
from noticeboard.notice import dates, strict_yaml
from noticeboard.notice.problem import Problem, errors
from noticeboard.settings import Settings, SettingsError, from_config
from noticeboard.site.sources import build_time, notices_folder, sources

if TYPE_CHECKING:
    from noticeboard.board.board import Board

CONFIG = Path("mkdocs.yml")
now_option = click.option("--now", "now_option", metavar="TIME", help="As if it were this time.")


def board(checker: FileChecker) -> Board:
    """Put the notices on a board; any error ends the command."""
    from noticeboard.board.board import Board

    notices = checked(sources(existing(notices_folder())), checker).notices
    return Board.build(notices, checker.law, checker.now)


def checked(notices: Iterable[Source], checker: FileChecker) -> CheckResult:
    """Check notices that must have no errors: any ends the command."""
    checked = check_files(notices, replace(checker, rules=ERROR_RULES))
    if errors(checked.problems):
        complain(errors(checked.problems))
        sys.exit(1)
    return checked


def complain(problems: Iterable[Problem]) -> None:
    """Print problems beside the command's output."""
    for problem in problems:
        click.echo(problem.as_text(), err=True)


def settings() -> Settings:
    """Read the settings."""
    try:
        return settings_of(CONFIG.read_text("utf-8"))
    except FileNotFoundError:
        raise click.UsageError("There is no mkdocs.yml here; run this in the project’s folder.") from None
    except (SettingsError, ValueError) as error:
        raise click.UsageError(str(error)) from None


def settings_of(text: str) -> Settings:
    """Read the settings out of the text of a mkdocs.yml.

    Raises SettingsError if something in it can't be, ValueError if it can't be read.
    """
    config = strict_yaml.read_settings(text)
    return from_config(config if isinstance(config, dict) else {})


def law(settings: Settings) -> Law:
    """Read the law; one that can't be ends the command."""
    try:
        return settings.law()
    except SettingsError as error:
        raise click.UsageError(f"{error}.") from None


def now(settings: Settings, now_option: str | None) -> datetime:
    """Return the time: as asked for, else the build's."""
    try:
        return build_time(settings.zone, now_option)
    except dates.DateError as error:
        raise click.UsageError(f"The time {error}." if now_option else f"{error}.") from None


def existing(folder: Path) -> Path:
    """Return a folder that must be there."""
    if not folder.is_dir():
        raise click.UsageError(f"There is no folder {folder}.")
    return folder
