"""The law as data: the rules that start clocks, with their citations (statutes.yml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from noticeboard.law.business_days import HolidayCalendar
from noticeboard.notice import data_codes, strict_yaml
from noticeboard.notice.data_codes import DataCode

Kind = Literal["calendar_days", "business_days", "hours", "not_after_event", "immediately"]
Event = Literal["discovered", "received", "families_notified", "posted", "attorney_general_notified"]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Limit(_Entry):
    """How long a duty may take."""

    kind: Kind
    count: int = 0
    """Days or hours."""
    calendar: str = ""
    """For business days: which calendar of holidays."""
    event: Event | None = None
    """For not_after_event: the event that must not come first."""


class Citation(_Entry):
    """Where a rule stands and where it was read."""

    citation: str
    source: str
    checked_on: date


class _Version(Citation):
    """One version of a rule: what governs a breach that starts in its time."""

    id: str
    start_event: Mapping[Literal["contractor", "own"], Event]
    """The field of a notice that starts it, for a contractor's breach and for the district's own."""
    effective_from: date | None = None
    effective_to: date | None = None

    def is_in_force(self, day: date) -> bool:
        """Whether this version governs what starts on that day."""
        return (self.effective_from or date.min) <= day <= (self.effective_to or date.max)

    @property
    def is_current(self) -> bool:
        """Whether no later version has replaced it."""
        return self.effective_to is None


class Rule(_Version):
    """One version of one duty."""

    name: str
    basis: Literal["statute", "policy"]
    is_interpretation: bool = False
    """Whether the limit is this board's own reading, as the law gives no number."""
    readings: tuple[str, ...] = ()
    """What else is this board's own reading, in sentences."""
    owed_by: Literal["contractor", "district"]
    owed_to: Literal["district", "families", "public", "residents", "attorney_general"]
    met_by: Event
    limit: Limit
    qualifier: str | None = None
    data: frozenset[str]
    estimated_data: frozenset[str] = frozenset()
    people: frozenset[str] | None = None
    pause: tuple[Literal["law_enforcement"], ...] = ()

    @property
    def is_paused_by_police(self) -> bool:
        """Whether its date moves when police ask to wait; what must not come after an event waits with the event."""
        return "law_enforcement" in self.pause and self.limit.kind != "not_after_event"

    @property
    def has_clock(self) -> bool:
        """Whether it has a date to count to; “immediately” has none."""
        return self.limit.kind != "immediately"


class ProtectionRule(_Version):
    """Identity protection that must be offered when certain data were taken."""

    months: int
    data: frozenset[str]
    """Data codes."""


@dataclass(frozen=True)
class Law:
    """All that the clocks need beside a notice."""

    zone: tzinfo
    rules: tuple[Rule, ...]
    protections: tuple[ProtectionRule, ...]
    calendars: Mapping[str, HolidayCalendar]
    codes: Mapping[str, DataCode]

    def version(self, rule_id: str) -> Rule | None:
        """Return a rule in the version that stands today."""
        return next((rule for rule in self.rules if rule.id == rule_id and rule.is_current), None)


class LawError(ValueError):
    """A file of the law that can't be read; its message says why."""


@dataclass(frozen=True)
class LawTexts:
    """The files that hold the law, as they stand somewhere else: at another revision, in a proposal."""

    statutes: str
    data_codes: str


def load(
    zone: tzinfo,
    policies: Mapping[str, Citation] | None = None,
    directory: list[str] | None = None,
    texts: LawTexts | None = None,
) -> Law:
    """Read the law: the given texts, or those that ship with the project.

    `policies` cites the district's own promises by rule id; a promise without a citation is left out.
    `directory` lists the data codes that are directory information in this district; None: the table's.
    Raises LawError if a file is not as it must be.
    """
    text = texts.statutes if texts else resources.files(__package__).joinpath("statutes.yml").read_text("utf-8")
    try:
        data = strict_yaml.read_data(text)
        return Law(
            zone,
            tuple(_rules(data["rules"], policies or {})),
            tuple(ProtectionRule.model_validate(entry) for entry in data["protections"]),
            {name: HolidayCalendar.from_data(entry) for name, entry in data["calendars"].items()},
            data_codes.load_for_district(directory, texts.data_codes if texts else None),
        )
    except ValueError as error:
        raise LawError(str(error).partition("\n")[0]) from None
    except (LookupError, TypeError, AttributeError) as error:
        raise LawError(f"{error} is missing, or has another shape than it must have") from None


def _rules(entries: list[dict[str, Any]], policies: Mapping[str, Citation]) -> Iterator[Rule]:
    for entry in entries:
        if entry["basis"] == "policy":
            if entry["id"] not in policies:
                continue
            entry = {**entry, **policies[entry["id"]].model_dump()}
        yield Rule.model_validate(entry)
