"""The board as data: against its own schema, without formulas, and with addresses that stay."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from noticeboard.board import cohorts
from noticeboard.notice import short_code, strict_yaml
from noticeboard.outputs import csv_tables
from tests.support import EXAMPLES


@pytest.mark.parametrize("site", ["demo", "empty"])
def test_json_fits_its_published_schema(site: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(site)
    data = json.loads((folder / "notices.json").read_text("utf-8"))
    schema = json.loads((folder / "notices.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    assert len(data["notices"]) == (0 if site == "empty" else len(list(EXAMPLES.glob("*.yml"))))


def test_json_has_all_of_a_notice(demo: Path) -> None:
    data = json.loads((demo / "notices.json").read_text("utf-8"))
    (notice,) = [each for each in data["notices"] if each["id"] == "2025-01-09-powerschool"]
    assert notice == json.loads((demo / "notices/2025-01-09-powerschool/notice.json").read_text("utf-8"))
    file = strict_yaml.read((EXAMPLES / "2025-01-09-powerschool.yml").read_bytes(), "x").data
    assert notice["occurred"] == {
        "text": "2024-12-19 to 2024-12-28",
        "form": "range",
        "first": "2024-12-19T00:00:00-05:00",
        "last": "2024-12-28T23:59:59-05:00",
    }
    assert notice["affected"][0]["data"] == file["affected"][0]["data"]
    assert [event["id"] for event in notice["events"]] == ["posted", "update-1", "update-2"]
    assert notice["texts"]["es"]["title"] == file["translations"]["es"]["title"]
    assert (notice["texts"]["es"]["is_translated"], notice["is_sample"]) == (True, True)
    assert notice["protection"]["enroll_by"] == "2025-07-31"
    assert {clock["clock"] for clock in notice["clocks"]} >= {"ct-10-234dd-families", "ct-36a-701b-residents"}
    assert (demo / "notices/2025-01-09-powerschool/notice.yml").read_bytes() == (
        EXAMPLES / "2025-01-09-powerschool.yml"
    ).read_bytes()


@pytest.mark.parametrize(
    ("name", "columns"), [("notices.csv", csv_tables.NOTICES), ("changes.csv", csv_tables.CHANGES)]
)
def test_tables_have_their_columns_and_rows(name: str, columns: dict[str, str], demo: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((demo / name).read_bytes().decode("utf-8"))))
    assert list(rows[0]) == list(columns)
    data = json.loads((demo / "notices.json").read_text("utf-8"))["notices"]
    events = sum(len(notice["events"]) for notice in data)
    assert len(rows) == (len(data) if name == "notices.csv" else events)
    assert all(row["title"].startswith("SAMPLE: ") for row in rows)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "|x", "%x"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert csv_tables.escape_formula(cell)[0] == "'"
    assert csv_tables.escape_formula("A =1") == "A =1"


def test_codes_are_short() -> None:
    assert short_code.code_for("2025-01-09-powerschool") == "667W-PW9Z"
    codes = {short_code.code_for(f"2026-01-01-n{number}") for number in range(5000)}
    assert len(codes) == 5000
    assert short_code.EXAMPLE not in codes


@pytest.mark.parametrize(
    ("line", "years"),
    [
        ("enrolled since 2005-06", range(2005, 2027)),
        ("enrolled since 2019", range(2019, 2027)),
        ("enrolled from 2019-20 to 2021-22", range(2019, 2023)),
        ("classes of 2024 and 2026", range(2024, 2027)),
        ("graduated before 2010", range(1990, 2011)),
        ("school year 1999-00", range(1999, 2001)),
        ("grade 5", None),
        (None, None),
    ],
)
def test_years_of_a_cohort(line: str | None, years: range | None) -> None:
    """It errs on the side of too many years: a wrong “no” would be worse."""
    assert cohorts.parse_years(line, 2026) == years
