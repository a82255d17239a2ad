"""What the tests share: the law of this district, a notice to bend, and built sites."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, sync_playwright

from noticeboard import settings
from noticeboard.check.runner import CheckResult, FileChecker, Source, check_files
from noticeboard.law.statutes import Law
from noticeboard.notice import strict_yaml
from noticeboard.notice.model import Notice
from noticeboard.settings import Settings
from tests.get_chromium import find

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "tests" / "examples"
ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
"""When the sample site is built: a Saturday noon, a day after the newest sample notice."""

NOTICE = """\
title: Breach at a company
status: investigating
summary: A company told us.
contractor: Company
discovered: 2026-09-14
received: 2026-09-18 15:40
posted: 2026-09-18 17:30
affected:
  - who: students
    data: [name, grades]
what_happened: |
  Text.
what_we_are_doing: |
  Text.
what_you_can_do: |
  Text.
contacts:
  - name: Office
    phone: 203-555-2368
"""

MARKDOWN_TAGS = {
    "p", "br", "em", "strong", "ul", "ol", "li", "a", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
"""All that a notice's Markdown can become."""

Counted = Callable[[str, int], None]


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Counted:
    """Count something that the test tried, for the table at the end of the run."""
    return lambda what, number: record_property(_COUNTED + what, number)


_COUNTED = "counted: "


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests that passed have tried, all told; the README shows it."""
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


# Without the network flags Chromium looks for its maker's hosts, which tests must not need.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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
        strict_yaml.read_settings((ROOT / "mkdocs.yml").read_text("utf-8"), {"LANGUAGES": "en"})
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


def bent(**changes: str | None) -> str:
    """Give the plain notice with some fields replaced, added, or (None) left out; a value is YAML behind the colon."""
    fields: dict[str, str] = {}
    for line in NOTICE.splitlines():
        if line[0] != " ":
            key, _, value = line.partition(":")
            fields[key] = value
        else:
            fields[key] += "\n" + line
    for key, value in changes.items():
        if value is None:
            fields.pop(key)
        else:
            fields[key] = f" {value}"
    return "".join(f"{key}:{value}\n" for key, value in fields.items())


def build(
    target: Path, notices: Path, now: datetime = NOW, cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Build the site as a person would, at a fixed time, into a folder of the test's."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)],
        cwd=cwd,
        env={
            **os.environ,
            "NOTICES_DIR": str(notices),
            "SOURCE_DATE_EPOCH": str(int(now.timestamp())),
            "NO_MKDOCS_2_WARNING": "1",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def files(site: Path) -> dict[str, bytes]:
    """Read all files of a built site, by path; Pagefind's own are not the same from build to build."""
    paths = [path for path in sorted(site.rglob("*")) if path.is_file()]
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in paths
        if path.relative_to(site).parts[0] != "pagefind"
    }


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with the sample notices."""
    target = tmp_path_factory.mktemp("demo") / "site"
    done = build(target, EXAMPLES, SAMPLES="true", SITE_URL="https://example.github.io/board/")
    assert done.returncode == 0, done.stderr
    assert not any(word in done.stderr for word in ("WARNING", "Deprecation")), done.stderr
    return target


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it ships: no notice is posted."""
    target = tmp_path_factory.mktemp("empty") / "site"
    done = build(target, ROOT / "notices", SITE_URL="https://example.github.io/board/")
    assert done.returncode == 0, done.stderr
    assert not any(word in done.stderr for word in ("WARNING", "Deprecation")), done.stderr
    return target


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project, to break."""
    copy = tmp_path / "project"
    for name in ("docs", "hooks"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, copy)
    (copy / "notices").mkdir()
    shutil.copy(ROOT / "notices" / "notice.schema.json", copy / "notices")
    return copy
