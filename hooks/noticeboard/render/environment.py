"""Our own Jinja for everything that becomes HTML: it escapes, which the theme's does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from noticeboard.i18n.language import Language


class TemplateEnvironment(jinja2.Environment):
    """Templates in one language: a fixed sentence is translated when its template is compiled, not at each rendering.

    Looking sentences up took a third of the time of a notice's page.
    """

    language: Language

    def compile(self, source: Any, *arguments: Any, **options: Any) -> Any:
        """Compile a template, with its sentences translated."""
        if isinstance(source, str):
            source = self.parse(source, *arguments[:2])
        return super().compile(_Translator(self.language).visit(source), *arguments, **options)


class _Translator(NodeTransformer):
    def __init__(self, language: Language) -> None:
        self._language = language

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 (its name is Jinja's)
        self.generic_visit(node)
        match node:
            case nodes.Call(node=nodes.Name(name="gettext" | "_"), args=[nodes.Const(value=str(message))]):
                values = {keyword.key: keyword.value for keyword in node.kwargs}
                pieces = list(self._pieces(self._language.gettext(message), values))
                fixed = [piece.value for piece in pieces if isinstance(piece, nodes.Const)]
                if len(fixed) == len(pieces):
                    # Jinja would join them at once itself, as text that is no markup any more.
                    return nodes.Const(Markup("").join(fixed), lineno=node.lineno)
                return nodes.Concat(pieces, lineno=node.lineno)
        return node

    @staticmethod
    def _pieces(translated: str, values: Mapping[str, nodes.Expr]) -> Iterator[nodes.Expr]:
        """Split a sentence at its values: `Code: %(code)s`. A percent sign stands twice in it."""
        for number, piece in enumerate(re.split(r"%\((\w+)\)s", translated)):
            if number % 2:
                yield values[piece]
            elif piece:
                yield nodes.Const(Markup(piece.replace("%%", "%")))  # noqa: S704 (a sentence of a template or a catalog)


def template_environment(language: Language) -> jinja2.Environment:
    """Return the templates of one language."""
    environment = TemplateEnvironment(auto_reload=False, **_OPTIONS)
    environment.language = language
    return _speaking(environment, language)


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
