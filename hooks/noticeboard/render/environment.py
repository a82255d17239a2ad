"""Our own Jinja for everything that becomes HTML: it escapes, which the theme's does not."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from types import CodeType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from noticeboard.i18n.language import Language


class CompiledTemplates(jinja2.BytecodeCache):
    """Templates that were compiled once, in memory: for every language, and for each build while a site is served."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template's code, if its text is the same."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        assert bucket.code
        self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED, _COMPILED_PROSE = CompiledTemplates(), CompiledTemplates()
"""Templates are code: of each there is one text while a process runs, or a few while somebody works on it."""


class _Template(jinja2.Template):
    """A template that lets through at once what is HTML already: most of what it is given."""

    @classmethod
    def from_code(
        cls, environment: jinja2.Environment, code: CodeType, globals: Any, uptodate: Any = None
    ) -> jinja2.Template:
        """Make a template of its code."""
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = _escape
        return template


def _escape(value: object) -> Markup:
    return value if type(value) is Markup else escape(value)


class TemplateEnvironment(jinja2.Environment):
    """Templates whose fixed sentences are looked up in one language's `said` and `filled`.

    Through Jinja's own functions for gettext, that took a third of the time of a notice's page.
    """

    template_class = _Template

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template knows of itself; each rendering copies it, which is quick for a plain dictionary."""
        return {**self.globals, **(d or {})}

    def compile(self, source: Any, *arguments: Any, **options: Any) -> Any:
        """Compile a template for any language."""
        if isinstance(source, str):
            source = self.parse(source, *arguments[:2])
        return super().compile(_Translator().visit(source), *arguments, **options)


class _Translator(NodeTransformer):
    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 (its name is Jinja's)
        self.generic_visit(node)
        match node:
            case nodes.Call(node=nodes.Name(name="gettext" | "_"), args=[nodes.Const(value=str())]):
                if not node.kwargs:
                    return nodes.Getitem(nodes.Name("said", "load"), node.args[0], "load", lineno=node.lineno)
                values = [nodes.Pair(nodes.Const(keyword.key), keyword.value) for keyword in node.kwargs]
                return nodes.Filter(nodes.Dict(values), "filled", node.args, [], None, None, lineno=node.lineno)
        return node


class _Said(dict[str, Markup]):
    """Sentences of templates without values, in one language."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, message: str) -> Markup:
        said = self[message] = _markup(self._language.gettext(message))
        return said


class _Filled(dict[str, tuple[Markup | str, ...]]):
    """Sentences of templates with values, such as `Code: %(code)s`, in one language, split at the values' names."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, message: str) -> tuple[Markup | str, ...]:
        pieces = re.split(r"%\((\w+)\)s", self._language.gettext(message))
        split = self[message] = tuple(piece if number % 2 else _markup(piece) for number, piece in enumerate(pieces))
        return split

    # What asks for the context is not filled in while a template is compiled, for one language.
    @jinja2.pass_context
    def fill(self, _: object, values: Mapping[str, object], message: str) -> Markup:
        """Put values into a sentence."""
        pieces = (_escape(values[piece]) if number % 2 else piece for number, piece in enumerate(self[message]))
        return Markup("".join(pieces))  # noqa: S704 (escaped)


def _markup(text: str) -> Markup:
    """Take a sentence of a template or a catalog, in which a percent sign stands twice, for HTML."""
    return Markup(text.replace("%%", "%"))  # noqa: S704


def template_environment(language: Language) -> jinja2.Environment:
    """Return the templates of one language."""
    environment = TemplateEnvironment(auto_reload=False, bytecode_cache=_COMPILED, **_OPTIONS)
    environment.globals["said"] = _Said(language)
    environment.filters["filled"] = _Filled(language).fill
    return _speaking(environment, language)


def prose_environment(language: Language) -> jinja2.Environment:
    """Return what fills in the project's own prose: it can only ask for what it is given, and never reaches Python."""
    # A text is its own name: so it is compiled once, however often a page of it is built while the site is served.
    loader = jinja2.FunctionLoader(lambda text: text)
    options = {**_OPTIONS, "loader": loader, "bytecode_cache": _COMPILED_PROSE}
    return _speaking(ImmutableSandboxedEnvironment(**options), language)


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
    if "{" not in text:
        return text, []
    deferred = DeferredHtml(functions)
    try:
        return environment.get_template(text).render(pages=deferred, **values), deferred.blocks
    except Exception as error:
        line = f", line {error.lineno}" if isinstance(error, jinja2.TemplateSyntaxError) else ""
        raise ProseError(f"between double braces stands what can’t be filled in{line}: {error}") from None


def insert_html(html: str, blocks: list[Markup]) -> str:
    """Put HTML into the place of its placeholders."""
    return re.sub(r'<div data-set-in="(\d+)"></div>', lambda match: str(blocks[int(match[1])]), html)
