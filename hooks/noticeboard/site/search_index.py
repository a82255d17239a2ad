"""The search index: runs Pagefind over the pages that the search looks through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, STDOUT, Popen

from pagefind_bin import get_executable


class SearchIndexError(RuntimeError):
    """Pagefind failed; the message is its own."""


@contextmanager
def indexing(pages: Path, bundle: Path) -> Iterator[None]:
    """Index the pages of a folder into another meanwhile; raises SearchIndexError at the end if Pagefind fails."""
    command = [str(get_executable()), "--site", str(pages), "--output-path", str(bundle), "--silent"]
    with Popen(command, stdout=PIPE, stderr=STDOUT, text=True) as pagefind:  # noqa: S603 (a list, no shell)
        try:
            yield
        except BaseException:
            # It must not go on to write where a build that failed is cleaned up.
            pagefind.kill()
            raise
        said, _ = pagefind.communicate()
    if pagefind.returncode:
        raise SearchIndexError(f"The search index could not be made: {said.strip()}")
