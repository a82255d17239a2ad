"""The calendar of deadlines (RFC 5545): what families can miss, and what the district owes.

An entry keeps its UID for ever. A correction raises its SEQUENCE, so that a calendar moves it instead of showing it
twice; a withdrawal cancels it. Nothing in it depends on the time of the build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from noticeboard.board.board import Posted
from noticeboard.outputs.letters import Letter
from noticeboard.render.formatter import Wording
from noticeboard.text.unsafe_characters import without

Audience = Literal["families", "district"]

DAY_ALARMS = ("-PT15H", "-P6DT15H")
"""For a day: at nine in the morning of the day before, and of a week before that day ends."""
HOUR_ALARMS = ("-PT2H", "-PT12H")


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


def events(posted: Posted, wording: Wording) -> dict[Audience, bytes]:
    """Write the deadlines of one notice, those of families and those of the district."""
    made: dict[Audience, bytes] = {"families": b"", "district": b""}
    for entry in _entries(posted, wording):
        made[entry.audience] += _event(entry, wording)
    return made


def own(events: Mapping[Audience, bytes], wording: Wording) -> bytes:
    """Give the calendar of one notice."""
    return _calendar(events.values(), wording)


def files(every: Iterable[Mapping[Audience, bytes]], wording: Wording) -> Iterator[tuple[str, bytes]]:
    """Give the calendars of all notices' events in a language, one by one: path from the site's root, content."""
    path, every = wording.language.path, list(every)
    yield f"{path}deadlines.ics", _calendar((event for each in every for event in each.values()), wording)
    yield f"{path}deadlines-families.ics", _calendar((each["families"] for each in every), wording)
    yield f"{path}deadlines-district.ics", _calendar((each["district"] for each in every), wording)


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


def _calendar(events: Iterable[bytes], wording: Wording) -> bytes:
    settings, language = wording.settings, wording.language
    name = language.gettext("Deadlines after data breaches, %(publisher)s", publisher=settings.publisher)
    head = _lines(
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//noticeboard//deadlines//EN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", _escaped(name)),
        ("REFRESH-INTERVAL;VALUE=DURATION", "PT1H"),
        ("X-WR-TIMEZONE", settings.timezone),
    )
    return b"".join([head, *events, _lines(("END", "VCALENDAR"))])


def _event(entry: Entry, wording: Wording) -> bytes:
    settings, notice = wording.settings, entry.posted.notice
    letter = Letter(wording, entry.posted)
    is_void = notice.status == "withdrawn"
    mark = f"{wording.language.gettext('SAMPLE')}: " if settings.samples else ""
    summary = _escaped(mark + entry.summary)
    changed = _utc(notice.last_change.instant)
    alarms = HOUR_ALARMS if entry.has_time else DAY_ALARMS
    return _lines(
        ("BEGIN", "VEVENT"),
        ("UID", _escaped(f"{settings.feed_ids}/{entry.posted.id}/{wording.language.code}/{entry.key}")),
        ("DTSTAMP", changed),
        ("LAST-MODIFIED", changed),
        ("SEQUENCE", str(sum(update.kind != "update" for update in notice.updates or []))),
        ("STATUS", "CANCELLED" if is_void else "CONFIRMED"),
        *_when(entry, wording),
        ("SUMMARY", summary),
        ("DESCRIPTION", _escaped(f"{letter.local.summary}\n\n{letter.address}\n{letter.code}")),
        ("URL", letter.address),
        ("CATEGORIES", _escaped(_audience(entry, wording))),
        ("TRANSP", "TRANSPARENT"),
        *(line for before in alarms if not (is_void or entry.is_done) for line in _alarm(before, summary)),
        ("END", "VEVENT"),
    )


def _when(entry: Entry, wording: Wording) -> Iterator[tuple[str, str]]:
    """Give an instant in UTC, which no reader can take for another hour; a day as itself."""
    if entry.has_time:
        yield "DTSTART", _utc(entry.due)
        return
    day = entry.due.astimezone(wording.settings.zone).date()
    yield "DTSTART;VALUE=DATE", f"{day:%Y%m%d}"
    yield "DTEND;VALUE=DATE", f"{day + timedelta(days=1):%Y%m%d}"


def _alarm(trigger: str, summary: str) -> Iterator[tuple[str, str]]:
    yield from (("BEGIN", "VALARM"), ("ACTION", "DISPLAY"), ("DESCRIPTION", summary))
    yield from (("TRIGGER", trigger), ("END", "VALARM"))


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def _escaped(text: str) -> str:
    """Write a text as a value (RFC 5545, section 3.3.11); nothing in it may end a line for any reader."""
    return without(text).translate(_ESCAPES)


def _lines(*lines: tuple[str, str]) -> bytes:
    return b"".join(_folded(f"{name}:{value}".encode()) + b"\r\n" for name, value in lines)


WIDEST = 75
"""Bytes in a line, at most (RFC 5545, section 3.1); what is longer goes on in the next line, behind a blank."""


def _folded(line: bytes) -> bytes:
    pieces, room = [], WIDEST
    while len(line) > room:
        end = room
        while line[end] & 0xC0 == 0x80:  # within a character's bytes
            end -= 1
        # Nor between a backslash and what it escapes, where some readers would go wrong.
        end -= (end - len(line[:end].rstrip(b"\\"))) % 2
        pieces.append(line[:end])
        line, room = line[end:], WIDEST - 1
    return b"\r\n ".join([*pieces, line])


def _audience(entry: Entry, wording: Wording) -> str:
    gettext = wording.language.gettext
    return gettext("For families") if entry.audience == "families" else gettext("For the district")
