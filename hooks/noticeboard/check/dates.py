"""What must hold between the times of one notice: one generator a rule, its docstring is the rule.

A rule looks at everything and says everything; it skips what could not be read (None).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from noticeboard.check import file_name
from noticeboard.check.context import NoticeFile
from noticeboard.notice.dates import When
from noticeboard.notice.model import Notice
from noticeboard.notice.problem import Problem
from noticeboard.notice.strict_yaml import Path

GRACE = timedelta(minutes=15)
"""How far in the future a time may lie: clocks differ."""

_PAST = (
    "occurred",
    "discovered",
    "received",
    "confirmed",
    "families_notified",
    "attorney_general_notified",
    "police_delay",
)


def dates_in_order(file: NoticeFile) -> Iterator[Problem]:
    """It happened, was discovered, reached the district and was posted, in this order."""
    names = ("occurred", "discovered", "received", "posted")
    known = [(field, when) for field in names if (when := getattr(file.notice, field)) and when.form != "unknown"]
    for index, (late_name, late) in enumerate(known):
        wrong = next(((name, early) for name, early in known[:index][::-1] if late.is_certainly_before(early)), None)
        if wrong:
            early_name, early = wrong
            yield file.problem(
                "error",
                "date-order",
                (late_name,),
                f"must not be before {early_name} ({early.text}), but is {late.text}; check both dates",
            )


def updates_in_order(file: NoticeFile) -> Iterator[Problem]:
    """Each update is later than the notice and than the update before it."""
    before, before_name = file.notice.posted, "posted"
    for index, update in enumerate(file.notice.updates or []):
        if update is None:
            continue
        if before and (update.at.is_certainly_before(before) or update.at.last == before.first):
            yield file.problem(
                "error",
                "update-order",
                ("updates", index, "at"),
                f"must be after {before_name} ({before.text}), not {update.at.text}; add new updates at the end",
            )
        if not before or update.at.instant >= before.instant:
            before, before_name = update.at, f"updates[{index + 1}].at"


def nothing_in_future(file: NoticeFile) -> Iterator[Problem]:
    """What a notice tells has happened."""
    notice = file.notice
    told: list[tuple[Path, When | None]] = [((field,), getattr(notice, field)) for field in (*_PAST, "posted")]
    told += [(("updates", index, "at"), update.at) for index, update in enumerate(notice.updates or []) if update]
    for language, translation in (notice.translations or {}).items():
        told.append((("translations", language, "reviewed"), translation.reviewed))
    for path, when in told:
        if when and when.first and when.first > file.now + GRACE:
            yield file.problem(
                "error",
                "future",
                path,
                f"must not be in the future, but is {when.text} (it is now {_now(file)})",
            )


def _now(file: NoticeFile) -> str:
    now: datetime = file.now.astimezone(file.law.zone)
    return f"{now:%Y-%m-%d %H:%M}"


def families_after_receipt(file: NoticeFile) -> Iterator[Problem]:
    """Families are told after the district was, unless the contractor wrote to them first."""
    told, received = file.notice.families_notified, file.notice.received
    if told and received and told.is_certainly_before(received):
        yield file.problem(
            "warning",
            "families-first",
            ("families_notified",),
            f"is before received ({received.text}): right only if the contractor wrote to families first",
        )


def nothing_is_told_before_it_is_known(file: NoticeFile) -> Iterator[Problem]:
    """Nobody can be told of a breach before it was discovered: a wrong year would end the clock of a duty."""
    known = file.notice.discovered
    for field in ("families_notified", "attorney_general_notified"):
        told: When | None = getattr(file.notice, field)
        if told and known and told.is_certainly_before(known):
            words = f"must not be before discovered ({known.text}), but is {told.text}; look at the year of both dates"
            yield file.problem("error", "told-too-soon", (field,), words)


FAR = timedelta(days=3660)
"""How long after its notice a last day may lie, about ten years."""


def years_are_likely(file: NoticeFile) -> Iterator[Problem]:
    """What is long before or after what it belongs to has, mostly, a wrong year."""
    for path, when, before in _followers(file.notice):
        start: When | None = getattr(file.notice, before)
        if start and when.is_certainly_before(start):
            words = f"is {when.text}, before {before} ({start.text}); look at the year of both dates"
            yield file.problem("warning", "odd-year", path, words)
        elif start and before == "posted" and when.instant > start.instant + FAR:
            words = f"is {when.text}, over ten years after posted ({start.text}); look at the year of both dates"
            yield file.problem("warning", "odd-year", path, words)


def _followers(notice: Notice) -> Iterator[tuple[Path, When, str]]:
    """Give each time that must have been, or will be, after another: where it stands, and the other's name."""
    if notice.confirmed:
        yield ("confirmed",), notice.confirmed, "discovered"
    if (delay := notice.police_delay) and delay.first:
        # It may have no known end.
        yield ("police_delay",), replace(delay, last=delay.first + timedelta(days=1)), "discovered"
    for language, translation in (notice.translations or {}).items():
        if translation.reviewed:
            yield ("translations", language, "reviewed"), translation.reviewed, "discovered"
    for index, step in enumerate(notice.steps or []):
        if step and step.by:
            yield ("steps", index, "by"), step.by, "posted"
    if notice.protection and isinstance(notice.protection.enroll_by, When):
        yield ("protection", "enroll_by"), notice.protection.enroll_by, "posted"


def withdrawal_is_a_status(file: NoticeFile) -> Iterator[Problem]:
    """What was taken back says so in its status, as the feeds already do."""
    updates = file.notice.updates or []
    is_withdrawn = any(update and update.kind == "withdrawal" for update in updates)
    if is_withdrawn and file.notice.status and file.notice.status != "withdrawn":
        words = f"should be withdrawn, not {file.notice.status}: an update of kind withdrawal takes the notice back"
        yield file.problem("warning", "withdrawn-status", ("status",), words)


def name_has_day_of_posting(file: NoticeFile) -> Iterator[Problem]:
    """The day in a file's name is the day on which the notice went up."""
    match, posted = file_name.PATTERN.fullmatch(file.id), file.notice.posted
    if match and posted and match[1] != posted.day(file.law.zone).isoformat():
        yield file.problem(
            "warning", "file-name-day", ("posted",), f"is {posted.text}, but the file’s name says {match[1]}"
        )
