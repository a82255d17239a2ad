"""Facts that don't fit together, or a notice that fell silent: one generator a rule, its docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from noticeboard.check.context import NoticeFile
from noticeboard.notice.problem import Problem

FAMILIES_WAIT = timedelta(days=3)
"""After this, a contractor's breach without `families_notified` is worth a question."""
SILENCE = timedelta(days=30)
"""After this, people wonder whether anybody still looks into an active notice."""


def contractor_is_somebody_else(file: NoticeFile) -> Iterator[Problem]:
    """The district is no contractor of its own: a contractor's clocks would start."""
    contractor = file.notice.contractor or ""
    if " ".join(contractor.split()).casefold() == " ".join(file.site.publisher.split()).casefold():
        words = "is the district itself; write none for the district’s own systems, as a contractor starts other clocks"
        yield file.problem("warning", "own-contractor", ("contractor",), words)


def resolved_says_how(file: NoticeFile) -> Iterator[Problem]:
    """A resolved notice has an update that says how it ended."""
    if file.notice.status == "resolved" and not file.notice.updates:
        words = "is resolved, but no update says how; add an update at the end of updates"
        yield file.problem("warning", "resolved", ("status",), words)


def families_are_told(file: NoticeFile) -> Iterator[Problem]:
    """Some days after the contractor's notice, families have been told."""
    notice = file.notice
    if not (notice.contractor and notice.has_contractor and notice.received and notice.status):
        return
    told = file.document.data.get("families_notified")
    if file.id.startswith("_") or told is not None or notice.status == "withdrawn":
        return
    if notice.received.instant + FAMILIES_WAIT < file.now:
        words = (
            f"should be there: the contractor’s notice came on {notice.received.text}, more than {FAMILIES_WAIT.days} "
            "days ago; add when families were told"
        )
        yield file.problem("warning", "families-not-told", ("families_notified",), words)


def active_notice_is_not_silent(file: NoticeFile) -> Iterator[Problem]:
    """An active notice has news now and then, if only that there is none."""
    notice = file.notice
    if file.id.startswith("_") or not (notice.status and notice.posted and notice.is_active):
        return
    last = max([notice.posted.instant, *(each.at.instant for each in notice.updates or [] if each)])
    if last + SILENCE < file.now:
        days = (file.now - last).days
        words = f"is {notice.status}, but nothing was added for {days} days; add an update, or say how it ended"
        yield file.problem("warning", "silent", ("status",), words)
