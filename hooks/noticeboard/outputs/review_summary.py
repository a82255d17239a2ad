"""What a reviewer sees of the notices in a pull request, as Markdown for the job's summary.

Every word of a notice stands inside a fence that it can't end, so that nothing in it becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from noticeboard.board.board import Board, Posted
from noticeboard.notice.problem import Problem, errors
from noticeboard.outputs import due, feeds
from noticeboard.outputs.letters import Letter
from noticeboard.render.formatter import Wording
from noticeboard.text import sms

LARGEST = 900_000
"""Characters; GitHub shows no summary over one mebibyte."""


def markdown(board: Board, changed: Sequence[str], problems: Sequence[Problem], wordings: Sequence[Wording]) -> str:
    """Write the summary of the changed notices, by their ids, and of all problems."""
    wrong = len(errors(problems))
    parts = [f"# Notices\n\n{_count(len(changed), 'notice')} changed. {_count(wrong, 'error')}, "
             f"{_count(len(problems) - wrong, 'warning')}."]  # fmt: skip
    if problems:
        parts.append("## Problems\n\n" + fenced("\n".join(problem.as_text() for problem in problems)))
    for posted in board.posted:
        if posted.id in changed:
            parts += _notice(posted, board.now, wordings)
    text = "\n\n".join(parts) + "\n"
    return (
        text if len(text) <= LARGEST else text[:LARGEST] + "\n\n… cut: the rest is in the log and in the built site.\n"
    )


def _notice(posted: Posted, now: datetime, wordings: Sequence[Wording]) -> Iterator[str]:
    yield f"## Notice `{posted.id}`"
    for wording in wordings:
        letter = Letter(wording, posted)
        name = wording.language.name
        opened = " open" if wording is wordings[0] else ""
        yield _folded(f"As families will read it: {name}", fenced(letter.text()), opened)
        message = letter.sms()
        yield _folded(
            f"Text message: {name}, {sms.length(message)} of {sms.LENGTH} characters", fenced(message), opened
        )
        item = feeds.newest_item(posted, wording)
        yield _folded(f"Feed item: {name}", fenced(item), "")
    yield "### Clocks\n\n" + fenced(due.as_text(posted.clocks, posted.zone, now))


def _folded(title: str, body: str, opened: str) -> str:
    return f"<details{opened}><summary>{title}</summary>\n\n{body}\n\n</details>"


def fenced(text: str) -> str:
    """Put a text between fences longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text.rstrip()}\n{fence}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
