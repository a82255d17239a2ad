"""What the Attorney General has asked for, answered from a notice: nothing made up, and what is missing named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support import EXAMPLES, ROOT, run

CASES = ROOT / "tests" / "cases" / "reports"


@pytest.mark.parametrize("notice", ["2025-01-09-powerschool", "2022-09-05-own-systems"])
def test_report(notice: str) -> None:
    """UPDATE_CASES=1 writes the reports anew; read what changed."""
    done = run("report", notice, "--now", "2026-11-21", folder=EXAMPLES, SAMPLES="true")
    golden = CASES / f"{notice}.txt"
    if os.environ.get("UPDATE_CASES"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(done.stdout, "utf-8")
    assert (done.returncode, done.stdout) == (0, golden.read_text("utf-8"))


def test_an_unknown_notice_is_named(tmp_path: Path) -> None:
    done = run("report", "2025-01-09-powerschol", "--now", "2026-11-21", folder=EXAMPLES, SAMPLES="true")
    assert done.returncode == 2
    assert "did you mean" in done.stderr.lower()
