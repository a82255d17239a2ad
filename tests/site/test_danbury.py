"""Danbury's own facts, on the site that mkdocs.yml makes. `noticeboard adopt` takes this file out with them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from tests.support import NOW, ROOT, build, copy_project, text
from tests.tools import write_shipped

FACTS = [
    ("resources/", ["City of Danbury, Information Technology Department", "Danbury Police Department", "CityLine 311"]),
    ("resources/", ["203-797-4614", "203-797-4511", "155 Deer Hill Avenue", "375 Main Street", "63 Beaver Brook Road"]),
    ("resources/", ["(203) 790-2805", "Spanish and Portuguese bilingual program"]),
    ("guide/how-to-report/", ["The City’s annual report of 2019 names this department", "Dial 311 inside Danbury"]),
    ("", ["Chief’s office, from a letter of 2021", "311 works inside Danbury"]),
    ("faq/", ["311 works inside Danbury", "Dial 311 inside Danbury"]),
    ("guide/", ["a guide on us.citylaws.org"]),
    ("breach-process/", ["48 hours", "Shipman & Goodwin", "48 hours, 30 days and 60 days"]),
]
# What was looked for and not found, has no source that counts, or contradicts better ones.
NOT_SAID = [
    "203-797-4611", "203-797-4700", "203-744", "860-808-5440", "800-685", "800-349", "800-680", "800-916",
    "cisa.services", "complianceiq", "louisianahealthconnect", "danburyschools.org", "CIRCIA",
]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it goes up, with the real settings."""
    target = tmp_path_factory.mktemp("danbury") / "site"
    done = build(target, ROOT / "notices", NOW, ROOT, SEARCH="false")
    assert done.returncode == 0, done.stderr
    return target


@pytest.mark.xdist_group("danbury")
@pytest.mark.parametrize(("address", "words"), FACTS)
def test_fact(address: str, words: list[str], site: Path) -> None:
    carried = text(site, address)
    assert [said for said in words if said not in carried] == []


@pytest.mark.xdist_group("danbury")
@pytest.mark.parametrize("folder", ["", "es/", "pt/"])
def test_numbers_to_call(folder: str, site: Path) -> None:
    html = (site / folder / "guide/how-to-report/index.html").read_text("utf-8")
    numbers = [html.index(f'href="tel:{number}"') for number in ("911", "311", "2037974614", "8608085400")]
    assert numbers == sorted(numbers)


@pytest.mark.xdist_group("danbury")
def test_unconfirmed_numbers_stay_out(site: Path) -> None:
    pages = {path: unescape(path.read_text("utf-8")) for path in site.rglob("*.html")}
    assert [(path, said) for path, html in pages.items() for said in NOT_SAID if said in html] == []


def test_nothing_of_danbury_is_left_where_another_district_adopts(tmp_path: Path) -> None:
    """On a copy of the project, with its own code and its real settings: in no file of the site, and not in README."""
    project = copy_project(tmp_path / "project")
    for name in ("mkdocs.yml", "README.md", ".github/CODEOWNERS", "tests/site/test_danbury.py"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, project / name)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "noticeboard", "adopt", "--from-answers", ROOT / "tests/cases/adopt/hartford.yml"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project / "hooks")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(
        "Written: mkdocs.yml\nWritten: .github/CODEOWNERS\nTaken out: tests/site/test_danbury.py\nWritten: README.md\n"
    )
    built = build(project / "site", project / "notices", NOW, project, PYTHONPATH=str(project / "hooks"))
    assert built.returncode == 0, built.stderr
    read = [*(path for path in (project / "site").rglob("*") if path.is_file()), project / "README.md"]
    assert len(read) > 100
    assert [path for path in read if b"danbury" in path.read_bytes().lower()] == []


def test_what_is_danburys_is_known_to_adopt() -> None:
    """Run `make shipped` after a change of Danbury's settings, of CODEOWNERS or of this file."""
    assert write_shipped.PATH.read_text("utf-8") == write_shipped.text()
