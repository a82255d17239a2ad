"""From the notices' files to the board: each checked and counted once, and again only if something changed.

The files are read in groups: a group's outcome is kept until one of its files changes, or a clock of its notices
passes an instant at which its state is another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import PurePath

from noticeboard.board import board as boards
from noticeboard.board.board import Board, Posted
from noticeboard.check import runner
from noticeboard.check.runner import Source
from noticeboard.law.statutes import Law
from noticeboard.notice.problem import Problem, errors
from noticeboard.settings import Settings
from noticeboard.site import parallel
from noticeboard.site.cache import Cache, digest

GROUP = 32
"""Files in a group, about."""


@dataclass(frozen=True)
class _Group:
    """What came of some files."""

    posted: tuple[Posted, ...]
    problems: tuple[Problem, ...]
    since: datetime
    until: datetime | None
    """When a clock of theirs gets another state; None: never."""

    def stands(self, now: datetime) -> bool:
        """Tell whether it would be the same now."""
        return not self.problems and self.since <= now and (self.until is None or now < self.until)


def board(
    sources: Iterable[Source], site: Settings, law: Law, now: datetime, cache: Cache, processes: int
) -> tuple[Board, tuple[Problem, ...]]:
    """Put the notices without errors on a board; give the errors of the others."""
    every = sorted(sources, key=lambda source: source.file)
    groups = {_name(group): partial(_checked, group, site, law, now) for group in _groups(every)}
    # What other processes make comes back through the cache, where it is kept anyway.
    new = [name for name in groups if not cache.has(name)]
    parallel.share([partial(_keep, cache, name, groups[name]) for name in new], processes)
    found = [cache.get(name, make, lambda group: group.stands(now)) for name, make in groups.items()]
    problems = [problem for group in found for problem in group.problems]
    problems += runner.same_codes(source.file for source in every)
    posted = boards.ordered(each for group in found for each in group.posted)
    return Board(posted, law.zone, now), tuple(
        sorted(dict.fromkeys(problems), key=lambda each: (each.file, each.line, each.column))
    )


def _keep(cache: Cache, name: str, make: Callable[[], _Group]) -> None:
    cache.get(name, make)


def _groups(every: Sequence[Source]) -> list[list[Source]]:
    """Group files by a hash of their names: a new file changes one group, not all that follow."""
    count = 1
    while len(every) / count > GROUP:
        count *= 2
    found: list[list[Source]] = [[] for _ in range(count)]
    for source in every:
        number = int.from_bytes(hashlib.sha256(PurePath(source.file).name.encode()).digest()[:4], "big")
        found[number % count].append(source)
    return [group for group in found if group]


def _name(group: Sequence[Source]) -> str:
    return digest("group", *(part for source in group for part in (source.file, source.content or b"")))


def _checked(group: Sequence[Source], site: Settings, law: Law, now: datetime) -> _Group:
    checked = runner.notices(group, site, law, now, with_warnings=False)
    contents = {PurePath(source.file).stem: source.content or b"" for source in group}
    posted = tuple(
        boards.posted(notice_id, notice, law, now, digest(contents[notice_id]))
        for notice_id, notice in checked.notices.items()
    )
    later = [moment for each in posted for moment in _moments(each) if moment >= now]
    return _Group(posted, tuple(errors(checked.problems)), now, min(later, default=None))


def _moments(posted: Posted) -> Iterator[datetime]:
    """Give the instants at which a clock of a notice may get another state."""
    delay = posted.notice.police_delay
    if delay:
        yield from (moment for moment in (delay.first, delay.last) if moment)
    for clock in posted.clocks:
        yield from (moment for moment in (clock.due, clock.counted) if moment)
