"""Write down the holidays of each state whose law counts business days (`make holidays`): law/holidays/US-CT.json."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import holidays

from noticeboard.notice import strict_yaml
from tests.support import ROOT

LAST_YEAR = 2040
"""Later ones are asked of the library."""
LAW = ROOT / "hooks" / "noticeboard" / "law"


def text(country: str, subdivision: str, first_year: int) -> str:
    """Return a state's holidays as the library has them: a line for each year, a day and its name."""
    lines = []
    for year in range(first_year, LAST_YEAR + 1):
        named = sorted(holidays.country_holidays(country, subdiv=subdivision, years=year).items())
        days = json.dumps({day.isoformat(): name for day, name in named}, ensure_ascii=False)
        lines.append(f'"{year}": {days}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def files() -> Iterator[tuple[Path, str]]:
    """Return what should stand in each file."""
    for path in sorted(LAW.glob("states/*.yml")):
        for calendar in strict_yaml.read_data(path.read_text("utf-8"))["calendars"].values():
            country, subdivision = calendar["country"], calendar["subdivision"]
            content = text(country, subdivision, calendar["first_year"])
            yield LAW / "holidays" / f"{country}-{subdivision}.json", content


def main() -> None:
    """Write the files anew."""
    for path, content in files():
        path.write_text(content, "utf-8")


if __name__ == "__main__":
    main()
