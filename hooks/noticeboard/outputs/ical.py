"""The calendars of deadlines (RFC 5545): what families can miss, and what the district owes.

An entry keeps its UID for ever. A correction raises its SEQUENCE, so that a calendar moves it instead of showing it
twice; a withdrawal cancels it. Nothing in it depends on the time of the build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from icalendar import Alarm, Calendar, Event

from noticeboard.i18n.catalogs import N_
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.render.formatter import Formatter
from noticeboard.text.unsafe_characters import replace_unsafe

Audience = Literal["families", "district"]
Vevents = Mapping[Audience, bytes]
"""The entries of one notice, written out."""

_AUDIENCES: Mapping[Audience, str] = {"families": N_("For families"), "district": N_("For the district")}
_DAY_ALARMS = (-timedelta(hours=15), -timedelta(days=6, hours=15))
"""For a day: at nine in the morning of the day before, and of a week before that day ends."""
_HOUR_ALARMS = (-timedelta(hours=2), -timedelta(hours=12))
_END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True)
class CalendarEntry:
    """One deadline of one notice."""

    key: str
    """Unique in the notice, and never changed: `enroll`, `step-1`, or a rule's id."""
    audience: Audience
    summary: str
    due_at: datetime
    """The last second for it (UTC)."""
    has_time: bool
    is_done: bool = False


def vevents(view: NoticeView) -> Vevents:
    """Write the deadlines of one notice, those of families and those of the district.

    They are written out once, here: each stands in up to three calendars, and icalendar takes 0.7 ms for an entry.
    """
    written: dict[Audience, bytes] = {"families": b"", "district": b""}
    for entry in _entries(view):
        written[entry.audience] += _vevent(entry, view).to_ical(sorted=False)
    return written


def notice_calendar(vevents: Vevents, formatter: Formatter) -> bytes:
    """Return the calendar of one notice."""
    return _calendar(vevents.values(), formatter)


def board_calendars(notices: Iterable[Vevents], formatter: Formatter) -> Iterator[tuple[str, bytes]]:
    """Return the calendars of all notices in a language: path from the site's root, content."""
    path, notices = formatter.language.path, list(notices)
    yield f"{path}deadlines.ics", _calendar((written for vevents in notices for written in vevents.values()), formatter)
    yield f"{path}deadlines-families.ics", _calendar((vevents["families"] for vevents in notices), formatter)
    yield f"{path}deadlines-district.ics", _calendar((vevents["district"] for vevents in notices), formatter)


def _entries(view: NoticeView) -> Iterator[CalendarEntry]:
    gettext, translate = view.formatter.language.gettext, view.formatter.translate
    for deadline in view.posted.family_deadlines:
        if deadline.kind == "enroll":
            summary = gettext("Last day to enroll in identity protection: %(title)s", title=view.title)
            yield CalendarEntry("enroll", "families", summary, deadline.due_at, deadline.has_time)
        elif deadline.step is not None:
            summary = f"{view.local.step(deadline.step)}: {view.title}"
            yield CalendarEntry(f"step-{deadline.step + 1}", "families", summary, deadline.due_at, deadline.has_time)
    for clock in view.posted.clocks:
        due_at = clock.due_at or clock.statutory_due_at
        # Police asked to wait: there is no date to put into a calendar.
        if clock.rule.owed_by != "district" or due_at is None or clock.state == "paused":
            continue
        duty = translate(clock.rule.name)
        summary = gettext("Latest date for: %(duty)s (%(title)s)", duty=duty, title=view.title)
        is_done = clock.met_at is not None
        yield CalendarEntry(clock.rule.id, "district", summary, due_at, not clock.ends_with_day, is_done)


def _calendar(written: Iterable[bytes], formatter: Formatter) -> bytes:
    settings, language = formatter.settings, formatter.language
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//noticeboard//deadlines//EN")
    calendar.add("method", "PUBLISH")
    name = language.gettext("Deadlines after data breaches, %(publisher)s", publisher=settings.publisher)
    calendar.add("x-wr-calname", replace_unsafe(name))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-wr-timezone", settings.timezone)
    return b"".join([calendar.to_ical().removesuffix(_END), *written, _END])


def _vevent(entry: CalendarEntry, view: NoticeView) -> Event:
    formatter, notice = view.formatter, view.posted.notice
    settings, changed_at = formatter.settings, notice.last_change.instant
    summary = replace_unsafe(formatter.with_sample_prefix(entry.summary))
    is_void = notice.status == "withdrawn"
    event = Event()
    event.add("uid", f"{settings.feed_ids}/{view.posted.id}/{formatter.language.code}/{entry.key}")
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", sum(update.kind != "update" for update in notice.updates or []))
    event.add("status", "CANCELLED" if is_void else "CONFIRMED")
    if entry.has_time:
        # In UTC, which no reader can take for another hour.
        event.add("dtstart", entry.due_at.astimezone(UTC))
    else:
        day = entry.due_at.astimezone(settings.zone).date()
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", replace_unsafe(f"{view.summary}\n\n{view.url}\n{view.code}"))
    event.add("url", view.url)
    event.add("categories", [formatter.translate(_AUDIENCES[entry.audience])])
    event.add("transp", "TRANSPARENT")
    for before in () if is_void or entry.is_done else (_HOUR_ALARMS if entry.has_time else _DAY_ALARMS):
        event.add_component(_alarm(before, summary))
    return event


def _alarm(before: timedelta, summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", before)
    return alarm
