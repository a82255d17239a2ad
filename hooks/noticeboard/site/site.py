"""The site in all its languages: which page is in which, and what stands around a page's own part."""

from __future__ import annotations

import html
import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from noticeboard.board.board import Board
from noticeboard.i18n.language import Language
from noticeboard.notice import short_code
from noticeboard.notice.localized import LocalizedNotice
from noticeboard.notice.problem import Problem
from noticeboard.pages import board_pages
from noticeboard.pages.guide import GuideFunctions
from noticeboard.render import environment
from noticeboard.render.csp import ContentPolicy
from noticeboard.render.renderer import Renderer
from noticeboard.settings import Settings
from noticeboard.site.page import GeneratedPage, Page, RenderedPage, relative_url
from noticeboard.site.page_template import placeholder

STALE_AFTER = timedelta(hours=2)
"""How long after its next build is due a page tells that it is old."""


@dataclass
class Site:
    """The whole site, in each of its languages, and what stands around every page."""

    languages: tuple[Renderer, ...]
    """English first."""
    board: Board
    problems: tuple[Problem, ...]
    name: str
    description: str
    _announcements: dict[tuple[str, str, bool], Markup] = field(default_factory=dict)
    """By language, relative URL, and whether with banners: pages of one folder have the same."""

    def __post_init__(self) -> None:
        """Find what all pages ask for."""
        self._duplicate_titles = {
            renderer.language.code: self._duplicates(renderer.language.code) for renderer in self.languages
        }

    @property
    def settings(self) -> Settings:
        """The district's settings."""
        return self.languages[0].formatter.settings

    @property
    def policy(self) -> ContentPolicy:
        """What its pages may do."""
        return self.languages[0].policy

    @property
    def folders(self) -> list[str]:
        """Each language's folder; the first language's is empty."""
        return [renderer.language.path for renderer in self.languages]

    @property
    def left_out(self) -> list[str]:
        """The folders of the languages that this site doesn't have."""
        return sorted({Language(code, self.board.zone).path for code in Language.available()} - {*self.folders})

    def language_of(self, page: Page | None) -> Renderer:
        """Return the language of a page; the 404 page is in the first."""
        return self._language_of_uri(page.file.src_uri if page else "")

    def _language_of_uri(self, uri: str) -> Renderer:
        others = (renderer for renderer in self.languages[1:] if uri.startswith(renderer.language.path))
        return next(others, self.languages[0])

    def root(self, page: Page | None, path: str | None = None) -> str:
        """Return the relative URL of the home of a page's language, or of another folder of the site.

        The 404 page is served at any address, so its way is a whole path.
        """
        folder = self.language_of(page).language.path if path is None else path
        if page is None:
            return urlsplit(self.settings.site_url or "/").path + folder
        return relative_url(page.url, folder)

    def announce(self, page: Page | None) -> Markup:
        """Return what stands at the top of a page: the sample mark, the problems under `serve`, the banners."""
        if _is_template(page):
            return placeholder("announce")
        renderer, root = self.language_of(page), self.root(page)
        has_banners = page is None or not page.meta.get("notice")
        key = (renderer.language.code, root, has_banners)
        if key not in self._announcements:
            self._announcements[key] = self._announce(renderer, root, has_banners=has_banners)
        return self._announcements[key]

    def _announce(self, renderer: Renderer, root: str, *, has_banners: bool) -> Markup:
        parts = [renderer.render("sample.html")] if self.settings.samples else []
        if self.problems:
            parts.append(renderer.render("problems.html", problems=self.problems))
        stale_from = self.board.now + timedelta(minutes=self.settings.rebuilt_every) + STALE_AFTER
        parts.append(renderer.render("stale.html", now=self.board.now, stale_from=stale_from))
        if has_banners:
            parts.append(board_pages.banners(self.board, renderer, root))
        return Markup("").join(parts).strip()

    def head(self, page: Page | None) -> Markup:
        """Return a page's title, description and links, escaped (the theme's own are not)."""
        if _is_template(page):
            return placeholder("head")
        meta = page.meta if page else {}
        renderer = self.language_of(page)
        is_home = page is not None and page.url == renderer.language.path
        title = html.unescape(page.title or "") if page else "404"
        if meta.get("notice") and title in self._duplicate_titles[renderer.language.code]:
            title = f"{title} ({short_code.code_for(meta['notice'])})"
        return renderer.render(
            "head.html",
            title="" if is_home else title,
            site_name=renderer.formatter.setting(self.name),
            description=meta.get("description") or renderer.formatter.setting(self.description),
            canonical=self._canonical(page) if page else None,
            alternates=self._alternates(page) if page else {},
            is_indexed=page is not None and meta.get("index", True) and not meta.get("fallback"),
            root=self.root(page),
        )

    def _duplicates(self, code: str) -> frozenset[str]:
        """Return the titles that several notices have: in a list of pages only their codes tell them apart."""
        titles = Counter(LocalizedNotice(posted.notice, code).title.text for posted in self.board.notices)
        return frozenset(title for title, count in titles.items() if count > 1)

    def _canonical(self, page: Page) -> str:
        """Return a page's whole address; of what isn't translated, the English page's."""
        folder = self.language_of(page).language.path if page.meta.get("fallback") else ""
        return f"{self.settings.site_url}{page.url.removeprefix(folder)}"

    def _alternates(self, page: Page) -> dict[str, str]:
        """Return the addresses of the same page in the languages that have it, for search engines."""
        if page.meta.get("fallback") or len(self.languages) == 1:
            return {}
        here = page.url.removeprefix(self.language_of(page).language.path)
        languages = [renderer.language for renderer in self.languages]
        urls = {
            language.code: f"{self.settings.site_url}{language.path}{here}"
            for language in languages
            if language.code in page.meta.get("languages", ())
        }
        return {**urls, "x-default": urls[languages[0].code]} if len(urls) > 1 else {}

    def language_links(self, page: Page) -> Markup:
        """Return the links to the same page in the other languages; where there is none, to the languages' homes."""
        if _is_template(page):
            return placeholder("languages")
        if len(self.languages) == 1:
            return Markup("")
        mine = self.language_of(page)
        here = page.url.removeprefix(mine.language.path) if page.meta.get("languages") else ""
        links = [
            {
                "code": renderer.language.code,
                "name": renderer.language.name,
                "is_here": renderer is mine,
                "href": self.root(page, renderer.language.path) + here,
            }
            for renderer in self.languages
        ]
        return mine.render("languages.html", links=links)

    def translation_notes(self, page: Page) -> tuple[Markup, Markup]:
        """Return what stands before and behind a page's own part: what is said of its translation."""
        if _is_template(page):
            return placeholder("before"), placeholder("behind")
        renderer = self.language_of(page)
        if page.meta.get("notice"):
            return Markup(""), Markup("")
        if page.meta.get("fallback"):
            here = page.url.removeprefix(renderer.language.path)
            note = renderer.render("untranslated.html", url=self.root(page, "") + here)
            return note + Markup('<div lang="en">'), Markup("</div>")
        start = Markup("<div data-pagefind-body>") if page.meta.get("index", True) else Markup("<div>")
        note = renderer.render("unreviewed.html") if page.meta.get("reviewed") is False else Markup("")
        return start, note + Markup("</div>")

    def placeholders(self, page: RenderedPage) -> dict[str, str]:
        """Return what differs between pages of one kind, by the names of the placeholders."""
        before, behind = self.translation_notes(page)
        return {
            "head": str(self.head(page)),
            "announce": str(self.announce(page)),
            "languages": str(self.language_links(page)),
            "before": str(before),
            "text": str(page.content.html),
            "behind": str(behind),
            "edit": self.edit_url(page.page.edit) or "",
        }

    def edit_words(self, page: Page) -> str:
        """Say what the link to a page's source does."""
        return self.language_of(page).language.gettext("Suggest a change to this page")

    def edit_url(self, path: str) -> str | None:
        """Return the address where a file of the repository can be changed."""
        settings = self.settings
        return (
            f"{settings.repository.rstrip('/')}/edit/{settings.branch}/{path}" if path and settings.repository else None
        )

    def render_prose(self, text: str, page: Page) -> tuple[str, list[Markup]]:
        """Fill in names, contacts and rules in a page of docs/; see `environment.render_prose`."""
        renderer = self.languages[0] if page.meta.get("fallback") else self.language_of(page)
        root = self.root(page)
        docs = posixpath.relpath(".", posixpath.dirname(page.file.src_uri) or ".")
        functions = GuideFunctions(renderer, self.board, root)
        return environment.render_prose(renderer.prose, text, functions, {"root": root, "docs": docs})

    def sitemap(
        self, rendered: Iterable[Page | None], generated: Iterable[GeneratedPage], renderer: Renderer
    ) -> Markup:
        """List the pages of one language that search engines should know, with the day of the last change."""
        pages = [(page.url, page.meta) for page in rendered if page and self.language_of(page) is renderer]
        pages += [(page.url, page.meta) for page in generated if self._language_of_uri(page.uri) is renderer]
        zone = self.board.zone
        changed = {
            posted.id: posted.notice.last_change.instant.astimezone(zone).date() for posted in self.board.notices
        }
        days: dict[str, date | None] = {
            url: changed.get(meta.get("notice", "")) for url, meta in pages if _is_listed(meta)
        }
        addresses = ((f"{self.settings.site_url}{url}", day) for url, day in sorted(days.items()))
        return renderer.render("sitemap.xml", addresses=addresses)

    def partial(self, name: str, page: Page | None) -> Markup:
        """Return a piece around a page: `search`, `footer` or `not_found`."""
        return self.language_of(page).render(
            f"{name}.html",
            root=self.root(page),
            site_root=self.root(page, ""),
            languages=self.languages,
            now=self.board.now,
        )


def _is_listed(meta: Mapping[str, Any]) -> bool:
    return bool(meta.get("index", True)) and not meta.get("fallback") and not meta.get("is_template")


def _is_template(page: Page | None) -> bool:
    """Whether a page is rendered once for all of its kind; see `page_template`."""
    return page is not None and bool(page.meta.get("is_template"))
