"""Could this be my child? What a notice may be about: schools, groups, years, contractor, kinds of data, cause, status.

A notice that says nothing of a school or a year may be about anybody. Nothing here ever says no.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from noticeboard.board import cohorts
from noticeboard.board.board import OWN_SYSTEMS_SLUG, PostedNotice, slug

ANY = "*"
"""Stands for every value: the notice does not say."""


def values(posted: PostedNotice, facet: str) -> list[str]:
    """Return a notice's values under a facet, as they stand in addresses; `*` is all of them."""
    return FACETS[facet](posted)


def _schools(posted: PostedNotice) -> list[str]:
    is_everywhere = any(not isinstance(group.schools, list) for group in posted.notice.affected)
    return [*(slug(name) for name in posted.schools), *([ANY] if is_everywhere else [])]


def _years(posted: PostedNotice) -> list[str]:
    spans = [cohorts.parse_years(group.cohort, posted.year) for group in posted.notice.affected]
    named = [str(year) for year in sorted({year for span in spans if span for year in span})]
    return [*named, *([ANY] if None in spans else [])]


FACETS: Mapping[str, Callable[[PostedNotice], list[str]]] = {
    "school": _schools,
    "group": lambda posted: list(dict.fromkeys(group.who for group in posted.notice.affected)),
    "year": _years,
    "contractor": lambda posted: [slug(posted.contractor) if posted.contractor else OWN_SYSTEMS_SLUG],
    "data": lambda posted: posted.notice.data,
    "cause": lambda posted: [posted.notice.cause or "unknown"],
    "status": lambda posted: [posted.notice.status],
}
"""The facets in their order, and how a notice's values are found."""
