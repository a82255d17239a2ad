"""What the tests share: the law of this district, a notice to bend, and built sites."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, sync_playwright

from noticeboard import settings
from noticeboard.check.runner import CheckResult, FileChecker, Source, check_files
from noticeboard.law.statutes import Law
from noticeboard.notice import strict_yaml
from noticeboard.notice.model import Notice
from noticeboard.settings import Settings
from tests.support import BASE, EXAMPLES, FLAGS, NOW, PROJECT, ROOT, Counted, bent, build
from tests.tools.get_chromium import find


@pytest.fixture(scope="session", autouse=True)
def _in_the_project_of_the_tests() -> Iterator[None]:
    """Run every command where the made-up district is."""
    before = Path.cwd()
    os.chdir(PROJECT)
    yield
    os.chdir(before)


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Counted:
    """Count something that the test tried, for the table at the end of the run."""
    return lambda what, number: record_property(_COUNTED + what, number)


_COUNTED = "counted: "


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests that passed have tried, all told; RESULTS.md shows it."""
    found: dict[str, int] = {}
    for report in terminalreporter.getreports("passed"):
        for name, number in report.user_properties if report.when == "call" else []:
            if name.startswith(_COUNTED):
                what = name.removeprefix(_COUNTED)
                found[what] = found.get(what, 0) + int(str(number))
    if found:
        terminalreporter.write_sep("=", "what was tried")
        for what, number in sorted(found.items()):
            terminalreporter.write_line(f"| {what} | {number:,} |")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find()
    assert path, "no Chrome or Chromium: run make test, which gets one, or set CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site_settings() -> Settings:
    return settings.from_config(
        strict_yaml.read_settings((PROJECT / "mkdocs.yml").read_text("utf-8"), {"LANGUAGES": "en"})
    )


@pytest.fixture(scope="session")
def law(site_settings: Settings) -> Law:
    return site_settings.law()


@pytest.fixture
def check_text(law: Law, site_settings: Settings) -> Callable[..., CheckResult]:
    """Check the text of one file."""

    def run(text: str | bytes, name: str = "2026-09-18-company.yml", now: datetime = NOW) -> CheckResult:
        content = text.encode("utf-8") if isinstance(text, str) else text
        return check_files([Source(f"notices/{name}", content)], FileChecker(site_settings, law, now))

    return run


@pytest.fixture
def make_notice(check_text: Callable[..., CheckResult]) -> Callable[..., Notice]:
    """Make a notice from the plain one and other lines for some of its fields."""

    def make(now: datetime = datetime(2040, 1, 1, tzinfo=UTC), **changes: Any) -> Notice:
        checked = check_text(bent(**changes), now=now)
        assert not [problem for problem in checked.problems if problem.severity == "error"], checked.problems
        return next(iter(checked.notices.values()))

    return make


def _built_once(name: str, notices: Path, factory: pytest.TempPathFactory, **environment: str) -> Path:
    """Build a site once for all workers of a run: the first one builds it, and the others wait."""
    shared = factory.getbasetemp().parent if os.environ.get("PYTEST_XDIST_WORKER") else factory.getbasetemp()
    target = shared / name / "site"
    with FileLock(shared / f"{name}.lock"):
        if not target.exists():
            done = build(target, notices, SITE_URL=BASE, **environment)
            assert done.returncode == 0, done.stderr
            assert not any(word in done.stderr for word in ("WARNING", "Deprecation")), done.stderr
    return target


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with the sample notices."""
    return _built_once("demo", EXAMPLES, tmp_path_factory, SAMPLES="true")


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it ships: no notice is posted."""
    return _built_once("empty", ROOT / "notices", tmp_path_factory)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project, to break."""
    copy = tmp_path / "project"
    for name in ("docs", "hooks"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(PROJECT / name, copy)
    (copy / "notices").mkdir()
    shutil.copy(ROOT / "notices" / "notice.schema.json", copy / "notices")
    return copy
