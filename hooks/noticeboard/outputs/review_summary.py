"""What a reviewer sees of the notices in a pull request, as Markdown for the job's summary.

Every word of a notice stands inside a fence that it can't end, so that nothing in it becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from noticeboard.board.board import Board, PostedNotice
from noticeboard.check.changes import Change
from noticeboard.notice.problem import Problem, errors, plural
from noticeboard.outputs import due, feed_entries
from noticeboard.outputs.feed_entries import EventEntry
from noticeboard.outputs.letters import Letter
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.render.formatter import Formatter
from noticeboard.text import sms

MAX_LENGTH = 900_000
"""Characters; GitHub shows no summary over one mebibyte."""


@dataclass(frozen=True)
class Review:
    """What a pull request does to the notices."""

    board: Board
    """As it would be."""
    changed: Mapping[str, tuple[Change, ...]]
    """The files that are new or differ, by id, each with what differs from what was posted; new ones have none."""
    new: frozenset[str]
    """Those of them that were not posted."""
    problems: Sequence[Problem]
    allowed: Mapping[str, Sequence[str]]
    """What in those files looks like personal data and is allowed, by id."""
    effects: Sequence[str]
    """What other settings or another law change of what is posted."""


def markdown(review: Review, formatters: Sequence[Formatter]) -> str:
    """Write the summary: problems, what settings and law change, then each notice that changed."""
    wrong = len(errors(review.problems))
    parts = [f"# Notices\n\n{plural(len(review.changed), 'notice')} changed. {plural(wrong, 'error')}, "
             f"{plural(len(review.problems) - wrong, 'warning')}."]  # fmt: skip
    if review.problems:
        parts.append("## Problems\n\n" + fenced("\n".join(problem.as_text() for problem in review.problems)))
    if review.effects:
        parts.append("## Settings and law\n\n" + fenced("\n".join(review.effects)))
    posted = {posted.id: posted for posted in review.board.notices}
    for notice_id, changes in review.changed.items():
        parts.append(f"## Notice `{notice_id}`{' (new)' if notice_id in review.new else ''}")
        if changes:
            parts.append("### What changed\n\n" + fenced("\n".join(map(_change, changes))))
        if allowed := review.allowed.get(notice_id):
            parts.append("### Allowed as public by mkdocs.yml\n\n" + fenced("\n".join(allowed)))
        if notice_id in posted:
            parts += _notice(posted[notice_id], review.board.now, formatters)
    text = "\n\n".join(parts) + "\n"
    if len(text) <= MAX_LENGTH:
        return text
    return text[:MAX_LENGTH] + "\n\n… cut: the rest is in the log and in the built site.\n"


def _change(change: Change) -> str:
    was, now = (f"{word}{_indented(text)}" for word, text in (("  was: ", change.before), ("  now: ", change.after)))
    lines = [f"{change.name} ({change.kind})", *([was] if change.before else []), *([now] if change.after else [])]
    return "\n".join(lines)


def _indented(text: str) -> str:
    return text.strip().replace("\n", "\n       ")


def _notice(posted: PostedNotice, now: datetime, formatters: Sequence[Formatter]) -> Iterator[str]:
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
