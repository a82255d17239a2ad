"""What a page is made of."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Heading:
    """A heading of a page, for its table of contents."""

    id: str
    title: str


@dataclass(frozen=True)
class PageContent:
    """A page's own part; what stands around it (head, navigation, footer) is the theme's."""

    title: str
    """Plain text."""
    description: str
    html: Markup
    headings: tuple[Heading, ...] = ()
