"""The notices' folder and the build's one clock, for the two that may read them: the command and the hooks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from noticeboard import dates
from noticeboard.check import Source
from noticeboard.dates import DateError


def notices_folder() -> Path:
    """Tell where the notices are: NOTICES_DIR, else notices/."""
    return Path(os.environ.get("NOTICES_DIR") or "notices")


def sources(folder: Path) -> Iterator[Source]:
    """Read every file of a folder, in the order of their names: one with a wrong ending must not go unseen."""
    for path in sorted(folder.iterdir()):
        if not path.name.startswith(".") and path.name not in _NO_NOTICES:
            yield Source(path.as_posix(), content(path))


# What may stand beside the notices.
_NO_NOTICES = {"README.md", "notice.schema.json"}


def content(path: Path) -> bytes | None:
    """Read a file; None if it can't be read, or is a folder."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def now(zone: tzinfo, given: str | None = None) -> datetime:
    """Tell the time in UTC: as given, else SOURCE_DATE_EPOCH, else the machine's.

    Raises DateError if what was given is no time.
    """
    if given:
        return dates.parse_moment(given, zone).instant
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError):
            raise DateError(f"SOURCE_DATE_EPOCH must be seconds since 1970, not {epoch!r}") from None
    return datetime.now(UTC)
