"""The search index: runs Pagefind over the pages that the search looks through."""

from __future__ import annotations

import subprocess
from pathlib import Path

from pagefind_bin import get_executable


class SearchIndexError(RuntimeError):
    """Pagefind failed; the message is its own."""


def build(pages: Path, bundle: Path) -> None:
    """Index the pages of a folder into another; raises SearchIndexError if Pagefind fails."""
    command = [str(get_executable()), "--site", str(pages), "--output-path", str(bundle), "--silent"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (a list, no shell)
    if done.returncode:
        raise SearchIndexError(f"The search index could not be made: {done.stderr.strip() or done.stdout.strip()}")
