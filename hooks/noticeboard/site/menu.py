"""The menu as mkdocs.yml has it: a list of pages and, under a title, of pages and further lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def listed(nav: list[Any]) -> dict[str, str | None]:
    """List the menu's pages, as their sources are called, with their titles there."""
    found: dict[str, str | None] = {}
    for entry in nav:
        if isinstance(entry, str):
            found[entry] = None
        else:
            for title, inner in entry.items():
                found.update({inner: title} if isinstance(inner, str) else listed(inner))
    return found


def translated(nav: list[Any], path: str, say: Callable[[str], str]) -> list[Any]:
    """Point a menu at the pages in a language's folder, and say its titles in that language."""

    def entry(each: Any) -> Any:
        if isinstance(each, str):
            return path + each
        if isinstance(each, list):
            return [entry(inner) for inner in each]
        return {say(title): entry(inner) for title, inner in each.items()}

    return [entry(each) for each in nav]
