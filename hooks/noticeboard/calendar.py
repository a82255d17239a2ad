"""The calendar of deadlines (RFC 5545): what families can miss, and what the district owes.

An entry keeps its UID for ever. A correction raises its SEQUENCE, so that a calendar moves it instead of showing it
twice; a withdrawal cancels it. Nothing in it depends on the time of the build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from icalendar import Alarm, Calendar, Event
from icalendar.prop import vDuration

from noticeboard.board import Board, Posted
from noticeboard.letter import Letter
from noticeboard.wording import Wording

Audience = Literal["families", "district"]

DAY_ALARMS = (timedelta(hours=-15), timedelta(days=-6, hours=-15))
"""For a day: at nine in the morning of the day before, and of a week before that day ends."""
HOUR_ALARMS = (timedelta(hours=-2), timedelta(hours=-12))


@dataclass(frozen=True)
class Entry:
    """One deadline of one notice."""

    posted: Posted
    key: str
    """Unique in the notice, and never changed: `enroll`, `step-1`, or a rule's id."""
    audience: Audience
    summary: str
    due: datetime
    """The last second for it (UTC)."""
    has_time: bool
    is_done: bool = False


def files(board: Board, wording: Wording) -> dict[str, bytes]:
    """Give every calendar of a language: path from the site's root → content."""
    path = wording.language.path
    entries = [entry for posted in board.posted for entry in _entries(posted, wording)]
    made = {
        f"{path}deadlines.ics": _calendar(entries, wording),
        f"{path}deadlines-families.ics": _calendar([each for each in entries if each.audience == "families"], wording),
        f"{path}deadlines-district.ics": _calendar([each for each in entries if each.audience == "district"], wording),
    }
    for posted in board.posted:
        own = [each for each in entries if each.posted is posted]
        made[f"{path}{posted.address}deadlines.ics"] = _calendar(own, wording)
    return made


def _entries(posted: Posted, wording: Wording) -> Iterator[Entry]:
    gettext = wording.language.gettext
    local = Letter(wording, posted).local
    for date in posted.family_dates:
        if date.kind == "enroll":
            summary = gettext("Last day to enroll in identity protection: %(title)s", title=local.title)
            yield Entry(posted, "enroll", "families", summary, date.due, date.has_time)
        elif date.kind == "step" and date.step is not None:
            summary = f"{local.step(date.step)}: {local.title}"
            yield Entry(posted, f"step-{date.step + 1}", "families", summary, date.due, date.has_time)
    for clock in posted.clocks:
        due = clock.due or clock.counted
        # Police asked to wait: there is no date to put into a calendar.
        if clock.rule.owed_by != "district" or due is None or clock.state == "paused":
            continue
        name = wording.say(clock.rule.name)
        summary = gettext("Latest date for: %(duty)s (%(title)s)", duty=name, title=local.title)
        yield Entry(
            posted, clock.rule.id, "district", summary, due, not clock.ends_with_day, is_done=clock.met is not None
        )


def _calendar(entries: Iterable[Entry], wording: Wording) -> bytes:
    settings, language = wording.settings, wording.language
    calendar = Calendar()
    calendar.add("prodid", "-//noticeboard//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name = language.gettext("Deadlines after data breaches, %(publisher)s", publisher=settings.publisher)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.timezone)
    calendar.add("refresh-interval", vDuration(timedelta(hours=1)), parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, wording))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(entry: Entry, wording: Wording) -> Event:
    settings, language = wording.settings, wording.language
    notice, event = entry.posted.notice, Event()
    event.add("uid", f"{settings.feed_ids}/{entry.posted.id}/{language.code}/{entry.key}")
    changed = notice.last_change.instant
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", sum(update.kind != "update" for update in notice.updates or []))
    is_void = notice.status == "withdrawn"
    event.add("status", "CANCELLED" if is_void else "CONFIRMED")
    local = entry.due.astimezone(settings.zone)
    # A time that the clocks show twice would be taken for the first of the two; UTC is clear.
    moment = entry.due if local.fold else local
    event.add("dtstart", moment if entry.has_time else local.date())
    if not entry.has_time:
        event.add("dtend", local.date() + timedelta(days=1))
    mark = f"{language.gettext('SAMPLE')}: " if settings.samples else ""
    event.add("summary", mark + entry.summary)
    letter = Letter(wording, entry.posted)
    event.add("description", f"{letter.local.summary}\n\n{letter.address}\n{letter.code}")
    event.add("url", letter.address)
    event.add("categories", [_audience(entry, wording)])
    event.add("transp", "TRANSPARENT")
    if not (is_void or entry.is_done):
        for before in HOUR_ALARMS if entry.has_time else DAY_ALARMS:
            event.add_component(_alarm(before, mark + entry.summary))
    return event


def _alarm(before: timedelta, words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", before)
    return alarm


def _audience(entry: Entry, wording: Wording) -> str:
    gettext = wording.language.gettext
    return gettext("For families") if entry.audience == "families" else gettext("For the district")
