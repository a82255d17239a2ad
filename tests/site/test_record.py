"""The record: a row for each duty of the newest notices, and a table of the years."""

from __future__ import annotations

import re
from pathlib import Path

from noticeboard.outputs import json_data
from noticeboard.pages import data_page, record_page
from tests.support import text


def _record(site: Path, folder: str = "") -> str:
    return (site / folder / "record" / "index.html").read_text("utf-8")


def test_each_row_says_in_words_what_it_draws(demo: Path) -> None:
    html = _record(demo)
    rows = re.findall(r'<li class="nb-plot__row">.*?</li>', html, re.DOTALL)
    assert len(rows) <= record_page.MAX_DOTS
    assert len(rows) > 20
    for row in rows:
        assert row.count('class="nb-tick"') == 1
        words = re.sub(r"<[^>]+>", " ", row)
        is_late = "nb-dot--late" in row
        assert is_late == (" late" in words), words
        assert ("nb-dot" in row) != ("no date posted" in words), words
    assert any("nb-dot--late" in row for row in rows)


def test_a_late_dot_is_right_of_its_deadline(demo: Path) -> None:
    for row in re.findall(r'<li class="nb-plot__row">.*?</li>', _record(demo), re.DOTALL):
        deadline = float(re.search(r'nb-tick" x1="([\d.]+)%"', row)[1])  # type: ignore[index]
        late = re.search(r'<svg x="([\d.]+)%"', row)
        on_time = re.search(r'nb-dot--on_time" cx="([\d.]+)%"', row)
        assert not late or float(late[1]) >= deadline
        assert not on_time or float(on_time[1]) <= deadline


def test_no_time_is_negative_and_the_median_is_named(demo: Path) -> None:
    words = text(demo, "record/")
    assert not re.search(r"[-−]\d", re.sub(r"\d{4}-\d\d-\d\d|\w-\d+", "", words.split("Year by year")[1]))
    assert "Days taken (median)" in words
    # A duty that only must not come after another event has no length.
    rows = (demo / "record.csv").read_text("utf-8").splitlines()
    attorney = [row.split(",") for row in rows if "ct-36a-701b-attorney-general" in row]
    assert attorney
    assert all(row[4] == "" for row in attorney)
    assert any(int(row[3]) > 0 for row in attorney)


def test_an_empty_board_has_a_record(empty: Path) -> None:
    html = _record(empty)
    assert "nb-plot" not in html.split("<body", 1)[1].split("<footer", 1)[0]
    assert "No notices are posted" in text(empty, "record/")


def test_sizes_on_the_data_page_are_those_of_the_files(demo: Path) -> None:
    words = text(demo, "data/")
    for name in data_page.TABLES:
        rows = len((demo / name).read_text("utf-8").splitlines()) - 1
        assert f"{name} {rows} rows" in words, name
    for name in ("notices.json", "veris.json", "groups.csv", "clocks.csv"):
        assert f'href="../{name}"' in (demo / "data" / "index.html").read_text("utf-8")


def test_the_newest_change_of_the_format_is_told() -> None:
    changes = data_page.format_changes()
    assert [change.day for change in changes] == sorted((change.day for change in changes), reverse=True)
    assert next(change.version for change in changes if change.version) == json_data.VERSION
