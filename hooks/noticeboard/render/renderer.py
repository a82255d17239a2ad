"""Templates in one language, with all that they may ask for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import jinja2
from markupsafe import Markup

from noticeboard.i18n import labels
from noticeboard.i18n.catalogs import N_
from noticeboard.i18n.language import Language
from noticeboard.notice import short_code
from noticeboard.render import environment
from noticeboard.render.csp import ContentPolicy
from noticeboard.render.formatter import Formatter
from noticeboard.render.html import HtmlHelpers


@dataclass(frozen=True)
class Renderer:
    """Renders templates in one language."""

    formatter: Formatter
    policy: ContentPolicy = field(default_factory=ContentPolicy.load)

    @property
    def language(self) -> Language:
        """The language of its pages."""
        return self.formatter.language

    @cached_property
    def html(self) -> HtmlHelpers:
        """The small pieces, in this language."""
        return HtmlHelpers(self.formatter)

    @cached_property
    def templates(self) -> jinja2.Environment:
        """The templates in `render/templates`."""
        return self._equip(environment.template_environment(self.language))

    @cached_property
    def prose(self) -> jinja2.Environment:
        """What fills in the prose of docs/."""
        return self._equip(environment.prose_environment(self.language))

    def render(self, template: str, **values: Any) -> Markup:
        """Fill in a template."""
        return Markup(self.templates.get_template(template).render(values))  # noqa: S704 (autoescaped)

    def _equip(self, templates: jinja2.Environment) -> jinja2.Environment:
        formatter, html = self.formatter, self.html
        templates.globals.update(
            settings=formatter.settings,
            language=formatter.language,
            law=formatter.law,
            formatter=formatter,
            html=html,
            labels=labels,
            translate=formatter.translate,
            N_=N_,
            inline=self.policy.inline,
            example_code=short_code.EXAMPLE,
        )
        templates.filters.update(
            {
                "tel": formatter.tel,
                "when": formatter.when,
                "data_names": formatter.data_names,
                "instant": formatter.instant,
                "limit": formatter.limit,
                "translate": formatter.translate,
                "setting": formatter.setting,
                "iso": formatter.language.iso,
                # As filters these are quicker than as functions, which Jinja asks what they want first.
                "local_text": html.local_text,
                "local_markdown": html.local_markdown,
                "english": html.english,
                "date": html.date,
                "day": html.day,
                "due_time": html.due_time,
                "status_label": html.status,
                "external_link": html.external_link,
                "named_link": html.named_link,
            }
        )
        return templates
