"""The law of a state as data: whom it protects, and the rules that start clocks, with their citations (states/)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from noticeboard.law.business_days import HolidayCalendar
from noticeboard.notice import data_codes, strict_yaml
from noticeboard.notice.data_codes import DataCode
from noticeboard.notice.problem import field_name

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

    @model_validator(mode="after")
    def _is_whole(self) -> Limit:
        if self.kind in {"calendar_days", "business_days", "hours"} and self.count < 1:
            raise ValueError(f"must have a count of at least 1, not {self.count}")
        if self.kind == "not_after_event" and not self.event:
            raise ValueError("must have the event that must not come first")
        return self


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
    owed_to: str
    """One of the law's recipients."""
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


class Recipient(_Entry):
    """Whom duties are owed to."""

    name: str
    title: str
    """A duty that is owed to them, done, in two words."""


class Category(_Entry):
    """A legal category of data."""

    name: str
    is_personal: bool = False
    """Whether the law on residents counts it."""


class _CodeRow(_Entry):
    codes: tuple[str, ...]
    categories: frozenset[str]
    by_themselves: frozenset[str] | None = None
    personal_from: date | None = None


class _LawFile(_Entry):
    """What a state's file holds."""

    state: str
    recipients: dict[str, Recipient]
    categories: dict[str, Category]
    data: tuple[_CodeRow, ...]
    rules: tuple[dict[str, Any], ...]
    protections: tuple[ProtectionRule, ...] = ()
    calendars: dict[str, dict[str, Any]] = {}


@dataclass(frozen=True)
class Law:
    """All that the clocks need beside a notice."""

    zone: tzinfo
    rules: tuple[Rule, ...]
    protections: tuple[ProtectionRule, ...]
    calendars: Mapping[str, HolidayCalendar]
    codes: Mapping[str, DataCode]
    recipients: Mapping[str, Recipient]
    categories: Mapping[str, Category]

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


_STATES = resources.files(__package__).joinpath("states")


def states() -> list[str]:
    """Return the codes of the states whose law is there."""
    return sorted(path.name.removesuffix(".yml") for path in _STATES.iterdir() if path.name.endswith(".yml"))


def state_name(state_code: str) -> str:
    """Return a state's name. Raises LawError if its law is not there, or can't be read."""
    return _read(_text(state_code)).state


def policy_ids(state_code: str) -> list[str]:
    """Return the ids of the rules that a district can promise beyond the law."""
    return [str(rule["id"]) for rule in _read(_text(state_code)).rules if rule.get("basis") == "policy"]


def must_be_known(state_code: str) -> None:
    """Raise LawError for a state whose law is not there."""
    if state_code not in states():
        raise LawError(
            f"must be a state whose law is in hooks/noticeboard/law/states ({', '.join(states())}), not {state_code!r}"
        )


def _text(state_code: str) -> str:
    must_be_known(state_code)
    return _STATES.joinpath(f"{state_code}.yml").read_text("utf-8")


def load(
    state_code: str,
    zone: tzinfo,
    policies: Mapping[str, Citation] | None = None,
    directory: list[str] | None = None,
    texts: LawTexts | None = None,
) -> Law:
    """Read a state's law: the given texts, or the file that ships with the project.

    `policies` cites the district's own promises by rule id; a promise without a citation is left out.
    `directory` lists the data codes that are directory information in this district; None: the law's.
    Raises LawError if there is no such law, or if it is not as it must be.
    """
    law = _read(texts.statutes if texts else _text(state_code))
    try:
        calendars = {name: HolidayCalendar.from_data(entry) for name, entry in law.calendars.items()}
        names = data_codes.names(texts.data_codes if texts else None)
    except (LookupError, TypeError, AttributeError) as error:
        raise LawError(f"{error} is missing, or has another shape than it must have") from None
    except ValueError as error:
        raise LawError(str(error).partition("\n")[0]) from None
    rules = tuple(_rules(law, policies or {}, calendars))
    codes = data_codes.for_district(_codes(law, names), directory)
    return Law(zone, rules, law.protections, calendars, codes, law.recipients, law.categories)


def _read(text: str) -> _LawFile:
    try:
        return _LawFile.model_validate(strict_yaml.read_data(text))
    except ValidationError as error:
        raise LawError(_words(error, "")) from None
    except ValueError as error:
        raise LawError(str(error).partition("\n")[0]) from None


def _rules(law: _LawFile, policies: Mapping[str, Citation], calendars: Collection[str]) -> Iterator[Rule]:
    for number, entry in enumerate(law.rules, 1):
        rule_id = str(entry.get("id") or f"number {number}")
        if entry.get("basis") == "policy":
            if rule_id not in policies:
                continue
            promise = policies[rule_id]
            entry = {**entry, **{name: getattr(promise, name) for name in Citation.model_fields}}
        try:
            rule = Rule.model_validate(entry)
        except ValidationError as error:
            raise LawError(_words(error, f"rule {rule_id}: ")) from None
        named = {*rule.data, *rule.estimated_data}
        _must_be_among(rule_id, "owed_to", {rule.owed_to}, law.recipients)
        _must_be_among(rule_id, "data and estimated_data", named, {*law.categories, data_codes.UNKNOWN})
        if rule.limit.kind == "business_days":
            _must_be_among(rule_id, "limit.calendar", {rule.limit.calendar}, calendars)
        yield rule


def _must_be_among(rule_id: str, field: str, found: Collection[str], known: Collection[str]) -> None:
    if wrong := sorted({*found} - {*known}):
        raise LawError(f"rule {rule_id}: {field} must be among {', '.join(sorted(known))}, not {', '.join(wrong)}")


def _codes(law: _LawFile, names: Mapping[str, str]) -> Mapping[str, DataCode]:
    """Give each kind of data its categories, in the order of its names."""
    rows = {code: row for row in law.data for code in row.codes}
    if lacking := [code for code in names if code not in rows]:
        raise LawError(f"data must give each kind of data its categories, also {', '.join(lacking)}")
    if unknown := [code for code in rows if code not in names]:
        raise LawError(f"data must name only kinds of data that the format has, not {', '.join(unknown)}")
    personal = frozenset(name for name, category in law.categories.items() if category.is_personal)
    known = {*law.categories, data_codes.UNKNOWN}
    for code, row in rows.items():
        if wrong := sorted((row.categories | (row.by_themselves or frozenset())) - known):
            raise LawError(f"data, {code}: categories must be among {', '.join(sorted(known))}, not {', '.join(wrong)}")
    return {
        code: DataCode(
            code,
            name,
            rows[code].categories,
            rows[code].by_themselves,
            rows[code].categories & personal,
            rows[code].personal_from,
        )
        for code, name in names.items()
    }


def _words(error: ValidationError, where: str) -> str:
    """Say the first thing that is wrong with a file of the law: the field, what must be so, what was found."""
    detail = error.errors(include_url=False)[0]
    field, kind, found = field_name(detail["loc"]), detail["type"], detail["input"]
    if kind == "missing":
        return f"{where}{field} is missing"
    if kind == "extra_forbidden":
        return f"{where}{field} is nothing that the law’s file can have"
    if kind == "literal_error":
        return f"{where}{field} must be among {detail['ctx']['expected']}, not {found!r}"
    return f"{where}{field} {detail['msg'].removeprefix('Value error, ')}"
