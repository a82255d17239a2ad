"""What a reviewer sees of the notices in a pull request, as Markdown for the job's summary.

Every word of a notice stands inside a fence that it can't end, so that nothing in it becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from noticeboard.board.board import Board, PostedNotice
from noticeboard.notice.problem import Problem, errors
from noticeboard.outputs import due, feed_entries
from noticeboard.outputs.feed_entries import EventEntry
from noticeboard.outputs.letters import Letter
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.render.formatter import Formatter
from noticeboard.text import sms

MAX_LENGTH = 900_000
"""Characters; GitHub shows no summary over one mebibyte."""


def markdown(board: Board, changed: Sequence[str], problems: Sequence[Problem], formatters: Sequence[Formatter]) -> str:
    """Write the summary of the changed notices, by their ids, and of all problems."""
    wrong = len(errors(problems))
    parts = [f"# Notices\n\n{_count(len(changed), 'notice')} changed. {_count(wrong, 'error')}, "
             f"{_count(len(problems) - wrong, 'warning')}."]  # fmt: skip
    if problems:
        parts.append("## Problems\n\n" + fenced("\n".join(problem.as_text() for problem in problems)))
    for posted in board.notices:
        if posted.id in changed:
            parts += _notice(posted, board.now, formatters)
    text = "\n\n".join(parts) + "\n"
    if len(text) <= MAX_LENGTH:
        return text
    return text[:MAX_LENGTH] + "\n\n… cut: the rest is in the log and in the built site.\n"


def _notice(posted: PostedNotice, now: datetime, formatters: Sequence[Formatter]) -> Iterator[str]:
    yield f"## Notice `{posted.id}`"
    for formatter in formatters:
        view = NoticeView(posted, formatter)
        letter, name = Letter(view), formatter.language.name
        is_open = " open" if formatter is formatters[0] else ""
        yield _folded(f"As families will read it: {name}", fenced(letter.text()), is_open)
        message = letter.sms()
        title = f"Text message: {name}, {sms.length(message)} of {sms.LENGTH} characters"
        yield _folded(title, fenced(message), is_open)
        yield _folded(f"Feed item: {name}", fenced(_as_text(feed_entries.entries_for(view)[-1])), "")
    yield "### Clocks\n\n" + fenced(due.as_text(posted.clocks, posted.zone, now))


def _as_text(entry: EventEntry) -> str:
    return f"{entry.title}\n{entry.url}\n{entry.id}\n\n{entry.summary}\n\n{entry.content}"


def _folded(title: str, body: str, is_open: str) -> str:
    return f"<details{is_open}><summary>{title}</summary>\n\n{body}\n\n</details>"


def fenced(text: str) -> str:
    """Put a text between fences longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text.rstrip()}\n{fence}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
