"""A page of the theme with placeholders: MkDocs renders one for each kind, and every page of the kind fills it in.

The result is what MkDocs would give for each page, in a hundredth of the time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

# Unicode's private use: nothing of the theme's or of the project's own has them.
_OPEN, _CLOSE = "\ue000", "\ue001"


def placeholder(name: str) -> Markup:
    """Return what stands in a template page for one of its parts."""
    # The theme adds a heading of its own to what has no `<h1`.
    return Markup(f"{_OPEN}<h1>{name}{_CLOSE}")  # noqa: S704 (names are the code's own)


@dataclass(frozen=True)
class PageTemplate:
    """A page split at its placeholders."""

    segments: tuple[str, ...]
    """Text and the names of placeholders, in turns."""

    @classmethod
    def parse(cls, page: str) -> PageTemplate:
        """Split a page at its placeholders."""
        return cls(tuple(re.split(f"{_OPEN}<h1>([a-z]+){_CLOSE}", page)))

    def render(self, values: Mapping[str, str]) -> str:
        """Return a page with these values, by their placeholders' names."""
        return "".join(values[part] if number % 2 else part for number, part in enumerate(self.segments))
