"""`noticeboard new`: a notice from answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from noticeboard.check.runner import FileChecker, Source, check_files
from noticeboard.cli import project
from noticeboard.i18n.catalogs import SOURCE
from noticeboard.notice import strict_yaml
from noticeboard.notice.problem import errors
from noticeboard.site.sources import notices_folder


@click.command("new")
@click.option(
    "--from-answers",
    "answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take the answers from a YAML or JSON file: the fields of a notice, and short_name.",
)
@project.now_option
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
    settings = project.settings()
    law, now = project.law(settings), project.now(settings, now_option)
    form = Form(Formatter(settings, law, Language(SOURCE, settings.zone)))
    start, draft = new_notice.defaults(form, now), None
    if answers:
        answered = _read_answers(answers)
    else:
        try:
            draft = ask_person(form, start, now, project.existing(notices_folder()))
        except Stopped as stopped:
            raise click.UsageError(str(stopped)) from None
        answered = draft.answers
    data = new_notice.merge_defaults({key: value for key, value in answered.items() if key != "short_name"}, start)
    path = project.existing(notices_folder()) / new_notice.file_name(data, str(answered.get("short_name") or ""))
    text = writer.text(data)
    problems = check_files([Source(path.as_posix(), text.encode())], FileChecker(settings, law, now)).problems
    project.complain(problems)
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
        project.complain(refusal.problems)
        raise click.UsageError("The answers can’t be read.") from None
