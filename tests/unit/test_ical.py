"""The calendar, read by a second implementation and compared with the notices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar, Event

from noticeboard.board.board import PostedNotice
from noticeboard.i18n.language import Language
from noticeboard.law.statutes import Law
from noticeboard.notice.model import Notice
from noticeboard.outputs import ical
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.render.formatter import Formatter
from noticeboard.settings import Settings
from tests.support import NOW, ZONE

ID = "2026-09-18-x"


def files(notice: Notice, formatter: Formatter, now: datetime = NOW) -> dict[str, bytes]:
    posted = PostedNotice.build(ID, notice, formatter.law, now)
    vevents = ical.vevents(NoticeView(posted, formatter))
    calendars = ical.Calendars(formatter)
    return {**dict(calendars.board_calendars([vevents])), "own": calendars.notice_calendar(vevents)}


def events(
    notice: Notice, law: Law, settings: Settings, name: str = "deadlines.ics", now: datetime = NOW
) -> dict[str, Event]:
    made = files(notice, Formatter(settings, law, Language("en", ZONE)), now)
    found = Calendar.from_ical(made[name])
    assert found.errors == []
    assert made[name].replace(b"\r\n", b"").count(b"\n") == 0
    assert all(len(line) <= 75 for line in made[name].split(b"\r\n"))
    return {str(event["uid"]).rpartition("/")[2]: event for event in found.events}


PROTECTION = "\n  provider: Company\n  months: 24\n  enroll_by: {}"
STEPS = "\n  - do: Change the password\n    by: 2026-11-01 01:30 -05:00\n  - do: Read"


def test_what_is_in_it(make_notice: Callable[..., Notice], law: Law, site_settings: Settings) -> None:
    """Enrollment, dated steps and the district's clocks, each once; the contractor's duties are not the district's."""
    notice = make_notice(protection=PROTECTION.format("2026-12-31"), steps=STEPS)
    found = events(notice, law, site_settings)
    assert set(found) == {"enroll", "step-1", "ct-10-234dd-families", "ct-10-234dd-posting", "district-48-hours"}
    assert found["enroll"]["dtstart"].dt == date(2026, 12, 31)
    assert found["enroll"]["dtend"].dt == date(2027, 1, 1)
    # The night on which the clocks go back shows 1:30 twice; the second one was meant.
    assert found["step-1"]["dtstart"].dt.astimezone(UTC) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert found["district-48-hours"]["dtstart"].dt.astimezone(UTC) == datetime(2026, 9, 20, 19, 40, tzinfo=UTC)
    assert found["ct-10-234dd-families"]["dtstart"].dt == date(2026, 9, 22)
    families = events(notice, law, site_settings, "deadlines-families.ics")
    district = events(notice, law, site_settings, "deadlines-district.ics")
    assert set(families) | set(district) == set(found)
    assert set(families) == {"enroll", "step-1"}
    assert set(events(notice, law, site_settings, "own")) == set(found)


def test_its_name_is_text(make_notice: Callable[..., Notice], law: Law, site_settings: Settings) -> None:
    """A comma in a text is escaped, or it would begin another value (RFC 5545, section 3.3.11)."""
    made = files(make_notice(), Formatter(site_settings, law, Language("en", ZONE)))
    assert all(b"\r\nX-WR-CALNAME:Deadlines after data breaches\\, " in content for content in made.values())


def test_alarms_come_before(make_notice: Callable[..., Notice], law: Law, site_settings: Settings) -> None:
    found = events(make_notice(protection=PROTECTION.format("2026-12-31"), steps=STEPS), law, site_settings)
    for name, event in found.items():
        alarms = [alarm["trigger"].dt for alarm in event.walk("VALARM")]
        # What was done needs no alarm: posting is met by the notice itself.
        assert len(alarms) == (0 if name == "ct-10-234dd-posting" else 2), name
        assert all(trigger < timedelta(0) for trigger in alarms)


def test_a_correction_moves_the_entry(make_notice: Callable[..., Notice], law: Law, site_settings: Settings) -> None:
    """The same UID, a higher SEQUENCE, another day; an update raises nothing."""
    update = "\n  - at: 2026-09-20 10:00\n    kind: update\n    text: News."
    correction = update + "\n  - at: 2026-09-21 10:00\n    kind: correction\n    text: The day was wrong."
    lives = [
        make_notice(protection=PROTECTION.format("2026-12-31")),
        make_notice(protection=PROTECTION.format("2026-12-31"), updates=update),
        make_notice(protection=PROTECTION.format("2027-01-15"), updates=correction),
    ]
    entries = [events(notice, law, site_settings)["enroll"] for notice in lives]
    assert len({str(entry["uid"]) for entry in entries}) == 1
    assert [entry["sequence"] for entry in entries] == [0, 0, 1]
    assert [entry["dtstart"].dt for entry in entries] == [date(2026, 12, 31), date(2026, 12, 31), date(2027, 1, 15)]
    assert [entry["dtstamp"].dt for entry in entries] == sorted(entry["dtstamp"].dt for entry in entries)


def test_a_withdrawal_cancels(make_notice: Callable[..., Notice], law: Law, site_settings: Settings) -> None:
    gone = "\n  - at: 2026-09-20 10:00\n    kind: withdrawal\n    text: It was a test."
    notice = make_notice(protection=PROTECTION.format("2026-12-31"), updates=gone, status="withdrawn")
    found = events(notice, law, site_settings)
    assert {str(event["status"]) for event in found.values()} == {"CANCELLED"}
    assert set(found) == set(events(make_notice(protection=PROTECTION.format("2026-12-31")), law, site_settings))
    assert not [alarm for event in found.values() for alarm in event.walk("VALARM")]


def test_time_of_the_build_changes_nothing(
    make_notice: Callable[..., Notice], law: Law, site_settings: Settings
) -> None:
    notice = make_notice(protection=PROTECTION.format("2026-12-31"))
    early, late = (
        files(notice, Formatter(site_settings, law, Language("es", ZONE)), now)
        for now in (NOW, datetime(2030, 1, 1, tzinfo=UTC))
    )
    assert early == late


@pytest.mark.parametrize("title", ["a" + "\\" * 99, "é" * 99, "a,b;c\\" * 14, "a" + "😀" * 40])
def test_long_lines_are_folded_whole(
    title: str, make_notice: Callable[..., Notice], law: Law, site_settings: Settings
) -> None:
    """No line is longer than 75 bytes, and what was folded reads as it was."""
    notice = make_notice(title=f"'{title}'", protection=PROTECTION.format("2026-12-31"))
    found = events(notice, law, site_settings)
    assert str(found["enroll"]["summary"]) == f"{title}: last day to enroll"
