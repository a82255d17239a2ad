"""Wrong notices, each with the complete list of what is said of it: tests/cases/NAME.yml and NAME.txt.

With UPDATE_CASES=1 the lists are written anew; read what changed before it is kept.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from noticeboard.check import runner
from noticeboard.check.runner import Source
from noticeboard.law.statutes import Law
from noticeboard.settings import Settings
from tests.support import NOW, ROOT

CASES = ROOT / "tests" / "cases"


@pytest.mark.parametrize("case", sorted(CASES.glob("*.yml")), ids=lambda path: path.stem)
def test_case(case: Path, law: Law, site_settings: Settings) -> None:
    checked = runner.check_files(
        [Source("notices/2026-09-18-company.yml", case.read_bytes())], runner.FileChecker(site_settings, law, NOW)
    )
    said = "".join(problem.as_text().partition(":")[2] + "\n" for problem in checked.problems)
    expected = case.with_suffix(".txt")
    if os.environ.get("UPDATE_CASES"):
        expected.write_text(said, "utf-8", newline="\n")
    assert said == expected.read_text("utf-8")
    assert said, "a case is about something that is wrong"
