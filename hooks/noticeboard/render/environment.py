"""Our own Jinja for everything that becomes HTML: it escapes by itself, and knows its language when it compiles."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from noticeboard.i18n.language import Language


class _Spoken(NodeTransformer):
    """Puts a language's words in the place of its sentences: looking each up at every use was a fifth of a page."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 (Jinja's own name)
        """Replace a call of gettext."""
        self.generic_visit(node)
        is_sentence = isinstance(node.node, nodes.Name) and node.node.name in {"_", "gettext"}
        if not is_sentence or not node.args or not isinstance(node.args[0], nodes.Const):
            return node
        words = Markup(self.language.catalog.gettext(node.args[0].value))  # noqa: S704 (from our own catalogs)
        if not node.kwargs:
            return nodes.Const(words % {}, lineno=node.lineno)
        values = [nodes.Pair(nodes.Const(each.key), each.value) for each in node.kwargs]
        return nodes.Mod(nodes.Const(words), nodes.Dict(values), lineno=node.lineno)


class Environment(jinja2.Environment):
    """The templates of one language."""

    language: Language

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        made: nodes.Template = _Spoken(self.language).visit(parsed)
        return made


class _Prose(Environment, ImmutableSandboxedEnvironment):
    """The same for prose, which can only ask for what it is given: it never reaches Python."""


class _Kept(jinja2.FileSystemBytecodeCache):
    """Compiled templates in a folder; one that is broken or can't be written is made anew each time."""

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception:  # whatever stands in a broken file
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def environment(
    language: Language, texts: Mapping[str, str], compiled: Path | None, *, is_prose: bool = False
) -> Environment:
    """Make the templates of one language, with other `texts` beside them by their names.

    `is_prose`: for texts that are not code, though they ask for names and contacts.

    `compiled` is where compiled templates are kept; its name must change with the language's sentences.
    None, or a folder that can't be written: they are compiled each time.
    """
    made = (_Prose if is_prose else Environment)(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader("noticeboard.render"), jinja2.DictLoader(texts)]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=compiled_templates(compiled) if compiled else None,
    )
    made.language = language
    made.install_gettext_callables(  # type: ignore[attr-defined]
        language.catalog.gettext, language.catalog.ngettext, newstyle=True
    )
    return made


def compiled_templates(folder: Path) -> jinja2.BytecodeCache | None:
    """Keep compiled templates in a folder: compiling is a third of a small build. None: it can't be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return _Kept(str(folder)) if os.access(folder, os.W_OK) else None


def render(environment: Environment, template: str, values: Mapping[str, Any]) -> Markup:
    """Fill a template."""
    return Markup(environment.get_template(template).render(values))  # noqa: S704 (autoescaped)
