"""The arithmetic of the law: a notice's clocks, each with its start, its due time and its state.

How days are counted (Connecticut): the day of the event is not counted and the last day is, so the day
`start + 30` is the thirtieth (Lamberti v. Stamford, 131 Conn. 396). A last day on a weekend or holiday
stays where it is: electronic notice needs no open office. Days are dates in the district's zone and end at
23:59:59; hours are elapsed hours. Business days leave out Saturdays, Sundays and legal holidays only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from noticeboard.law.statutes import Law, ProtectionRule, Rule
from noticeboard.notice.data_codes import DataCode
from noticeboard.notice.dates import PartialDate, end_of_day
from noticeboard.notice.model import Notice, PartialNotice
from noticeboard.notice.parts import Group

State = Literal["not_started", "running", "overdue", "met", "met_late", "paused", "no_date"]


@dataclass(frozen=True)
class SkippedDay:
    """A day that a count of business days leaves out."""

    day: date
    reason: str
    """`Saturday`, `Sunday` or the holiday's name, in English."""


@dataclass(frozen=True)
class Clock:
    """One duty of one notice. Instants are in UTC."""

    notice: str
    """The notice's id."""
    rule: Rule
    starts_at: datetime | None
    due_at: datetime | None
    met_at: datetime | None
    state: State
    estimated: bool
    skipped: tuple[SkippedDay, ...] = ()
    start_date: PartialDate | None = None
    """The start as the notice has it: a day, a time, a range."""
    statutory_due_at: datetime | None = None
    """What the count alone gives; `due` is later where police asked to wait."""

    @property
    def ends_with_day(self) -> bool:
        """Whether it is due at a day's end rather than at an hour."""
        return self.rule.limit.kind != "hours"


def clocks_for(notice_id: str, notice: Notice, law: Law, now: datetime) -> list[Clock]:
    """Compute every clock that a notice starts, in the order of its file."""
    triggered = _triggered(notice, law, (rule for rule in law.rules if rule.has_clock))
    return [_clock(notice_id, notice, rule, law, now, is_certain=sure) for rule, sure in triggered]


def undated_duties(notice: Notice, law: Law) -> list[Rule]:
    """Find the duties that a notice starts and that have no date to count to: “immediately”."""
    return [rule for rule, _ in _triggered(notice, law, (rule for rule in law.rules if not rule.has_clock))]


def possible_duties(notice: Notice, law: Law) -> list[Rule]:
    """Find the duties towards residents that may yet begin, as it is not known which data were involved."""
    if not any("unknown" in law.codes[code].categories for code in notice.data):
        return []
    rules = [rule for rule in law.rules if rule.owed_to == "residents"]
    begun = {rule.id for rule, _ in _triggered(notice, law, rules)}
    return [rule for rule, _ in _in_force(notice, law, rules) if rule.id not in begun]


def is_personal_information(group: Group, notice: Notice, law: Law) -> bool:
    """Whether § 36a-701b counts a group's data, by the law of the day on which its clock for residents starts."""
    return any(is_personal_code(code, notice, law) for code in group.data)


def is_personal_code(code: str, notice: Notice, law: Law) -> bool:
    """Whether § 36a-701b counts a kind of data, by the law of the day on which the clock for residents starts."""
    rule = next((rule for rule in law.rules if rule.owed_to == "residents"), None)
    if rule is None:
        return False
    start = _when(notice, rule.start_event["contractor" if notice.has_contractor else "own"])
    day = start.day(law.zone) if start and start.first else None
    return not rule.data.isdisjoint(law.codes[code].categories_on(day, by_themselves=False))


def protection_due(notice: Notice | PartialNotice, law: Law) -> ProtectionRule | None:
    """Return what identity protection a breach's data ask for, by the law of the day on which it starts."""
    taken = {code for group in notice.affected or [] if group for code in group.data}
    for rule in law.protections:
        start = getattr(notice, rule.start_event["contractor" if notice.has_contractor else "own"]) or notice.posted
        is_in_force = rule.is_in_force(start.day(law.zone)) if start and start.first else rule.is_current
        if is_in_force and rule.data & taken:
            return rule
    return None


def _triggered(notice: Notice, law: Law, rules: Iterable[Rule]) -> Iterator[tuple[Rule, bool]]:
    """Find which of some rules a notice's data start, and whether the data are known or only feared."""
    for rule, day in _in_force(notice, law, rules):
        categories = _categories(notice, rule, law, day)
        if categories & rule.data:
            yield rule, True
        elif categories & rule.estimated_data:
            yield rule, False


def _in_force(notice: Notice, law: Law, rules: Iterable[Rule]) -> Iterator[tuple[Rule, date | None]]:
    """Return which of some rules are for this kind of breach, each in the version of its first day, and that day."""
    breach: Literal["contractor", "own"] = "contractor" if notice.has_contractor else "own"
    for rule in rules:
        event = rule.start_event.get(breach)
        if event is None:
            continue
        start = _when(notice, event)
        # Where the start is unknown, the law of the day of posting is the best guess at its version.
        day = start.day(law.zone) if start and start.first else None
        if rule.is_in_force(day or notice.posted.day(law.zone)):
            yield rule, day


def _categories(notice: Notice, rule: Rule, law: Law, day: date | None) -> frozenset[str]:
    """Collect the legal categories of the data of the people whom a rule protects."""
    return frozenset(
        category
        for group in notice.affected
        if rule.people is None or group.who in rule.people
        for category in _group_categories([law.codes[code] for code in group.data], day)
    )


def _group_categories(codes: Sequence[DataCode], day: date | None) -> Iterator[str]:
    by_themselves = all(code.categories_by_themselves is not None for code in codes)
    for code in codes:
        yield from code.categories_on(day, by_themselves=by_themselves)


def _when(notice: Notice, event: str) -> PartialDate | None:
    value: PartialDate | None = getattr(notice, event)
    return value


def _clock(notice_id: str, notice: Notice, rule: Rule, law: Law, now: datetime, *, is_certain: bool) -> Clock:
    event = rule.limit.event or rule.start_event["contractor" if notice.has_contractor else "own"]
    start, met_when = _when(notice, event), _when(notice, rule.met_by)
    starts, met = start.first if start else None, met_when.first if met_when else None
    counted, skipped = due_after(rule, starts, law)
    due = counted
    estimated = due is not None and (not is_certain or not (start and start.is_exact))
    delay = notice.police_delay if rule.is_paused_by_police else None
    is_paused = False
    if delay and due and _has_begun(delay, due):
        is_paused = met is None and _is_paused(delay, now)
        due, estimated = _after(delay, due, met, law), True
    is_void = notice.status == "withdrawn" and met is None
    if is_paused or is_void:
        due, estimated = None, False
    state: State = "paused" if is_paused and not is_void else _state(rule, start, due, met, now)
    return Clock(notice_id, rule, starts, due, met, state, estimated, skipped, start, counted)


def _after(delay: PartialDate, due: datetime, met: datetime | None, law: Law) -> datetime:
    """Return the later of a due day and the end of a delay; one with no end on record ended when people were told."""
    end = delay.last or met
    return max(due, end_of_day(end.astimezone(law.zone).date(), law.zone)) if end else due


def due_after(rule: Rule, starts: datetime | None, law: Law) -> tuple[datetime | None, tuple[SkippedDay, ...]]:
    """Count from a start to the instant that is due, and name the days that the count left out."""
    if starts is None:
        return None, ()
    limit, day = rule.limit, starts.astimezone(law.zone).date()
    if limit.kind == "hours":
        return starts + timedelta(hours=limit.count), ()
    if limit.kind == "business_days":
        last, skipped = add_business_days(day, limit.count, limit.calendar, law)
        return end_of_day(last, law.zone), skipped
    # not_after_event is due when the day of that event ends.
    days = limit.count if limit.kind == "calendar_days" else 0
    return end_of_day(day + timedelta(days=days), law.zone), ()


def add_business_days(start: date, count: int, calendar: str, law: Law) -> tuple[date, tuple[SkippedDay, ...]]:
    """Return the last of so many business days after a day, and the days that the count left out."""
    skipped = []
    for day, reason in law.calendars[calendar].days_after(start):
        if reason:
            skipped.append(SkippedDay(day, reason))
            continue
        count -= 1
        if count == 0:
            return day, tuple(skipped)
    raise AssertionError("days never end")


def _is_paused(delay: PartialDate, now: datetime) -> bool:
    has_begun = delay.first is None or delay.first <= now
    return has_begun and (delay.last is None or now <= delay.last)


def _has_begun(delay: PartialDate, due: datetime) -> bool:
    """Whether a delay began while the clock ran; one that began later changes nothing."""
    return delay.first is None or delay.first <= due


def _state(rule: Rule, start: PartialDate | None, due: datetime | None, met: datetime | None, now: datetime) -> State:
    if rule.limit.kind == "not_after_event" and start is None:
        return "not_started"
    if due is None:
        # A withdrawn notice keeps no due date, but what was done stays done.
        return "no_date"
    if met is not None:
        return "met" if met <= due else "met_late"
    return "running" if now <= due else "overdue"
