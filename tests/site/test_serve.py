"""`make serve`: what is being written shows at once, and a broken notice shows its problems instead of a dead page."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import NOTICE, ROOT, bent


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder with a notice, and the address at which it is being served."""
    notices = tmp_path / "notices"
    notices.mkdir()
    (notices / "2026-09-18-x.yml").write_text(NOTICE, "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env={
                **os.environ,
                "NOTICES_DIR": str(notices),
                "NO_MKDOCS_2_WARNING": "1",
                "SITE_URL": "https://example.github.io/board/",
            },
            stdout=log,
            stderr=log,
        )
        yield notices, f"http://127.0.0.1:{port}/board/"
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
    notices, url = served
    wait_for(url + "notices/2026-09-18-x/", "Breach at a company")
    (notices / "2026-09-18-x.yml").write_text(bent(status="open"), "utf-8")
    page = wait_for(url, "status must be investigating, contained, resolved or withdrawn, not ‘open’")
    assert "Some notices have errors and are not shown" in page
    (notices / "2026-09-18-x.yml").write_text(bent(title="A new title"), "utf-8")
    page = wait_for(url + "notices/2026-09-18-x/", "A new title")
    assert "have errors" not in page
