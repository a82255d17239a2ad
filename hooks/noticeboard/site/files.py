"""Every file of the site that MkDocs doesn't render.

Each notice is rendered once, in all languages: its pages, its data, its calendar, and an entry of what the rest needs.
From the entries come the lists, feeds, calendars, tables and indexes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from markupsafe import Markup

from noticeboard.board.board import Board, PostedNotice
from noticeboard.notice.localized import LocalizedNotice
from noticeboard.outputs import csv_tables, ical, json_data, statistics, veris
from noticeboard.outputs.feed_entries import EventEntry, entries_for
from noticeboard.outputs.feeds import feeds
from noticeboard.outputs.ical import Calendars, Vevents
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.pages import board_pages, data_page, lists, record_page, tool_pages
from noticeboard.pages.content import PageContent
from noticeboard.pages.lists import NoticeList
from noticeboard.pages.notice_pages import NoticePages, notice_headings
from noticeboard.post.form import Form, add_notice_ids
from noticeboard.render.renderer import Renderer
from noticeboard.site.output_folder import Content, write
from noticeboard.site.page import GeneratedPage, PageKind, RenderedPage, relative_url
from noticeboard.site.page_template import PageTemplate
from noticeboard.site.parallel import Background, run_all
from noticeboard.site.site import Site

CHUNK_SIZE = 8
"""Notices, or pages of lists, that a process renders at a time."""

_NOTICE_ROOT = "../../"
"""The relative URL of its language's home on a notice's page."""

T = TypeVar("T")
_File = tuple[str, Content]
"""A path from the site's root, and what the file holds."""
SinglePage = tuple[GeneratedPage, Callable[[], PageContent]]
"""A page, and what renders its own part, or waits for it."""

_SINGLE_PAGES: Mapping[str, tuple[Callable[[Board, Renderer, str], PageContent], Mapping[str, Any]]] = {
    "notices/index.md": (board_pages.board_page, {}),
    "post/index.md": (tool_pages.post_page, {"index": False, "hide": ["navigation", "toc"]}),
    "verify/index.md": (tool_pages.verify_page, {}),
    "subscribe/index.md": (tool_pages.subscribe_page, {}),
    "data/index.md": (data_page.data_page, {}),
    "record/index.md": (record_page.record_page, {}),
}
"""The pages that there are once in each language: how each is rendered, and what must be known of it."""


@dataclass(frozen=True)
class Target:
    """Where a build writes."""

    site: Path
    search: Path
    """The pages that the search looks through: those of the guide, and a document for each notice."""


@dataclass(frozen=True)
class Entry:
    """What lists, feeds, calendars and indexes need of a notice in one language."""

    row: Markup
    feed: tuple[EventEntry, ...]
    calendar: Vevents
    filter_row: list[str | None]


RenderedNotice = tuple[Entry, ...]
"""What is left to do once a notice's own files are written: an entry for each language, in the site's order."""


@dataclass(frozen=True)
class ListPage:
    """One page of a list of notices."""

    page: GeneratedPage
    notices: NoticeList
    number: int
    renderer: Renderer


@dataclass(frozen=True)
class SiteFiles:
    """What stands beside the pages of docs/."""

    site: Site
    contents: Mapping[str, bytes]
    """Each notice's own file as it was checked, by the notice's id."""
    notices_folder: str
    """The notices' folder, from the repository's root."""

    def single_pages(self) -> Iterator[SinglePage]:
        """Return the pages that there are once in each language, and what renders each."""
        for renderer in self.site.languages:
            for uri, (render, meta) in _SINGLE_PAGES.items():
                page = GeneratedPage(f"{renderer.language.path}{uri}", {"languages": self._codes, **meta})
                yield page, partial(render, self.site.board, renderer, _root(page, renderer))

    def begin(self, site: Path, workers: int) -> tuple[Background[Any], Iterator[SinglePage]]:
        """Begin what needs no page of the theme, while MkDocs reads the guide.

        The single pages are rendered, one by one, and then what is made of the board alone is written into `site`.
        """
        pages = list(self.single_pages())
        tasks: list[Callable[[], Any]] = [*(render for _, render in pages), partial(self._write_board, site)]
        background = Background(tasks, min(workers - 1, 1))
        return background, ((page, partial(background.result, number)) for number, (page, _) in enumerate(pages))

    def render_notices(
        self, templates: Mapping[str, PageTemplate], target: Target, workers: int
    ) -> Mapping[str, RenderedNotice]:
        """Write the notices' own files; return what is left to do of each, by its id.

        `templates` are the page templates by the names of their kinds.
        """
        notices = self.site.board.notices
        # Before the processes are forked, so that they share it.
        assert self._renderers
        chunks = run_all([partial(self._render_notices, c, templates, target) for c in _chunks(notices)], workers)
        rendered = (notice for chunk in chunks for notice in chunk)
        return dict(zip((posted.id for posted in notices), rendered, strict=True))

    @cached_property
    def list_pages(self) -> tuple[ListPage, ...]:
        """Every page of every list, in all languages."""
        return tuple(page for renderer in self.site.languages for page in self._list_pages(renderer))

    def _list_pages(self, renderer: Renderer) -> Iterator[ListPage]:
        path = renderer.language.path
        for notices in lists.lists_for(self.site.board, renderer.formatter):
            for number in range(1, notices.pages + 1):
                uri = f"{notices.url(number).removesuffix('/')}.md"
                is_indexed = number == 1 and not notices.is_facet
                meta = {"languages": self._codes, **({} if is_indexed else {"index": False})}
                # What the theme writes depends on how deep a page lies.
                kind = PageKind(f"{path} list {uri.count('/')}")
                yield ListPage(GeneratedPage(f"{path}{uri}", meta, kind), notices, number, renderer)

    @cached_property
    def notice_pages(self) -> Mapping[tuple[str, str], GeneratedPage]:
        """The page of each notice in each language, by the notice's id and the language's code."""
        return {
            (posted.id, renderer.language.code): self._notice_page(posted, renderer)
            for renderer in self.site.languages
            for posted in self.site.board.notices
        }

    def _notice_page(self, posted: PostedNotice, renderer: Renderer) -> GeneratedPage:
        path, code = renderer.language.path, renderer.language.code
        translated = [language for language in self._codes if LocalizedNotice(posted.notice, language).is_translated]
        has_updates = bool(posted.notice.updates)
        return GeneratedPage(
            f"{path}notices/{posted.id}.md",
            {"notice": posted.id, "languages": translated, "fallback": code not in translated},
            PageKind(f"{path} notice {has_updates}", notice_headings(renderer.formatter, has_updates=has_updates)),
            f"{self.notices_folder}/{posted.id}.yml",
        )

    @property
    def _codes(self) -> list[str]:
        return [renderer.language.code for renderer in self.site.languages]

    @property
    def filled_pages(self) -> list[GeneratedPage]:
        """The pages that are filled into a page template."""
        return [*(listed.page for listed in self.list_pages), *self.notice_pages.values()]

    def collect(
        self,
        notices: Mapping[str, RenderedNotice],
        templates: Mapping[str, PageTemplate],
        site: Path,
        workers: int,
    ) -> None:
        """Write into `site` all that needs every notice: lists, feeds, calendars, and what is looked up."""
        tasks: list[Callable[[], Iterable[_File]]] = [
            partial(self._filled_lists, chunk, notices, templates) for chunk in _chunks(self.list_pages)
        ]
        tasks += [partial(self._collected, number, notices) for number in range(len(self.site.languages))]
        tasks.append(partial(self._records, site))
        run_all([partial(_make_files, site, make) for make in tasks], workers)

    @cached_property
    def _renderers(self) -> tuple[NoticePages, ...]:
        return tuple(NoticePages.load(renderer, self.site.board.now) for renderer in self.site.languages)

    @cached_property
    def _calendars(self) -> Mapping[str, Calendars]:
        return {renderer.language.code: Calendars(renderer.formatter) for renderer in self.site.languages}

    def _render_notices(
        self, chunk: Sequence[PostedNotice], templates: Mapping[str, PageTemplate], target: Target
    ) -> list[RenderedNotice]:
        return [self._render_notice(posted, templates, target) for posted in chunk]

    def _render_notice(
        self,
        posted: PostedNotice,
        templates: Mapping[str, PageTemplate],
        target: Target,
    ) -> RenderedNotice:
        """Write a notice's own files, and return what others need of it."""
        views = [NoticeView(posted, renderer.formatter) for renderer in self.site.languages]
        entries = []
        for view, pages in zip(views, self._renderers, strict=True):
            calendar = ical.vevents(view)
            _write_files(target.site, self._notice_files(view, pages, templates, calendar))
            if self.site.settings.search and view.local.is_translated:
                folder = f"{view.formatter.language.path}{posted.relative_url}"
                write(target.search / folder / "index.html", pages.search_document(view))
            row = board_pages.compact_row(view, pages.renderer)
            entries.append(Entry(row, entries_for(view), calendar, board_pages.filter_row(view)))
        record = json_data.notice_json(views)
        # Whatever line ends the file was checked out or saved with, it is published with one kind.
        source = self.contents[posted.id].replace(b"\r\n", b"\n")
        folder = posted.relative_url
        _write_files(target.site, [(f"{folder}notice.json", record + "\n"), (f"{folder}notice.yml", source)])
        return tuple(entries)

    def _notice_files(
        self, view: NoticeView, pages: NoticePages, templates: Mapping[str, PageTemplate], calendar: Vevents
    ) -> Iterator[_File]:
        page = self.notice_pages[view.posted.id, view.formatter.language.code]
        yield self._filled(page, pages.notice_page(view, _NOTICE_ROOT), templates)
        folder = f"{view.formatter.language.path}{view.posted.relative_url}"
        yield f"{folder}deadlines.ics", self._calendars[view.formatter.language.code].notice_calendar(calendar)

    def _filled(self, page: GeneratedPage, content: PageContent, templates: Mapping[str, PageTemplate]) -> _File:
        assert page.kind
        values = self.site.placeholders(RenderedPage(page, content))
        return page.path, templates[page.kind.name].render(values)

    def _filled_lists(
        self, chunk: Sequence[ListPage], notices: Mapping[str, RenderedNotice], templates: Mapping[str, PageTemplate]
    ) -> Iterator[_File]:
        for renderer, pages in groupby(chunk, key=lambda listed: listed.renderer):
            number = self.site.languages.index(renderer)
            rows = {notice_id: entries[number].row for notice_id, entries in notices.items()}
            for listed in pages:
                root = _root(listed.page, renderer)
                content = board_pages.list_page(listed.notices, listed.number, rows, renderer, root)
                yield self._filled(listed.page, content, templates)

    def _collected(self, number: int, notices: Mapping[str, RenderedNotice]) -> Iterator[_File]:
        """Return what a language has of all notices: feeds, calendars, and what its scripts look things up in."""
        renderer, board = self.site.languages[number], self.site.board
        formatter, path = renderer.formatter, renderer.language.path
        entries = {notice_id: of_notice[number] for notice_id, of_notice in notices.items()}
        yield from feeds(board, formatter, {notice_id: entry.feed for notice_id, entry in entries.items()})
        yield from self._calendars[formatter.language.code].board_calendars(
            entry.calendar for entry in entries.values()
        )
        yield f"{path}notices/rows.json", board_pages.filter_index((e.filter_row for e in entries.values()), renderer)

    def _records(self, site: Path) -> Iterator[_File]:
        # Each stands in a file already; to keep all in memory takes half as much of it as the board.
        paths = (site / posted.relative_url / "notice.json" for posted in self.site.board.notices)
        records = (path.read_text("utf-8").rstrip("\n") for path in paths)
        yield "notices.json", json_data.board_json(records, self.site.settings)

    def _write_board(self, site: Path) -> None:
        """Write what is made of the board alone: it needs no page, and no notice's own files."""
        _write_files(site, self._data())
        for renderer in self.site.languages:
            _write_files(site, self._lookups(renderer))

    def _lookups(self, renderer: Renderer) -> Iterator[_File]:
        """Return what a language's scripts look things up in."""
        board, formatter, path = self.site.board, renderer.formatter, renderer.language.path
        views = (NoticeView(posted, formatter) for posted in board.notices)
        yield f"{path}verify/codes.json", board_pages.code_index(views)
        form = Form(formatter).data(board.now.year)
        yield f"{path}post/data.json", add_notice_ids(form, [posted.id for posted in board.notices])

    def _data(self) -> Iterator[_File]:
        """Return the data that have no language."""
        english, board, settings = self.site.languages[0], self.site.board, self.site.settings
        yield "notices.schema.json", json_data.schema()
        yield "notices.csv", csv_tables.notices_csv(board, english.formatter)
        yield "groups.csv", csv_tables.groups_csv(board, english.formatter)
        yield "clocks.csv", csv_tables.clocks_csv(board)
        yield "veris.json", veris.veris_json(board, english.formatter)
        yield "changes.csv", csv_tables.changes_csv(board, english.formatter)
        yield "datapackage.json", csv_tables.data_package(data_page.TABLES, settings)
        yield "record.csv", statistics.statistics_csv(board)
        yield "_headers", english.policy.headers()
        if settings.repository and settings.security_until and settings.security_until > board.now.date():
            text = english.render("security.txt", repository=settings.repository.rstrip("/"))
            yield ".well-known/security.txt", f"{text}\n"


def _root(page: GeneratedPage, renderer: Renderer) -> str:
    return relative_url(page.url, renderer.language.path)


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + CHUNK_SIZE] for start in range(0, len(items), CHUNK_SIZE))


def _make_files(site: Path, make: Callable[[], Iterable[_File]]) -> None:
    _write_files(site, make())


def _write_files(site: Path, files: Iterable[_File]) -> None:
    for path, content in files:
        write(site / path, content)
