"""Another state: its law file is enough for the software, and what is wrong in it is told in a sentence."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from noticeboard.law import statutes
from noticeboard.law.statutes import LawError, LawTexts
from tests.site.settings_changes import changed
from tests.support import NOTICE, NOW, ROOT, ZONE, build, copy_project, page, text

LAW = (ROOT / "tests" / "cases" / "adopt" / "XX.yml").read_text("utf-8")
CODES = (ROOT / "hooks" / "noticeboard" / "notice" / "data_codes.yml").read_text("utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A board in Sampleland with one notice: a law file and settings, prose of its own, and no other change."""
    project = copy_project(tmp_path_factory.mktemp("state") / "project")
    shutil.copy(ROOT / "tests/cases/adopt/XX.yml", project / "hooks/noticeboard/law/states/XX.yml")
    for name, value in (("state", "Sampleland"), ("state_code", "XX"), ("policies", {}), ("languages", "en")):
        changed(project, name, to=value)
    (project / "docs/breach-process.md").write_text(
        '# Families are told\n\n{{ pages.duties([["xx-1-families"], ["xx-2-school-board"]]) }}\n', "utf-8"
    )
    for path in (project / "docs").rglob("*.md"):  # the prose names offices of Connecticut
        prose = re.sub(r"breach-process\.md#[\w-]+", "breach-process.md", path.read_text("utf-8"))
        path.write_text(prose, "utf-8")
    (project / "notices/2026-11-18-company.yml").write_text(
        NOTICE.replace("2026-09", "2026-11").replace("[name, grades]", "[name, ssn]"), "utf-8"
    )
    target = project.parent / "site"
    done = build(target, project / "notices", NOW, project, SEARCH="false", PYTHONPATH=str(project / "hooks"))
    assert done.returncode == 0, done.stderr
    return target


@pytest.mark.xdist_group("state")
def test_its_clocks_are_counted(site: Path) -> None:
    """Ten calendar days from the contractor's notice on Wednesday the 18th; five business days of New York's calendar."""
    notice = json.loads(page(site, "notices/2026-11-18-company/notice.json"))
    assert [(clock["clock"], clock["owed_to"], clock["due"]) for clock in notice["clocks"]] == [
        ("xx-1-families", "families", "2026-11-28T23:59:59-05:00"),
        ("xx-2-school-board", "school_board", "2026-11-25T23:59:59-05:00"),
    ]


@pytest.mark.xdist_group("state")
def test_its_words_are_shown(site: Path) -> None:
    words = text(site, "notices/2026-11-18-company/")
    assert "the State Board of Schools" in words
    assert "Sampleland Code § 1" in words
    assert "numbers that open accounts" not in words
    law = text(site, "breach-process/")
    assert "the families of Sampleland" in law
    assert "data about pupils" in law


@pytest.mark.xdist_group("state")
def test_no_word_of_connecticut_on_what_the_software_makes(site: Path) -> None:
    """On the board, a notice's page, the form, the data and the feeds; the contacts of the guide are settings."""
    made = [
        path
        for pattern in (
            "notices/**/*",
            "post/*",
            "data/*",
            "record/*",
            "subscribe/*",
            "verify/*",
            "*.json",
            "*.csv",
            "*.xml",
        )
        for path in site.glob(pattern)
        if path.is_file() and path.suffix != ".png"
    ]
    assert len(made) > 10
    banned = re.compile(r"Connecticut|Conn\. Gen|36a-|10-234|Attorney General has asked")
    assert {path.relative_to(site).as_posix(): banned.findall(path.read_text("utf-8")) for path in made if banned.search(path.read_text("utf-8"))} == {}  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "owed_to: school_board",
            "owed_to: the_board",
            "rule xx-2-school-board: owed_to must be among district, families, residents, school_board, not the_board",
        ),
        (
            "met_by: families_notified",
            "met_by: parents_told",
            "rule xx-1-families: met_by must be among 'discovered', 'received', 'families_notified', 'posted' or "
            "'attorney_general_notified', not 'parents_told'",
        ),
        (
            "data: [pupil_data, unknown]",
            "data: [pupils]",
            "rule xx-1-families: data and estimated_data must be among private_data, pupil_data, unknown, not pupils",
        ),
        (
            "calendar: US-NY}",
            "calendar: US-XX}",
            "rule xx-2-school-board: limit.calendar must be among US-NY, not US-XX",
        ),
        ("[ssn, ", "[", "data must give each kind of data its categories, also ssn"),
        ("[ssn, ", "[ssn, dna, ", "data must name only kinds of data that the format has, not dna"),
        (
            "    categories: [pupil_data]",
            "    categories: [pupil]",
            "data, name: categories must be among private_data, pupil_data, unknown, not pupil",
        ),
        (
            "count: 10}",
            "count: 0}",
            "rule xx-1-families: limit must have a count of at least 1, not 0",
        ),
        (
            "kind: calendar_days, count: 10}",
            "kind: calendar_days}",
            "rule xx-1-families: limit must have a count of at least 1, not 0",
        ),
        ("    citation: Sampleland Code § 1\n", "", "rule xx-1-families: citation is missing"),
        ("    owed_by: district\n", "    owes: district\n", "rule xx-1-families: owed_by is missing"),
        ("state: Sampleland\n", "", "state is missing"),
        ("state: Sampleland\n", "state: Sampleland\nname: x\n", "name is nothing that the law’s file can have"),
        ("first_year: 2020", "first: 2020", "'first_year' is missing, or has another shape than it must have"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(old: str, new: str, said: str) -> None:
    assert LAW.count(old) >= 1
    with pytest.raises(LawError) as refusal:
        statutes.load("XX", ZONE, texts=LawTexts(LAW.replace(old, new, 1), CODES))
    assert str(refusal.value) == said


def test_a_state_without_a_file_ends_the_build(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    changed(project, "state_code", to="ZZ")
    done = build(tmp_path / "site", project / "notices", NOW, project, SEARCH="false")
    assert done.returncode != 0
    assert (
        "state_code: Value error, must be a state whose law is in hooks/noticeboard/law/states (CT), not 'ZZ'"
        in done.stderr
    )
    assert "Traceback" not in done.stderr


def test_a_broken_law_ends_the_build(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    law = project / "hooks/noticeboard/law/states/CT.yml"
    law.write_text(law.read_text("utf-8").replace("owed_to: families", "owed_to: nobody"), "utf-8")
    done = build(
        tmp_path / "site", project / "notices", NOW, project, SEARCH="false", PYTHONPATH=str(project / "hooks")
    )
    assert done.returncode != 0
    assert "owed_to must be among attorney_general, district, families, public, residents, not nobody" in done.stderr
    assert "Traceback" not in done.stderr
