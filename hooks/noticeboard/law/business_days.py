"""Which days count as business days: Monday to Friday, less a state's legal holidays."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

_OBSERVED = " (observed)"


@cache
def _written_down(country: str, subdivision: str) -> Mapping[str, Mapping[str, str]]:
    """Return a state's holidays by year and day, as `make holidays` wrote them down; none, if it never did."""
    file = resources.files(__package__).joinpath(f"holidays/{country}-{subdivision}.json")
    years: Mapping[str, Mapping[str, str]] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    return years


def _named(country: str, subdivision: str, year: int) -> Mapping[date, str]:
    """Name the holidays of a year as the library has them, which takes a tenth of a second to load."""
    if written := _written_down(country, subdivision).get(str(year)):
        return {date.fromisoformat(day): name for day, name in written.items()}
    import holidays

    return holidays.country_holidays(country, subdiv=subdivision, years=year)


@dataclass(frozen=True)
class HolidayCalendar:
    """The legal holidays of one state, as its law (states/) describes them."""

    country: str
    subdivision: str
    first_year: int
    not_before: Mapping[str, int]
    """Holiday → its first year, where the library has it earlier."""
    only_in: Mapping[str, list[int]]
    """Holiday → the years in which it was confirmed."""
    proclaimed: Mapping[date, str]
    _years: dict[int, dict[date, str]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_data(cls, entry: Mapping[str, Any]) -> HolidayCalendar:
        """Read one calendar of a law file."""
        return cls(
            entry["country"],
            entry["subdivision"],
            entry["first_year"],
            entry["not_before"],
            entry["only_in"],
            {day["date"]: day["name"] for day in entry["proclaimed"]},
        )

    def holiday(self, day: date) -> str | None:
        """Name the holiday on that day.

        Raises ValueError for a year before the calendar's first: a silent guess would be a wrong date.
        """
        if day.year < self.first_year:
            raise ValueError(f"no holidays of {self.subdivision} are recorded for {day.year}")
        return self.of_year(day.year).get(day)

    def of_year(self, year: int) -> dict[date, str]:
        """Name the holidays of a year, by day."""
        if year not in self._years:
            all_named = _named(self.country, self.subdivision, year)
            named = {day: name for day, name in all_named.items() if self._is_legal(name, year)}
            proclaimed = {day: name for day, name in self.proclaimed.items() if day.year == year}
            self._years[year] = named | proclaimed
        return self._years[year]

    def _is_legal(self, name: str, year: int) -> bool:
        base = name.removesuffix(_OBSERVED)
        return year >= self.not_before.get(base, year) and year in self.only_in.get(base, [year])

    def days_after(self, start: date) -> Iterator[tuple[date, str | None]]:
        """Walk the days after a start, each with the reason why it does not count (None: it counts).

        The reason is `Saturday`, `Sunday` or the holiday's name.
        """
        day = start
        while True:
            day += timedelta(days=1)
            weekend = {5: "Saturday", 6: "Sunday"}.get(day.weekday())
            yield day, self.holiday(day) or weekend
