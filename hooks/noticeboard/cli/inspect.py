"""`noticeboard inspect` and `noticeboard fingerprint`: a built site as a whole."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from noticeboard.notice.problem import plural


@click.command("inspect")
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
    if previous and (moved := _moved(site / "notices.json", json_data.site_address(previous))):
        click.echo(moved)
    click.echo(f"{plural(len(names), 'file')} inspected: {plural(len(problems), 'error')}.")
    sys.exit(1 if problems else 0)


def _moved(data: Path, old: str) -> str:
    """Say that the site is at another address than before; empty: it isn't, or that can't be read."""
    from noticeboard.outputs import json_data

    try:
        new = json_data.site_address(json.loads(data.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    if new == old:
        return ""
    return (
        f"The site’s address changes from {old} to {new}. Lead the old addresses to the new ones: letters, readers and "
        "calendars have them."
    )


@click.command("fingerprint")
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
def fingerprint_command(site: Path) -> None:
    """Print a digest of the built SITE that is the same for a later build which says nothing new.

    Exit code 0: printed; 2: called wrongly.
    """
    from noticeboard.site.fingerprint import fingerprint

    click.echo(fingerprint(site))
