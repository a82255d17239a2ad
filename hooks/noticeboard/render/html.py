"""Small pieces of HTML that most pages have: dates, words in another language, links elsewhere.

They are functions, not templates: a notice's page has a hundred of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from noticeboard.i18n import labels
from noticeboard.i18n.catalogs import SOURCE
from noticeboard.notice.dates import PartialDate
from noticeboard.notice.localized import LocalMarkdown, LocalText
from noticeboard.render.formatter import Formatter
from noticeboard.text.web_addresses import is_https


@dataclass(frozen=True)
class HtmlHelpers:
    """The pieces in one language; templates know them as `html`, and most of them as filters."""

    formatter: Formatter

    def due_time(self, moment: datetime, has_time: bool) -> Markup:
        """Return a due time in words and for machines; board.js adds “in 2 days” to it."""
        language = self.formatter.language
        iso, words = language.iso(moment), escape(self.formatter.instant(moment, has_time))
        attribute = " data-time" if has_time else ""
        return Markup(f'<time class="nb-due" datetime="{iso}"{attribute}>{words}</time>')  # noqa: S704 (escaped above)

    def time(self, moment: datetime, has_time: bool) -> Markup:
        """Return a time that is no longer waited for, in words and for machines."""
        iso, words = self.formatter.language.iso(moment), escape(self.formatter.instant(moment, has_time))
        return Markup(f'<time datetime="{iso}">{words}</time>')  # noqa: S704 (escaped above)

    def built(self, moment: datetime) -> Markup:
        """Return when the site was built, marked so that builds can be compared without it (site/fingerprint.py)."""
        language = self.formatter.language
        words = escape(language.moment(moment))
        return Markup(f'<time data-built datetime="{language.iso(moment)}">{words}</time>')  # noqa: S704 (escaped)

    def date(self, date: PartialDate) -> Markup:
        """Return a date as exactly as it is known; for machines, too, where it is exact."""
        words = escape(self.formatter.when(date))
        if not date.is_exact or date.first is None:
            return words
        language = self.formatter.language
        iso = language.iso(date.first) if date.has_time else date.day(language.zone).isoformat()
        return Markup(f'<time datetime="{iso}">{words}</time>')  # noqa: S704 (escaped above)

    def day(self, date: PartialDate) -> Markup:
        """Return the day of an exact date, as short as it can be written; for machines, too."""
        language = self.formatter.language
        words = escape(language.brief(date.instant, has_time=False))
        return Markup(f'<time datetime="{date.day(language.zone).isoformat()}">{words}</time>')  # noqa: S704 (escaped)

    def status(self, status: str) -> Markup:
        """Return where a notice stands, as a label."""
        words = escape(self.formatter.translate(labels.STATUS[status]))
        return Markup(f'<span class="nb-status nb-status--{status}">{words}</span>')  # noqa: S704 (escaped above)

    @staticmethod
    def local_text(text: LocalText | str) -> Markup:
        """Return a text of the notice, marked where it is in another language than the page."""
        if isinstance(text, str):
            return escape(text)
        words = escape(text.text)
        return Markup(f'<span lang="{text.lang}">{words}</span>') if text.lang else words  # noqa: S704 (escaped above)

    @staticmethod
    def local_markdown(text: LocalMarkdown) -> Markup:
        """Return a Markdown text of the notice, marked where it is in another language than the page."""
        return Markup(f'<div lang="{text.lang}">{text.html}</div>') if text.lang else text.html  # noqa: S704 (sanitized)

    def english(self, text: str) -> Markup:
        """Return what the format has no translation for, such as an office's name."""
        words = escape(text)
        is_marked = self.formatter.language.code != SOURCE
        return Markup(f'<span lang="en">{words}</span>') if is_marked else words  # noqa: S704 (escaped above)

    @staticmethod
    def external_link(url: str, text: str) -> Markup:
        """Return a link to a page elsewhere; for what isn't a whole https address, its words only."""
        if not is_https(url):
            return escape(text)
        return Markup(f'<a href="{escape(url)}" rel="noopener">{escape(text)}</a>')  # noqa: S704 (escaped)

    @staticmethod
    def named_link(url: str, text: str) -> Markup:
        """Return a link to a page elsewhere with the site that it leads to: “Police Department (city.example.org)”."""
        site = urlsplit(url).hostname or ""
        shown = site.removeprefix("www.")
        return HtmlHelpers.external_link(url, text) + Markup(' <span class="nb-site">({})</span>').format(shown)

    @cached_property
    def sample(self) -> Markup:
        """The mark of a sample, and nothing elsewhere."""
        word = escape(self.formatter.sample_word)
        return Markup(f'<span class="nb-sample">{word}</span> ') if word else word  # noqa: S704 (escaped above)
