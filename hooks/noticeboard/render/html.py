"""Small pieces of HTML that most pages have: dates, words in another language, links elsewhere.

They are functions, not templates: a notice's page has a hundred of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from markupsafe import Markup, escape

from noticeboard.i18n.catalogs import SOURCE
from noticeboard.notice.dates import When
from noticeboard.notice.localized import Said
from noticeboard.render.formatter import Wording
from noticeboard.text import safe_markdown
from noticeboard.text.web_addresses import is_https


@dataclass(frozen=True)
class Snippets:
    """The pieces in one language; templates know them as `parts`."""

    wording: Wording

    def due(self, moment: datetime, has_time: bool) -> Markup:
        """Write a due time in words and for machines; board.js adds “in 2 days” to it."""
        iso, words = self.wording.language.iso(moment), escape(self.wording.instant(moment, has_time))
        mark = " data-time" if has_time else ""
        return Markup(f'<time class="nb-due" datetime="{iso}"{mark}>{words}</time>')  # noqa: S704 (escaped above)

    def day(self, when: When) -> Markup:
        """Write a date as exactly as it is known; for machines, too, where it is exact."""
        words = escape(self.wording.when(when))
        if not when.is_exact or when.first is None:
            return words
        language = self.wording.language
        iso = language.iso(when.first) if when.has_time else when.day(language.zone).isoformat()
        return Markup(f'<time datetime="{iso}">{words}</time>')  # noqa: S704 (escaped above)

    @staticmethod
    def said(text: Said) -> Markup:
        """Write a text of the notice, marked where it is in another language than the page."""
        words = escape(text.text)
        return Markup(f'<span lang="{text.lang}">{words}</span>') if text.lang else words  # noqa: S704 (escaped above)

    @staticmethod
    def prose(text: Said) -> Markup:
        """Write a Markdown text of the notice, marked where it is in another language than the page."""
        html = safe_markdown.html(text.text)
        return Markup(f'<div lang="{text.lang}">{html}</div>') if text.lang else html  # noqa: S704 (sanitized above)

    def english(self, text: str) -> Markup:
        """Write what the format has no translation for, such as an office's name."""
        words = escape(text)
        is_marked = self.wording.language.code != SOURCE
        return Markup(f'<span lang="en">{words}</span>') if is_marked else words  # noqa: S704 (escaped above)

    @staticmethod
    def outside(url: str, text: str) -> Markup:
        """Link to a page elsewhere; what isn't a whole https address is words only."""
        if not is_https(url):
            return escape(text)
        return Markup(f'<a href="{escape(url)}" rel="noopener">{escape(text)}</a>')  # noqa: S704 (escaped)

    @cached_property
    def sample(self) -> Markup:
        """The mark of a sample, and nothing elsewhere."""
        if not self.wording.settings.samples:
            return Markup("")
        word = escape(self.wording.language.gettext("SAMPLE"))
        return Markup(f'<span class="nb-sample">{word}</span> ')  # noqa: S704 (escaped above)
