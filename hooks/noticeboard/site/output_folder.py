"""The output folder: a build writes into a temporary folder beside it, and swaps it in when all is done."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

STALE_SECONDS = 3600
"""Age from which a temporary folder is taken for the remains of a killed build."""


Content = str | bytes | Iterable[str]
"""What a file holds: all of it, or piece by piece."""


class OutputFolder:
    """A site that is being built; the last one stays in place until `swap_in`."""

    def __init__(self, target: Path) -> None:
        """Open a temporary folder beside the target, which may be missing or a link; raises OSError if it can't."""
        self.target = target.resolve()
        self.target.parent.mkdir(parents=True, exist_ok=True)
        prefix = f".{self.target.name}-"
        remains = [path for path in self.target.parent.glob(f"{prefix}*") if path.is_dir()]
        self._temporary = tempfile.TemporaryDirectory(prefix=prefix, dir=self.target.parent, ignore_cleanup_errors=True)
        self.path = Path(self._temporary.name) / self.target.name
        """Where the new site is written."""
        self.path.mkdir()
        self._clear(remains)

    def _clear(self, remains: Iterable[Path]) -> None:
        """Put back a site that a killed build had moved away, and delete what other killed builds left."""
        now = self.path.stat().st_mtime
        for folder in remains:
            with contextlib.suppress(OSError):
                if (folder / "old").is_dir() and not self.target.exists():
                    (folder / "old").rename(self.target)
                if now - folder.stat().st_mtime > STALE_SECONDS:
                    shutil.rmtree(folder)

    def swap_in(self) -> None:
        """Move the new site into the target's place and delete the old one; raises OSError if it can't.

        A build that is killed between the two renames leaves the old site in its temporary folder; the next build
        puts it back.
        """
        old = self.path.with_name("old")
        try:
            with contextlib.suppress(FileNotFoundError):
                self.target.rename(old)
            self.path.rename(self.target)
        except BaseException:
            # By Ctrl-C, too: the temporary folder is deleted at the end, and the old site must not be in it.
            if old.exists() and not self.target.exists():
                old.rename(self.target)
            raise
        self.cleanup()

    def cleanup(self) -> None:
        """Delete the temporary folder with all that is in it."""
        self._temporary.cleanup()


def write(path: Path, content: Content) -> None:
    """Write a file, at once or piece by piece, and make its folder if need be."""
    try:
        file = path.open("wb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("wb")
    with file:
        for piece in [content] if isinstance(content, str | bytes) else content:
            file.write(piece.encode() if isinstance(piece, str) else piece)
