"""Days and times as staff write them: a day, a day and time, a month, a year, a range, or unknown.

An instant is always kept in UTC, so that comparing and subtracting count elapsed time; Python compares
two times of one zone by their wall clocks, which is wrong on the night that the clocks change.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

Precision = Literal["time", "day", "month", "year", "range", "unknown"]

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
"""Years outside of these are taken for slips of the hand."""


class DateError(ValueError):
    """A text that is no date; its message continues the sentence “received …”."""


# Without slots, which would make pickling it twice as slow: each worker sends ten thousand.
@dataclass(frozen=True)
class PartialDate:
    """What a date field says, with the first and the last instant that it can mean (UTC)."""

    text: str
    precision: Precision
    first: datetime | None
    """None if it is not known how early."""
    last: datetime | None
    """Its last second; None if it is not known how late."""

    @property
    def has_time(self) -> bool:
        """Whether a time of day was given."""
        return self.precision == "time"

    @property
    def is_exact(self) -> bool:
        """Whether this is one day, or one instant in it."""
        return self.precision in {"time", "day"}

    @property
    def instant(self) -> datetime:
        """The instant given, or the first one of the day. Only where `first` is known."""
        if self.first is None:
            raise ValueError(f"{self.text!r} has no first instant")
        return self.first

    def day(self, zone: tzinfo) -> date:
        """Return the first day in a zone's calendar."""
        return self.instant.astimezone(zone).date()

    def is_certainly_before(self, other: PartialDate) -> bool:
        """Whether no reading of the two puts this one at or after the other."""
        return self.last is not None and other.first is not None and self.last < other.first


def start_of_day(day: date, zone: tzinfo) -> datetime:
    """Return the first instant of a day in a zone, in UTC."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """Return the last second of a day in a zone (23:59:59 by its clocks), in UTC."""
    return datetime.combine(day, time(23, 59, 59), zone).astimezone(UTC)


_TIME = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[ T](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"(?: ?(?P<offset>Z|[+-]\d{2}:\d{2}))?",
    re.ASCII,
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


def parse_moment(text: str, zone: tzinfo) -> PartialDate:
    """Read a day, or a day and time.

    Raises DateError for anything else, a month, a range or `unknown` included.
    """
    text = text.strip()
    if match := _TIME.fullmatch(text):
        instant = _instant(match, zone)
        return PartialDate(text, "time", instant, instant)
    if _DAY.fullmatch(text):
        day = _day(text)
        return PartialDate(text, "day", start_of_day(day, zone), end_of_day(day, zone))
    raise DateError(
        f"must be a day like 2026-09-14, or a day and time like 2026-09-14 16:45, not ‘{text}’{_suggestion(text)}"
    )


def parse_partial(text: str, zone: tzinfo) -> PartialDate:
    """Read any form: what `parse_moment` reads, a month, a year, `A to B`, or `unknown`.

    Raises DateError for anything else, and for a range whose end is before its start.
    """
    text = text.strip()
    if text == "unknown":
        return PartialDate(text, "unknown", None, None)
    if match := re.fullmatch(r"(\S.*?) to (\S.*)", text):
        return _range(text, _part(match[1], zone), _part(match[2], zone), zone)
    return _part(text, zone)


def parse_delay(text: str, zone: tzinfo) -> PartialDate:
    """Read `A to B` where B may be `unknown`: from when to when.

    Raises DateError for anything else.
    """
    match = re.fullmatch(r"\s*(\S.*?) to (\S.*?)\s*", text)
    if not match:
        raise DateError(f"must say from when to when, like 2026-09-14 to unknown, not ‘{text.strip()}’")
    first = _part(match[1], zone)
    last = PartialDate("unknown", "unknown", None, None) if match[2] == "unknown" else _part(match[2], zone)
    return _range(text.strip(), first, last, zone)


_DATE_WORDS = re.compile(
    r"\d{1,4}|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*"
    r"|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*|st|nd|rd|th|by|on|at|until|the|of|to|[ap]\.?m\.?|e[sd]?t|z|t",
    re.IGNORECASE | re.ASCII,
)


def looks_like_date(text: str) -> bool:
    """Whether a text is nothing but a date, well written or not: it has a number, and no words but a date's."""
    parts = re.findall(r"[^\s/.,:+-]+", re.sub(r"(?<=\d)(?=[A-Za-z])|(?<=[A-Za-z])(?=\d)", " ", text))
    return any(part.isdigit() for part in parts) and all(_DATE_WORDS.fullmatch(part) for part in parts)


def _range(text: str, first: PartialDate, last: PartialDate, zone: tzinfo) -> PartialDate:
    if last.is_certainly_before(first):
        raise DateError(f"must go from the earlier to the later date, not ‘{text}’; swap the two")
    ends = [end.astimezone(zone).date() for end in (first.first, last.last) if end]
    is_one_day = len(set(ends)) == 1 and len(ends) == 2
    return PartialDate(text, "day" if is_one_day else "range", first.first, last.last)


def _part(text: str, zone: tzinfo) -> PartialDate:
    """Read one end of a range: a moment, a month or a year."""
    if _MONTH.fullmatch(text):
        year, month = int(text[:4]), int(text[5:])
        _check_month(year, month)
        last = date(year, month, calendar.monthrange(year, month)[1])
        return PartialDate(text, "month", start_of_day(date(year, month, 1), zone), end_of_day(last, zone))
    if _YEAR.fullmatch(text):
        year = int(text)
        _check_year(year)
        return PartialDate(text, "year", start_of_day(date(year, 1, 1), zone), end_of_day(date(year, 12, 31), zone))
    try:
        return parse_moment(text, zone)
    except DateError as error:
        if "must be a day like" not in str(error):
            raise
        if text == "unknown":
            raise DateError("must have a date at this end of “A to B”; unknown may only stand alone") from None
        raise DateError(
            f"must be a day like 2026-09-14 (or a month 2026-09, a year 2026, 2026-09-01 to 2026-09-14, "
            f"or unknown), not ‘{text}’{_suggestion(text)}"
        ) from None


def _check_year(year: int) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise DateError(f"must have a year from {EARLIEST_YEAR} to {LATEST_YEAR}, not {year:04}")


def _check_month(year: int, month: int) -> None:
    _check_year(year)
    if not 1 <= month <= 12:
        raise DateError(f"must be a real date: there is no month {month:02}; months go from 01 to 12")


def _day(text: str) -> date:
    year, month, day = (int(part) for part in text.split("-"))
    _check_month(year, month)
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise DateError(f"must be a real date: there is no {day} {calendar.month_name[month]} in {year}")
    return date(year, month, day)


def _instant(match: re.Match[str], zone: tzinfo) -> datetime:
    day = _day(match["day"])
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        wall_clock = match[0][11:19].split(" ")[0].rstrip("Z+-")
        raise DateError(f"must be a real time: there is no {wall_clock}; times go from 00:00 to 23:59")
    wall = datetime.combine(day, time(hour, minute, second))
    if match["offset"]:
        return _with_offset(wall, match["offset"])
    return _on_wall_clock(wall, zone)


def _with_offset(wall: datetime, offset: str) -> datetime:
    if offset == "Z":
        return wall.replace(tzinfo=UTC)
    hours, minutes = int(offset[1:3]), int(offset[4:6])
    if hours > 14 or minutes > 59:
        raise DateError(f"must end in a real offset such as -05:00, not {offset}")
    distance = timedelta(hours=hours, minutes=minutes)
    return (wall + distance if offset[0] == "-" else wall - distance).replace(tzinfo=UTC)


def _on_wall_clock(wall: datetime, zone: tzinfo) -> datetime:
    """Place a wall-clock time; refuse one that the clocks skip or show twice on the night they change."""
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    offsets = _offset(first), _offset(second)
    # A time inside a gap comes back from UTC as another one.
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall:
        raise DateError(
            f"must be a time that exists: on {wall:%Y-%m-%d} the clocks skip {wall:%H:%M}; "
            f"add the offset that was meant, such as {offsets[0]} or {offsets[1]}"
        )
    raise DateError(
        f"must say which {wall:%H:%M}: on {wall:%Y-%m-%d} the clocks show it twice; "
        f"add the offset, {offsets[0]} for the first or {offsets[1]} for the second"
    )


def _offset(moment: datetime) -> str:
    return moment.isoformat()[-6:]


_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}

_BY_HAND = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})\b"),
    re.compile(r"(?P<m>\d{1,2})[/.-](?P<d>\d{1,2})[/.-](?P<y>\d{4})\b"),
    re.compile(r"(?P<m>[A-Za-z]{3,9})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})\b"),
)
_HOUR_BY_HAND = re.compile(
    r"(\d{1,2})(?::(\d{2}))?(?::\d{2})? ?(?:([ap])\.?m\.?)?(?: ?E[SD]?T)?", re.IGNORECASE | re.ASCII
)


def _suggestion(text: str) -> str:
    """Turn what people write by hand, 9/14/2026 3:40 pm or Sept 14, 2026, into the form that is asked for."""
    for pattern in _BY_HAND:
        if match := pattern.match(text.strip()):
            month = match["m"]
            number = int(month) if month.isdigit() else _MONTHS.get(month[:3].lower(), 0)
            try:
                day = _day(f"{match['y']}-{number:02}-{int(match['d']):02}")
            except DateError:
                return ""
            hour = _hour(text.strip()[match.end() :].lstrip(" ,T").removeprefix("at "))
            return f"; write {day}{hour}" if hour is not None else ""
    return ""


def _hour(text: str) -> str | None:
    """Write a time of day with 24 hours; nothing for nothing, None for what is no time."""
    if not text:
        return ""
    match = _HOUR_BY_HAND.fullmatch(text)
    if not match or not (match[2] or match[3]):
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        hour = hour % 12 + (12 if match[3].lower() == "p" else 0)
    return f" {hour:02}:{minute:02}" if hour < 24 and minute < 60 else None
