"""What git knows of the project: how it stood at another revision, and which files it has."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from noticeboard.check.repository import TrackedFile
from noticeboard.check.runner import Source, Version


class RevisionError(ValueError):
    """A revision that git doesn't know; its message says so."""


def sources_at(commit: str, folder: Path) -> list[Source]:
    """Read every notice of a folder as it stood at a commit.

    Raises RevisionError if a link stands in the folder's place: git would look where it leads, and find nothing that
    was ever posted there.
    """
    if folder.is_symlink():
        raise RevisionError(f"{folder} must be a folder, not a link to one, so that it can be compared")
    listed = _git(folder, "ls-tree", "-z", commit).decode("utf-8", "replace")
    entries = [entry.partition("\t") for entry in listed.split("\0") if entry]
    blobs = {name: about.split(" ")[2] for about, _, name in entries if " blob " in about and name.endswith(".yml")}
    contents = _blobs(folder, list(blobs.values()))
    return [Source((folder / name).as_posix(), content) for name, content in zip(blobs, contents, strict=True)]


def with_versions(sources: Iterable[Source], folder: Path, project: Path) -> list[Source]:
    """Add to the project's own notices how they stood before, by the times at which the main line got them.

    Other folders, and a project without its whole history, say nothing of that.
    """
    sources = list(sources)
    if not sources or folder.resolve() != (project / "notices").resolve():
        return sources
    try:
        if _git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true":
            return sources
        versions = _versions(folder)
    except RevisionError:
        return sources
    return [replace(source, versions=tuple(versions.get(source.path.name, ()))) for source in sources]


def _versions(folder: Path) -> dict[str, list[Version]]:
    """Return every version of every file in a folder, oldest first."""
    log = [
        "log",
        "--first-parent",
        "-m",
        "--no-renames",
        "--relative",
        "--raw",
        "-z",
        "--no-abbrev",
        "--format=%x01%ct",
    ]
    found: list[tuple[str, datetime, str]] = []
    since = datetime.min
    tokens = iter(_git(folder, *log, "--", ".").decode("utf-8", "replace").split("\0"))
    for token in (token.strip("\n") for token in tokens):
        if token.startswith("\1"):
            since = datetime.fromtimestamp(int(token[1:]), UTC)
        elif token.startswith(":"):
            # `:mode mode blob blob status`, and then the name, whatever it is.
            _, mode, _, blob, _ = token.split(" ")
            name = next(tokens)
            if mode.startswith("100"):
                found.append((name, since, blob))
    versions: dict[str, list[Version]] = {}
    for (name, at, _), content in zip(found, _blobs(folder, [blob for *_, blob in found]), strict=True):
        versions.setdefault(name, []).insert(0, Version(at, content))
    return versions


def _blobs(folder: Path, ids: list[str]) -> list[bytes]:
    rest = _git(folder, "cat-file", "--batch", stdin="\n".join(ids).encode()) if ids else b""
    contents = []
    for _ in ids:
        head, _, rest = rest.partition(b"\n")
        size = int(head.split(b" ")[2])
        contents.append(rest[:size])
        rest = rest[size + 1 :]
    return contents


def base(revision: str, folder: Path) -> str:
    """Return the commit where the work of today left a revision.

    Raises RevisionError if there is no such revision, no git, or not enough history.
    """
    _git(folder, "rev-parse", "--verify", f"{revision}^{{commit}}")
    commit = _git(folder, "merge-base", revision, "HEAD", check=False).decode().strip()
    if not commit and _git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise RevisionError(
            f"this copy of the repository lacks the commits between {revision} and today’s work; get them with "
            "‘git fetch --unshallow’"
        )
    if not commit:
        raise RevisionError(f"{revision} and today’s work have no commit in common, so nothing can be compared")
    return commit


def text_at(commit: str, path: str, project: Path = Path()) -> str | None:
    """Read a file of the project as it stood at a commit; None: it was not there."""
    found = _git(project, "cat-file", "-p", f"{commit}:./{path}", check=False)
    return found.decode("utf-8", "replace") or None


def tracked_files(project: Path = Path()) -> list[TrackedFile]:
    """List every file that git has of a project; none where there is no repository, or no git."""
    if not (project / ".git").exists():
        return []
    try:
        listed = _git(project, "ls-files", "-z", "--stage", "--eol").decode("utf-8", "replace")
    except RevisionError:
        return []
    entries = (entry.rpartition("\t") for entry in listed.split("\0") if entry)
    return [TrackedFile(path, about.partition(" ")[0], "i/-text" in about) for about, _, path in entries]


def _git(folder: Path, *arguments: str, stdin: bytes = b"", check: bool = True) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 (a list, no shell)
            ["git", "-C", str(folder), *arguments],  # noqa: S607 (the one on the path)
            input=stdin,
            capture_output=True,
            check=False,
        )
    except OSError:
        raise RevisionError("git is needed to compare with a revision, and was not found") from None
    if check and done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RevisionError(f"git can’t read that revision: {why[0] if why else 'no reason given'}")
    return done.stdout
