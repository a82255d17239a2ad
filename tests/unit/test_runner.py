"""How the check does its work: many files on all processors, only errors, and a quick start."""

from __future__ import annotations

import inspect
import os
import signal
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from noticeboard.check import runner
from noticeboard.check.runner import Source
from noticeboard.law.statutes import Law
from noticeboard.notice.model import Notice, PartialNotice
from noticeboard.notice.problem import errors
from noticeboard.settings import Settings
from noticeboard.site import load, parallel
from tests.support import EXAMPLES, NOTICE, NOW, PROJECT, ROOT

CASES = sorted((ROOT / "tests" / "cases").glob("*.yml"))
WRONG = [Source(f"notices/2026-09-18-case-{number}.yml", path.read_bytes()) for number, path in enumerate(CASES)]
RIGHT = [Source(path.as_posix(), path.read_bytes()) for path in sorted(EXAMPLES.glob("*.yml"))]
BEFORE = [Source(each.file, NOTICE.encode()) for each in WRONG[:10]] + [Source("notices/2026-09-18-gone.yml", NOTICE.encode())]  # fmt: skip


def test_in_many_processes_the_board_is_the_same(
    law: Law, site_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shared between processes: the same problems and notices, in the same order."""
    checker = runner.FileChecker(site_settings, law, NOW, runner.ERROR_RULES)
    alone = load.load_board(WRONG + RIGHT, checker, 1)
    monkeypatch.setattr(load, "CHUNK_SIZE", 3)
    together = load.load_board(WRONG + RIGHT, checker, 2)
    assert together == alone
    assert len(alone[1]) > 100
    assert {posted.id for posted in alone[0].notices} >= {Path(source.file).stem for source in RIGHT}


def test_a_check_in_many_processes_says_the_same(
    law: Law, site_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    checker = runner.FileChecker(site_settings, law, NOW)
    alone = runner.check_files(WRONG + RIGHT, checker, BEFORE)
    monkeypatch.setattr(runner, "CHUNK_SIZE", 3)
    assert runner.check_files(WRONG + RIGHT, checker, BEFORE, partial(parallel.run_all, workers=2)) == alone


def test_without_the_rules_that_warn_every_error_is_there(law: Law, site_settings: Settings) -> None:
    checker = runner.FileChecker(site_settings, law, NOW)
    whole = runner.check_files(WRONG + RIGHT, checker, BEFORE)
    stops = runner.check_files(WRONG + RIGHT, replace(checker, rules=runner.ERROR_RULES), BEFORE)
    assert errors(stops.problems) == errors(whole.problems)
    assert stops.notices == whole.notices
    assert any(problem.severity == "warning" for problem in whole.problems)
    assert {problem.rule for problem in whole.problems} & {"deleted", "renamed"}


def test_rules_that_only_warn_give_no_error() -> None:
    for rule, worst in runner.RULES.items():
        source = inspect.getsource(rule)
        assert ('"error"' not in source and "severity" not in source) == (worst == "warning"), rule


@pytest.mark.parametrize("workers", [1, 2])
def test_tasks_give_their_results_in_order_and_raise_their_errors(workers: int) -> None:
    assert parallel.run_all([partial(pow, number, 2) for number in range(20)], workers) == [n * n for n in range(20)]
    with pytest.raises(FileNotFoundError, match="nowhere"):
        parallel.run_all([dict, dict, partial(open, "/nowhere/at/all")], workers)


def test_a_worker_that_is_killed_is_an_error() -> None:
    with pytest.raises(parallel.WorkerError, match="stopped"):
        parallel.run_all([dict, dict, lambda: os.kill(os.getpid(), signal.SIGKILL)], 2)


@pytest.mark.parametrize("processes", [0, 1, 2])
def test_what_runs_in_the_background_gives_the_same(processes: int) -> None:
    background = parallel.Background([partial(pow, number, 2) for number in range(5)], processes)
    assert (background.result(3), background.result(-1)) == (9, 16)
    assert background.results() == [0, 1, 4, 9, 16]


KILLED = """
import os, time
from noticeboard.site.parallel import Background
background = Background([os.getpid, lambda: time.sleep(60)], 1)
print(background.result(0), flush=True)
time.sleep(60)
"""


def test_no_process_outlives_a_build_that_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout
        assert build.stdout.readline()
        build.kill()
        # As long as the other process lives, more could come from it.
        said, _ = build.communicate(timeout=20)
    assert said == ""


def test_the_partial_notice_has_every_field() -> None:
    assert list(PartialNotice.model_fields) == list(Notice.model_fields)


HEAVY = {"babel", "holidays", "jinja2", "feedgen", "lxml", "questionary", "zxingcpp", "mkdocs"}


def test_a_check_loads_only_what_it_needs() -> None:
    """The command starts at every save of a notice; each library costs as much as many notices."""
    code = (
        "import sys; from noticeboard.cli import main\n"
        f"try: main(['check', {str(RIGHT[0].file)!r}])\n"
        "except SystemExit: pass\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    said, loaded = done.stdout.splitlines()[-2:]
    assert said.startswith("1 file checked: 0 errors")
    assert "noticeboard" in loaded.split()
    assert not HEAVY & set(loaded.split())
