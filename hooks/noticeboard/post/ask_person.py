"""A person is asked at a terminal; who stops leaves a draft to go on from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from noticeboard.notice.field_types import ParseContext
from noticeboard.post import new_notice
from noticeboard.post.drafts import NAME, Draft
from noticeboard.post.form import Form
from noticeboard.post.terminal import Cancelled, Terminal


class Stopped(Exception):  # noqa: N818 (a person's wish, not an error)
    """The person stopped; its message says what became of the answers."""


def ask_person(form: Form, start: Mapping[str, Any], now: datetime, folder: Path) -> Draft:
    """Ask for a notice, from where the draft in the folder ends.

    Raises Stopped where the person stops, and OSError where the draft can't be written then.
    """
    law = form.formatter.law
    terminal = Terminal(
        partial(new_notice.validate_answer, ParseContext(law.zone, law.codes)),
        partial(new_notice.normalize_answer, today=now.astimezone(law.zone).date()),
    )
    draft = Draft(folder / NAME)
    try:
        kept = Draft.kept_in(folder)
        if kept and terminal.yes(f"Go on with the draft in {kept.path}?", default=True):
            draft = kept
        new_notice.ask(form, terminal, start, draft)
    except (Cancelled, KeyboardInterrupt, EOFError):
        if not draft.asked:
            raise Stopped("Stopped; nothing was written.") from None
        draft.keep()
        raise Stopped(f"Stopped. {draft.words}") from None
    return draft
