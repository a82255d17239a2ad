"""The project's own prose, with names, contacts and rules filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import TemplateSyntaxError
from markupsafe import Markup

from noticeboard.render.environment import Environment


class _Late:
    """The pages' functions as the prose calls them: HTML is kept aside, and a mark given for it."""

    def __init__(self, pages: object) -> None:
        self._pages = pages
        self.blocks: list[Markup] = []

    def __getattr__(self, name: str) -> Any:
        function = getattr(self._pages, name)

        def call(*arguments: Any) -> Any:
            made = function(*arguments)
            if not isinstance(made, Markup):
                return made
            self.blocks.append(made)
            return Markup('<div data-set-in="{}"></div>').format(len(self.blocks) - 1)

        return call


class ProseError(ValueError):
    """A page's own text asks for something that isn't there; the message says what."""


def filled(environment: Environment, name: str, pages: object, values: Mapping[str, Any]) -> tuple[str, list[Markup]]:
    """Fill the prose of this name; give also the HTML that `set_in` puts into its marks' places.

    Raises ProseError if it asks for what isn't there.
    """
    late = _Late(pages)
    try:
        return environment.get_template(name).render(pages=late, **values), late.blocks
    except Exception as error:
        line = f", line {error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
        raise ProseError(f"between double braces stands what can’t be filled in{line}: {error}") from None


def set_in(html: str, blocks: list[Markup]) -> str:
    """Put what was made as HTML into the place of its marks."""
    return re.sub(r'<div data-set-in="(\d+)"></div>', lambda mark: str(blocks[int(mark[1])]), html)
