"""A time that was written down days later says so on its page; what the repository doesn't know is not said."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support import NOTICE, NOW, build, copy_project, text

NAME = "2026-09-18-company"
UPDATE = "\nupdates:\n  - at: {}\n    kind: {}\n    text: {}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of its own under git, without a notice yet."""
    root = copy_project(tmp_path / "project")
    _git(root, "init", "-q", "-b", "main")
    return root


def _git(root: Path, *arguments: str, at: str = "2026-09-01 12:00") -> None:
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    day = f"{at}:00 -0400"
    environment = {**os.environ, "GIT_AUTHOR_DATE": "2026-01-01 00:00:00 -0400", "GIT_COMMITTER_DATE": day}
    subprocess.run(["git", *who, *arguments], cwd=root, env=environment, check=True, capture_output=True)


def _post(root: Path, notice: str, at: str) -> None:
    (root / "notices" / f"{NAME}.yml").write_text(notice, "utf-8")
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-m", "posted", at=at)


def _page(root: Path, name: str = "site") -> str:
    target = root.parent / name
    environment = {"NOTICES_DIR": "", "LANGUAGES": "en", "SEARCH": "false"}
    done = build(target, root / "notices", NOW, root, **environment)
    assert done.returncode == 0, done.stderr
    return text(target, f"notices/{NAME}/")


def test_what_was_written_down_late_says_so(project: Path) -> None:
    _post(project, NOTICE, "2026-09-18 18:00")
    told = NOTICE.replace("posted:", "families_notified: 2026-09-19\nconfirmed: 2026-10-09\nposted:")
    _post(project, told, "2026-10-10 12:00")
    updated = told + UPDATE.format("2026-10-12 10:00", "update", "More.")
    _post(project, updated, "2026-11-02 12:00")
    page = _page(project)
    assert "When the people affected were told Saturday, September 19, 2026 (added here October 10, 2026)" in page
    assert "October 12, 2026, 10:00 AM (added here November 2, 2026) More." in page
    assert page.count("(added here October 10, 2026)") == 3, "among the dates, and beside both duties that it meets"
    assert page.count("(added here") == 4, page


def test_a_notice_that_went_up_late_says_so(project: Path) -> None:
    with_update = NOTICE + UPDATE.format("2026-09-20 10:00", "update", "More.")
    _post(project, NOTICE, "2026-09-24 12:00")
    assert "Posted Sep 18, 2026 (added here September 24, 2026)" in _page(project)
    _git(project, "reset", "-q", "--hard", "HEAD")
    _post(project, with_update, "2026-09-24 13:00")
    assert "(added here September 24, 2026)" in _page(project)


def test_what_can_not_be_known_is_not_said(project: Path) -> None:
    """In time; not in the repository yet; without the whole history; another folder."""
    _post(project, NOTICE, "2026-09-20 12:00")
    told = NOTICE.replace("posted:", "families_notified: 2026-09-19\nposted:")
    assert "added here" not in _page(project, "in-time")
    (project / "notices" / f"{NAME}.yml").write_text(told, "utf-8")
    assert "added here" not in _page(project, "uncommitted")
    _post(project, told, "2026-10-10 12:00")
    assert "added here" in _page(project, "whole")
    subprocess.run(["git", "clone", "-q", "--depth=1", project.as_uri(), str(project.parent / "shallow")], check=True)
    assert "added here" not in _page(project.parent / "shallow", "no-history")
    elsewhere = project.parent / "elsewhere"
    shutil.copytree(project / "notices", elsewhere)
    environment = {"LANGUAGES": "en", "SEARCH": "false"}
    assert build(project.parent / "other", elsewhere, NOW, project, **environment).returncode == 0
    assert "added here" not in text(project.parent / "other", f"notices/{NAME}/")


def test_only_a_new_time_is_new(project: Path) -> None:
    """Another way to write it, a version that nobody could read, another kind of entry: nothing came later."""
    told = NOTICE.replace("posted:", "families_notified: 2026-09-19 10:00\nposted:")
    _post(project, told, "2026-09-19 12:00")
    _post(project, told + "\tx: [", "2026-10-05 12:00")
    (project / "notices" / ":a.yml").write_text("x", "utf-8")
    inner = project / "notices" / "inner"
    inner.mkdir()
    _git(inner, "init", "-q", "-b", "main")
    _git(inner, "commit", "-q", "--allow-empty", "-m", "inner")
    _post(project, told.replace("2026-09-19 10:00", "2026-09-19T10:00:00"), "2026-10-10 12:00")
    shutil.rmtree(inner)
    (project / "notices" / ":a.yml").unlink()
    assert "added here" not in _page(project)
