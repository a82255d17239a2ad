"""Run a command and tell what it cost: wall clock, processor seconds of its whole tree, and memory at its peak.

This process stays small (no import beyond the standard library's): a child's peak memory starts at its parent's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[3]
NOW = 1795280400
"""Saturday 2026-11-21, noon in New York: after the newest made notice."""
MKDOCS = [sys.executable, "-m", "mkdocs", "build"]


@dataclass(frozen=True)
class Cost:
    """What a build cost: seconds, and the megabytes of the largest single process at its peak."""

    wall: float
    cpu: float
    peak: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu, max(self.peak, other.peak))


FREE = Cost(0, 0, 0)


def run(command: list[str], cwd: Path = ROOT, **environment: str) -> Cost:
    """Run to the end; a failure ends the benchmark with the command's own words."""
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=cwd, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **environment}, stdout=said, stderr=said
        )
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)}\n{said.read().decode('utf-8', 'replace')[-3000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def middle(costs: list[Cost]) -> Cost:
    """Return the median of each figure, and the greatest memory."""
    return Cost(median(c.wall for c in costs), median(c.cpu for c in costs), max(c.peak for c in costs))


def ours(notices: Path, target: Path, languages: str, is_searched: bool) -> Cost:
    """Build this project as `make site` does."""
    cost = run(
        [*MKDOCS, "--strict", "--quiet", "--site-dir", str(target)],
        NOTICES_DIR=str(notices),
        LANGUAGES=languages,
        SEARCH="true" if is_searched else "false",
        SOURCE_DATE_EPOCH=str(NOW),
        NO_MKDOCS_2_WARNING="1",
    )
    if (target / "pagefind").exists() != is_searched:
        sys.exit("The variable SEARCH was not heeded: with a search on one side only, the comparison is not fair.")
    return cost


def make_notices(folder: Path, count: int) -> Path:
    """Make the seeded notices, in a process of their own."""
    folder.mkdir(parents=True)
    run([sys.executable, "-m", "tests.tools.bench.made_notices", str(folder), str(count)])
    return folder
