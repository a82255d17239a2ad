"""The board in lists of at most fifty notices a page: by year, by school and by contractor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from noticeboard.board import facets
from noticeboard.board.board import Board, Posted
from noticeboard.board.facets import ANY, Facet
from noticeboard.render.formatter import Wording

LONGEST = 50
"""Notices on a page, at most."""
LISTED = ("school", "contractor")
"""The facets that have lists of their own; the filters on the board do the rest."""


@dataclass(frozen=True)
class NoticeList:
    """Some of the board's notices, on one page or on several."""

    address: str
    """Where its first page is, from the language's folder: `notices/2025/`."""
    title: str
    found: tuple[Posted, ...]
    """Newest first."""
    open: NoticeList | None = None
    """The notices that may be about this, too, where they are too many to stand here."""
    is_choice: bool = True
    """Whether it is one of the choices “could this be about my child?”"""

    @property
    def pages(self) -> int:
        """How many pages it has, at least one."""
        return max(1, -(-len(self.found) // LONGEST))

    def page(self, number: int) -> tuple[Posted, ...]:
        """Give what stands on a page, counted from 1."""
        return self.found[(number - 1) * LONGEST : number * LONGEST]

    def way(self, number: int) -> str:
        """Give the address of a page."""
        return self.address if number == 1 else f"{self.address}{number}/"


def of(board: Board, wording: Wording) -> Iterator[NoticeList]:
    """Give every list of a board."""
    yield from by_year(board, wording)
    for facet in facets.of(board, wording):
        if facet.id in LISTED:
            yield from _by(facet, board, wording)


def by_year(board: Board, wording: Wording) -> Iterator[NoticeList]:
    """Give each year's notices, and before them the active ones where they need a list."""
    gettext = wording.language.gettext
    if len(board.current) > LONGEST:
        yield NoticeList("notices/active/", gettext("Active notices"), board.current, is_choice=False)
    for year, group in groupby(board.posted, key=lambda posted: posted.year):
        title = gettext("Notices of %(year)s", year=year)
        yield NoticeList(f"notices/{year}/", title, tuple(group), is_choice=False)


def _by(facet: Facet, board: Board, wording: Wording) -> Iterator[NoticeList]:
    """Give the lists of a facet: of each choice, and of the notices that may be about any of them."""
    named: dict[str, list[int]] = {value: [] for value in (*facet.choices, ANY)}
    for number, posted in enumerate(board.posted):
        for value in facets.values(posted, facet.id):
            named[value].append(number)
    about_any = named.pop(ANY)
    # No choice has this address: a name's own has letters or digits at both ends.
    title = wording.language.gettext("%(facet)s: all, or not said", facet=facet.title)
    rest = NoticeList(f"notices/by/{facet.id}/-/", title, _at(about_any, board))
    if about_any:
        yield rest
    for value, numbers in named.items():
        address, title = f"notices/by/{facet.id}/{value}/", f"{facet.title}: {facet.choices[value]}"
        if about_any and len(numbers) + len(about_any) > LONGEST:
            yield NoticeList(address, title, _at(numbers, board), rest)
        else:
            yield NoticeList(address, title, _at(sorted({*numbers, *about_any}), board))


def _at(numbers: Iterable[int], board: Board) -> tuple[Posted, ...]:
    return tuple(board.posted[number] for number in numbers)
