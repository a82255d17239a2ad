"""The record: for each year how many notices, by contractor and kind of data, and how long each duty took."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from noticeboard.board.board import OWN_SYSTEMS_SLUG, Board, PostedNotice
from noticeboard.law.clocks import Clock
from noticeboard.law.statutes import Rule
from noticeboard.outputs.csv_tables import escape_formula


@dataclass(frozen=True)
class DutyDurations:
    """How long a duty took, over the notices of a year."""

    rule: Rule
    """In its newest version among the notices."""
    done: int
    days: tuple[float, ...]
    """From its start to its end, shortest first; empty for a duty that only must not come after another event."""
    late: int
    open: int
    """How many have no end on record."""

    @property
    def median_days(self) -> float | None:
        """The median of the days; None: none has a length."""
        return median(self.days) if self.days else None


@dataclass(frozen=True)
class YearSummary:
    """One year of the record."""

    year: int
    notices: int
    withdrawn: int
    contractors: tuple[tuple[str, int], ...]
    """(name, or `own-systems`; how many notices), most first."""
    data: tuple[tuple[str, int], ...]
    """(data code; how many notices), most first."""
    durations: tuple[DutyDurations, ...]


def years(board: Board) -> list[YearSummary]:
    """Return the record, newest year first, by the year of posting. Withdrawn notices are counted, and said so."""
    by_year = groupby(board.notices, key=lambda posted: posted.year)
    return [_year(year, list(group)) for year, group in by_year]


def _year(year: int, posted: list[PostedNotice]) -> YearSummary:
    return YearSummary(
        year,
        len(posted),
        sum(notice.notice.status == "withdrawn" for notice in posted),
        _counted(notice.contractor or OWN_SYSTEMS_SLUG for notice in posted),
        _counted(code for notice in posted for code in notice.notice.data),
        tuple(_taken([clock for notice in posted for clock in notice.clocks])),
    )


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0].casefold())))


def _taken(clocks: list[Clock]) -> Iterable[DutyDurations]:
    for rule_id in dict.fromkeys(clock.rule.id for clock in clocks):
        rule_clocks = [clock for clock in clocks if clock.rule.id == rule_id]
        done = [
            clock for clock in rule_clocks if clock.met_at and clock.starts_at and clock.state in {"met", "met_late"}
        ]
        days = sorted(days for clock in done if (days := days_taken(clock)) is not None)
        late = sum(clock.state == "met_late" for clock in done)
        # A start that isn't known, or a withdrawn notice, has no time to tell.
        waiting = sum(clock.state in {"running", "overdue", "paused"} for clock in rule_clocks)
        yield DutyDurations(rule_clocks[0].rule, len(done), tuple(days), late, waiting)


def days_taken(clock: Clock) -> float | None:
    """Return the days from a duty's start to its end.

    None: it has no start or no end, or it only must not come after another event, and so has no length.
    """
    if clock.rule.limit.kind == "not_after_event" or not clock.met_at or not clock.starts_at:
        return None
    return (clock.met_at - clock.starts_at).total_seconds() / 86400


COLUMNS = {
    "year": "the year of posting",
    "what": "notices, withdrawn, contractor, data, or clock",
    "of": "which contractor, data code or rule; empty for all",
    "number": "how many notices; for a clock: how many are done",
    "median_days": "for a clock: the median of the days that it took; empty if it has no length of its own",
    "late": "for a clock: how many were done late",
    "open": "for a clock: how many have no end on record",
}
"""The columns of record.csv, with what each means."""


def statistics_csv(board: Board) -> str:
    """Write record.csv."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows(csv_rows(years(board)))
    return written.getvalue()


def csv_rows(summaries: Iterable[YearSummary]) -> Iterable[list[object]]:
    """Return the rows of record.csv, without its head."""
    for year in summaries:
        yield [year.year, "notices", "", year.notices, "", "", ""]
        yield [year.year, "withdrawn", "", year.withdrawn, "", "", ""]
        for name, number in year.contractors:
            yield [year.year, "contractor", escape_formula(name), number, "", "", ""]
        for code, number in year.data:
            yield [year.year, "data", code, number, "", "", ""]
        for duty in year.durations:
            median_days = "" if duty.median_days is None else f"{duty.median_days:.1f}"
            yield [year.year, "clock", duty.rule.id, duty.done, median_days, duty.late, duty.open]
