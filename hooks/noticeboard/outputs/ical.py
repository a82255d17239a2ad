"""The calendars of deadlines (RFC 5545): what families can miss, and what the district owes.

An entry keeps its UID for ever. A correction raises its SEQUENCE, so that a calendar moves it instead of showing it
twice; a withdrawal cancels it. Nothing in it depends on the time of the build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any, Literal

from icalendar import Alarm, Calendar, Event, vDuration, vText
from icalendar.parser import Contentline

from noticeboard.i18n.catalogs import N_
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.render.formatter import Formatter
from noticeboard.text.unsafe_characters import replace_unsafe

Audience = Literal["families", "district"]
Vevents = Mapping[Audience, bytes]
"""The entries of one notice, written out."""

_AUDIENCES: Mapping[Audience, str] = {"families": N_("For families"), "district": N_("For the district")}
_DAY_ALARMS = (vDuration(-timedelta(hours=15)), vDuration(-timedelta(days=6, hours=15)))
"""For a day: at nine in the morning of the day before, and of a week before that day ends."""
_HOUR_ALARMS = (vDuration(-timedelta(hours=2)), vDuration(-timedelta(hours=12)))
_DISPLAY = vText("DISPLAY")
_MAX_LINE_BYTES = 75
"""Bytes in a line, at most (RFC 5545, section 3.1); what is longer goes on in the next line, behind a blank."""
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

    They are written out once, here: each stands in up to three calendars.
    """
    written: dict[Audience, bytes] = {"families": b"", "district": b""}
    common = _common(view)
    for entry in _entries(view):
        written[entry.audience] += _vevent(entry, view, common).to_ical(sorted=False)
    return written


@dataclass(frozen=True)
class Calendars:
    """The calendars of a language."""

    formatter: Formatter

    def notice_calendar(self, vevents: Vevents) -> bytes:
        """Return the calendar of one notice."""
        return self._calendar(vevents.values())

    def board_calendars(self, notices: Iterable[Vevents]) -> Iterator[tuple[str, bytes]]:
        """Return the calendars of all notices: path from the site's root, content."""
        path, notices = self.formatter.language.path, list(notices)
        yield f"{path}deadlines.ics", self._calendar(written for vevents in notices for written in vevents.values())
        yield f"{path}deadlines-families.ics", self._calendar(vevents["families"] for vevents in notices)
        yield f"{path}deadlines-district.ics", self._calendar(vevents["district"] for vevents in notices)

    def _calendar(self, written: Iterable[bytes]) -> bytes:
        return b"".join([self._head, *written, _END])

    @cached_property
    def _head(self) -> bytes:
        settings, language = self.formatter.settings, self.formatter.language
        calendar = Calendar()
        calendar.add("version", "2.0")
        calendar.add("prodid", "-//noticeboard//deadlines//EN")
        calendar.add("method", "PUBLISH")
        name = language.gettext("Deadlines after data breaches, %(publisher)s", publisher=settings.publisher)
        calendar.add("x-wr-calname", vText(replace_unsafe(name)))
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
        calendar.add("x-wr-timezone", settings.timezone)
        return bytes(calendar.to_ical()).removesuffix(_END)


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


class _Line(Contentline):
    """A line, folded quickly: icalendar looks for the place to fold one character at a time."""

    def to_ical(self) -> bytes:
        return self.encode() if len(self) < _MAX_LINE_BYTES and self.isascii() else _folded(str(self))


@lru_cache(maxsize=32)
def _folded(line: str) -> bytes:
    """Fold a line; the entries of a notice share their longest ones."""
    return bytes(Contentline(line).to_ical())  # type: ignore[no-untyped-call]


class _Event(Event):
    def content_line(self, name: str, value: Any, sorted: bool = True) -> Contentline:
        return _Line(super().content_line(name, value, sorted))  # type: ignore[no-untyped-call]


def _common(view: NoticeView) -> Event:
    """Return what the entries of a notice have in common."""
    notice = view.posted.notice
    changed_at = notice.last_change.instant
    common = Event()
    common.add("dtstamp", changed_at)
    common.add("last-modified", changed_at)
    common.add("sequence", sum(update.kind != "update" for update in notice.updates or []))
    common.add("status", "CANCELLED" if notice.status == "withdrawn" else "CONFIRMED")
    common.add("description", replace_unsafe(f"{view.summary}\n\n{view.url}\n{view.code}"))
    common.add("url", view.url)
    common.add("transp", "TRANSPARENT")
    return common


def _vevent(entry: CalendarEntry, view: NoticeView, common: Event) -> Event:
    formatter, settings = view.formatter, view.formatter.settings
    event = _Event(common)
    event.add("uid", f"{settings.feed_ids}/{view.posted.id}/{formatter.language.code}/{entry.key}")
    if entry.has_time:
        # In UTC, which no reader can take for another hour.
        event.add("dtstart", entry.due_at.astimezone(UTC))
    else:
        day = entry.due_at.astimezone(settings.zone).date()
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    summary = vText(replace_unsafe(formatter.with_sample_prefix(entry.summary)))
    event.add("summary", summary)
    event.add("categories", [formatter.translate(_AUDIENCES[entry.audience])])
    if view.posted.notice.status != "withdrawn" and not entry.is_done:
        for trigger in _HOUR_ALARMS if entry.has_time else _DAY_ALARMS:
            event.add_component(Alarm({"action": _DISPLAY, "description": summary, "trigger": trigger}))
    return event
