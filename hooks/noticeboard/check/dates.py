"""What must hold between the times of one notice: one generator a rule, its docstring is the rule.

A rule looks at everything and says everything; it skips what could not be read (None).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from noticeboard.check import file_name
from noticeboard.check.context import RuleContext
from noticeboard.notice.dates import PartialDate
from noticeboard.notice.model import PartialNotice
from noticeboard.notice.problem import Problem
from noticeboard.notice.strict_yaml import Path

GRACE = timedelta(minutes=15)
"""How far in the future a time may lie: clocks differ."""
SOON = timedelta(days=1)
"""Times so near are worth waiting for; others are slips of the hand."""

_PAST = (
    "occurred",
    "discovered",
    "received",
    "confirmed",
    "contained",
    "families_notified",
    "attorney_general_notified",
    "police_delay",
)


def dates_in_order(context: RuleContext) -> Iterator[Problem]:
    """It happened, was discovered, reached the district and was posted, in this order."""
    names = ("occurred", "discovered", "received", "posted")
    known = [
        (field, when) for field in names if (when := getattr(context.notice, field)) and when.precision != "unknown"
    ]
    for index, (late_name, late) in enumerate(known):
        wrong = next(((name, early) for name, early in known[:index][::-1] if late.is_certainly_before(early)), None)
        if wrong:
            early_name, early = wrong
            yield context.problem(
                "error",
                "date-order",
                (late_name,),
                f"must not be before {early_name} ({early.text}), but is {late.text}; check both dates",
            )


def updates_in_order(context: RuleContext) -> Iterator[Problem]:
    """Each update is later than the notice and than the update before it."""
    before, before_name = context.notice.posted, "posted"
    for index, update in enumerate(context.notice.updates or []):
        if update is None:
            continue
        if before and (update.at.is_certainly_before(before) or update.at.last == before.first):
            yield context.problem(
                "error",
                "update-order",
                ("updates", index, "at"),
                f"must be after {before_name} ({before.text}), not {update.at.text}; add new updates at the end",
            )
        if not before or update.at.instant >= before.instant:
            before, before_name = update.at, f"updates[{index + 1}].at"


def nothing_in_future(context: RuleContext) -> Iterator[Problem]:
    """What a notice tells has happened."""
    notice = context.notice
    past: list[tuple[Path, PartialDate | None]] = [((field,), getattr(notice, field)) for field in (*_PAST, "posted")]
    past += [(("updates", index, "at"), update.at) for index, update in enumerate(notice.updates or []) if update]
    for language, translation in (notice.translations or {}).items():
        past.append((("translations", language, "reviewed"), translation.reviewed))
    for path, when in past:
        if when and when.first and when.first > context.now + GRACE:
            message = f"must not be in the future, but is {when.text} (it is now {_now(context)})"
            if when.first - context.now < SOON:
                message += f"; it will pass from {_clock(context, when.first - GRACE)} on"
            yield context.problem("error", "future", path, message)


def _now(context: RuleContext) -> str:
    return _clock(context, context.now)


def _clock(context: RuleContext, moment: datetime) -> str:
    local: datetime = moment.astimezone(context.law.zone)
    return f"{local:%Y-%m-%d %H:%M}"


def families_after_receipt(context: RuleContext) -> Iterator[Problem]:
    """Families are told after the district was, unless the contractor wrote to them first."""
    notified, received = context.notice.families_notified, context.notice.received
    if notified and received and notified.is_certainly_before(received):
        yield context.problem(
            "warning",
            "families-first",
            ("families_notified",),
            f"is before received ({received.text}): right only if the contractor wrote to families first",
        )


def nothing_is_told_before_it_is_known(context: RuleContext) -> Iterator[Problem]:
    """Nobody can be told of a breach before it was discovered: a wrong year would end the clock of a duty."""
    known = context.notice.discovered
    for field in ("families_notified", "attorney_general_notified"):
        notified: PartialDate | None = getattr(context.notice, field)
        if notified and known and notified.is_certainly_before(known):
            message = (
                f"must not be before discovered ({known.text}), but is {notified.text}; look at the year of both dates"
            )
            yield context.problem("error", "told-too-soon", (field,), message)


MAX_AHEAD = timedelta(days=3660)
"""How long after its notice a last day may lie, about ten years."""


def years_are_likely(context: RuleContext) -> Iterator[Problem]:
    """What is long before or after what it belongs to has, mostly, a wrong year."""
    for path, when, before in _followers(context.notice):
        start: PartialDate | None = getattr(context.notice, before)
        if start and when.is_certainly_before(start):
            message = f"is {when.text}, before {before} ({start.text}); look at the year of both dates"
            yield context.problem("warning", "odd-year", path, message)
        elif start and before == "posted" and when.instant > start.instant + MAX_AHEAD:
            message = f"is {when.text}, over ten years after posted ({start.text}); look at the year of both dates"
            yield context.problem("warning", "odd-year", path, message)


def _followers(notice: PartialNotice) -> Iterator[tuple[Path, PartialDate, str]]:
    """Return each time that must have been, or will be, after another: where it stands, and the other's name."""
    for name, before in (("confirmed", "discovered"), ("contained", "occurred")):
        if when := getattr(notice, name):
            yield (name,), when, before
    if (delay := notice.police_delay) and delay.first:
        # It may have no known end.
        yield ("police_delay",), replace(delay, last=delay.first + timedelta(days=1)), "discovered"
    yield from _dates_inside(notice)


def _dates_inside(notice: PartialNotice) -> Iterator[tuple[Path, PartialDate, str]]:
    for language, translation in (notice.translations or {}).items():
        if translation.reviewed:
            yield ("translations", language, "reviewed"), translation.reviewed, "discovered"
    for index, step in enumerate(notice.steps or []):
        if step and step.by:
            yield ("steps", index, "by"), step.by, "posted"
    if notice.protection and isinstance(notice.protection.enroll_by, PartialDate):
        yield ("protection", "enroll_by"), notice.protection.enroll_by, "posted"


def withdrawal_is_a_status(context: RuleContext) -> Iterator[Problem]:
    """What was taken back says so in its status, as the feeds already do."""
    updates = context.notice.updates or []
    is_withdrawn = any(update and update.kind == "withdrawal" for update in updates)
    if is_withdrawn and context.notice.status and context.notice.status != "withdrawn":
        message = (
            f"should be withdrawn, not {context.notice.status}: an update of kind withdrawal takes the notice back"
        )
        yield context.problem("warning", "withdrawn-status", ("status",), message)


def name_has_day_of_posting(context: RuleContext) -> Iterator[Problem]:
    """The day in a file's name is the day on which the notice went up."""
    match, posted = file_name.PATTERN.fullmatch(context.id), context.notice.posted
    if match and posted and match[1] != posted.day(context.law.zone).isoformat():
        yield context.problem(
            "warning", "file-name-day", ("posted",), f"is {posted.text}, but the file’s name says {match[1]}"
        )
