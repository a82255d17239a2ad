"""`noticeboard letter` and `report`: a posted notice, as others are sent it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from noticeboard.check.runner import FileChecker
from noticeboard.cli import project
from noticeboard.i18n.catalogs import SOURCE
from noticeboard.notice.problem import did_you_mean

if TYPE_CHECKING:
    from noticeboard.outputs.notice_view import NoticeView


@click.command("letter")
@click.argument("notice_id", metavar="ID")
@click.option("--lang", "code", default=SOURCE, show_default=True, help="The language, such as es.")
@click.option("--as", "output", type=click.Choice(["email", "text", "html", "sms"]), default="text", show_default=True)
@project.now_option
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


@click.command("report")
@click.argument("notice_id", metavar="ID")
@project.now_option
def report_command(notice_id: str, now_option: str | None) -> None:
    """Answer from the notice ID what the Attorney General has asked for, in its order, as text to copy.

    Exit code 0: written; 1: the notice has errors; 2: called wrongly.
    """
    from noticeboard.outputs import attorney_general

    settings = project.settings()
    if settings.state_code != attorney_general.STATE_CODE:
        raise click.UsageError(
            f"This answers what the Attorney General of Connecticut has asked for; what the office of {settings.state} "
            "asks for is not known here."
        )
    click.echo(attorney_general.report(_notice_view(notice_id, SOURCE, now_option)), nl=False)


def _notice_view(notice_id: str, code: str, now_option: str | None) -> NoticeView:
    """Find a posted notice, and lay it out in a language."""
    from noticeboard.i18n.language import Language
    from noticeboard.outputs.notice_view import NoticeView
    from noticeboard.render.formatter import Formatter

    settings = project.settings()
    if code not in settings.languages:
        raise click.UsageError(f"The language must be one of {', '.join(settings.languages)}, not {code}.")
    law = project.law(settings)
    board = project.board(FileChecker(settings, law, project.now(settings, now_option)))
    posted = next((posted for posted in board.notices if posted.id == notice_id.removesuffix(".yml")), None)
    if posted is None:
        suggestion = did_you_mean(notice_id, [posted.id for posted in board.notices])
        raise click.UsageError(f"There is no posted notice {notice_id}{suggestion}.")
    return NoticeView(posted, Formatter(settings, law, Language(code, settings.zone)))
