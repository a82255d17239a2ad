"""The calendars of the sample site, as a calendar shows them that is not ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

CONFIG = """\
[calendars]
[[board]]
path = {home}/calendar
[sqlite]
path = {home}/khal.db
[locale]
local_timezone = America/New_York
default_timezone = America/New_York
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


def listed(calendar: Path, home: Path) -> list[str]:
    """Import a calendar into khal, and list its entries: when, what, and whether it is cancelled."""
    (home / "calendar").mkdir()
    (home / "khal.conf").write_text(CONFIG.format(home=home), "utf-8")
    khal = [str(Path(sys.executable).with_name("khal")), "-c", str(home / "khal.conf")]

    def run(*arguments: str) -> str:
        environment = {**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8"}
        done = subprocess.run([*khal, *arguments], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("import", "--batch", "-a", "board", str(calendar))
    form = "{start-long}|{title}|{status}"
    lines = run("list", "--once", "--day-format", "", "--format", form, "2015-01-01", "2029-01-01").splitlines()
    return sorted(line.strip() for line in lines if "|" in line)


@pytest.mark.parametrize("folder", ["", "es/"])
def test_khal_shows_every_deadline(folder: str, demo: Path, tmp_path: Path) -> None:
    """UPDATE_CASES=1 writes the lists anew; read what changed."""
    golden = ROOT / "tests" / "cases" / "calendars" / f"{folder.strip('/') or 'en'}.txt"
    found = listed(demo / folder / "deadlines.ics", tmp_path)
    if os.environ.get("UPDATE_CASES"):
        golden.write_text("".join(f"{line}\n" for line in found), "utf-8")
    assert found == golden.read_text("utf-8").splitlines()
