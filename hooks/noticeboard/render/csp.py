"""What a page may do, as its Content-Security-Policy, and what therefore must not stand in a page.

The site's scripts and styles are files of the site. The few scripts that must run before anything is painted stand
in the pages themselves: their texts are the files of `templates/inline`, and only those get a hash. So a script in
some page's text can never be allowed, whatever it says.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser
from importlib import resources

from markupsafe import Markup

from noticeboard.notice.problem import Problem, quoted

_FOLDER = "render/templates/inline"

REFERRER = "no-referrer"
"""A click tells no other site which notice somebody was reading; nothing of this site needs to know it."""


def hashed(text: str) -> str:
    """Give the source expression that allows a script or style of exactly this text."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _inline() -> dict[str, str]:
    """Read every script that may stand in a page, by its name; comments stay in the files."""
    files = sorted((resources.files("noticeboard") / _FOLDER).iterdir(), key=lambda file: file.name)
    return {file.name.removesuffix(".js"): _bare(file.read_text("utf-8")) for file in files}


def _bare(script: str) -> str:
    return "\n".join(line for line in script.splitlines() if not line.lstrip().startswith("//"))


def inline(name: str) -> Markup:
    """Give the text of a script that stands in pages, to be put between `<script>` and `</script>`."""
    return Markup(_inline()[name])  # noqa: S704 (a file of ours)


@cache
def of_pages(*, served: bool = False) -> str:
    """Give what every page of the theme may do.

    `served`: the page is shown by `mkdocs serve`, which puts a script of its own into it, another each time.
    """
    return _written(_theme(["'unsafe-inline'"] if served else [hashed(text) for text in _inline().values()], []))


def of_host(style: str) -> str:
    """Give what a host may say of all pages in one header: those of the theme, and those with a style of their own."""
    hashes = [hashed(text) for text in _inline().values()]
    return f"{_written(_theme(hashes, [hashed(style)]))}; frame-ancestors 'none'"


def _theme(scripts: list[str], styles: list[str]) -> dict[str, list[str]]:
    return {
        "default-src": ["'none'"],
        # The search runs as WebAssembly: in a worker, or in the page where the worker fails.
        "script-src": ["'self'", "'wasm-unsafe-eval'", *scripts],
        "style-src": ["'self'", *styles],
        # The theme's icons are `data:` addresses in its styles.
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
    }


@cache
def of_sheet(style: str) -> str:
    """Give what a page may do that stands by itself: show its own style, and a picture within it."""
    return _written({"default-src": ["'none'"], "style-src": [hashed(style)], "img-src": ["data:"]})


def _written(directives: dict[str, list[str]]) -> str:
    # No form is ever sent: scripts read them.
    directives |= {"base-uri": ["'none'"], "form-action": ["'none'"]}
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def meta(policy: str) -> Markup:
    """Give the elements that hold a page to a policy; they stand before all that they are about."""
    return Markup('<meta http-equiv="Content-Security-Policy" content="{}"><meta name="referrer" content="{}">').format(
        # Between double quotes an apostrophe need not be escaped, and one byte is less than five.
        Markup(policy),  # noqa: S704 (our own)
        REFERRER,
    )


_EVERYWHERE = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": REFERRER,
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_TYPES = {
    "feed.xml": "application/rss+xml",
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
}
_PATTERNS = {
    **{f"/{name}": kind for name, kind in _TYPES.items()},
    **{f"/*/{name}": kind for name, kind in _TYPES.items()},
    "/*.ics": "text/calendar",
    "/*.csv": "text/csv",
    "/.well-known/security.txt": "text/plain",
}


def headers(style: str) -> str:
    """Give the file `_headers`, which Cloudflare Pages and Netlify read; paths are from where the site's files lie.

    `style`: that of the pages with one of their own.
    No path is matched by two patterns that name the same header, as hosts would join the two.
    """
    rules = {
        "/*": {"Content-Security-Policy": of_host(style), **_EVERYWHERE},
        **{path: {"Content-Type": f"{kind}; charset=utf-8"} for path, kind in _PATTERNS.items()},
    }
    lines = ((path, *(f"  {name}: {value}" for name, value in told.items())) for path, told in rules.items())
    return "".join(f"{line}\n" for rule in lines for line in rule)


def unknown(html: str) -> list[str]:
    """Find the inline scripts of a finished page that its policy doesn't allow. Data in a script are no script."""
    found = re.findall(r"<script\b([^>]*)>(.*?)</script", html, re.DOTALL | re.IGNORECASE)
    inline = (text for about, text in found if not re.search(r'\ssrc=|\stype="application/json"', about))
    return [text for text in inline if text not in _inline().values()]


def unknown_told(page: str, found: Iterable[str]) -> str:
    """Say that a page has inline scripts that it must not have."""
    told = [
        Problem(
            page, 1, 1, "error", "inline-script", "",
            f"A script within a page must be one of the files in hooks/noticeboard/{_FOLDER}, not {quoted(text)}: "
            "the page’s policy allows no other. Move it into a file of hooks/theme/assets and load it from there.",
        )
        for text in found
    ]  # fmt: skip
    return "\n".join(each.as_text() for each in told)


_NO_ELEMENTS = frozenset({"base", "embed", "form", "frame", "iframe", "link", "meta", "object", "script", "style"})
_ADDRESSES = frozenset({"src", "srcset", "poster", "href", "action", "formaction", "data"})
_FETCHED = _ADDRESSES - {"href"}


class _Prose(HTMLParser):
    """Collects what a page's text must not have: the piece of the source, and what is wrong with it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        piece = self.get_starttag_text() or tag
        if tag in _NO_ELEMENTS:
            self.found.append((piece, f"must not hold <{tag}>"))
        for name, value in attrs:
            address = re.sub(r"[\s\x00-\x1f]", "", value or "").lower()
            if name.startswith("on"):
                self.found.append((piece, f"must not hold a script, as in {name}=…"))
            elif name == "style":
                self.found.append((piece, "must not hold styles, as in style=…; give it a class of board.css instead"))
            elif name in _ADDRESSES and address.startswith(("javascript:", "vbscript:")):
                self.found.append((piece, f"must not hold a script, as in {name}=…"))
            elif name in _FETCHED and re.match(r"([a-z]+:)?//", address):
                self.found.append((piece, f"must not fetch anything from elsewhere, as in {name}=…"))


def problems(file: str, source: str, html: str) -> Iterator[Problem]:
    """Find what a page's text has and its policy forbids; `html` is what was made of the `source`."""
    prose = _Prose()
    prose.feed(html)
    prose.close()
    for piece, wrong in prose.found:
        before = source.partition(piece)[0] if piece in source else ""
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        message = f"The page’s text {wrong}; browsers refuse it here. Take out {quoted(piece)}."
        yield Problem(file, line, column, "error", "page-policy", "", message)


_DOCS = (".md", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".pdf")
_MADE = {"assets", "feeds", "pagefind", "stylesheets"}
"""Folders that the build fills, beside those of its pages."""


def misplaced(docs: Iterable[str], made: Iterable[str], folders: Iterable[str]) -> Iterator[str]:
    """Say what docs/ must not hold: what would run as a script, or stand where the build's own files are.

    `docs` are its files, `made` the pages that the build makes, and `folders` the languages' (`` or `es/`).
    """
    languages = sorted(folders, key=len, reverse=True)

    def top(uri: str) -> str:
        """Give the first folder of a path, within its language; empty: it has none."""
        folder = next(each for each in languages if uri.startswith(each))
        return uri.removeprefix(folder).rpartition("/")[0].partition("/")[0]

    taken = _MADE | {top(uri) for uri in made}
    for uri in docs:
        if not uri.endswith(_DOCS):
            yield f"docs/{uri}: error: docs/ must hold pages and pictures only ({' '.join(_DOCS)}). Move it elsewhere."
        elif top(uri) in taken - {""}:
            yield f"docs/{uri}: error: {top(uri)}/ must hold what the build makes only. Give this file another folder."
