"""The site's folder, replaced whole or not at all: a build writes beside it, and the two change places at the end.

So whatever stops a build, the last good site stays where it is served from.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from noticeboard import workers

LEFT = 3600
"""Seconds after which a folder beside the site was left by a build that was killed."""

_AT_WORKING_FOLDER, _EXCHANGE = -100, 2


class SiteFolder:
    """A site in the making."""

    def __init__(self, target: Path) -> None:
        """Open a folder beside the target, which may be missing or a link; raises OSError if that can't be."""
        self.target = target.resolve()
        self.target.parent.mkdir(parents=True, exist_ok=True)
        prefix = f".{self.target.name}-"
        beside = [path for path in self.target.parent.glob(f"{prefix}*") if path.is_dir()]
        self._beside = tempfile.TemporaryDirectory(prefix=prefix, dir=self.target.parent, ignore_cleanup_errors=True)
        self.path = Path(self._beside.name) / self.target.name
        """Where the new site is written."""
        self.path.mkdir()
        now = self.path.stat().st_mtime
        for path in beside:
            with contextlib.suppress(OSError):
                if now - path.stat().st_mtime > LEFT:
                    shutil.rmtree(path)

    def publish(self) -> None:
        """Put the new site into the target's place, and delete the old one; raises OSError if that can't be."""
        if not _exchanged(self.path, self.target):
            # No one step does it here: for a moment nothing is there.
            old = self.path.with_name("old")
            with contextlib.suppress(FileNotFoundError):
                self.target.rename(old)
            self.path.rename(self.target)
        self.drop()

    def drop(self) -> None:
        """Delete what stands beside the target: the old site, or a new one that came to nothing."""
        workers.share([partial(_remove, part) for part in _parts(Path(self._beside.name))], workers.count())
        self._beside.cleanup()


def write(path: Path, content: str | bytes | Iterable[str]) -> None:
    """Write a file, at once or piece by piece, and make its folder if need be."""
    try:
        file = path.open("wb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("wb")
    with file:
        for piece in [content] if isinstance(content, str | bytes) else content:
            file.write(piece.encode() if isinstance(piece, str) else piece)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system can't, or one of them is missing."""
    with contextlib.suppress(AttributeError, OSError):
        call = ctypes.CDLL(None, use_errno=True).renameat2
        names = (_AT_WORKING_FOLDER, os.fsencode(one), _AT_WORKING_FOLDER, os.fsencode(other))
        return bool(call(*names, _EXCHANGE) == 0)
    return False


def _parts(folder: Path) -> Sequence[Sequence[Path]]:
    """Share what is two folders deep, where a large site's pages are, among tasks."""
    every = [path for path in folder.glob("*/*/*") if path.is_dir() and not path.is_symlink()]
    return [every[start::64] for start in range(min(64, len(every)))]


def _remove(part: Sequence[Path]) -> None:
    for path in part:
        shutil.rmtree(path, ignore_errors=True)
