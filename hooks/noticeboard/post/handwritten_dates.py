"""Dates as Americans write them, turned into the notice format: “11/23/2026”, “Nov 20”, “November 20 2026 3 pm”.

`theme/assets/post/handwritten_dates.js` does the same in the browser; the cases in `handwritten_dates.yml` hold both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_UNKNOWN = {"unknown", "not known", "not yet known", "not known yet", "don't know", "don’t know", "?"}
_WEEKDAY = re.compile(r"^(?:on )?(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? +(?=\S)")
_ZONE = re.compile(r" (?:e[sd]?t|eastern(?: time)?)$")
_DAY_FORMS = (
    re.compile(r"^(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})(?![0-9])"),
    re.compile(r"^(?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})[-/.](?P<y>[0-9]{4}|[0-9]{2})(?![0-9])"),
    re.compile(r"^(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})(?![0-9/])"),
    re.compile(r"^(?P<m>[a-z]{3,9})\.? (?P<d>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9:])(?:,? (?P<y>[0-9]{4})(?![0-9]))?"),
    re.compile(r"^(?P<d>[0-9]{1,2})(?:st|nd|rd|th)? (?P<m>[a-z]{3,9})(?:\.?,? (?P<y>[0-9]{4})(?![0-9]))?"),
)
_MONTH_FORMS = (
    re.compile(r"^(?P<m>[a-z]{3,9})\.?,? (?P<y>[0-9]{4})$"),
    re.compile(r"^(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})$"),
)
_TIME = re.compile(r"^(?P<h>[0-9]{1,2})(?::(?P<min>[0-9]{2}))?(?::[0-9]{2})? ?(?:(?P<half>[ap])\.?m\.?)?$")
_BETWEEN = re.compile(r" (?:to|through|until|-) | ?– ?")

LONGEST = 100
"""Characters of a date; a longer text is none."""


@dataclass(frozen=True)
class Reading:
    """How a handwritten date is to be read."""

    today: date
    is_ahead: bool = False
    """Whether a day without a year is one to come, as a last day is; else it is one that is past."""
    is_partial: bool = False
    """Whether a month, a range or `unknown` will do."""


def as_written_in_files(text: str, reading: Reading) -> str:
    """Return a handwritten date as the notice format has it; nothing if it is not understood, or has that form."""
    plain = re.sub(r"[\s\u00a0\u202f]+", " ", text[: LONGEST + 1]).strip().lower().rstrip(".")
    if not plain or len(text) > LONGEST:
        return ""
    if reading.is_partial:
        if plain in _UNKNOWN:
            return "unknown"
        between = _BETWEEN.search(plain)
        if between:
            return _range(plain[: between.start()], plain[between.end() :], reading)
    return _one(plain, reading)


def _range(first: str, last: str, reading: Reading) -> str:
    """Read both ends; a first day without a year goes by the last one."""
    end = "unknown" if last in _UNKNOWN else _one(last, reading) or last
    known = re.match(r"^([0-9]{4})-([0-9]{2})-([0-9]{2})", end)
    day = _day(known[1], int(known[2]), int(known[3])) if known else None
    start = _one(first, Reading(day or reading.today, is_partial=True)) or first
    return f"{start} to {end}" if (start, end) != (first, last) else ""


def _one(plain: str, reading: Reading) -> str:
    plain = _ZONE.sub("", _WEEKDAY.sub("", plain))
    if reading.is_partial:
        for form in _MONTH_FORMS:
            if (found := form.match(plain)) and (month := _month(found["m"])):
                return f"{found['y']}-{month:02}"
    day, rest = _leading_day(plain, reading)
    if not day:
        return ""
    rest = re.sub(r"^at ", "", rest.lstrip(" ,t"))
    if not rest:
        return day
    time = _time(rest)
    return f"{day} {time}" if time else ""


def _leading_day(plain: str, reading: Reading) -> tuple[str, str]:
    """Read the day that a text begins with, today where it begins with a time; give it and what follows."""
    word = plain.split(" ")[0].rstrip(",")
    if word in _DAYS:
        return (reading.today + timedelta(days=_DAYS[word])).isoformat(), plain[len(word) :]
    for form in _DAY_FORMS:
        found = form.match(plain)
        if found and (month := _month(found["m"])):
            year = found.groupdict().get("y") or _nearest_year(month, int(found["d"]), reading)
            return f"{year if len(year) == 4 else f'20{year}'}-{month:02}-{int(found['d']):02}", plain[found.end() :]
    return (reading.today.isoformat(), plain) if _time(plain) else ("", "")


def _month(text: str) -> int:
    """Return the number of a month; 0 for a word that is none."""
    if text.isdigit():
        return int(text)
    text = "sep" if text == "sept" else text
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(text)), 0)


def _nearest_year(month: int, day: int, reading: Reading) -> str:
    """Return the year of a day that was written without one: the last such day, or the next."""
    today = reading.today
    is_later = (month, day) > (today.month, today.day)
    is_earlier = (month, day) < (today.month, today.day)
    return f"{today.year + (is_earlier if reading.is_ahead else -is_later):04}"


def _time(text: str) -> str:
    text = {"noon": "12 pm", "midnight": "12 am"}.get(text, text)
    found = _TIME.match(text)
    if not found or not (found["min"] or found["half"]):
        return ""
    hour = int(found["h"])
    if found["half"] == "a" and hour > 12:
        return ""
    if found["half"] and hour <= 12:
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    return f"{hour:02}:{found['min'] or '00'}"


def _day(year: str, month: int, day: int) -> date | None:
    try:
        return date(int(year), month, day)
    except ValueError:
        return None
