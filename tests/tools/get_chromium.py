"""Find Chrome or Chromium for the browser tests, or get one; fail in plain words when none can be had.

Run by itself it prints what was found. The tests import `find`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find() -> str | None:
    """Return a browser's path: CHROMIUM, one on the path, a Mac's, or Playwright's own."""
    found = [os.environ.get("CHROMIUM"), *(shutil.which(name) for name in _NAMES), *_MAC]
    path = next((path for path in found if path and Path(path).exists()), None)
    return path or _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _get() -> None:
    """Try Playwright's own download, then Debian's package."""
    done = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True, check=False)
    if done.returncode and shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, stdout=subprocess.DEVNULL)


def main() -> int:
    if not find():
        print("No Chrome or Chromium was found; trying to get one ...", file=sys.stderr)
        _get()
    path = find()
    if not path:
        print(
            "make test: the tests look at the pages in a real browser, and no Chrome or Chromium could be had.\n"
            "Install one (Debian, Ubuntu: sudo apt install chromium) or set CHROMIUM to its path.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
