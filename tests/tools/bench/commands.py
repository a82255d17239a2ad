"""Measure what a person waits for at a desk (`make bench`): a check, and a page that shows what was just saved.

    python -m tests.tools.bench.commands [--rounds 5]

The times are of the wall clock, medians of the rounds. A served board holds 20 notices in three languages; a notice is
saved, and the time runs until the open page is told to load anew and has its text.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.support import ROOT
from tests.tools.bench import measured

CHECK = [sys.executable, "-m", "noticeboard", "check"]
SAMPLE = ROOT / "tests" / "examples" / "2025-01-09-powerschool.yml"


def checks(folder: Path, rounds: int) -> Iterator[str]:
    """Check one notice in three languages, and then five thousand."""
    one = [measured.run([*CHECK, str(SAMPLE)]).wall for _ in range(rounds)]
    yield f"| `noticeboard check`, one file | {median(one):.2f} s |"
    notices = measured.make_notices(folder / "notices", 5000)
    many = [measured.run(CHECK, NOTICES_DIR=str(notices)).wall for _ in range(min(rounds, 3))]
    yield f"| `noticeboard check`, 5,000 files | {median(many):.1f} s |"


@contextmanager
def served(notices: Path) -> Iterator[str]:
    """Serve the project with these notices, and give the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", address]
    environment = {**os.environ, "NOTICES_DIR": str(notices), "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": ""}
    environment["SITE_URL"] = "https://example.github.io/board/"
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            yield f"http://{address}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:
        text: str = answer.read().decode("utf-8")
    return text


def wait_for(url: str) -> str:
    for _ in range(600):
        try:
            return get(url)
        except OSError:
            time.sleep(0.1)
    sys.exit(f"Nothing was served at {url}.")


def reload(folder: Path, rounds: int) -> Iterator[str]:
    """Save a notice, and wait for its page as the browser does."""
    notices = measured.make_notices(folder / "served", 20)
    path = sorted(notices.glob("*.yml"))[-1]
    text, times = path.read_text("utf-8"), []
    with served(notices) as address:
        page = f"{address}/board/notices/{path.stem}/"
        wait_for(page)
        for number in range(rounds):
            epoch, request = re.search(r"livereload\((\d+), (\d+)\)", get(page)).groups()  # type: ignore[union-attr]
            time.sleep(2)  # as the server looks at its files again some time after a build
            path.write_text(text.replace("title: '", f"title: 'Round {number}: "), "utf-8")
            started = time.perf_counter()
            while get(f"{address}/livereload/{epoch}/{request}") == epoch:
                pass
            if f"Round {number}: " not in get(page):
                sys.exit("The page was loaded anew without what was saved.")
            times.append(time.perf_counter() - started)
    yield f"| `make serve`: a notice saved → the page reloaded, 20 notices, three languages | {median(times):.2f} s |"


def main(arguments: list[str]) -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.tools.bench.commands")
    asked.add_argument("--rounds", type=int, default=5)
    rounds = asked.parse_args(arguments).rounds
    print("| command | wall clock |\n|---|--:|")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for line in (*checks(Path(folder), rounds), *reload(Path(folder), rounds)):
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
