"""The board's notices in batches: what is made of each notice is kept a batch at a time.

A file for each would take a build longer to open than to read. Where a batch ends, a hash of the notices' names says:
a notice more changes one batch, and not all that come behind it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from noticeboard.board.board import Posted

SIZE = 16
"""Notices in a batch, about."""
MOST = 4 * SIZE

Batch = tuple[Posted, ...]


def of(every: Iterable[Posted]) -> Iterator[Batch]:
    """Cut notices, in their order, into batches."""
    batch: list[Posted] = []
    for posted in every:
        batch.append(posted)
        if zlib.crc32(posted.id.encode()) % SIZE == 0 or len(batch) == MOST:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)
