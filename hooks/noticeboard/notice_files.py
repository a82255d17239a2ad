"""All that the site has of one notice in one language, whatever else is on the board."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from noticeboard import calendar, feeds
from noticeboard.board import Posted
from noticeboard.calendar import Audience
from noticeboard.feeds import Item
from noticeboard.pages import PageParts
from noticeboard.tool_pages import ToolPages

ROOT = "../../"
"""The way from a notice's page to the home of its language."""


@dataclass(frozen=True)
class NoticeFiles:
    """What is made of a notice in a language."""

    page: PageParts
    printed: str
    searched: str
    """What the search looks through, as a page of its own; empty where the page isn't in this language."""
    events: Mapping[Audience, bytes]
    """Its deadlines, for calendars."""
    items: tuple[Item, ...]
    """Its items in the feeds."""

    @classmethod
    def of(cls, posted: Posted, pages: ToolPages) -> NoticeFiles:
        """Make everything of a notice in one language."""
        return cls(
            pages.notice(posted, ROOT),
            pages.printed(posted),
            str(pages.searched(posted)) if pages.local(posted).is_own else "",
            calendar.events(posted, pages),
            feeds.items(posted, pages),
        )

    def files(self, posted: Posted, pages: ToolPages) -> Iterator[tuple[str, str | bytes]]:
        """Give what stands beside the notice's page: path from the site's root, content."""
        folder = f"{pages.language.path}{posted.address}"
        yield f"{folder}print.html", self.printed
        yield f"{folder}deadlines.ics", calendar.own(self.events, pages)
