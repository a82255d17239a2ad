"""The notices' folder and the build's one clock, for the two that may read them: the command and the hooks."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from noticeboard.check.repository import TrackedFile
from noticeboard.check.runner import Source
from noticeboard.notice import dates
from noticeboard.notice.dates import DateError


def notices_folder(project: Path = Path()) -> Path:
    """Return where the notices are: NOTICES_DIR, else notices/ in the project's folder."""
    return Path(os.environ.get("NOTICES_DIR") or os.path.relpath(project / "notices"))


def sources(folder: Path) -> Iterator[Source]:
    """Read every file of a folder, in the order of their names: one with a wrong ending must not go unseen."""
    for path in sorted(folder.iterdir()):
        is_hidden = path.name.startswith(".") and path.suffix not in {".yml", ".yaml"}
        if not is_hidden and path.name not in IGNORED:
            yield Source(display_name(path.as_posix()), read_file(path))


def display_name(name: str) -> str:
    """Return a file's name as text, whatever bytes it is made of."""
    return os.fsencode(name).decode("utf-8", "replace")


# What may stand beside the notices.
IGNORED = {"README.md", "notice.schema.json"}


_FIRST_YEAR, _LAST_YEAR = 2000, 2100
"""Between them lies every time at which a site may be built: neither zones nor archives hold others."""


class RevisionError(ValueError):
    """A revision that git doesn't know; its message says so."""


def sources_at(revision: str, folder: Path) -> list[Source]:
    """Read every notice of a folder as it stood where the work of today left a revision.

    Raises RevisionError if there is no such revision, no git, or not enough history; or if a link stands in the
    folder's place: git would look where it leads, and find nothing that was ever posted there.
    """
    if folder.is_symlink():
        raise RevisionError(f"{folder} must be a folder, not a link to one, so that it can be compared")
    listed = _git(folder, "ls-tree", "-z", _base(revision, folder)).decode("utf-8", "replace")
    entries = [entry.partition("\t") for entry in listed.split("\0") if entry]
    blobs = {name: about.split(" ")[2] for about, _, name in entries if " blob " in about and name.endswith(".yml")}
    versions = []
    rest = _git(folder, "cat-file", "--batch", stdin="\n".join(blobs.values()).encode())
    for name in blobs:
        head, _, rest = rest.partition(b"\n")
        size = int(head.split(b" ")[2])
        versions.append(Source((folder / name).as_posix(), rest[:size]))
        rest = rest[size + 1 :]
    return versions


def _base(revision: str, folder: Path) -> str:
    """Return the commit where the work of today left a revision."""
    _git(folder, "rev-parse", "--verify", f"{revision}^{{commit}}")
    base = _git(folder, "merge-base", revision, "HEAD", check=False).decode().strip()
    if not base and _git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise RevisionError(
            f"this copy of the repository lacks the commits between {revision} and today’s work; get them with "
            "‘git fetch --unshallow’"
        )
    if not base:
        raise RevisionError(f"{revision} and today’s work have no commit in common, so nothing can be compared")
    return base


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


def read_file(path: Path) -> bytes | None:
    """Read a file; None if it can't be read or is none: a folder, a device, a link to what may be anything."""
    try:
        return path.read_bytes() if path.is_file() and not path.is_symlink() else None
    except OSError:
        return None


def build_time(zone: tzinfo, now_option: str | None = None) -> datetime:
    """Return the time in UTC: as given, else SOURCE_DATE_EPOCH, else the machine's.

    Raises DateError if what was given is no time.
    """
    if now_option:
        return dates.parse_moment(now_option, zone).instant
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            instant = datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError):
            instant = datetime.min
        if not _FIRST_YEAR <= instant.year <= _LAST_YEAR:
            years = f"{_FIRST_YEAR} to {_LAST_YEAR}"
            raise DateError(f"SOURCE_DATE_EPOCH must be seconds since 1970, of a time from {years}, not {epoch!r}")
        return instant
    return datetime.now(UTC)
