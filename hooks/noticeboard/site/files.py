"""Every file of the site that the theme doesn't render: feeds, calendars, data, and the pages made with stencils.

Each task gives some files as (path from the site's root, content), and needs nothing of the other tasks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, TypeVar

from noticeboard.board.board import Posted
from noticeboard.outputs import csv_tables, feeds, ical, json_data, statistics
from noticeboard.outputs.feed_entries import Item
from noticeboard.outputs.letters import STYLE
from noticeboard.pages import lists
from noticeboard.pages.lists import NoticeList
from noticeboard.pages.notice_pages import PageParts
from noticeboard.pages.tool_pages import ToolPages
from noticeboard.post import form
from noticeboard.render import csp
from noticeboard.site import batches
from noticeboard.site.batches import Batch
from noticeboard.site.cache import Cache, digest
from noticeboard.site.notice_files import ROOT, Followed, NoticeFiles
from noticeboard.site.page_template import Stencil
from noticeboard.site.site import MadePage, Site, way

SEARCHED = "search:"
"""Begins the path of a file that only the search index is made from."""
AT_ONCE = 100
"""Pages in a task."""
AT_HAND = 200
"""Notices whose feed items are held in memory."""

T = TypeVar("T")
File = tuple[str, str | bytes | Iterator[str]]


@dataclass(frozen=True)
class SiteFiles:
    """What stands beside the theme's pages."""

    site: Site
    cache: Cache
    read: Callable[[str], bytes]
    """Gives a notice's own file by the notice's id."""
    folder: str
    """The notices' folder, from the repository's root."""

    @cached_property
    def batches(self) -> tuple[Batch, ...]:
        """The board's notices, newest first."""
        return tuple(batches.of(self.site.board.posted))

    def _kept(self, kind: str, batch: Batch, make: Callable[[Posted], T]) -> dict[str, T]:
        """Give what was made of a batch, by the notices' ids."""
        name = digest(kind, *(posted.stand for posted in batch))
        return self.cache.get(name, lambda: {posted.id: make(posted) for posted in batch})

    def notices(self, batch: Batch, pages: ToolPages) -> dict[str, NoticeFiles]:
        """Give notices' pages in a language."""
        return self._kept(f"files {pages.language.code}", batch, lambda posted: NoticeFiles.of(posted, pages))

    def followed(self, batch: Batch, pages: ToolPages) -> dict[str, Followed]:
        """Give what feeds and calendars say of notices in a language."""
        return self._kept(f"followed {pages.language.code}", batch, lambda posted: Followed.of(posted, pages))

    def records(self, batch: Batch) -> dict[str, str]:
        """Give notices' records as JSON."""
        languages = [each.language for each in self.site.editions]
        return self._kept("record", batch, lambda posted: json_data.notice(posted, self.site.settings, languages))

    def made_pages(self) -> Iterator[MadePage]:
        """Give every page that the core makes, in all languages."""
        for pages in self.site.editions:
            yield from self._single_pages(pages)
            yield from self._list_pages(pages)
            yield from (self.notice_page(posted, pages) for posted in self.site.board.posted)

    def _single_pages(self, pages: ToolPages) -> Iterator[MadePage]:
        board, codes = self.site.board, [each.language.code for each in self.site.editions]
        makes: dict[str, tuple[Callable[[str], PageParts], dict[str, Any]]] = {
            "notices/index.md": (partial(pages.board, board), {}),
            "post/index.md": (partial(pages.post, board), {"index": False, "hide": ["navigation", "toc"]}),
            "verify/index.md": (partial(pages.verify, board), {}),
            "subscribe/index.md": (partial(pages.subscribe, board), {}),
            "data/index.md": (pages.data, {}),
            "record/index.md": (partial(pages.yearly, board), {}),
        }
        for uri, (make, about) in makes.items():
            yield self._page(pages, uri, make, {"languages": codes, **about})

    def _list_pages(self, pages: ToolPages) -> Iterator[MadePage]:
        about = {"languages": [each.language.code for each in self.site.editions]}
        for found in lists.of(self.site.board, pages):
            for number in range(1, found.pages + 1):
                uri = f"{found.way(number).removesuffix('/')}.md"
                index = {} if number == 1 and not found.is_choice else {"index": False}
                make = partial(self._listed, pages, found, number)
                yield self._page(pages, uri, make, {**about, **index}, f"list {uri.count('/')}")

    def _listed(self, pages: ToolPages, found: NoticeList, number: int, root: str) -> PageParts:
        stands = (posted.stand for posted in found.page(number))
        named = (pages.language.code, found.way(number), found.title, str(len(found.found)))
        others = str(len(found.open.found) if found.open else 0)
        make = partial(pages.listed, found, number, root)
        return self.cache.get(digest("list", *named, others, *stands), make)

    def _page(
        self, pages: ToolPages, uri: str, make: Callable[[str], PageParts], about: Mapping[str, Any], shape: str = ""
    ) -> MadePage:
        path = pages.language.path
        page = MadePage(f"{path}{uri}", lambda: make(way(page.url, path)), about, shape and f"{path} {shape}")
        return page

    def notice_page(self, posted: Posted, pages: ToolPages) -> MadePage:
        """Give a notice's page in a language."""
        own = [each.language.code for each in self.site.editions if each.local(posted).is_own]
        about = {"notice": posted.id, "languages": own, "fallback": pages.language.code not in own}
        # A notice with updates has one more heading in its table of contents.
        shape = f"{pages.language.path} notice {bool(posted.notice.updates)}"
        return MadePage(
            f"{pages.language.path}notices/{posted.id}.md",
            lambda: pages.notice(posted, ROOT),
            about,
            shape,
            f"{self.folder}/{posted.id}.yml",
        )

    def tasks(self, stencils: Mapping[str, Stencil]) -> Iterator[Callable[[], Iterable[File]]]:
        """Give the tasks; pages are made of those shapes that have a stencil."""
        for pages in self.site.editions:
            yield from (partial(self._notices, pages, batch, stencils) for batch in self.batches)
        lists = [page for page in self.site.filled if not page.about.get("notice")]
        for number in range(0, len(lists), AT_ONCE):
            yield partial(self._filled, lists[number : number + AT_ONCE], stencils)
        for pages in self.site.editions:
            yield partial(self._feeds, pages)
            yield partial(self._calendars, pages)
            yield partial(self._lookups, pages)
        yield self._data

    def _notices(self, pages: ToolPages, batch: Batch, stencils: Mapping[str, Stencil]) -> Iterator[File]:
        made, followed = self.notices(batch, pages), self.followed(batch, pages)
        records = self.records(batch) if pages is self.site.editions[0] else {}
        for posted in batch:
            own = made[posted.id]
            page = replace(self.notice_page(posted, pages), make=partial(_given, own.page))
            if page.shape in stencils:
                yield f"{page.url}index.html", stencils[page.shape].fill(self.site.parts(page))
            folder = f"{pages.language.path}{posted.address}"
            yield f"{folder}print.html", own.printed
            yield f"{folder}deadlines.ics", ical.own(followed[posted.id].events, pages)
            if own.searched:
                yield f"{SEARCHED}{folder}index.html", own.searched
            if records:
                yield f"{posted.address}notice.json", records[posted.id] + "\n"
                # Whatever line ends the file was checked out or saved with, it is published with one kind.
                yield f"{posted.address}notice.yml", self.read(posted.id).replace(b"\r\n", b"\n")

    def _filled(self, every: Sequence[MadePage], stencils: Mapping[str, Stencil]) -> Iterator[File]:
        for page in every:
            yield f"{page.url}index.html", stencils[page.shape].fill(self.site.parts(page))

    def _feeds(self, pages: ToolPages) -> Iterator[File]:
        # A notice stands in many feeds, mostly near its neighbors; all of a large board would fill the memory.
        found: dict[str, Sequence[Item]] = {}
        batch_of = {posted.id: batch for batch in self.batches for posted in batch}

        def items(posted: Posted) -> Sequence[Item]:
            if posted.id not in found:
                if len(found) > AT_HAND:
                    found.clear()
                followed = self.followed(batch_of[posted.id], pages)
                found.update((notice_id, each.items) for notice_id, each in followed.items())
            return found[posted.id]

        for file in feeds.files(self.site.board, pages, items):
            yield file.path, self.cache.get(digest("feed", file.path, *file.told), file.make)

    def _calendars(self, pages: ToolPages) -> Iterable[File]:
        events = (each.events for batch in self.batches for each in self.followed(batch, pages).values())
        return ical.files(events, pages)

    def _lookups(self, pages: ToolPages) -> Iterator[File]:
        """Give what scripts look things up in: letters' codes, the board's filters, what the form must know."""
        board, path = self.site.board, pages.language.path
        yield f"{path}verify/codes.json", pages.codes(board)
        yield f"{path}notices/rows.json", pages.rows(board)
        year = board.now.year
        data = self.cache.get(digest("form", path, str(year)), lambda: form.Form(pages).data(year))
        yield f"{path}post/data.json", form.with_ids(data, [each.id for each in board.posted])

    def _data(self) -> Iterator[File]:
        """Give the data that have no language."""
        board, settings = self.site.board, self.site.settings
        yield (
            "notices.json",
            json_data.board((each for batch in self.batches for each in self.records(batch).values()), settings),
        )
        yield "notices.schema.json", json_data.schema()
        yield "notices.csv", csv_tables.notices(board, settings)
        yield "changes.csv", csv_tables.changes(board, settings)
        yield "record.csv", statistics.table(board)
        yield "_headers", csp.headers(STYLE)
        if settings.repository and settings.security_until and settings.security_until > board.now.date():
            yield ".well-known/security.txt", self.site.editions[0].security_txt()


def _given(parts: PageParts) -> PageParts:
    return parts
