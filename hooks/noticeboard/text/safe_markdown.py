"""The Markdown of a notice: what may stand in it, and the safe HTML that it becomes.

Two walls: the parser's own tokens are held against a list of what a notice may use, and what passes is
sanitized once more. Nothing is dropped in silence: `losses` names all that would not survive.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

import nh3
from markupsafe import Markup

from noticeboard.text import markdown, web_addresses
from noticeboard.text.markdown import Token
from noticeboard.text.unsafe_characters import forbidden_characters, replace_unsafe
from noticeboard.text.web_addresses import is_https

_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a", "h3", "h4", "h5", "h6"} | {
    "table", "thead", "tbody", "tr", "th", "td"
}  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {"a": {"href", "title"}, "ol": {"start"}, "*": set()}
_SCHEMES = {"https", "mailto", "tel"}

_ALLOWED = {"Paragraph", "Text", "SoftBreak", "HardBreak", "Emphasis", "Strong", "Heading", "Link", "List", "Item"} | {
    "Table", "TableHead", "TableRow", "TableCell", "Html"
}  # fmt: skip
"""Html is the lines of an HtmlBlock, which is named itself."""
_HTML = ("an HTML tag or comment", "write it as plain words")
_NOT_ALLOWED = {
    "HtmlBlock": _HTML,
    "InlineHtml": _HTML,
    "Image": ("a picture", "describe it in words, or link to it"),
    "Fenced": ("a block of code (```)", "delete the backticks"),
    "Indented": ("a line indented by four or more spaces, which counts as code", "start the line further to the left"),
    "Code": ("code in backticks (`)", "delete the backticks"),
    "BlockQuote": ("a quote (a line that starts with >)", "delete the >"),
    "TooMuch": ("more marks than letters from here on", "write it in plain words"),
    "Rule": ("a line of dashes, stars or underscores", "delete it"),
}
_HIGH_HEADING = "a heading of the first two levels (# or ##, or a line underlined with = or -)"
_OTHER = ("a mark that a notice has no use for", "delete it")
_LEFTOVERS = (
    # Bounded, so that a hostile line can't make them slow.
    (re.compile(r"\{[:.#][^{}\n]{0,80}\}"), "attributes in braces", "delete them"),
    (re.compile(r"-8<-"), "a snippet mark (--8<--)", "delete it"),
    (re.compile(r"\[\^[^\[\]\n]{1,40}\]"), "a footnote mark ([^1])", "put the note into the text"),
)


@dataclass(frozen=True)
class UnsupportedMarkup:
    """Something in a text that would not reach the reader."""

    line: int
    """Within the text, from 0."""
    what: str
    fix: str


MAX_PROBLEMS = 100
"""Maximum problems reported per text."""
MAX_DEPTH = 10
"""Lists and emphasis within each other; more is no notice, and a browser's parser would take long over it."""
_DEEPER = {"List": 1, "/List": -1, "Emphasis": 1, "/Emphasis": -1, "Strong": 1, "/Strong": -1}

_Find = tuple[int, str, str]
"""Where, in bytes; what; and the fix."""


def html(text: str) -> Markup:
    """Turn a notice's Markdown into safe HTML; what `losses` names is left out."""
    return Markup(replace_unsafe(_SANITIZER.clean(markdown.html(text)).strip()))  # noqa: S704 (sanitized here)


def plain(text: str) -> str:
    """Return a notice's Markdown as bare words, one block a line, as for search and text messages."""
    blocks: list[list[str]] = []
    for token in markdown.in_paragraphs(text):
        if token.kind in {"Paragraph", "Heading", "TableCell"}:
            blocks.append([])
        elif token.kind == "Text":
            blocks[-1].append(token.value)
        elif token.kind in {"SoftBreak", "HardBreak"}:
            blocks[-1].append(" ")
    return "\n".join(" ".join("".join(words).split()) for words in blocks)


def unsupported_markup(text: str) -> list[UnsupportedMarkup]:
    """Find what in a text would not survive, in its order: all of it, or the first `MAX_PROBLEMS`."""
    tokens = markdown.tokenize(text)
    lost = [*_losses(tokens), *_wordings(tokens), *_unused(text, tokens)]
    ends = [match.start() for match in re.finditer(b"\n", markdown.replace_unencodable(text).encode())] if lost else []
    problems = {UnsupportedMarkup(bisect_left(ends, at), what, fix) for at, what, fix in lost}
    for pattern, what, fix in _LEFTOVERS:
        if pattern.search(text):
            problems |= {
                UnsupportedMarkup(number, what, fix)
                for number, line in enumerate(text.split("\n"))
                if pattern.search(line)
            }
    return sorted(problems or _lost_words(text, tokens), key=lambda loss: (loss.line, loss.what))[:MAX_PROBLEMS]


def _losses(tokens: Sequence[Token]) -> Iterator[_Find]:
    depth = 0
    for token in tokens:
        deeper = _DEEPER.get(token.kind, 0)
        depth += deeper
        if depth > MAX_DEPTH and deeper > 0:
            yield token.at, f"lists or emphasis more than {MAX_DEPTH} deep", "put them beside each other"
        elif token.kind == "Text":
            yield from _text_losses(token)
        elif token.kind == "Heading" and token.value in {"H1", "H2"}:
            yield token.at, _HIGH_HEADING, "start it with ###"
        elif token.kind == "Link":
            yield from _link_losses(token)
        elif token.kind not in _ALLOWED and not token.kind.startswith("/"):
            yield token.at, *_NOT_ALLOWED.get(token.value if token.kind == "CodeBlock" else token.kind, _OTHER)


def _text_losses(token: Token) -> Iterator[_Find]:
    for _, _, what in forbidden_characters(token.value):
        yield token.at, what, "delete it"
    if _TABLE_RULE.fullmatch(token.value):
        fix = "leave an empty line above it, and check its first two rows"
        yield token.at, "a table that would not show as one", fix


_TABLE_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?)?\s*")
"""A table's second row: the parser takes a table close below a paragraph only where each line starts with |."""


def _link_losses(link: Token) -> Iterator[_Find]:
    address = link.value
    for _, _, what in forbidden_characters(link.title):
        yield link.at, what, "delete it"
    if _is_good_link(address):
        return
    scheme = urlsplit(address).scheme if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address) else ""
    if scheme == "http":
        yield link.at, "a link to an http address", "write https:// if that works"
    elif web_addresses.has_odd_host(address):
        what = "a link to a site whose name has other signs than plain letters, digits, hyphens and dots, or xn--"
        yield link.at, what, "copy the address from the site itself"
    elif scheme in _SCHEMES:
        yield link.at, f"a {scheme} link that is not well formed", f"write it like {_LIKE[scheme]}"
    else:
        yield link.at, "a link that is not a whole https address", "start it with https://, mailto: or tel:"


def _wordings(tokens: Sequence[Token]) -> Iterator[_Find]:
    """Find links that nobody sees, or that say they lead elsewhere."""
    link, words = None, ""
    for token in tokens:
        if token.kind == "Link":
            link, words = token, ""
        elif token.kind in {"Text", "Code"}:
            words += token.value
        elif token.kind in {"SoftBreak", "HardBreak"}:
            words += " "
        elif token.kind == "/Link" and link:
            if not web_addresses.has_words(words):
                yield link.at, "a link without words", "write between [ and ] where it leads"
            elif other := web_addresses.conflicting_address(words, link.value):
                what = f"a link whose words name another address ({other}) than the one where it leads"
                yield link.at, what, "write that one, or say in words where it leads"


_LIKE = {"https": "https://example.org/page", "mailto": "mailto:office@example.org", "tel": "tel:+1-203-555-0100"}


def _unused(text: str, tokens: Sequence[Token]) -> Iterator[_Find]:
    if "]:" not in text:
        return
    used = {token.label for token in tokens}
    for label, at in markdown.definitions(text):
        if label not in used and not label.startswith("^"):
            yield at, f"the address of a link that is not used ({label})", "use it or delete it"


_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"^[\s>]*\d+[.)]")


def _lost_words(text: str, tokens: Sequence[Token]) -> set[UnsupportedMarkup]:
    """Find words that the parser drops in silence: in a table row with too many cells, or a label defined twice."""
    if "]:" not in text and not any(token.kind == "Table" for token in tokens):
        return set()
    shown = set(_WORD.findall(unquote(" ".join(f"{token.value} {token.title}" for token in tokens))))
    labels = set(_WORD.findall(" ".join(token.label for token in tokens)))
    problems = set()
    for number, line in enumerate(text.split("\n")):
        lost = [word for word in _words(line) if word not in shown and word.casefold() not in labels]
        if lost:
            what = f"words that would not show ({' '.join(lost[:5])})"
            problems.add(UnsupportedMarkup(number, what, "check the table or list there"))
    return problems


def _words(line: str) -> list[str]:
    return _WORD.findall(unquote(unescape(_NUMBER.sub("", line))))


# A name with `xn--` shows other letters than it has.
_MAIL = re.compile(
    r"mailto:[A-Za-z0-9._%+'-]+@(?![A-Za-z0-9.-]*[Xx][Nn]--)[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?:\?subject=[A-Za-z0-9%._+-]{1,200})?"
)
_PHONE = re.compile(r"tel:\+?[0-9().-]{3,20}(?:;ext=[0-9]{1,8})?")


def _is_good_link(address: str) -> bool:
    return bool(_MAIL.fullmatch(address) or _PHONE.fullmatch(address)) or is_https(address)


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    return None if name == "href" and not _is_good_link(value) else value


_SANITIZER = nh3.Cleaner(
    tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None, attribute_filter=_keep_attribute
)
