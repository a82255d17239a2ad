"""`make serve`: what is being written shows at once, and a broken notice shows its problems instead of a dead page."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import NOTICE, bent


@pytest.fixture
def served(project: Path) -> Iterator[tuple[Path, str]]:
    """A copy of the project with a notice, and the address at which it is being served."""
    (project / "notices" / "2026-09-18-x.yml").write_text(NOTICE, "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (project.parent / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=project,
            env={
                **os.environ,
                "NO_MKDOCS_2_WARNING": "1",
                "SITE_URL": "https://example.github.io/board/",
            },
            stdout=log,
            stderr=log,
        )
        yield project, f"http://127.0.0.1:{port}/board/"
        process.terminate()
        process.wait(timeout=20)


def wait_for(url: str, words: str) -> str:
    last = ""
    for _ in range(120):
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                last = answer.read().decode("utf-8")
        except OSError as error:
            last = str(error)
        if words in last:
            return last
        time.sleep(0.25)
    raise AssertionError(f"{words!r} did not show at {url}: {last[:500]}")


def test_serve_shows_problems_and_recovers(served: tuple[Path, str]) -> None:
    project, url = served
    notices = project / "notices"
    page = wait_for(url + "notices/2026-09-18-x/", "Breach at a company")
    # The script that shows changes at once is MkDocs' own, and stands in the page.
    assert "script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline';" in page
    assert re.search(r"<script[^>]*>[^<]*livereload", page)
    (notices / "2026-09-18-x.yml").write_text(bent(status="open"), "utf-8")
    page = wait_for(url, "status must be investigating, contained, resolved or withdrawn, not ‘open’")
    assert "Some notices have errors and are not shown" in page
    (notices / "2026-09-18-x.yml").write_text(bent(title="A new title"), "utf-8")
    page = wait_for(url + "notices/2026-09-18-x/", "A new title")
    assert "have errors" not in page


def test_serve_outlives_a_broken_setting(served: tuple[Path, str]) -> None:
    """The last pages stay, each request is answered, and the next good file shows."""
    project, url = served
    wait_for(url, "Breach at a company")
    settings, log = project / "mkdocs.yml", project.parent / "log"
    good = settings.read_text("utf-8")
    settings.write_text(good.replace("    timezone: America/New_York", "    timezone: Nowhere"), "utf-8")
    for _ in range(120):
        if "The pages are those of the last build." in log.read_text("utf-8"):
            break
        time.sleep(0.25)
    said = log.read_text("utf-8")
    assert "Nowhere" in said
    assert "Traceback" not in said
    wait_for(url, "Breach at a company")
    settings.write_text(re.sub("(?m)^    publisher: .*", "    publisher: Another District", good), "utf-8")
    wait_for(url, "Another District")
