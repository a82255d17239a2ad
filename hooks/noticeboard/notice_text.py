"""The Markdown of a notice: what may stand in it, and the safe HTML that it becomes.

Two walls: the parser's own tokens are held against a list of what a notice may use, and what passes is
sanitized once more. Nothing is dropped in silence: `losses` names all that would not survive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from noticeboard.fields import is_https
from noticeboard.forbidden import forbidden_characters

_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a", "h3", "h4", "h5", "h6"} | {
    "table", "thead", "tbody", "tr", "th", "td"
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"https", "mailto", "tel"}

_NOT_ALLOWED = {
    "html_block": "an HTML tag or comment",
    "html_inline": "an HTML tag or comment",
    "image": "a picture",
    "fence": "a block of code (```)",
    "code_block": "a line indented by four or more spaces, which counts as code",
    "code_inline": "code in backticks (`)",
    "blockquote_open": "a quote (a line that starts with >)",
    "hr": "a line of dashes, stars or underscores",
}
_FIXES = {
    "html_block": "write it as plain words",
    "html_inline": "write it as plain words",
    "image": "describe it in words, or link to it",
    "fence": "delete the backticks",
    "code_block": "start the line further to the left",
    "code_inline": "delete the backticks",
    "blockquote_open": "delete the >",
    "hr": "delete it",
}
_LEFTOVERS = (
    # Bounded, so that a hostile line can't make them slow.
    (re.compile(r"\{[:.#][^{}\n]{0,80}\}"), "attributes in braces", "delete them"),
    (re.compile(r"-8<-"), "a snippet mark (--8<--)", "delete it"),
    (re.compile(r"\[\^[^\[\]\n]{1,40}\]"), "a footnote mark ([^1])", "put the note into the text"),
)


@dataclass(frozen=True)
class Loss:
    """Something in a text that would not reach the reader."""

    line: int
    """Within the text, from 0."""
    what: str
    fix: str


MOST_BRACKETS = 1_000
"""More of them in one text is no notice, and would keep the parser busy for seconds."""


def html(text: str) -> Markup:
    """Turn a notice's Markdown into safe HTML; what `losses` names is left out."""
    parsed = _PARSER.render(text)
    clean = nh3.clean(
        parsed,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        attribute_filter=_keep_attribute,
    )
    return Markup(clean.strip())  # noqa: S704 (sanitized one line above)


def plain(text: str) -> str:
    """Give a notice's Markdown as bare words, one block a line, as for search and text messages."""
    words = [
        "".join(child.content or " " for child in token.children or [] if _is_text(child))
        for token in _PARSER.parse(text)
        if token.type == "inline"
    ]
    return "\n".join(" ".join(line.split()) for line in words)


def tokens(text: str) -> list[Token]:
    """Read a notice's Markdown, for another way to write it."""
    return _PARSER.parse(text)


def losses(text: str) -> list[Loss]:
    """Find everything in a text that would not survive, in its order."""
    if text.count("[") > MOST_BRACKETS:
        return [Loss(0, f"more than {MOST_BRACKETS} opening brackets", "shorten it")]
    environment: dict[str, Any] = {}
    tokens = _PARSER.parse(text, environment)
    found = list(_losses(tokens))
    found += [
        Loss(
            definition["map"][0],
            f"the address of a link that is not used ({label.lower()})",
            "use it or delete it",
        )
        for label, definition in environment.get("references", {}).items()
        if not label.startswith("^") and label not in _used_labels(tokens)
    ]
    for number, line in enumerate(text.split("\n")):
        found += [Loss(number, what, fix) for pattern, what, fix in _LEFTOVERS if pattern.search(line)]
    return sorted(set(found) or _lost_words(text, tokens), key=lambda loss: (loss.line, loss.what))


_CAN_DROP = {"table_open", "bullet_list_open", "ordered_list_open"}
_WORD = re.compile(r"[^\W_]+")


def _lost_words(text: str, tokens: Sequence[Token]) -> set[Loss]:
    """Find words that the parser drops in silence: in a table row with too many cells, or in lists too deep."""
    if not any(token.type in _CAN_DROP for token in tokens) and "]:" not in text:
        return set()
    shown = set(_WORD.findall(unquote(unescape(_PARSER.render(text)))))
    shown.update(word for label in _used_labels(tokens) for word in _WORD.findall(label))
    found = set()
    for number, line in enumerate(text.split("\n")):
        words = _WORD.findall(unquote(unescape(re.sub(r"^[\s>]*\d+[.)]", "", line))))
        lost = [word for word in words if word not in shown and word.upper() not in shown]
        if lost:
            found.add(
                Loss(number, f"words that would not show ({' '.join(lost[:5])})", "check the table or list there")
            )
    return found


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"store_labels": True}).enable("table")
    # The parser must not leave a refused link in the text as it stands: `losses` names each.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


_PARSER = _make_parser()


def _is_text(token: Token) -> bool:
    return token.type in {"text", "softbreak", "hardbreak"}


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    return None if name == "href" and not _is_good_link(value) else value


_MAIL = re.compile(r"mailto:[A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?:\?subject=[A-Za-z0-9%._+-]{1,200})?")


def _is_good_link(address: str) -> bool:
    if address.startswith("tel:"):
        return bool(re.fullmatch(r"tel:\+?[0-9().-]{3,20}(?:;ext=[0-9]{1,8})?", address))
    if address.startswith("mailto:"):
        return bool(
            re.fullmatch(
                r"mailto:[A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?:\?subject=[A-Za-z0-9%._+-]{1,200})?", address
            )
        )
    return is_https(address)


def _losses(tokens: Sequence[Token], line: int = 0) -> Iterator[Loss]:
    for token in tokens:
        line = token.map[0] if token.map else line
        if token.type in _NOT_ALLOWED:
            yield Loss(line, _NOT_ALLOWED[token.type], _FIXES[token.type])
        elif token.type == "heading_open" and token.tag in {"h1", "h2"}:
            yield Loss(
                line,
                "a heading of the first two levels (# or ##, or a line underlined with = or -)",
                "start it with ###",
            )
        elif token.type == "link_open":
            yield from _link_losses(str(token.attrs.get("href", "")), line)
        elif token.type == "text":
            for _, _, what in forbidden_characters(token.content):
                yield Loss(line, what, "delete it")
        if token.children:
            yield from _losses_inside(token.children, line)


def _losses_inside(children: Sequence[Token], line: int) -> Iterator[Loss]:
    """Walk a paragraph's own tokens; they carry no line, so its line breaks are counted."""
    for child in children:
        yield from _losses([child], line)
        line += child.type in {"softbreak", "hardbreak"}


def _link_losses(address: str, line: int) -> Iterator[Loss]:
    if _is_good_link(address):
        return
    scheme = urlsplit(address).scheme if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address) else ""
    if scheme == "http":
        yield Loss(line, "a link to an http address", "write https:// if that works")
    elif scheme in _SCHEMES:
        yield Loss(line, f"a {scheme} link that is not well formed", f"write it like {_LIKE[scheme]}")
    else:
        yield Loss(line, "a link that is not a whole https address", "start it with https://, mailto: or tel:")


_LIKE = {"https": "https://example.org/page", "mailto": "mailto:office@example.org", "tel": "tel:+1-203-555-0100"}


def _used_labels(tokens: Sequence[Token]) -> set[str]:
    used: set[str] = set()
    for token in tokens:
        if label := token.meta.get("label"):
            used.add(str(label))
        used |= _used_labels(token.children or [])
    return used
