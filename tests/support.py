"""What tests and tools share: places and times, a notice to bend, and ways to build, read and run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import html5lib
import yaml
from click.testing import CliRunner

from noticeboard.adopt.settings_file import SettingsFile
from noticeboard.cli import main
from noticeboard.notice import strict_yaml

ROOT = Path(__file__).parents[1]


def _project_of_the_tests() -> Path:
    """Return the project as tests see it: everything but mkdocs.yml is a link, and the district in it is made up."""
    project = ROOT / ".cache" / "tests" / "project"
    project.mkdir(parents=True, exist_ok=True)
    for path in ROOT.iterdir():
        if path.name not in {"mkdocs.yml", ".cache", ".git", "site"} and not (project / path.name).is_symlink():
            with suppress(FileExistsError):  # another worker was faster
                (project / path.name).symlink_to(path)
    settings = SettingsFile((ROOT / "mkdocs.yml").read_text("utf-8"))
    for name, value in strict_yaml.read_data((ROOT / "tests" / "district.yml").read_text("utf-8")).items():
        for key, inner in [((name, each), value[each]) for each in value] if name == "places" else [((name,), value)]:
            settings.change(key, inner)
    partial = project / f".mkdocs.{os.getpid()}"
    partial.write_text(settings.text(), "utf-8")
    partial.replace(project / "mkdocs.yml")
    return project


PROJECT = _project_of_the_tests()
EXAMPLES = PROJECT / "tests" / "examples"
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

STUDENTS = "\n  - who: students\n    data: [{}]"
"""`affected` of a notice, with these data of students."""
LATER = datetime(2040, 1, 1, tzinfo=UTC)
"""When all clocks of the examples have run out."""

MARKDOWN_TAGS = {
    "p", "br", "em", "strong", "ul", "ol", "li", "a", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
"""All that a notice's Markdown can become."""

Counted = Callable[[str, int], None]

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


def bent(**changes: str | None) -> str:
    """Return the plain notice with some fields replaced, added, or (None) left out; a value is YAML behind the colon."""
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
    target: Path, notices: Path, now: datetime = NOW, cwd: Path = PROJECT, **environment: str
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


def copy_project(root: Path) -> Path:
    """Copy what a build needs into a folder, without a notice."""
    for name in ("docs", "hooks"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "notices/notice.schema.json"):
        (root / name).parent.mkdir(exist_ok=True)
        shutil.copy(PROJECT / name, root / name)
    return root


def files(site: Path) -> dict[str, bytes]:
    """Read all files of a built site, by path; Pagefind's own are not the same from build to build."""
    paths = [path for path in sorted(site.rglob("*")) if path.is_file()]
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in paths
        if path.relative_to(site).parts[0] != "pagefind"
    }


BASE = "https://example.github.io/board/"


def page(site: Path, address: str) -> str:
    path = site / address
    return (path / "index.html" if path.is_dir() else path).read_text("utf-8")


def text(site: Path, address: str) -> str:
    """Return a page's own words, without head, menus and banners."""
    tree = html5lib.parse(page(site, address), namespaceHTMLElements=False)
    main = tree.find(".//article")
    assert main is not None
    return " ".join(" ".join(main.itertext()).split())


def all_pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def run(*arguments: str, folder: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `noticeboard` within this process, as a new one would take a second; anything but an exit is raised."""
    environment = {"LANGUAGES": "en", **environment}
    if folder:
        environment["NOTICES_DIR"] = str(folder)
    result = CliRunner().invoke(main, arguments, env=environment)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return subprocess.CompletedProcess(list(arguments), result.exit_code, result.stdout, result.stderr)


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell, in which `noticeboard` is the command."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "LANGUAGES": "en", "PATH": path, **environment}
    return subprocess.run(
        ["bash", "-c", command], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )


def golden(name: str) -> Any:
    """Read a table of cases that several tests share, from tests/cases/shared/."""
    return yaml.safe_load((ROOT / "tests" / "cases" / "shared" / f"{name}.yml").read_text("utf-8"))
