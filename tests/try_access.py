"""Look at every kind of page in every language, at each width, light and dark, and with large text (`make access`).

The tests look at each page in one way; this looks at all of them in all ways, and takes some twenty minutes.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.conftest import EXAMPLES, FLAGS, ROOT, build, serve
from tests.get_chromium import find
from tests.site import kinds
from tests.site.faults import Way, faults, open_page

ADDRESS = "https://example.github.io/board/"
WAYS = [
    *(Way(width, scheme) for width in (320, 390, 768, 1280) for scheme in ("light", "dark")),
    *(Way(width, "light", is_large=True) for width in (320, 390, 1280)),
]


def main() -> int:
    looked, wrong = 0, 0
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        demo, empty = Path(name) / "demo", Path(name) / "empty"
        for done in (
            build(demo, EXAMPLES, SAMPLES="true", SITE_URL=ADDRESS),
            build(empty, ROOT / "notices", SITE_URL=ADDRESS),
        ):
            assert done.returncode == 0, done.stderr
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        with serve(demo) as demo_url, serve(empty) as empty_url:
            for way in WAYS:
                found = 0
                for kind, folder in kinds.each():
                    with open_page(browser, way) as page:
                        kinds.visit(page, {False: demo_url, True: empty_url}, kind, folder)
                        for fault in faults(page):
                            print(f"{folder}{kind}: {fault}")
                            found += 1
                looked, wrong = looked + len(kinds.each()), wrong + found
                large = ", text at twice its size" if way.is_large else ""
                print(f"{way.width} pixels, {way.scheme}{large}: {len(kinds.each())} pages, {found} faults", flush=True)
        browser.close()
    print(f"{looked} pages looked at, {wrong} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
