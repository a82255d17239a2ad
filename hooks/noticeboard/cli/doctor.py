"""`noticeboard doctor`: what on GitHub is not as it must be."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from noticeboard.adopt.doctor import Answer

CODEOWNERS = Path(".github/CODEOWNERS")
_TIMEOUT = 60
"""Seconds that one answer may take."""


@click.command("doctor")
@click.option("--repository", metavar="OWNER/NAME", help="The repository on GitHub; else this folder’s.")
def doctor_command(repository: str | None) -> None:
    """Look, through GitHub's command `gh`, whether the repository is set up as the board needs it.

    Without gh it prints the list to go through by hand. Exit code 0: all is right; 1: something is wrong or was not
    seen; 2: called wrongly.
    """
    from noticeboard.adopt import doctor

    if repository and not re.fullmatch(r"[\w.-]+/[\w.-]+", repository):
        raise click.UsageError("The repository must be OWNER/NAME.")
    is_there = bool(shutil.which("gh"))
    if not is_there:
        click.echo("GitHub’s command gh is not here, so nothing was looked at. Go through this list by hand:\n")

    @cache
    def ask(path: str) -> Answer:
        return _ask(repository, path) if is_there else doctor.Answer(0)

    findings = doctor.look(ask)
    marks = {"right": "[x]", "wrong": "[ ]", "unseen": "[?]" if is_there else "[ ]"}
    for finding in findings:
        click.echo(f"{marks[finding.state]} {finding.item.must}.")
        if finding.state != "right":
            click.echo(f"    {finding.item.fix}")
    click.echo(f"{'[x]' if _has_owners() else '[ ]'} CODEOWNERS names who approves.")
    if not _has_owners():
        click.echo(f"    {CODEOWNERS}: as it is, nobody is asked. Nobody can approve a pull request of their own.")
    unseen = sum(finding.state == "unseen" for finding in findings)
    if unseen and is_there:
        click.echo(f"\n{unseen} could not be seen. Run `gh auth login` as somebody who administers the repository.")
    sys.exit(0 if _has_owners() and all(finding.state == "right" for finding in findings) else 1)


def _has_owners() -> bool:
    if not CODEOWNERS.is_file():
        return False
    lines = CODEOWNERS.read_text("utf-8").splitlines()
    return any(line.strip() and not line.lstrip().startswith("#") for line in lines)


def _ask(repository: str | None, path: str) -> Answer:
    """Ask GitHub's API through gh, which fills in the repository of this folder."""
    from noticeboard.adopt.doctor import Answer

    address = f"repos/{repository or '{owner}/{repo}'}{f'/{path}' if path else ''}"
    try:
        done = subprocess.run(  # noqa: S603 (a fixed command; the name was looked at)
            ["gh", "api", "--include", address],  # noqa: S607 (wherever it was installed)
            capture_output=True, text=True, timeout=_TIMEOUT, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return Answer(0)
    head, _, body = done.stdout.replace("\r\n", "\n").partition("\n\n")
    status = re.match(r"HTTP/[\d.]+ (\d{3})", head)
    if not status:
        return Answer(0)
    try:
        return Answer(int(status[1]), json.loads(body) if int(status[1]) == 200 else None)
    except ValueError:
        return Answer(0)
