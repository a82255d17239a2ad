"""The site in all its languages: which page is in which, and what stands around a page's own text."""

from __future__ import annotations

import html
import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from noticeboard.board.board import Board
from noticeboard.notice import short_code
from noticeboard.notice.problem import Problem
from noticeboard.pages.notice_pages import PageParts
from noticeboard.pages.tool_pages import ToolPages
from noticeboard.settings import Settings
from noticeboard.site.page_template import mark

LATE = timedelta(hours=2)
"""How long after its next build is due a page tells that it is old."""


class _File(Protocol):
    @property
    def src_uri(self) -> str: ...


class Page(Protocol):
    """What must be known of a page, whatever makes the site."""

    @property
    def meta(self) -> Mapping[str, Any]:
        """What its source says of it, and `notice`, `languages`, `fallback`, `index`, `mould`."""

    @property
    def title(self) -> str | None:
        """Its title, as HTML."""

    @property
    def url(self) -> str:
        """Its address from the site's root."""

    @property
    def file(self) -> _File:
        """Where its text comes from; `src_uri` begins with its language's folder."""


@dataclass(frozen=True)
class _Source:
    src_uri: str


@dataclass(frozen=True)
class MadePage:
    """A page that comes from the core as HTML, before it is made."""

    uri: str
    """What its source would be called, from the site's root: `es/notices/index.md`."""
    make: Callable[[], PageParts]
    about: Mapping[str, Any]
    """What must be known of it beside its text: `languages`, `fallback`, `index`, `notice`."""
    shape: str = ""
    """Pages of one shape differ in their parts only; empty: there is but one such page."""
    edit: str = ""
    """The file behind it, from the repository's root."""

    @property
    def url(self) -> str:
        """Its address from the site's root."""
        path = f"/{self.uri.removesuffix('.md')}"
        return (path.removesuffix("index") if path.endswith("/index") else f"{path}/")[1:]

    def rendered(self) -> RenderedPage:
        """Make it."""
        parts = self.make()
        meta = {"description": parts.description, "hide": ["navigation"], **self.about}
        return RenderedPage(str(escape(parts.title)), self.url, meta, _Source(self.uri), parts)


@dataclass(frozen=True)
class RenderedPage:
    """A made page as the theme's parts ask for it."""

    title: str
    """As HTML."""
    url: str
    meta: Mapping[str, Any]
    file: _Source
    parts: PageParts


def way(url: str, folder: str) -> str:
    """Give the way from a page's address to a folder, both from the site's root."""
    return posixpath.relpath("/" + folder, "/" + url).rstrip("/") + "/"


@dataclass(frozen=True)
class Site:
    """The whole site, in each of its languages, and what stands around every page."""

    editions: tuple[ToolPages, ...]
    """The site's languages, English first."""
    board: Board
    problems: tuple[Problem, ...]
    site_name: str
    site_description: str
    filled: tuple[MadePage, ...] = ()
    """The pages that are made with stencils; the theme never sees them."""

    @property
    def settings(self) -> Settings:
        """The district's settings."""
        return self.editions[0].settings

    @property
    def folders(self) -> list[str]:
        """Each language's folder; the first language's is empty."""
        return [each.language.path for each in self.editions]

    def pages(self, page: Page | None) -> ToolPages:
        """Find the language of a page; the 404 page is in the first."""
        return self.language_of(page.file.src_uri if page else "")

    def language_of(self, uri: str) -> ToolPages:
        """Find the language of a page by what its source is called."""
        return next((each for each in self.editions[1:] if uri.startswith(each.language.path)), self.editions[0])

    def root(self, page: Page | None, path: str | None = None) -> str:
        """Give the way from a page to the home of its language, or to another folder of the site.

        The 404 page is served at any address, so its way is a whole path.
        """
        folder = self.pages(page).language.path if path is None else path
        if page is None:
            return urlsplit(self.settings.site_url or "/").path + folder
        return way(page.url, folder)

    def announce(self, page: Page | None) -> Markup:
        """Make what stands at the top of a page: the sample mark, the problems under `serve`, the banners."""
        if _is_mould(page):
            return mark("announce")
        pages, root = self.pages(page), self.root(page)
        notice_id = page.meta.get("notice") if page else None
        if notice_id not in self._watched and notice_id is not None:
            # Past notices have no banner, so all of them have the same here.
            notice_id = ""
        key = (pages.language.code, root, notice_id)
        if key not in self._announced:
            self._announced[key] = self._announce(pages, root, notice_id)
        return self._announced[key]

    @cached_property
    def _watched(self) -> frozenset[str]:
        return frozenset(posted.id for posted in self.board.current)

    @cached_property
    def _announced(self) -> dict[tuple[str, str, str | None], Markup]:
        return {}

    def _announce(self, pages: ToolPages, root: str, notice_id: str | None) -> Markup:
        parts = [pages.chrome("sample")] if pages.settings.samples else []
        if self.problems:
            parts.append(pages.chrome("problems", problems=self.problems))
        stale_from = self.board.now + timedelta(minutes=self.settings.rebuilt_every) + LATE
        parts.append(pages.chrome("stale", now=self.board.now, stale_from=stale_from))
        parts.append(pages.banners(self.board, root, notice_id))
        return Markup("").join(parts).strip()

    def head(self, page: Page | None) -> Markup:
        """Make a page's title, description and links, escaped (the theme's own are not)."""
        if _is_mould(page):
            return mark("head")
        meta = page.meta if page else {}
        pages = self.pages(page)
        is_home = page is not None and page.url == pages.language.path
        title = html.unescape(page.title or "") if page else "404"
        if title in self._shared.get(pages.language.code, ()) and meta.get("notice"):
            title = f"{title} ({short_code.code(meta['notice'])})"
        return pages.chrome(
            "head",
            title="" if is_home else title,
            site_name=pages.say(self.site_name),
            description=meta.get("description") or pages.say(self.site_description),
            canonical=self._address(page, is_own=not meta.get("fallback")) if page else None,
            alternates=self._alternates(page) if page else {},
            is_indexed=page is not None and meta.get("index", True) and not meta.get("fallback"),
            root=self.root(page),
        )

    @cached_property
    def _shared(self) -> dict[str, frozenset[str]]:
        """The titles that several notices have, by language: in a list of pages only their codes tell them apart."""
        return {pages.language.code: frozenset(self._twice(pages)) for pages in self.editions}

    def _twice(self, pages: ToolPages) -> Iterator[str]:
        titles = Counter(pages.local(posted).title.text for posted in self.board.posted)
        return (title for title, number in titles.items() if number > 1)

    def _address(self, page: Page, *, is_own: bool) -> str:
        """Give a page's whole address; of what isn't translated, the English page's."""
        url = page.url if is_own else page.url.removeprefix(self.pages(page).language.path)
        return f"{self.settings.site_url}{url}"

    def _alternates(self, page: Page) -> dict[str, str]:
        """Give the addresses of the same page in the languages that have it, for search engines."""
        if page.meta.get("fallback") or len(self.editions) == 1:
            return {}
        here = page.url.removeprefix(self.pages(page).language.path)
        found = {
            each.language.code: f"{self.settings.site_url}{each.language.path}{here}"
            for each in self.editions
            if each.language.code in page.meta.get("languages", ())
        }
        return {**found, "x-default": found[self.editions[0].language.code]} if len(found) > 1 else {}

    def languages(self, page: Page) -> Markup:
        """Make the links to the same page in the other languages; where there is none, to the languages' homes."""
        if _is_mould(page):
            return mark("languages")
        mine = self.pages(page)
        here = page.url.removeprefix(mine.language.path) if page.meta.get("languages") else ""
        links = [
            {
                "code": each.language.code,
                "name": each.language.name,
                "is_here": each is mine,
                "href": self.root(page, each.language.path) + here,
            }
            for each in self.editions
        ]
        return mine.chrome("languages", links=links)

    def wrap(self, page: Page) -> tuple[Markup, Markup]:
        """Give what stands before and behind a page's own text: what is said of its translation."""
        if _is_mould(page):
            return mark("before"), mark("behind")
        pages = self.pages(page)
        if page.meta.get("notice"):
            return Markup(""), Markup("")
        if page.meta.get("fallback"):
            here = page.url.removeprefix(pages.language.path)
            note = pages.chrome("untranslated", url=self.root(page, "") + here)
            return note + Markup('<div lang="en">'), Markup("</div>")
        is_searched = Markup("<div data-pagefind-body>") if page.meta.get("index", True) else Markup("<div>")
        note = pages.chrome("unreviewed") if page.meta.get("reviewed") is False else Markup("")
        return is_searched, note + Markup("</div>")

    def parts(self, page: MadePage) -> dict[str, str]:
        """Make what differs between pages of one shape, by the names of the marks."""
        made = page.rendered()
        before, behind = self.wrap(made)
        return {
            "head": str(self.head(made)),
            "announce": str(self.announce(made)),
            "languages": str(self.languages(made)),
            "before": str(before),
            "text": str(made.parts.html),
            "behind": str(behind),
            "edit": self.edit_url(page.edit) or "",
        }

    def edit_url(self, path: str) -> str | None:
        """Give the address where a file of the repository can be changed."""
        site = self.settings
        return f"{site.repository.rstrip('/')}/edit/{site.branch}/{path}" if path and site.repository else None

    def fill(self, text: str, part: str, page: Page) -> tuple[str, list[Markup]]:
        """Fill names, contacts and rules into a page's prose, or into its description; see `Pages.fill`."""
        pages = self.editions[0] if page.meta.get("fallback") else self.pages(page)
        name = f"{page.file.src_uri}:{part}"
        docs = posixpath.relpath(".", posixpath.dirname(page.file.src_uri) or ".")
        return pages.fill(name, text, board=self.board, root=self.root(page), docs=docs)

    def sitemap(self, every: Iterable[Page | None], pages: ToolPages) -> str:
        """List the pages of one language that search engines should know; `every` is all that the theme renders."""
        rendered = [(each.url, each.meta) for each in every if each and self.pages(each) is pages]
        filled = [(each.url, each.about) for each in self.filled if self.language_of(each.uri) is pages]
        kept = {url: self._changed.get(meta.get("notice")) for url, meta in (*rendered, *filled) if _is_listed(meta)}
        return pages.sitemap((f"{self.settings.site_url}{url}", day) for url, day in sorted(kept.items()))

    @cached_property
    def _changed(self) -> dict[str | None, date]:
        """The day of each notice's newest event; what else may be new on its page is no news."""
        zone = self.board.zone
        return {each.id: each.notice.last_change.instant.astimezone(zone).date() for each in self.board.posted}

    def chrome(self, name: str, page: Page | None) -> Markup:
        """Make the search, the footer or the 404 page's text."""
        root = self.root(page)
        return self.pages(page).chrome(
            name, root=root, site_root=self.root(page, ""), editions=self.editions, now=self.board.now
        )


def _is_listed(meta: Mapping[str, Any]) -> bool:
    return bool(meta.get("index", True)) and not meta.get("fallback") and not meta.get("mould")


def _is_mould(page: Page | None) -> bool:
    """Tell whether a page is rendered once for many of its shape; see `stencil`."""
    return page is not None and bool(page.meta.get("mould"))
