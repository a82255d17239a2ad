"""What a page may do: its Content-Security-Policy (CSP), and what therefore must not stand in a page.

The site's scripts and styles are files of the site. The few scripts that must run before anything is painted stand
in the pages themselves: they are the files of `templates/inline`, and only those get a hash. So a script in some
page's text can never be allowed, whatever it says.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from importlib import resources

from markupsafe import Markup

from noticeboard.notice.problem import Problem, quote

_FOLDER = "render/templates/inline"

REFERRER = "no-referrer"
"""A click tells no other site which notice somebody was reading; nothing of this site needs to know it."""


@dataclass(frozen=True)
class ContentPolicy:
    """What the pages may do, with the scripts that stand in them."""

    scripts: Mapping[str, str]
    """Every script that may stand in a page, by its name."""

    @classmethod
    def load(cls) -> ContentPolicy:
        """Read the scripts; their comments stay in the files."""
        files = sorted((resources.files("noticeboard") / _FOLDER).iterdir(), key=lambda file: file.name)
        return cls({file.name.removesuffix(".js"): _without_comments(file.read_text("utf-8")) for file in files})

    def inline(self, name: str) -> Markup:
        """Return the text of a script that stands in pages, to be put between `<script>` and `</script>`."""
        return Markup(self.scripts[name])  # noqa: S704 (a file of ours)

    def page_policy(self, *, served: bool = False) -> str:
        """Return what a page may do.

        `served`: the page is shown by `mkdocs serve`, which puts a script of its own into it, another each time.
        """
        hashes = ["'unsafe-inline'"] if served else [script_hash(text) for text in self.scripts.values()]
        directives = {
            "default-src": ["'none'"],
            # The search runs as WebAssembly: in a worker, or in the page where the worker fails.
            "script-src": ["'self'", "'wasm-unsafe-eval'", *hashes],
            "style-src": ["'self'"],
            # The theme's icons are `data:` addresses in its styles, and so is the code on a notice that is printed.
            "img-src": ["'self'", "data:"],
            "connect-src": ["'self'"],
            "worker-src": ["'self'"],
            "base-uri": ["'none'"],
            # No form is ever sent: scripts read them.
            "form-action": ["'none'"],
        }
        return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())

    def meta(self, *, served: bool = False) -> Markup:
        """Return the elements that hold a page to its policy; they stand before all that they are about."""
        # Between double quotes an apostrophe need not be escaped, and one byte is less than five.
        policy = Markup(self.page_policy(served=served))  # noqa: S704 (our own)
        return Markup(
            '<meta http-equiv="Content-Security-Policy" content="{}"><meta name="referrer" content="{}">'
        ).format(policy, REFERRER)

    def header_policy(self) -> str:
        """Return what a host may say of all pages in one header."""
        return f"{self.page_policy()}; frame-ancestors 'none'"

    def headers(self) -> str:
        """Return the file `_headers`, which Cloudflare Pages and Netlify read.

        Paths are from where the site's files lie. No path is matched by two patterns that name the same header, as
        hosts would join the two.
        """
        rules = {
            "/*": {"Content-Security-Policy": self.header_policy(), **_EVERYWHERE},
            **{path: {"Content-Type": f"{kind}; charset=utf-8"} for path, kind in _CONTENT_TYPES.items()},
        }
        lines = ((path, *(f"  {name}: {value}" for name, value in headers.items())) for path, headers in rules.items())
        return "".join(f"{line}\n" for rule in lines for line in rule)

    def disallowed_scripts(self, html: str) -> list[str]:
        """Return the inline scripts of a finished page that its policy doesn't allow; data in a script don't count."""
        scripts = re.findall(r"<script\b([^>]*)>(.*?)</script", html, re.DOTALL | re.IGNORECASE)
        inline = (text for attributes, text in scripts if not re.search(_NOT_INLINE, attributes))
        return [text for text in inline if text not in self.scripts.values()]


_NOT_INLINE = r'\ssrc=|\stype="application/json"'


def script_hash(text: str) -> str:
    """Return the source expression that allows a script of exactly this text."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _without_comments(script: str) -> str:
    return "\n".join(line for line in script.splitlines() if not line.lstrip().startswith("//"))


_EVERYWHERE = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": REFERRER,
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_FEED_TYPES = {
    "feed.xml": "application/rss+xml",
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
}
_CONTENT_TYPES = {
    **{f"/{name}": kind for name, kind in _FEED_TYPES.items()},
    **{f"/*/{name}": kind for name, kind in _FEED_TYPES.items()},
    "/*.ics": "text/calendar",
    "/*.csv": "text/csv",
    "/.well-known/security.txt": "text/plain",
}


def disallowed_scripts_message(page: str, scripts: Iterable[str]) -> str:
    """Say that a page has inline scripts that it must not have."""
    problems = [
        Problem(
            page, 1, 1, "error", "inline-script", "",
            f"A script within a page must be one of the files in hooks/noticeboard/{_FOLDER}, not {quote(text)}: "
            "the page’s policy allows no other. Move it into a file of hooks/theme/assets and load it from there.",
        )
        for text in scripts
    ]  # fmt: skip
    return "\n".join(problem.as_text() for problem in problems)


_NO_ELEMENTS = frozenset({"base", "embed", "form", "frame", "iframe", "link", "meta", "object", "script", "style"})
_ADDRESSES = frozenset({"src", "srcset", "poster", "href", "action", "formaction", "data"})
_FETCHED = _ADDRESSES - {"href"}


class _DocumentParser(HTMLParser):
    """Collects what a page's text must not have: the piece of the source, and what is wrong with it."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        piece = self.get_starttag_text() or tag
        if tag in _NO_ELEMENTS:
            self.problems.append((piece, f"must not hold <{tag}>"))
        for name, value in attrs:
            address = re.sub(r"[\s\x00-\x1f]", "", value or "").lower()
            if name.startswith("on"):
                self.problems.append((piece, f"must not hold a script, as in {name}=…"))
            elif name == "style":
                fix = "give it a class of board.css instead"
                self.problems.append((piece, f"must not hold styles, as in style=…; {fix}"))
            elif name in _ADDRESSES and address.startswith(("javascript:", "vbscript:")):
                self.problems.append((piece, f"must not hold a script, as in {name}=…"))
            elif name in _FETCHED and re.match(r"([a-z]+:)?//", address):
                self.problems.append((piece, f"must not fetch anything from elsewhere, as in {name}=…"))


def document_problems(file: str, source: str, html: str) -> Iterator[Problem]:
    """Find what a page of docs/ has and its policy forbids; `html` is what was made of the `source`."""
    parser = _DocumentParser()
    parser.feed(html)
    parser.close()
    for piece, wrong in parser.problems:
        before = source.partition(piece)[0] if piece in source else ""
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        message = f"The page’s text {wrong}; browsers refuse it here. Take out {quote(piece)}."
        yield Problem(file, line, column, "error", "page-policy", "", message)


_DOCUMENT_SUFFIXES = (".md", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".pdf")
_BUILT_FOLDERS = {"assets", "feeds", "pagefind", "stylesheets"}
"""Folders that the build fills, beside those of its pages."""


def misplaced_documents(documents: Iterable[str], pages: Iterable[str], folders: Iterable[str]) -> Iterator[str]:
    """Say what docs/ must not hold: what would run as a script, or stand where the build's own files are.

    `documents` are its files, `pages` those that the build makes, and `folders` the languages' (`` or `es/`).
    """
    languages = sorted(folders, key=len, reverse=True)

    def top_folder(uri: str) -> str:
        """Return the first folder of a path, within its language; empty: it has none."""
        language = next(folder for folder in languages if uri.startswith(folder))
        return uri.removeprefix(language).rpartition("/")[0].partition("/")[0]

    taken = (_BUILT_FOLDERS | {top_folder(uri) for uri in pages}) - {""}
    for uri in documents:
        if not uri.endswith(_DOCUMENT_SUFFIXES):
            allowed = " ".join(_DOCUMENT_SUFFIXES)
            yield f"docs/{uri}: error: docs/ must hold pages and pictures only ({allowed}). Move it elsewhere."
        elif (folder := top_folder(uri)) in taken:
            yield f"docs/{uri}: error: {folder}/ must hold what the build makes only. Give this file another folder."
