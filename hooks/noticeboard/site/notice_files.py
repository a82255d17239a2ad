"""All that the site has of one notice in one language, whatever else is on the board: its pages, and what is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from noticeboard.board.board import Posted
from noticeboard.outputs import feed_entries, ical
from noticeboard.outputs.feed_entries import Item
from noticeboard.outputs.ical import Audience
from noticeboard.pages.notice_pages import PageParts
from noticeboard.pages.tool_pages import ToolPages

ROOT = "../../"
"""The way from a notice's page to the home of its language."""


@dataclass(frozen=True)
class NoticeFiles:
    """A notice's own pages in a language."""

    page: PageParts
    printed: str
    searched: str
    """What the search looks through, as a page of its own; empty without a search, or in another language's words."""

    @classmethod
    def of(cls, posted: Posted, pages: ToolPages) -> NoticeFiles:
        """Make them."""
        return cls(
            pages.notice(posted, ROOT),
            pages.printed(posted),
            str(pages.searched(posted)) if pages.settings.search and pages.local(posted).is_own else "",
        )


@dataclass(frozen=True)
class Followed:
    """What those who follow the board get of a notice in a language."""

    events: Mapping[Audience, bytes]
    """Its deadlines, for calendars."""
    items: tuple[Item, ...]
    """Its items in the feeds, by the numbers of its events."""

    @classmethod
    def of(cls, posted: Posted, pages: ToolPages) -> Followed:
        """Make it."""
        return cls(ical.events(posted, pages), feed_entries.of(posted, pages))
