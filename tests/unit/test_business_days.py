"""Connecticut's legal holidays, against the reviewed table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from noticeboard.law.statutes import Law
from tests.tools import write_holidays

# Conn. Gen. Stat. § 1-4, checked by hand; Good Friday comes by proclamation, and only the list of 2024 was seen.
TABLE = {
    2026: ["01-01", "01-19", "02-12", "02-16", "05-25", "06-19", "07-03", "07-04", "09-07", "10-12", "11-11", "11-26", "12-25"],
    2027: ["01-01", "01-18", "02-12", "02-15", "05-31", "06-18", "06-19", "07-04", "07-05", "09-06", "10-11", "11-11", "11-25", "12-24", "12-25", "12-31"],
    2028: ["01-01", "01-17", "02-11", "02-12", "02-21", "05-29", "06-19", "07-04", "09-04", "10-09", "11-10", "11-11", "11-23", "12-25"],
}  # fmt: skip


def holidays_of(law: Law, year: int) -> list[str]:
    days = (date(year, 1, 1) + timedelta(days=offset) for offset in range(366))
    return [f"{day:%m-%d}" for day in days if day.year == year and law.calendars["US-CT"].holiday(day)]


@pytest.mark.parametrize("year", TABLE)
def test_table(year: int, law: Law) -> None:
    assert holidays_of(law, year) == TABLE[year]


def test_juneteenth_counts_from_2023(law: Law) -> None:
    """P.A. 22-128 took effect in October 2022."""
    calendar = law.calendars["US-CT"]
    assert calendar.holiday(date(2022, 6, 19)) is None
    assert calendar.holiday(date(2022, 6, 20)) is None
    assert calendar.holiday(date(2023, 6, 19)) == "Juneteenth National Independence Day"


def test_day_after_thanksgiving_and_day_of_mourning_are_business_days(law: Law) -> None:
    calendar = law.calendars["US-CT"]
    assert calendar.holiday(date(2026, 11, 27)) is None
    assert calendar.holiday(date(2025, 1, 9)) is None


def test_good_friday_is_a_business_day_until_a_year_is_confirmed(law: Law) -> None:
    """By proclamation: only the state's list of 2024 was seen."""
    found = [
        day
        for year in range(2016, 2031)
        for day, name in law.calendars["US-CT"].of_year(year).items()
        if "Good Friday" in name
    ]
    assert found == [date(2024, 3, 29)]


def test_thanksgiving_and_christmas_stand_in_every_year(law: Law) -> None:
    for year in range(2016, 2031):
        found = holidays_of(law, year)
        assert "12-25" in found
        assert any(f"11-{day}" in found for day in range(22, 29))


def test_a_year_before_the_table_is_refused(law: Law) -> None:
    with pytest.raises(ValueError, match="2015"):
        law.calendars["US-CT"].holiday(date(2015, 7, 4))


def test_a_year_that_is_not_written_down_is_asked_of_the_library(law: Law) -> None:
    assert law.calendars["US-CT"].holiday(date(2050, 7, 4)) == "Independence Day"


def test_what_is_written_down_is_what_the_library_has() -> None:
    """If the library learned better: `make holidays`, and look at what changed."""
    written = dict(write_holidays.files())
    assert {path.stem for path in written} == {"US-CT"}
    assert {path: path.read_text("utf-8") for path in written} == written
