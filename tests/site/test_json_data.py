"""The board as data: against its own schema, without formulas, and with addresses that stay."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from noticeboard.board import cohorts
from noticeboard.i18n import labels
from noticeboard.law.statutes import Law
from noticeboard.notice import short_code, strict_yaml
from noticeboard.outputs import csv_tables, veris
from tests.support import EXAMPLES, NOTICE, NOW, PROJECT, build


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


@pytest.mark.parametrize(("name", "columns"), [("groups.csv", csv_tables.GROUPS), ("clocks.csv", csv_tables.CLOCKS)])
def test_parts_of_notices_have_a_row_each(name: str, columns: dict[str, str], demo: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((demo / name).read_bytes().decode("utf-8"))))
    assert list(rows[0]) == list(columns)
    data = json.loads((demo / "notices.json").read_text("utf-8"))["notices"]
    part = "affected" if name == "groups.csv" else "clocks"
    assert [row["notice"] for row in rows] == [notice["id"] for notice in data for _ in notice[part]]


def test_groups_say_whether_their_data_are_personal_information(demo: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((demo / "groups.csv").read_bytes().decode("utf-8"))))
    found = {(row["notice"], row["who"]): row for row in rows}
    assert found["2025-01-09-powerschool", "staff"]["personal_information"] == "yes"
    assert found["2026-11-12-bus-routes", "students"]["personal_information"] == "no"
    assert found["2026-11-20-reading-app", "students"]["personal_information"] == "unknown"
    assert found["2026-11-12-bus-routes", "students"] == {
        "notice": "2026-11-12-bus-routes",
        "who": "students",
        "schools": "",
        "cohort": "",
        "count": "4200",
        "data": "name; home_address; transport",
        "personal_information": "no",
    }


def test_clocks_are_those_of_due(demo: Path) -> None:
    """The same rows as `noticeboard due --format json`, without the state, which a reader's day decides."""
    rows = list(csv.DictReader(io.StringIO((demo / "clocks.csv").read_bytes().decode("utf-8"))))
    done = subprocess.run(
        [sys.executable, "-m", "noticeboard", "due", "--format", "json", "--now", NOW.isoformat()],
        cwd=PROJECT, env={**os.environ, "NOTICES_DIR": str(EXAMPLES), "SAMPLES": "true"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    words = {True: "yes", False: "no", None: ""}
    expected = [
        {name: words.get(value, value) if isinstance(value, bool | None) else value for name, value in clock.items()}
        for clock in json.loads(done.stdout)["clocks"]
    ]
    without_state = [{name: value for name, value in clock.items() if name != "state"} for clock in expected]
    key = lambda row: (row["notice"], row["clock"])  # noqa: E731
    assert sorted(rows, key=key) == sorted(without_state, key=key)


def test_the_tables_are_described_column_by_column(demo: Path) -> None:
    package = json.loads((demo / "datapackage.json").read_text("utf-8"))
    described = {part["path"]: [field["name"] for field in part["schema"]["fields"]] for part in package["resources"]}
    tables = {path.name: next(csv.reader(io.StringIO(path.read_text("utf-8")))) for path in demo.glob("*.csv")}
    assert described == tables


VALUES = {
    "action": {"hacking", "malware", "social", "misuse", "error", "physical", "unknown"},
    "actor": {"external", "internal", "unknown"},
    "discovery_method": {"external", "internal", "partner", "unknown"},
}
DISCLOSURE = {"Confirmed": "Yes", "Suspected": "Potentially", "False positive": "No"}
VARIETIES = {
    "Personal", "Sensitive Personal", "Medical", "Payment", "Bank", "Credentials", "Internal", "Other", "Unknown",
}  # fmt: skip
DURATION = {
    "oneOf": [
        {"properties": {"unit": {"const": "Unknown"}}, "maxProperties": 1},
        {"properties": {"unit": {"const": "Days"}, "value": {"type": "integer", "minimum": 0}}, "required": ["value"]},
    ],
    "required": ["unit"],
}
INCIDENT = {
    "type": "object",
    "required": [
        "schema_version", "incident_id", "security_incident", "summary", "discovery_method", "timeline", "victim",
        "actor", "action", "asset",
    ],
    "properties": {
        "schema_version": {"const": "1.4.0"},
        "security_incident": {"enum": list(DISCLOSURE)},
        **{name: {"minProperties": 1, "propertyNames": {"enum": sorted(values)}} for name, values in VALUES.items()},
        "timeline": {
            "properties": {
                "incident": {"required": ["year"], "additionalProperties": {"type": "integer"}},
                "discovery": DURATION,
                "containment": DURATION,
            },
            "required": ["incident", "discovery", "containment"],
        },
        "victim": {"required": ["victim_id", "industry", "employee_count", "country", "government"]},
    },
}  # fmt: skip
"""The parts of VERIS's published schema that it requires, and the values that our mapping can give."""


def test_notices_are_veris_incidents(demo: Path) -> None:
    incidents = json.loads((demo / "veris.json").read_text("utf-8"))
    data = {notice["id"]: notice for notice in json.loads((demo / "notices.json").read_text("utf-8"))["notices"]}
    assert [incident["incident_id"] for incident in incidents] == list(data)
    for incident in incidents:
        jsonschema.validate(incident, INCIDENT)
        confidentiality = incident["attribute"]["confidentiality"]
        assert confidentiality["data_disclosure"] == DISCLOSURE[incident["security_incident"]]
        assert {entry["variety"] for entry in confidentiality["data"]} <= VARIETIES
        assert incident["summary"].startswith("SAMPLE: ")
        # The company is the victim of its own breach, and the district a secondary one.
        assert ("secondary" in incident["victim"]) == (data[incident["incident_id"]]["contractor"] is not None)
    found = next(incident for incident in incidents if incident["incident_id"] == "2025-01-09-powerschool")
    assert found["action"] == {"hacking": {"variety": ["Use of stolen creds"], "vector": ["Unknown"]}}
    assert found["discovery_method"] == {"partner": {"variety": ["Unknown"]}}
    assert found["timeline"] == {
        "incident": {"year": 2024, "month": 12, "day": 19},
        "discovery": {"unit": "Days", "value": 9},
        "containment": {"unit": "Days", "value": 0},
    }


def test_every_code_has_its_name_in_veris(law: Law) -> None:
    mapping = veris.mapping()
    assert set(mapping["data"]) == set(law.codes)
    assert set(mapping["people"]) == set(labels.PEOPLE)
    assert set(mapping["data"].values()) == VARIETIES


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


def test_the_file_that_was_checked_is_published(project: Path) -> None:
    """Whatever is written into the folder while a build runs: page and file say the same."""
    (project / "notices" / "2026-09-18-x.yml").write_text(NOTICE, "utf-8")
    (project / "swap.py").write_text(
        "from pathlib import Path\n\n\ndef on_files(files, config):\n"
        "    notice = Path('notices/2026-09-18-x.yml')\n"
        "    notice.write_text(notice.read_text().replace('Breach at a company', 'Another breach'))\n",
        "utf-8",
    )
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("hooks:\n", "hooks:\n  - swap.py\n", 1), "utf-8")
    done = build(project / "site", project / "notices", cwd=project, LANGUAGES="en", SEARCH="false")
    assert done.returncode == 0, done.stderr
    assert "Another breach" in (project / "notices" / "2026-09-18-x.yml").read_text("utf-8")
    published = project / "site" / "notices" / "2026-09-18-x"
    assert (published / "notice.yml").read_text("utf-8") == NOTICE
    assert "Breach at a company" in (published / "index.html").read_text("utf-8")
