"""The notices' folder and the build's one clock, for the two that may read them: the command and the hooks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from noticeboard import dates
from noticeboard.check import Source


def notices_folder() -> Path:
    """Tell where the notices are: NOTICES_DIR, else notices/."""
    return Path(os.environ.get("NOTICES_DIR") or "notices")


def sources(folder: Path) -> Iterator[Source]:
    """Read every notice file of a folder, in the order of their names."""
    for path in sorted(folder.iterdir()):
        if path.suffix in {".yml", ".yaml"} and not path.name.startswith("."):
            yield Source(path.as_posix(), path.read_bytes())


def now(zone: tzinfo, given: str | None = None) -> datetime:
    """Tell the time in UTC: as given, else SOURCE_DATE_EPOCH, else the machine's.

    Raises DateError if what was given is no time.
    """
    if given:
        return dates.parse_moment(given, zone).instant
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.now(UTC)
