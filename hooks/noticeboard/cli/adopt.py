"""`noticeboard adopt`: the repository becomes another district's."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from noticeboard.cli import project
from noticeboard.notice import strict_yaml
from noticeboard.notice.problem import quote
from noticeboard.settings import SettingsError, from_config
from noticeboard.site.sources import notices_folder, sources

if TYPE_CHECKING:
    from noticeboard.adopt.plan import Plan


@click.command("adopt")
@click.option(
    "--from-answers",
    "answers_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take the answers from a YAML or JSON file; ADOPTING.md lists them.",
)
@click.option("--overwrite", is_flag=True, help="Where a person's change differs from an answer, take the answer.")
@project.now_option
def adopt_command(answers_file: Path | None, overwrite: bool, now_option: str | None) -> None:
    """Make this repository another district's: its names, contacts, promises and feed ids.

    Exit code 0: done; 1: something stands in the way, and nothing was written; 2: called wrongly.
    """
    from noticeboard.adopt import answers as answer_file
    from noticeboard.adopt import plan as planning

    if not answers_file and not sys.stdin.isatty():
        raise click.UsageError("There is no terminal to ask in; give the answers with --from-answers.")
    settings = project.settings()
    today = project.now(settings, now_option).astimezone(settings.zone).date()
    _stop_at_notices_of_the_district_before()
    try:
        text = answers_file.read_bytes() if answers_file else json.dumps(_ask(today), default=str).encode()
        answers = answer_file.read(text, str(answers_file or "your answers"))
    except answer_file.AnswersError as refusal:
        project.complain(refusal.problems)
        click.echo("Nothing was written. Fix the answers, and run it again.", err=True)
        sys.exit(1)
    plan = planning.make(Path(), answers, today, overwrite=overwrite)
    if plan.conflicts and not answers_file and _agreed(plan):
        plan = planning.make(Path(), answers, today, overwrite=True)
    if plan.conflicts:
        for conflict in plan.conflicts:
            click.echo(
                f"{conflict.name} is {quote(conflict.there)}, which is not what the project ships with; "
                f"the answers want {quote(conflict.wanted)}.",
                err=True,
            )
        click.echo("Nothing was written. Change the answers, or run it again with --overwrite.", err=True)
        sys.exit(1)
    _write(plan)


def _stop_at_notices_of_the_district_before() -> None:
    """Another district's notices must not stand in this one's name."""
    from noticeboard.adopt import shipped
    from noticeboard.adopt.settings_file import SettingsFile

    ids = SettingsFile(project.CONFIG.read_text("utf-8")).value(("feed_ids",))
    found = sources(project.existing(notices_folder()))
    posted = [source.file for source in found if not source.path.name.startswith("_")]
    if posted and shipped.digest(ids) == shipped.load()["feed_ids"]:
        click.echo(
            f"These notices are the district's before: {', '.join(posted)}. Take them out (git rm), and run it again. "
            "Nothing was written.",
            err=True,
        )
        sys.exit(1)


def _ask(today: date) -> dict[str, Any]:
    """Ask a person; what is left empty is not yet confirmed."""
    from noticeboard.adopt.answers import Answers, default_places
    from noticeboard.law import statutes

    answers: dict[str, Any] = {
        "publisher": click.prompt("The district's full name, such as Hartford Public Schools"),
        "city": click.prompt("The city or town, such as Hartford"),
        "municipality": click.prompt("Is it a", type=click.Choice(["City", "Town", "Borough"]), default="City"),
        "state_code": click.prompt("State", type=click.Choice(statutes.states()), default="CT"),
        "timezone": click.prompt("Time zone", default=Answers.model_fields["timezone"].default),
        "languages": click.prompt("Languages of the site", default="en es pt-BR"),
        "domain": click.prompt("A domain that is the district's own, such as hartfordschools.org"),
    }
    for name, question in (
        (
            "communications",
            "Who approves notices: people or a team on GitHub, such as @organization/communications",
        ),
        ("engineers", "Who approves all other changes, such as @organization/engineers"),
    ):
        answers[name] = click.prompt(f"{question} (Enter: later)", default="", show_default=False)
    click.echo("Now the contacts. Give only what you have looked up; Enter leaves it for later.")
    names = {name: str(answers[name]) for name in ("city", "municipality", "publisher")}
    places = {
        key: dict(_ask_place(place["name"].format(**names), today)) for key, place in default_places()["places"].items()
    }
    answers["places"] = {key: place for key, place in places.items() if place}
    return {name: answer for name, answer in answers.items() if answer}


def _ask_place(name: str, today: date) -> Iterator[tuple[str, str]]:
    given = {
        field: click.prompt(f"{name}: {field}", default="", show_default=False) for field in ("phone", "url", "address")
    }
    given = {field: value for field, value in given.items() if value}
    if given:
        source = click.prompt("  On which page did you find it?", default=given.get("url"))
        yield from {**given, "source": source, "checked_on": today.isoformat()}.items()


def _agreed(plan: Plan) -> bool:
    for conflict in plan.conflicts:
        click.echo(f"{conflict.name}: now {quote(conflict.there)}, your answer {quote(conflict.wanted)}")
    return click.confirm("Take your answers here?", default=False)


def _write(plan: Plan) -> None:
    from noticeboard.adopt.plan import CONFIG
    from noticeboard.post.drafts import write_whole

    text = plan.files.get(CONFIG)
    try:
        # As they stand in the file: what the environment says now does not count.
        from_config(strict_yaml.read_settings(text or project.CONFIG.read_text("utf-8"), {}))
    except (SettingsError, ValueError) as error:
        click.echo(f"{error}. Nothing was written. Fix the answers, and run it again.", err=True)
        sys.exit(1)
    for name, new in plan.files.items():
        if new is None:
            Path(name).unlink()
        else:
            write_whole(Path(name), new)
        click.echo(f"{'Written' if new is not None else 'Taken out'}: {name}")
    if not plan.files:
        click.echo("Nothing had to change.")
    for heading, lines in (("Left as you changed it", plan.kept), ("Not yet confirmed", plan.unconfirmed)):
        if lines:
            click.echo("\n".join([f"\n{heading}:", *(f"- {line}" for line in lines)]))
    click.echo("\nNext: look at git diff, run make test, and go on with ADOPTING.md.")
