"""How Babel finds the sentences in the project's data files and settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from noticeboard.notice import strict_yaml

_SPOKEN = {"name", "advice", "title"}


def extract_yaml(
    file: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Find the sentences in one of the project's data files, for Babel's extraction."""
    for message in dict.fromkeys(_sentences(strict_yaml.read_data(file.read().decode("utf-8")))):
        yield 1, "gettext", message, []


def extract_settings(
    file: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Find the sentences in mkdocs.yml that every district has: the site's name, its menu, its theme's choices."""
    config = strict_yaml.read_settings(file.read().decode("utf-8"), {})
    names = [config["site_name"], config["site_description"]]
    toggles = [option["toggle"]["name"] for option in config["theme"]["palette"]]
    for message in dict.fromkeys([*names, *_titles(config["nav"]), *toggles]):
        yield 1, "gettext", message, []


def _titles(nav: list[Any]) -> Iterator[str]:
    for entry in nav:
        if isinstance(entry, dict):
            for title, inner in entry.items():
                yield title
                if isinstance(inner, list):
                    yield from _titles(inner)


def _sentences(data: Any) -> Iterator[str]:
    if isinstance(data, list):
        for item in data:
            yield from _sentences(item)
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "codes" and isinstance(value, dict):
                yield from value.values()
            elif key in _SPOKEN and isinstance(value, str):
                yield value
            elif key == "readings":
                yield from value
            else:
                yield from _sentences(value)
