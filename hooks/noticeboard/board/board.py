"""The board: all posted notices, and the questions that pages and feeds ask of them."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Literal

from noticeboard.law import clocks
from noticeboard.law.clocks import Clock
from noticeboard.law.statutes import Law
from noticeboard.notice.dates import When, end_of
from noticeboard.notice.model import Notice
from noticeboard.notice.parts import UpdateKind

OWN = "own-systems"
"""What stands for the district's own systems in addresses."""
LONGEST_SLUG = 100
"""Characters of a name in an address; a longer one is cut, and told apart by a hash."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a subscriber is told of, once: a notice went up, or an update was added to it."""

    id: str
    """Unique within the notice and never changed: `posted`, `update-1`, `update-2`, …"""
    kind: Literal["posted"] | UpdateKind
    at: datetime
    """UTC."""
    update: int = 0
    """Which update of the notice, counted from 0; for `posted` it means nothing."""

    @property
    def number(self) -> int:
        """Which event of the notice it is, counted from 0."""
        return 0 if self.kind == "posted" else self.update + 1


@dataclass(frozen=True, slots=True)
class FamilyDate:
    """A date that matters to a family."""

    kind: Literal["enroll", "step", "clock"]
    what: str
    """The step in the notice's own words, the provider, or the rule's id."""
    step: int | None
    """Which step of the notice, counted from 0."""
    due: datetime
    """The last second on which it can be done (UTC)."""
    has_time: bool
    """Whether the hour counts, not only the day."""


@dataclass(frozen=True)
class Posted:
    """A notice on the board, with what follows from it."""

    id: str
    notice: Notice
    clocks: tuple[Clock, ...]
    zone: tzinfo
    content: str = ""
    """A hash of its file, by which what is made of it is kept."""

    @cached_property
    def stand(self) -> str:
        """All that its page says depends on this and on the project's own files."""
        return f"{self.id} {self.content} " + " ".join(f"{clock.state} {clock.due}" for clock in self.clocks)

    @property
    def year(self) -> int:
        """The year in which it was posted."""
        return self.notice.posted.day(self.zone).year

    @property
    def address(self) -> str:
        """Its page, from the site's root; it never changes."""
        return f"notices/{self.id}/"

    @property
    def contractor(self) -> str:
        """Whose system it was; empty for the district's own."""
        return self.notice.contractor if self.notice.has_contractor else ""

    @property
    def schools(self) -> list[str]:
        """The schools that it names; none if it is about all of them."""
        named = [group.schools for group in self.notice.affected if isinstance(group.schools, list)]
        return sorted({name for names in named for name in names})

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What subscribers are told of, oldest first."""
        notice = self.notice
        posted = Event("posted", "posted", notice.posted.instant)
        updates = [
            Event(f"update-{number}", update.kind, update.at.instant, number - 1)
            for number, update in enumerate(notice.updates or [], 1)
        ]
        return (posted, *updates)

    @cached_property
    def family_dates(self) -> tuple[FamilyDate, ...]:
        """What a family can miss: the last day to enroll, then the steps by date, then what the district owes."""
        return (*self._enrollment(), *self._steps(), *self._duty())

    def _enrollment(self) -> list[FamilyDate]:
        protection = self.notice.protection
        if not protection or not isinstance(protection.enroll_by, When):
            return []
        due, has_time = self._last_second(protection.enroll_by)
        return [FamilyDate("enroll", protection.provider, None, due, has_time)]

    def _steps(self) -> list[FamilyDate]:
        steps = enumerate(self.notice.steps or [])
        dated = [(index, step.do, self._last_second(step.by)) for index, step in steps if step.by]
        found = [FamilyDate("step", do, index, due, has_time) for index, do, (due, has_time) in dated]
        return sorted(found, key=lambda date: date.due)

    def _last_second(self, when: When) -> tuple[datetime, bool]:
        return (when.instant, True) if when.has_time else (end_of(when.day(self.zone), self.zone), False)

    def _duty(self) -> list[FamilyDate]:
        """The law's first duty towards families that isn't met yet."""
        owed = [
            FamilyDate("clock", clock.rule.id, None, clock.due, not clock.ends_with_day)
            for clock in self.clocks
            if clock.rule.basis == "statute"
            and clock.rule.owed_to in {"families", "residents"}
            and clock.state in {"running", "overdue"}
            and clock.due
        ]
        return sorted(owed, key=lambda date: date.due)[:1]


@dataclass(frozen=True)
class Board:
    """Every posted notice, newest first."""

    posted: tuple[Posted, ...]
    zone: tzinfo
    now: datetime
    """When the board was computed (UTC)."""

    @cached_property
    def current(self) -> tuple[Posted, ...]:
        """Those that the public should watch."""
        return tuple(each for each in self.posted if each.notice.is_active)

    @property
    def past_by_year(self) -> dict[int, tuple[Posted, ...]]:
        """Those that are resolved or withdrawn, by the year of posting, newest first."""
        past = [each for each in self.posted if not each.notice.is_active]
        return {year: tuple(group) for year, group in groupby(past, key=lambda each: each.year)}

    @cached_property
    def events(self) -> list[tuple[Posted, Event]]:
        """What subscribers are told of, over all notices, newest first."""
        found = [(posted, event) for posted in self.posted for event in posted.events]
        return sorted(found, key=lambda pair: (pair[1].at, pair[0].id, pair[1].id), reverse=True)

    def facets(self, kind: Literal["contractor", "school"]) -> dict[str, tuple[str, list[tuple[Posted, Event]]]]:
        """Give the events by contractor or by school, where the board has more than one: key → (name, events).

        A key is the name as an address has it; the district's own systems are `own-systems`, without a name.
        """
        found: dict[str, tuple[str, list[tuple[Posted, Event]]]] = {}
        for posted, event in self.events:
            for name in [posted.contractor] if kind == "contractor" else posted.schools:
                found.setdefault(slug(name) if name else OWN, (name, []))[1].append((posted, event))
        return dict(sorted(found.items())) if len(found) > 1 else {}


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """Turn a name into a part of an address: lower case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x" + name.encode().hex()[:16]
    # No file system takes a folder's name of any length; a folder's own page is called `index`.
    is_fit = len(made) <= LONGEST_SLUG and made not in {OWN, "index"}
    return made if is_fit else f"{made[:LONGEST_SLUG]}-{zlib.crc32(made.encode()):08x}"


def posted(notice_id: str, notice: Notice, law: Law, now: datetime, content: str = "") -> Posted:
    """Compute what follows from a notice; `content` names what its file holds."""
    return Posted(notice_id, notice, tuple(clocks.of(notice_id, notice, law, now)), law.zone, content)


def ordered(every: Iterable[Posted]) -> tuple[Posted, ...]:
    """Put notices into the board's order, newest first."""
    return tuple(sorted(every, key=lambda each: (each.notice.posted.instant, each.id), reverse=True))


def build(notices: Mapping[str, Notice], law: Law, now: datetime) -> Board:
    """Put checked notices on a board."""
    found = ordered(posted(notice_id, notice, law, now) for notice_id, notice in notices.items())
    return Board(found, law.zone, now)
