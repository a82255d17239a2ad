"""What a repository must not hold: what `make` or a workflow would take for its own, and what no reviewer can read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from noticeboard.notice.problem import Problem


@dataclass(frozen=True)
class TrackedFile:
    """A file as git has it."""

    path: str
    """From the repository's root."""
    mode: str
    """Git's own, such as 100644; 120000 is a link, 160000 another repository."""
    is_binary: bool


_LINK, _SUBMODULE = "120000", "160000"
_BUILT = re.compile(r"(?:\.venv|\.cache|site|sample|\.site-[^/]*)", re.IGNORECASE)
"""Folders that `make` writes: what is in them is run or published as if it had been made here."""
_RUN_BY_PYTHON = re.compile(r"(?:.*\.(?:pth|pyc|pyo|so|pyd|egg-link)|(?:site|user)customize\.py)", re.IGNORECASE)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico")
_HAS_PICTURES = ("docs/", "hooks/theme/assets/", ".github/", "tests/")


def problems(files: Iterable[TrackedFile]) -> Iterator[Problem]:
    """Find each file that must not be there: one problem a file, in the files' order."""
    for file in files:
        if fault := _fault(file):
            yield Problem(file.path, 1, 1, "error", "repository", "", f"The repository must not hold {fault}.")


def _fault(file: TrackedFile) -> str:
    path = PurePosixPath(file.path)
    if built := _built_folder(path):
        return f"{built}, which is made by a build and never proposed; take it out with ‘git rm -r --cached {built}’"
    if file.mode == _LINK:
        return "a link; put the file itself there, or delete it"
    if file.mode == _SUBMODULE:
        return "another repository (a submodule); delete it"
    if _RUN_BY_PYTHON.fullmatch(path.name):
        return f"{path.name}, which Python would run unasked; delete it"
    if file.is_binary and not _may_be_binary(file.path):
        return "a file that can’t be read as text, so that nobody can review it; delete it"
    return ""


def _built_folder(path: PurePosixPath) -> PurePosixPath | None:
    """Return the folder that a build makes and that a file is, or lies in; None if there is none."""
    if _BUILT.fullmatch(path.parts[0]):
        return PurePosixPath(path.parts[0])
    return next((folder for folder in (path, *path.parents) if folder.name in {"__pycache__", "node_modules"}), None)


def _may_be_binary(path: str) -> bool:
    is_picture = path.lower().endswith(_PICTURES) and path.startswith(_HAS_PICTURES)
    return is_picture or path.startswith("tests/cases/")
