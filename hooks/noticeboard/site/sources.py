"""The notices' folder and the build's one clock, for the two that may read them: the command and the hooks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path

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


def public_texts(project: Path = Path()) -> Iterator[Source]:
    """Read the texts that are public beside the notices: whatever else is in their folder, and the guide."""
    folder = notices_folder(project)
    notices = {source.file for source in sources(folder)} if folder.is_dir() else set()
    for path in (*sorted(folder.rglob("*")), *sorted((project / "docs").rglob("*"))):
        name = display_name(path.as_posix())
        content = None if name in notices or ".git" in path.parts else read_file(path)
        if content is not None and b"\0" not in content:
            yield Source(name, content)


def display_name(name: str) -> str:
    """Return a file's name as text, whatever bytes it is made of."""
    return os.fsencode(name).decode("utf-8", "replace")


# What may stand beside the notices.
IGNORED = {"README.md", "notice.schema.json"}


_FIRST_YEAR, _LAST_YEAR = 2000, 2100
"""Between them lies every time at which a site may be built: neither zones nor archives hold others."""


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
