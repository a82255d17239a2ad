"""Our own Jinja for everything that becomes HTML: it escapes, which the theme's does not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from noticeboard.i18n.language import Language


class MemoryBytecodeCache(jinja2.BytecodeCache):
    """Compiled templates, shared by the environments of one build: each language would compile them again."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what another environment compiled."""
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template for the other environments."""
        self._compiled[bucket.key] = bucket.bytecode_to_string()


def template_environment(language: Language, compiled: MemoryBytecodeCache | None = None) -> jinja2.Environment:
    """Return the templates of one language."""
    return _speaking(jinja2.Environment(bytecode_cache=compiled, auto_reload=False, **_OPTIONS), language)  # noqa: S701 (in _OPTIONS)


def prose_environment(language: Language) -> jinja2.Environment:
    """Return what fills in the project's own prose: it can only ask for what it is given, and never reaches Python."""
    return _speaking(ImmutableSandboxedEnvironment(**_OPTIONS), language)


_OPTIONS: dict[str, Any] = {
    "loader": jinja2.PackageLoader("noticeboard.render"),
    "autoescape": True,
    "undefined": jinja2.StrictUndefined,
    "extensions": ["jinja2.ext.i18n"],
    "trim_blocks": True,
    "lstrip_blocks": True,
}


def _speaking(environment: jinja2.Environment, language: Language) -> jinja2.Environment:
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        language.catalog.gettext, language.catalog.ngettext, newstyle=True
    )
    return environment


class ProseError(ValueError):
    """A page's own text asks for something that isn't there; the message says what."""


class DeferredHtml:
    """Functions as the prose calls them: HTML is kept aside, and a placeholder given for it.

    What is HTML already must not pass through the prose's Markdown.
    """

    def __init__(self, functions: object) -> None:
        self._functions = functions
        self.blocks: list[Markup] = []

    def __getattr__(self, name: str) -> Any:
        function = getattr(self._functions, name)

        def call(*arguments: Any) -> Any:
            value = function(*arguments)
            if not isinstance(value, Markup):
                return value
            self.blocks.append(value)
            return Markup('<div data-set-in="{}"></div>').format(len(self.blocks) - 1)

        return call


def render_prose(
    environment: jinja2.Environment, text: str, functions: object, values: Mapping[str, Any]
) -> tuple[str, list[Markup]]:
    """Fill in names, contacts and rules; return also the HTML that `insert_html` puts into its placeholders' places.

    Raises ProseError if the text asks for what isn't there.
    """
    deferred = DeferredHtml(functions)
    try:
        return environment.from_string(text).render(pages=deferred, **values), deferred.blocks
    except Exception as error:
        line = f", line {error.lineno}" if isinstance(error, jinja2.TemplateSyntaxError) else ""
        raise ProseError(f"between double braces stands what can’t be filled in{line}: {error}") from None


def insert_html(html: str, blocks: list[Markup]) -> str:
    """Put HTML into the place of its placeholders."""
    return re.sub(r'<div data-set-in="(\d+)"></div>', lambda match: str(blocks[int(match[1])]), html)
