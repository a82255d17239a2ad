"""The pages of the site: what must be known of each, whatever makes the site, and those that come from the core."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from markupsafe import escape

from noticeboard.pages.content import Heading, PageContent


class _File(Protocol):
    @property
    def src_uri(self) -> str: ...


class Page(Protocol):
    """What must be known of a page, whatever makes the site."""

    @property
    def meta(self) -> Mapping[str, Any]:
        """What its source says of it, and `notice`, `languages`, `fallback`, `index`, `is_template`."""

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
class PageKind:
    """Pages that differ in the values of their placeholders only."""

    name: str
    """Unique, such as `es/ notice`."""
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True)
class GeneratedPage:
    """A page whose own part comes from the core; it has no file in docs/."""

    uri: str
    """What its source would be called, from the site's root: `es/notices/index.md`."""
    meta: Mapping[str, Any]
    """What must be known of it beside its text: `languages`, `fallback`, `index`, `notice`."""
    kind: PageKind | None = None
    """None: there is but one such page, and MkDocs puts the theme around it."""
    edit: str = ""
    """The file behind it, from the repository's root."""

    @property
    def url(self) -> str:
        """Its address from the site's root."""
        path = f"/{self.uri.removesuffix('.md')}"
        return (path.removesuffix("index") if path.endswith("/index") else f"{path}/")[1:]

    @property
    def path(self) -> str:
        """Its file in the built site."""
        return f"{self.url}index.html"


@dataclass(frozen=True)
class _SourceFile:
    src_uri: str


@dataclass(frozen=True)
class RenderedPage:
    """A generated page with its content, as the theme's parts ask for it."""

    page: GeneratedPage
    content: PageContent

    @property
    def title(self) -> str:
        """Its title, as HTML."""
        return str(escape(self.content.title))

    @property
    def url(self) -> str:
        """Its address from the site's root."""
        return self.page.url

    @property
    def meta(self) -> Mapping[str, Any]:
        """What the theme and its parts ask of it."""
        return {"description": self.content.description, "hide": ["navigation"], **self.page.meta}

    @property
    def file(self) -> _SourceFile:
        """What its source would be called."""
        return _SourceFile(self.page.uri)


def relative_url(url: str, folder: str) -> str:
    """Return the way from a page's address to a folder, both from the site's root."""
    return posixpath.relpath("/" + folder, "/" + url).rstrip("/") + "/"
