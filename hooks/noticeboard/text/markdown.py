"""A notice's Markdown, read: a flat row of tokens that know their place in the text.

The one module that knows the parser. What it reads is CommonMark with tables, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import quote

from pyromark import Markdown, Options

_PARSER = Markdown(options=Options.ENABLE_TABLES)
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
"""What CommonMark replaces, and what the parser can't take."""
_BLANKS = re.compile(r"[ \t\r\n]+")
_SAFE = "!#$%&'()*+,-./:;=?@_~"
"""Signs that an address keeps, as in the parser's own HTML."""
_INLINE = {"Text", "Code", "InlineHtml", "SoftBreak", "HardBreak", "Emphasis", "Strong", "Link", "Image"}
_INLINE |= {f"/{kind}" for kind in _INLINE}
_HOLDS_WORDS = _INLINE | {"Paragraph", "Heading", "TableCell"}
_HIDES_TEXT = {"Image": 1, "/Image": -1, "CodeBlock": 1, "/CodeBlock": -1, "HtmlBlock": 1, "/HtmlBlock": -1}
MAX_TOKENS = 20_000
"""Tokens of one text; a text that makes more is no notice."""


class Token(NamedTuple):
    """One start, end or leaf, named as the parser names it; an end has a slash before its name."""

    kind: str
    at: int = 0
    """Where a start or leaf begins, in bytes of UTF-8."""
    value: str = ""
    """A text's words, a link's or picture's address, a heading's level (H3), a numbered list's first number."""
    label: str = ""
    """The definition that a link names."""
    title: str = ""


def html(text: str) -> str:
    """Turn Markdown into HTML, not yet safe."""
    return _PARSER.html(replace_unencodable(text))


def replace_unencodable(text: str) -> str:
    """Put a replacement character for each that is no text."""
    return _NO_TEXT.sub("\ufffd", text)


def tokenize(text: str) -> Sequence[Token]:
    """Read a text; where it makes more tokens than letters, as a table that grows does, it ends with TooMuch."""
    events = _PARSER.events_with_range(replace_unencodable(text), merge_text=True)
    tokens = [_token(event, place["start"]) for event, place in islice(events, min(MAX_TOKENS, 200 + len(text)))]
    return tokens + [Token("TooMuch", place["start"]) for _, place in islice(events, 1)]


def in_paragraphs(text: str) -> Iterator[Token]:
    """Read a text's words: those of a list item get a paragraph too, those of code and pictures are left out."""
    holds_words, hidden = False, 0
    for token in tokenize(text):
        hidden += _HIDES_TEXT.get(token.kind, 0)
        if hidden:
            continue
        if token.kind in _INLINE and not holds_words:
            yield Token("Paragraph", token.at)
        holds_words = token.kind in _HOLDS_WORDS
        yield token


def definitions(text: str) -> Iterator[tuple[str, int]]:
    """Return the labels of links that are defined apart, and where, in bytes."""
    for label, definition in _PARSER.reference_definitions(replace_unencodable(text)).items():
        yield _normal(label), definition["span"]["start"]


def _normal(label: str) -> str:
    """Write a label in the one way by which labels are compared."""
    return _BLANKS.sub(" ", label.strip(" \t\r\n")).casefold()


def _token(event: Any, at: int) -> Token:
    if isinstance(event, str):
        return Token(event, at)
    ((kind, value),) = event.items()
    if kind == "End":
        return _end(value if isinstance(value, str) else next(iter(value)))
    if kind != "Start":
        return Token(kind, at, value)
    if isinstance(value, str):
        return Token(value, at)
    ((kind, data),) = value.items()
    return _START[kind](at, data) if kind in _START else Token(kind, at)


@cache
def _end(kind: str) -> Token:
    return Token(f"/{kind}")


def _link(kind: str, at: int, data: Any) -> Token:
    scheme = "mailto:" if data["link_type"] == "Email" else ""
    return Token(kind, at, quote(scheme + data["dest_url"], _SAFE), _normal(data["id"]), data["title"])


_START: dict[str, Callable[[int, Any], Token]] = {
    "Link": lambda at, data: _link("Link", at, data),
    "Image": lambda at, data: _link("Image", at, data),
    "Heading": lambda at, data: Token("Heading", at, data["level"]),
    "List": lambda at, first: Token("List", at, "" if first is None else str(first)),
    "CodeBlock": lambda at, data: Token("CodeBlock", at, "Indented" if data == "Indented" else "Fenced"),
}
