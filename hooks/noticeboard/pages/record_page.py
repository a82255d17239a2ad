"""The record: each duty of the newest notices as a row of a dot plot, and all years in one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Literal

from noticeboard.board.board import Board, PostedNotice
from noticeboard.i18n.catalogs import N_
from noticeboard.law.clocks import Clock
from noticeboard.notice.localized import LocalizedNotice, LocalText
from noticeboard.outputs import statistics
from noticeboard.outputs.statistics import DutyDurations, YearSummary
from noticeboard.pages.content import PageContent
from noticeboard.pages.notice_pages import site_root
from noticeboard.render.renderer import Renderer

MAX_DOTS = 40
"""Rows of the plot; clocks.csv has all."""
OPEN_YEARS = 1
"""Years that the page shows unfolded."""
_AXIS = (0, 2, 7, 30, 60, 90, 180, 365, 730)
"""The days that the axis can name."""
_LEFT, _RIGHT = 2.0, 97.0
"""Where the axis begins and ends, in percent of the plot's width."""

_STATES: Mapping[str, str] = {
    "met": N_("on time"),
    "met_late": N_("late"),
    "running": N_("no date posted"),
    "overdue": N_("no date posted"),
}


@dataclass(frozen=True)
class Dot:
    """One row of the plot. Places are in percent of its width."""

    duty: str
    limit: str
    deadline: float
    done: float | None
    """None: there is no date yet."""
    words: str
    kind: Literal["on_time", "late", "uncertain"]


@dataclass(frozen=True)
class DotGroup:
    """The rows of one notice."""

    title: LocalText
    url: str
    """From the language's folder."""
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class TableRow:
    """One duty in one year."""

    duty: str
    limit: str
    numbers: DutyDurations
    median: str


def record_page(board: Board, renderer: Renderer, root: str) -> PageContent:
    """Return the record."""
    shown = list(islice(_shown_clocks(board), MAX_DOTS))
    longest = max((max(_days(clock), _deadline_days(clock)) for _, clock in shown), default=0.0)
    axis = [day for day in _AXIS if day <= longest]
    years = [(year, _rows(year, renderer)) for year in statistics.years(board)]
    html = renderer.render(
        "record.html",
        board=board,
        groups=_groups(shown, longest, renderer),
        axis=[(renderer.language.number(day), _place(day, longest)) for day in axis],
        is_cut=len(shown) == MAX_DOTS,
        max_dots=MAX_DOTS,
        open_years=years[:OPEN_YEARS],
        folded_years=years[OPEN_YEARS:],
        root=root,
        site_root=site_root(root, renderer.formatter),
    )
    gettext = renderer.language.gettext
    description = gettext("How long each duty took, notice by notice, and how many were late.")
    return PageContent(gettext("The record"), description, html)


def _shown_clocks(board: Board) -> Iterator[tuple[PostedNotice, Clock]]:
    """Return the duties that have a length, newest notice first."""
    for posted in board.notices:
        for clock in posted.clocks:
            has_length = clock.starts_at and clock.due_at and clock.rule.limit.kind != "not_after_event"
            if has_length and clock.state in _STATES:
                yield posted, clock


def _groups(shown: Iterable[tuple[PostedNotice, Clock]], longest: float, renderer: Renderer) -> list[DotGroup]:
    return [
        DotGroup(
            LocalizedNotice(posted.notice, renderer.language.code).title,
            posted.relative_url,
            tuple(_dot(clock, longest, renderer) for _, clock in pairs),
        )
        for posted, pairs in groupby(shown, key=lambda pair: pair[0])
    ]


def _dot(clock: Clock, longest: float, renderer: Renderer) -> Dot:
    formatter = renderer.formatter
    return Dot(
        formatter.translate(formatter.law.recipients[clock.rule.owed_to].title),
        formatter.limit(clock.rule),
        _place(_deadline_days(clock), longest),
        _place(_days(clock), longest) if clock.met_at else None,
        _words(clock, renderer),
        _kind(clock),
    )


def _kind(clock: Clock) -> Literal["on_time", "late", "uncertain"]:
    if clock.state != "met_late":
        return "on_time"
    return "uncertain" if clock.estimated else "late"


def _words(clock: Clock, renderer: Renderer) -> str:
    if _kind(clock) == "uncertain":
        return renderer.language.gettext("not certain whether on time")
    words = renderer.formatter.translate(_STATES[clock.state])
    return f"{_day_count(_days(clock), renderer)}, {words}" if clock.met_at else words


def _days(clock: Clock) -> float:
    return max(0.0, statistics.days_taken(clock) or 0.0)


def _deadline_days(clock: Clock) -> float:
    assert clock.due_at
    assert clock.starts_at
    return max(0.0, (clock.due_at - clock.starts_at).total_seconds() / 86400)


def _place(days: float, longest: float) -> float:
    """Return where a day is. The axis grows with the square root, so that hours and months fit into one picture."""
    share = (days / longest) ** 0.5 if longest else 0.0
    return round(_LEFT + share * (_RIGHT - _LEFT), 1)


def _rows(year: YearSummary, renderer: Renderer) -> list[TableRow]:
    formatter = renderer.formatter
    return [
        TableRow(
            formatter.translate(formatter.law.recipients[duty.rule.owed_to].title),
            formatter.limit(duty.rule) if duty.rule.limit.count else "",
            duty,
            "" if duty.median_days is None else _day_count(max(0.0, duty.median_days), renderer),
        )
        for duty in year.durations
    ]


def _day_count(days: float, renderer: Renderer) -> str:
    """Write a number of days: to the tenth below ten, else whole."""
    decimal = renderer.language.decimal(days) if days < 10 else renderer.language.number(round(days))
    return renderer.language.ngettext("%(num)s day", "%(num)s days", 1 if decimal == "1" else 2, num=decimal)
