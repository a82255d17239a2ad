"""What was made of a notice at an earlier build, to be used again if nothing that it comes from has changed.

A thing's name is a hash of all its inputs: the notice, and `base`, which holds the code, the templates, the catalogs,
the law, the settings and every library's version. So nothing old can be found under a new name.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import shutil
import sys
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

KEPT = 4
"""How many states of the project's own files are kept: those of `make site`, `make demo`, and of a change or two."""
IN_USE = 3600
"""Seconds in which another build may still use a state."""


def base(sources: Iterable[Path], *settings: str) -> str:
    """Name a state of the project: its own files, its settings, Python and the libraries."""
    found = hashlib.sha256(sys.version.encode())
    for path in sorted(sources):
        found.update(f"\0{path.name}\0".encode() + path.read_bytes())
    for each in (*settings, *_libraries()):
        found.update(f"\0{each}".encode())
    return found.hexdigest()[:32]


def _libraries() -> list[str]:
    """List what is installed, with its version, as its folders are named."""
    folders = [Path(each) for each in sys.path if each.endswith("site-packages")]
    return sorted(path.name for folder in folders if folder.is_dir() for path in folder.glob("*.dist-info"))


def digest(*parts: bytes | str) -> str:
    """Name some content."""
    found = hashlib.sha256()
    for part in parts:
        found.update(part if isinstance(part, bytes) else part.encode())
        found.update(b"\0")
    return found.hexdigest()


@dataclass(frozen=True)
class Cache:
    """A folder of things that were made, each a file of its own."""

    folder: Path

    @classmethod
    def within(cls, folder: Path, base: str) -> Cache:
        """Use a folder inside another for one state of the project; folders of older states go."""
        own = folder / base
        own.mkdir(parents=True, exist_ok=True)
        os.utime(own)
        now, found = own.stat().st_mtime, [each for each in folder.iterdir() if each.is_dir()]
        for each in sorted(found, key=lambda each: -each.stat().st_mtime)[KEPT:]:
            if now - each.stat().st_mtime > IN_USE:
                shutil.rmtree(each, ignore_errors=True)
        return cls(own)

    def has(self, name: str) -> bool:
        """Tell whether there is something of this name, fit or not."""
        return self._path(name).is_file()

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name[2:]

    def get(self, name: str, make: Callable[[], T], fits: Callable[[T], bool] = lambda found: True) -> T:
        """Give what has this name; what isn't there, isn't whole or doesn't fit is made and kept."""
        path = self._path(name)
        with contextlib.suppress(OSError):
            mark, _, content = path.read_bytes().partition(b"\n")
            if mark == _mark(content):
                found: T = pickle.loads(content)  # noqa: S301 (our own, and whole)
                if fits(found):
                    return found
        made = make()
        self._keep(path, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
        return made

    @staticmethod
    def _keep(path: Path, content: bytes) -> None:
        """Write a file whole or not at all; a cache that can't be written is only slow."""
        partial = path.with_name(f"{path.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_bytes(_mark(content) + b"\n" + content)
            partial.replace(path)


def _mark(content: bytes) -> bytes:
    return b"%08x" % zlib.crc32(content)
