"""A real browser, and the built sites served below a path, as a project's GitHub Pages are."""

from __future__ import annotations

import gzip
import http.server
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

Roots = Mapping[bool, str]
"""Addresses of the sample site and (True) of the empty one."""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves /board/ and, like GitHub Pages, the 404 page for what isn't there."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/board"))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        content = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Zipping(Handler):
    """Sends text gzipped, as GitHub Pages does; browsers keep none of it."""

    TEXT = frozenset({".html", ".css", ".js", ".json", ".svg", ".xml"})

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in self.TEXT or not path.is_file():
            super().do_GET()
            return
        content = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def serve(site: Path, handler: type[Handler] = Handler) -> Iterator[str]:
    """Serve a built site, and give the address of its root."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/board/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def demo_url(demo: Path) -> Iterator[str]:
    with serve(demo) as url:
        yield url


@pytest.fixture(scope="session")
def empty_url(empty: Path) -> Iterator[str]:
    with serve(empty) as url:
        yield url


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone in Danbury."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, timezone_id="America/New_York", locale="en-US"
    )
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that must not complain: an error in the console or a script fails its test."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    assert not [each for each in complaints if "404" not in each], complaints


@pytest.fixture(scope="session")
def roots(demo_url: str, empty_url: str) -> Roots:
    return {False: demo_url, True: empty_url}
