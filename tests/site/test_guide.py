"""The guide: contacts with a way to reach them, their sources in one place, and the duties as one table."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from noticeboard.settings import Settings
from tests.support import text

FOLDERS = ("", "es/", "pt/")
PAGES = ("guide/how-to-report/", "guide/first-steps/", "resources/", "faq/")


def _html(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("folder", FOLDERS)
def test_each_contact_can_be_reached(folder: str, page: str, empty: Path) -> None:
    rows = re.findall(r"<li><strong>.*?</li>", _html(empty, folder + page).split('id="sources"')[0], re.DOTALL)
    assert rows
    for row in rows:
        assert "<a href=" in row or 'class="nb-quiet"' in row, row


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_fact_has_its_source_and_day_at_the_end_of_the_contacts(
    folder: str, empty: Path, site_settings: Settings
) -> None:
    sources = unescape(_html(empty, f"{folder}resources/").split('id="sources"')[1])
    for place in site_settings.places.values():
        assert (place.name.split("’")[0] in sources) == bool(place.source)
        assert (place.source or "") in sources


@pytest.mark.parametrize("page", [page for page in PAGES if page != "resources/"])
def test_a_page_says_once_when_its_contacts_were_looked_at(page: str, empty: Path) -> None:
    words = text(empty, page)
    assert words.count("Contacts checked November") == 1
    assert "stored copy" not in words


@pytest.mark.parametrize("folder", FOLDERS)
def test_numbers_come_first(folder: str, empty: Path) -> None:
    html = _html(empty, f"{folder}guide/how-to-report/")
    numbers = [html.index(f'href="tel:{number}"') for number in ("911", "311", "2035552314", "8608085400")]
    assert numbers == sorted(numbers)
    assert max(numbers) < html.index("credit-freeze")


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_duties_are_one_table_of_six_rows(folder: str, empty: Path) -> None:
    html = _html(empty, f"{folder}breach-process/")
    table = re.search(r'<table class="nb-law">.*?</table>', html, re.DOTALL)
    assert table
    assert html.index('id="48-hours"') > table.end()
    rows = re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", table[0], re.DOTALL)
    assert len(rows) == 6
    assert all("https://" in row for row in rows)
    assert [each for each in ("30", "60", "48", "2") if not re.search(rf"<strong>{each} ", table[0])] == []
    # What other pages link to is still there.
    assert all(
        f'id="{each}"' in html for each in ("48-hours", "30-days", "60-days", "operators", "personal-information")
    )
