"""What a pull request could plant for `make` or a workflow to run is an error, or never gets into git at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import ROOT


def git(project: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", "-C", str(project), *who, *arguments], check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def cloned(tmp_path: Path) -> Path:
    """The project's settings, template and ignored files under git."""
    for name in ("mkdocs.yml", ".gitignore"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "notices").mkdir()
    shutil.copy(ROOT / "notices" / "_template.yml", tmp_path / "notices")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    return tmp_path


def check(project: Path) -> list[str]:
    command = [sys.executable, "-m", "noticeboard", "check", "--now", "2026-11-21 12:00"]
    done = subprocess.run(
        command, cwd=project, env={**os.environ, "NOTICES_DIR": ""}, capture_output=True, text=True, check=False
    )
    lines = done.stdout.splitlines()[:-1]
    assert done.returncode == bool(lines), done.stdout + done.stderr
    return lines


def test_a_clean_repository_passes(cloned: Path) -> None:
    assert check(cloned) == []


@pytest.mark.parametrize("name", [".venv", ".cache", "site", "sample"])
def test_a_link_in_a_built_folders_place_is_never_added(name: str, cloned: Path) -> None:
    """A pattern with a slash at its end would ignore folders only."""
    (cloned / name).symlink_to("tests")
    git(cloned, "add", ".")
    assert name not in git(cloned, "ls-files").splitlines()


def _write(path: Path, content: bytes = b"x") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


PLANTED: dict[str, tuple[Callable[[Path], object], str]] = {
    ".venv": (lambda path: path.symlink_to("tests"), ".venv, which is made by a build and never proposed"),
    ".venv/ready": (_write, ".venv, which is made by a build and never proposed"),
    ".cache/notices.pickle": (_write, ".cache, which is made by a build and never proposed"),
    "Site/index.html": (_write, "Site, which is made by a build and never proposed"),
    "hooks/__pycache__/x.py": (_write, "hooks/__pycache__, which is made by a build and never proposed"),
    "docs/guide.md": (lambda path: (path.parent.mkdir(), path.symlink_to("/etc/passwd")), "a link"),
    "hooks/x.pth": (_write, "x.pth, which Python would run unasked"),
    "sitecustomize.py": (_write, "sitecustomize.py, which Python would run unasked"),
    "hooks/noticeboard/text/markdown.so": (_write, "markdown.so, which Python would run unasked"),
    "hooks/data.bin": (lambda path: _write(path, b"a\0b"), "a file that can’t be read as text"),
    "docs/card.html": (lambda path: _write(path, b"a\0b"), "a file that can’t be read as text"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_is_an_error(name: str, cloned: Path) -> None:
    plant, said = PLANTED[name]
    plant(cloned / name)
    git(cloned, "add", "--force", name)
    (line,) = check(cloned)
    assert line.startswith(f"{name}:1:1: error: The repository must not hold {said}"), line
    assert line.endswith("[repository]")


def test_a_picture_has_its_places(cloned: Path) -> None:
    _write(cloned / "docs" / "map.png", b"\x89PNG\0")
    git(cloned, "add", "-A")
    assert check(cloned) == []


def test_another_repository_is_an_error(cloned: Path) -> None:
    git(cloned, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},hooks/other")
    assert "another repository" in check(cloned)[0]
