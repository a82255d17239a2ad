"""How the check does its work: many files on all processors, only errors, and a quick start."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable

import pytest

from noticeboard.check import runner
from noticeboard.check.runner import Source
from noticeboard.law.statutes import Law
from noticeboard.notice.problem import errors
from noticeboard.settings import Settings
from noticeboard.site import parallel
from tests.conftest import EXAMPLES, NOTICE, NOW, ROOT

CASES = sorted((ROOT / "tests" / "cases").glob("*.yml"))
WRONG = [Source(f"notices/2026-09-18-case-{number}.yml", path.read_bytes()) for number, path in enumerate(CASES)]
RIGHT = [Source(path.as_posix(), path.read_bytes()) for path in sorted(EXAMPLES.glob("*.yml"))]
BEFORE = [Source(each.file, NOTICE.encode()) for each in WRONG[:10]] + [Source("notices/2026-09-18-gone.yml", NOTICE.encode())]  # fmt: skip


@pytest.mark.skipif(parallel.count() == 1, reason="this machine has one processor, or can't fork")
def test_many_files_are_checked_as_few_are(law: Law, site_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shared between processes: the same problems, notices and losses, in the same order."""
    alone = runner.notices(WRONG + RIGHT, site_settings, law, NOW, BEFORE)
    shared: list[int] = []
    share = parallel.share

    def spy(tasks: list[Callable[[], object]], processes: int) -> list[object]:
        shared.append(processes)
        return share(tasks, processes)

    monkeypatch.setattr(parallel, "share", spy)
    monkeypatch.setattr(parallel, "count", lambda: 2)
    monkeypatch.setattr(runner, "MANY", 10)
    monkeypatch.setattr(runner, "SHARE", 3)
    together = runner.notices(WRONG + RIGHT, site_settings, law, NOW, BEFORE)
    assert shared[0] > 1
    assert together == alone
    assert len(alone.problems) > 200
    assert any(problem.rule in {"deleted", "renamed"} for problem in alone.problems)
    assert list(together.notices) == list(alone.notices)


def test_without_warnings_every_error_is_there(law: Law, site_settings: Settings) -> None:
    whole = runner.notices(WRONG + RIGHT, site_settings, law, NOW, BEFORE)
    stops = runner.notices(WRONG + RIGHT, site_settings, law, NOW, BEFORE, with_warnings=False)
    assert stops.problems == tuple(errors(whole.problems))
    assert stops.notices == whole.notices
    assert any(problem.severity == "warning" for problem in whole.problems)


def test_rules_that_only_warn_give_no_error() -> None:
    for rule, worst in runner._RULES.items():
        source = inspect.getsource(rule)
        assert ('"error"' not in source and "severity" not in source) == (worst == "warning"), rule


def test_without_notices_the_problems_are_the_same(law: Law, site_settings: Settings) -> None:
    told = runner.notices(WRONG + RIGHT, site_settings, law, NOW, BEFORE, with_notices=False)
    assert told.problems == runner.notices(WRONG + RIGHT, site_settings, law, NOW, BEFORE).problems
    assert told.notices == {}


HEAVY = {"babel", "holidays", "jinja2", "feedgen", "lxml", "icalendar", "questionary", "segno", "zxingcpp", "mkdocs"}


def test_a_check_loads_only_what_it_needs() -> None:
    """The command starts at every save of a notice; each library costs as much as many notices."""
    code = (
        "import sys; from noticeboard.cli import main\n"
        f"try: main(['check', {str(RIGHT[0].file)!r}])\n"
        "except SystemExit: pass\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    said, loaded = done.stdout.splitlines()[-2:]
    assert said.startswith("1 file checked: 0 errors")
    assert "noticeboard" in loaded.split()
    assert not HEAVY & set(loaded.split())
