"""The search index: runs Pagefind over the pages that the search looks through."""

from __future__ import annotations

from pathlib import Path
from subprocess import PIPE, STDOUT, Popen

from pagefind_bin import get_executable


class SearchIndexError(RuntimeError):
    """Pagefind failed; the message is its own."""


class SearchIndex:
    """Pagefind at work."""

    def __init__(self, pages: Path, bundle: Path) -> None:
        """Begin to index the pages of a folder into another."""
        command = [str(get_executable()), "--site", str(pages), "--output-path", str(bundle), "--silent"]
        self._process = Popen(command, stdout=PIPE, stderr=STDOUT, text=True)  # noqa: S603 (a list, no shell)

    def wait(self) -> None:
        """Wait for its end; raises SearchIndexError if Pagefind fails."""
        said, _ = self._process.communicate()
        if self._process.returncode:
            raise SearchIndexError(f"The search index could not be made: {said.strip()}")
