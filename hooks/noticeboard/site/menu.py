"""The menu as mkdocs.yml has it: a list of pages and, under a title, of pages and further lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def nav_titles(nav: list[Any]) -> dict[str, str | None]:
    """List the menu's pages, as their sources are called, with their titles there."""
    titles: dict[str, str | None] = {}
    for entry in nav:
        if isinstance(entry, str):
            titles[entry] = None
        else:
            for title, inner in entry.items():
                titles.update({inner: title} if isinstance(inner, str) else nav_titles(inner))
    return titles


def localize_nav(nav: list[Any], path: str, say: Callable[[str], str]) -> list[Any]:
    """Point a menu at the pages in a language's folder, and say its titles in that language."""

    def entry(item: Any) -> Any:
        if isinstance(item, str):
            return path + item
        if isinstance(item, list):
            return [entry(inner) for inner in item]
        return {say(title): entry(inner) for title, inner in item.items()}

    return [entry(item) for item in nav]
