"""Facts that don't fit together, or a notice that fell silent: one generator a rule, its docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from noticeboard.check.context import RuleContext
from noticeboard.notice.problem import Problem

FAMILIES_WAIT = timedelta(days=3)
"""After this, a contractor's breach without `families_notified` is worth a question."""
SILENCE = timedelta(days=30)
"""After this, people wonder whether anybody still looks into an active notice."""


def contractor_is_somebody_else(context: RuleContext) -> Iterator[Problem]:
    """The district is no contractor of its own: a contractor's clocks would start."""
    contractor = context.notice.contractor or ""
    if " ".join(contractor.split()).casefold() == " ".join(context.settings.publisher.split()).casefold():
        message = (
            "is the district itself; write none for the district’s own systems, as a contractor starts other clocks"
        )
        yield context.problem("warning", "own-contractor", ("contractor",), message)


def resolved_says_how(context: RuleContext) -> Iterator[Problem]:
    """A resolved notice has an update that says how it ended."""
    if context.notice.status == "resolved" and not context.notice.updates:
        message = "is resolved, but no update says how; add an update at the end of updates"
        yield context.problem("warning", "resolved", ("status",), message)


def families_are_told(context: RuleContext) -> Iterator[Problem]:
    """Some days after the contractor's notice, families have been told."""
    notice = context.notice
    if not (notice.contractor and notice.has_contractor and notice.received and notice.status):
        return
    notified = context.document.data.get("families_notified")
    if context.is_template or notified is not None or notice.status == "withdrawn":
        return
    if notice.received.instant + FAMILIES_WAIT < context.now:
        message = (
            f"should be there: the contractor’s notice came on {notice.received.text}, more than {FAMILIES_WAIT.days} "
            "days ago; add when families were told"
        )
        yield context.problem("warning", "families-not-told", ("families_notified",), message)


def active_notice_is_not_silent(context: RuleContext) -> Iterator[Problem]:
    """An active notice has news now and then, if only that there is none."""
    notice = context.notice
    if context.is_template or not (notice.status and notice.posted and notice.is_active):
        return
    last = max([notice.posted.instant, *(update.at.instant for update in notice.updates or [] if update)])
    if last + SILENCE < context.now:
        days = (context.now - last).days
        message = f"is {notice.status}, but nothing was added for {days} days; add an update, or say how it ended"
        yield context.problem("warning", "silent", ("status",), message)
