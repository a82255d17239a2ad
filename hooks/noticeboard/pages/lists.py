"""Lists of notices, at most fifty a page: by year, by school and by contractor; and the choices of the filters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from noticeboard.board import facets
from noticeboard.board.board import OWN_SYSTEMS_SLUG, Board, PostedNotice, slug
from noticeboard.board.facets import ANY
from noticeboard.i18n import labels
from noticeboard.i18n.catalogs import N_
from noticeboard.notice import causes
from noticeboard.render.formatter import Formatter

PAGE_SIZE = 50
"""Notices on a page, at most."""
LISTED = ("school", "contractor")
"""The facets that have lists of their own; the filters on the board do the rest."""

QUESTIONS = ("school", "year")
"""What the board asks a parent first."""

TITLES = {
    "school": N_("School"),
    "group": N_("Whose data"),
    "year": N_("Year your child was born, or was at our schools"),
    "contractor": N_("Whose system"),
    "data": N_("Kind of data"),
    "cause": N_("How it happened"),
    "status": N_("Status"),
}
"""What people call the facets."""


@dataclass(frozen=True)
class Facet:
    """One way to look at the board, with its choices."""

    id: str
    title: str
    choices: Mapping[str, str]
    """What stands in an address → what people read."""


@dataclass(frozen=True)
class NoticeList:
    """Some of the board's notices, on one page or on several."""

    address: str
    """Where its first page is, from the language's folder: `notices/2025/`."""
    title: str
    notices: tuple[PostedNotice, ...]
    """Newest first."""
    unspecified: NoticeList | None = None
    """The notices that may be about this, too, where they are too many to stand here."""
    is_facet: bool = True
    """Whether it is one of the choices “could this be about my child?”"""

    @property
    def pages(self) -> int:
        """How many pages it has, at least one."""
        return max(1, -(-len(self.notices) // PAGE_SIZE))

    def page(self, number: int) -> tuple[PostedNotice, ...]:
        """Return what stands on a page, counted from 1."""
        return self.notices[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]

    def url(self, number: int) -> str:
        """Return the address of a page, from the language's folder."""
        return self.address if number == 1 else f"{self.address}{number}/"


def lists_for(board: Board, formatter: Formatter) -> Iterator[NoticeList]:
    """Return every list of a board."""
    yield from by_year(board, formatter)
    for facet in facets_for(board, formatter):
        if facet.id in LISTED:
            yield from _by_facet(facet, board, formatter)


def by_year(board: Board, formatter: Formatter) -> Iterator[NoticeList]:
    """Return each year's notices, and before them the active ones where they need a list."""
    gettext = formatter.language.gettext
    if len(board.active) > PAGE_SIZE:
        yield NoticeList("notices/active/", gettext("Active notices"), board.active, is_facet=False)
    for year, notices in groupby(board.notices, key=lambda posted: posted.year):
        title = gettext("Notices of %(year)s", year=year)
        yield NoticeList(f"notices/{year}/", title, tuple(notices), is_facet=False)


def _by_facet(facet: Facet, board: Board, formatter: Formatter) -> Iterator[NoticeList]:
    """Return the lists of a facet: of each choice, and of the notices that may be about any of them."""
    values = {posted.id: frozenset(facets.values(posted, facet.id)) for posted in board.notices}
    about_any = tuple(posted for posted in board.notices if ANY in values[posted.id])
    # No choice has this address: a name's own has letters or digits at both ends.
    title = formatter.language.gettext("%(facet)s: all, or none named", facet=facet.title)
    unspecified = NoticeList(f"notices/by/{facet.id}/-/", title, about_any)
    if about_any:
        yield unspecified
    for value, name in facet.choices.items():
        address, title = f"notices/by/{facet.id}/{value}/", f"{facet.title}: {name}"
        named = tuple(posted for posted in board.notices if value in values[posted.id])
        if about_any and len(named) + len(about_any) > PAGE_SIZE:
            yield NoticeList(address, title, named, unspecified)
        else:
            both = tuple(posted for posted in board.notices if values[posted.id] & {value, ANY})
            yield NoticeList(address, title, both)


def facets_for(board: Board, formatter: Formatter) -> list[Facet]:
    """Return the facets of a board that have a choice."""
    choices = {facet: dict(_choices(facet, board.notices, formatter)) for facet in TITLES}
    return [
        Facet(facet, formatter.translate(TITLES[facet]), values)
        for facet, values in choices.items()
        if values or facet == "year"  # it asks for a year of birth, too
    ]


def _choices(facet: str, notices: Iterable[PostedNotice], formatter: Formatter) -> Iterable[tuple[str, str]]:
    notices, translate = list(notices), formatter.translate
    used = {value for posted in notices for value in facets.values(posted, facet)} - {ANY}
    if facet == "school":
        names = {slug(name): name for posted in notices for name in posted.schools}
        return sorted(names.items(), key=lambda pair: pair[1])
    if facet == "contractor":
        own_systems = translate(N_("The district’s own systems"))
        names = {slug(posted.contractor): posted.contractor for posted in notices if posted.contractor}
        names |= {OWN_SYSTEMS_SLUG: own_systems} if OWN_SYSTEMS_SLUG in used else {}
        return sorted(names.items(), key=lambda pair: pair[1].casefold())
    if facet == "year":
        return [(year, year) for year in sorted(used, reverse=True)]
    named_causes = {code: cause.name for code, cause in causes.causes().items()}
    known = {"group": labels.PEOPLE, "status": labels.STATUS, "cause": named_causes}.get(facet)
    if known is not None:
        return [(key, translate(name)) for key, name in known.items() if key in used]
    named = [(code, translate(entry.name)) for code, entry in formatter.law.codes.items() if code in used]
    return sorted(named, key=lambda pair: pair[1].casefold())
