"""Every file of the site that the theme doesn't render: feeds, calendars, data, and the pages made with stencils.

Each task gives some files as (path from the site's root, content), and needs nothing of the other tasks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from noticeboard import calendar, feeds, lists, open_data, policy, post_form, record, security_txt, tables
from noticeboard.board import Posted
from noticeboard.cache import Cache, digest
from noticeboard.feed_items import Item
from noticeboard.letter import STYLE
from noticeboard.lists import NoticeList
from noticeboard.notice_files import Followed, NoticeFiles
from noticeboard.pages import PageParts
from noticeboard.site import MadePage, Site, way
from noticeboard.stencil import Stencil
from noticeboard.tool_pages import ToolPages

SEARCHED = "search:"
"""Begins the path of a file that only the search index is made from."""
AT_ONCE = 100
"""Notices or pages in a task."""

File = tuple[str, str | bytes]


@dataclass(frozen=True)
class SiteFiles:
    """What stands beside the theme's pages."""

    site: Site
    cache: Cache
    read: Callable[[str], bytes]
    """Gives a notice's own file by the notice's id."""
    folder: str
    """The notices' folder, from the repository's root."""

    def notice(self, posted: Posted, pages: ToolPages) -> NoticeFiles:
        """Give a notice's pages in a language."""
        name = digest("files", pages.language.code, posted.stand)
        return self.cache.get(name, partial(NoticeFiles.of, posted, pages))

    def followed(self, posted: Posted, pages: ToolPages) -> Followed:
        """Give what feeds and calendars say of a notice in a language."""
        name = digest("followed", pages.language.code, posted.stand)
        return self.cache.get(name, partial(Followed.of, posted, pages))

    def record(self, posted: Posted) -> str:
        """Give a notice's record as JSON."""
        languages = [each.language for each in self.site.editions]
        make = partial(open_data.notice, posted, self.site.settings, languages)
        return self.cache.get(digest("record", posted.stand), make)

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
            lambda: self.notice(posted, pages).page,
            about,
            shape,
            f"{self.folder}/{posted.id}.yml",
        )

    def tasks(self, stencils: Mapping[str, Stencil]) -> Iterator[Callable[[], Iterable[File]]]:
        """Give the tasks; pages are made of those shapes that have a stencil."""
        for pages in self.site.editions:
            for number in range(0, len(self.site.board.posted), AT_ONCE):
                yield partial(self._notices, pages, self.site.board.posted[number : number + AT_ONCE], stencils)
        lists = [page for page in self.site.filled if not page.about.get("notice")]
        for number in range(0, len(lists), AT_ONCE):
            yield partial(self._filled, lists[number : number + AT_ONCE], stencils)
        for pages in self.site.editions:
            yield partial(self._feeds, pages)
            yield partial(self._calendars, pages)
            yield partial(self._lookups, pages)
        yield self._data

    def _notices(self, pages: ToolPages, every: Sequence[Posted], stencils: Mapping[str, Stencil]) -> Iterator[File]:
        for posted in every:
            made = self.notice(posted, pages)
            page = replace(self.notice_page(posted, pages), make=partial(_given, made.page))
            if page.shape in stencils:
                yield f"{page.url}index.html", stencils[page.shape].fill(self.site.parts(page))
            folder = f"{pages.language.path}{posted.address}"
            yield f"{folder}print.html", made.printed
            yield f"{folder}deadlines.ics", calendar.own(self.followed(posted, pages).events, pages)
            if made.searched:
                yield f"{SEARCHED}{folder}index.html", made.searched
            if pages is self.site.editions[0]:
                yield f"{posted.address}notice.json", self.record(posted) + "\n"
                # Whatever line ends the file was checked out or saved with, it is published with one kind.
                yield f"{posted.address}notice.yml", self.read(posted.id).replace(b"\r\n", b"\n")

    def _filled(self, every: Sequence[MadePage], stencils: Mapping[str, Stencil]) -> Iterator[File]:
        for page in every:
            yield f"{page.url}index.html", stencils[page.shape].fill(self.site.parts(page))

    def _feeds(self, pages: ToolPages) -> Iterator[File]:
        found: dict[str, Sequence[Item]] = {}  # a notice stands in many feeds

        def items(posted: Posted) -> Sequence[Item]:
            if posted.id not in found:
                found[posted.id] = self.followed(posted, pages).items
            return found[posted.id]

        for file in feeds.files(self.site.board, pages, items):
            yield file.path, self.cache.get(digest("feed", file.path, *file.told), file.make)

    def _calendars(self, pages: ToolPages) -> Iterable[File]:
        events = (self.followed(posted, pages).events for posted in self.site.board.posted)
        return calendar.files(events, pages).items()

    def _lookups(self, pages: ToolPages) -> Iterator[File]:
        """Give what scripts look things up in: letters' codes, the board's filters, what the form must know."""
        board, path = self.site.board, pages.language.path
        for letter, text in pages.codes(board).items():
            yield f"{path}verify/{letter}.json", text
        yield f"{path}notices/rows.json", pages.rows(board)
        year = board.now.year
        data = self.cache.get(digest("form", path, str(year)), lambda: post_form.Form(pages).data(year))
        yield f"{path}post/data.json", post_form.with_ids(data, [each.id for each in board.posted])

    def _data(self) -> Iterator[File]:
        """Give the data that have no language."""
        board, settings = self.site.board, self.site.settings
        yield "notices.json", open_data.board((self.record(posted) for posted in board.posted), settings)
        yield "notices.schema.json", open_data.schema()
        yield "notices.csv", tables.notices(board, settings)
        yield "changes.csv", tables.changes(board, settings)
        yield "record.csv", record.table(board)
        yield "_headers", policy.headers(STYLE)
        if told := security_txt.text(settings, board.now):
            yield ".well-known/security.txt", told


def _given(parts: PageParts) -> PageParts:
    return parts
