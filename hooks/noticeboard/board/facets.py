"""Could this be my child? The board by school, group, year, contractor, kind of data and status.

A notice that says nothing of a school or a year stands under each of them: it may be about anybody. Nothing here ever
says no; every answer ends with whom to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from noticeboard.board import cohorts
from noticeboard.board.board import OWN, Board, Posted, slug
from noticeboard.i18n import labels
from noticeboard.i18n.catalogs import N_
from noticeboard.render.formatter import Wording

ANY = "*"
"""Stands for every value: the notice does not say."""

TITLES = {
    "school": N_("School"),
    "group": N_("Whose data"),
    "year": N_("Year at our schools"),
    "contractor": N_("Whose system"),
    "data": N_("Kind of data"),
    "status": N_("Status"),
}
"""The facets in their order, and what people call them."""


@dataclass(frozen=True)
class Facet:
    """One way to look at the board, with its choices."""

    id: str
    title: str
    choices: dict[str, str]
    """What stands in an address → what people read."""


def values(posted: Posted, facet: str) -> list[str]:
    """Give a notice's values under a facet, as they stand in addresses; `*` is all of them."""
    return _VALUES[facet](posted)


def _schools(posted: Posted) -> list[str]:
    is_everywhere = any(not isinstance(group.schools, list) for group in posted.notice.affected)
    return [*(slug(name) for name in posted.schools), *([ANY] if is_everywhere else [])]


def _years(posted: Posted) -> list[str]:
    spans = [cohorts.years(group.cohort, posted.year) for group in posted.notice.affected]
    named = [str(year) for year in sorted({year for span in spans if span for year in span})]
    return [*named, *([ANY] if None in spans else [])]


_VALUES: dict[str, Callable[[Posted], list[str]]] = {
    "school": _schools,
    "group": lambda posted: list(dict.fromkeys(group.who for group in posted.notice.affected)),
    "year": _years,
    "contractor": lambda posted: [slug(posted.contractor) if posted.contractor else OWN],
    "data": lambda posted: posted.notice.data,
    "status": lambda posted: [posted.notice.status],
}


def of(board: Board, wording: Wording) -> list[Facet]:
    """Give the facets of a board that have a choice."""
    found = []
    for facet, title in TITLES.items():
        choices = dict(_choices(facet, board.posted, wording))
        if choices:
            found.append(Facet(facet, wording.say(title), choices))
    return found


def _choices(facet: str, posted: Iterable[Posted], wording: Wording) -> Iterable[tuple[str, str]]:
    every = list(posted)
    there = {value for each in every for value in values(each, facet)} - {ANY}
    if facet == "school":
        names = {slug(name): name for each in every for name in each.schools}
        return sorted(names.items(), key=lambda pair: pair[1])
    if facet == "contractor":
        names = {slug(each.contractor) if each.contractor else OWN: each.contractor for each in every}
        own = wording.say(N_("The district’s own systems"))
        return sorted(((key, name or own) for key, name in names.items()), key=lambda pair: pair[1].casefold())
    if facet == "year":
        return [(year, year) for year in sorted(there, reverse=True)]
    spoken = {"group": labels.PEOPLE, "status": labels.STATUS}.get(facet)
    if spoken is not None:
        return [(key, wording.say(name)) for key, name in spoken.items() if key in there]
    named = [(code, wording.say(entry.name)) for code, entry in wording.law.codes.items() if code in there]
    return sorted(named, key=lambda pair: pair[1].casefold())
