"""The board: all posted notices, and the questions that pages and feeds ask of them."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Literal, NamedTuple

from noticeboard.law import clocks
from noticeboard.law.clocks import Clock
from noticeboard.law.statutes import Law
from noticeboard.notice.dates import PartialDate, end_of_day
from noticeboard.notice.model import Notice
from noticeboard.notice.parts import UpdateKind

OWN_SYSTEMS_SLUG = "own-systems"
"""What stands for the district's own systems in addresses."""
MAX_SLUG_LENGTH = 100
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
    def index(self) -> int:
        """Which event of the notice it is, counted from 0."""
        return 0 if self.kind == "posted" else self.update + 1


@dataclass(frozen=True, slots=True)
class FamilyDeadline:
    """A date that matters to a family."""

    kind: Literal["enroll", "step", "clock"]
    step: int | None
    """Which step of the notice, counted from 0."""
    due_at: datetime
    """The last second on which it can be done (UTC)."""
    has_time: bool
    """Whether the hour counts, not only the day."""


@dataclass(frozen=True)
class PostedNotice:
    """A notice on the board, with what follows from it."""

    id: str
    notice: Notice
    clocks: tuple[Clock, ...]
    zone: tzinfo
    late: Mapping[str, datetime] = field(default_factory=dict)
    """When a time was written down, if that was days after it, by field; an update is `update-1` and so on."""

    @classmethod
    def build(
        cls, notice_id: str, notice: Notice, law: Law, now: datetime, late: Mapping[str, datetime] | None = None
    ) -> PostedNotice:
        """Compute what follows from a notice."""
        return cls(notice_id, notice, tuple(clocks.clocks_for(notice_id, notice, law, now)), law.zone, late or {})

    @cached_property
    def year(self) -> int:
        """The year in which it was posted."""
        return self.notice.posted.day(self.zone).year

    @property
    def relative_url(self) -> str:
        """Its page, from the site's root; it never changes."""
        return f"notices/{self.id}/"

    @property
    def contractor(self) -> str:
        """Whose system it was; empty for the district's own."""
        return self.notice.contractor if self.notice.has_contractor else ""

    @cached_property
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
    def family_deadlines(self) -> tuple[FamilyDeadline, ...]:
        """What a family can miss: the last day to enroll, then the steps by date, then what the district owes."""
        return (*self._enrollment(), *self._steps(), *self._duty())

    def _enrollment(self) -> list[FamilyDeadline]:
        protection = self.notice.protection
        if not protection or not isinstance(protection.enroll_by, PartialDate):
            return []
        return [FamilyDeadline("enroll", None, *self._last_second(protection.enroll_by))]

    def _steps(self) -> list[FamilyDeadline]:
        steps = enumerate(self.notice.steps or [])
        dated = [FamilyDeadline("step", index, *self._last_second(step.by)) for index, step in steps if step.by]
        return sorted(dated, key=lambda deadline: deadline.due_at)

    def _last_second(self, when: PartialDate) -> tuple[datetime, bool]:
        return (when.instant, True) if when.has_time else (end_of_day(when.day(self.zone), self.zone), False)

    def _duty(self) -> list[FamilyDeadline]:
        """The law's first duty towards families that isn't met yet."""
        owed = [
            FamilyDeadline("clock", None, clock.due_at, not clock.ends_with_day)
            for clock in self.clocks
            if clock.rule.basis == "statute"
            and clock.rule.owed_to in {"families", "residents"}
            and clock.state in {"running", "overdue"}
            and clock.due_at
        ]
        return sorted(owed, key=lambda deadline: deadline.due_at)[:1]


@dataclass(frozen=True)
class Board:
    """Every posted notice, newest first."""

    notices: tuple[PostedNotice, ...]
    zone: tzinfo
    now: datetime
    """When the board was computed (UTC)."""

    @classmethod
    def build(cls, notices: Mapping[str, Notice], law: Law, now: datetime) -> Board:
        """Put checked notices, by their ids, on a board."""
        posted = (PostedNotice.build(notice_id, notice, law, now) for notice_id, notice in notices.items())
        return cls(newest_first(posted), law.zone, now)

    @cached_property
    def active(self) -> tuple[PostedNotice, ...]:
        """Those that the public should watch."""
        return tuple(posted for posted in self.notices if posted.notice.is_active)

    @property
    def past_by_year(self) -> dict[int, tuple[PostedNotice, ...]]:
        """Those that are resolved or withdrawn, by the year of posting, newest first."""
        past = [posted for posted in self.notices if not posted.notice.is_active]
        return {year: tuple(group) for year, group in groupby(past, key=lambda posted: posted.year)}

    @cached_property
    def events(self) -> list[tuple[PostedNotice, Event]]:
        """What subscribers are told of, over all notices, newest first."""
        events = [(posted, event) for posted in self.notices for event in posted.events]
        return sorted(events, key=lambda pair: (pair[1].at, pair[0].id, pair[1].id), reverse=True)

    def events_by(self, kind: Literal["contractor", "school"]) -> dict[str, EventGroup]:
        """Return the events by contractor or by school, where the board has more than one.

        A key is the name as an address has it.
        """
        groups: dict[str, EventGroup] = {}
        for posted, event in self.events:
            for name in [posted.contractor] if kind == "contractor" else posted.schools:
                key = slug(name) if name else OWN_SYSTEMS_SLUG
                groups.setdefault(key, EventGroup(name, [])).events.append((posted, event))
        return dict(sorted(groups.items())) if len(groups) > 1 else {}


class EventGroup(NamedTuple):
    """The events of one contractor or school."""

    name: str
    """Empty: the district's own systems."""
    events: list[tuple[PostedNotice, Event]]
    """Newest first."""


@lru_cache
def slug(name: str) -> str:
    """Turn a name into a part of an address: lower case letters, digits and hyphens."""
    # Kept, as a board says the same few names forty times a notice.
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    result = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x" + name.encode().hex()[:16]
    # No file system takes a folder's name of any length; a folder's own page is called `index`.
    is_fit = len(result) <= MAX_SLUG_LENGTH and result not in {OWN_SYSTEMS_SLUG, "index"}
    return result if is_fit else f"{result[:MAX_SLUG_LENGTH]}-{zlib.crc32(result.encode()):08x}"


def newest_first(notices: Iterable[PostedNotice]) -> tuple[PostedNotice, ...]:
    """Put notices into the board's order, newest first."""
    return tuple(sorted(notices, key=lambda posted: (posted.notice.posted.instant, posted.id), reverse=True))
