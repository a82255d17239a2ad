"""Take a picture of each kind of page, at phone and desktop width, light and dark, into .cache/pictures/ (`make pictures`).

They are for looking at: what the tests can't judge. The samples are shown as on the day that the tests build them.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.conftest import EXAMPLES, NOW, ROOT, build
from tests.get_chromium import find
from tests.site.conftest import FLAGS, serve

PAGES = {
    "home": "",
    "board": "notices/",
    "notice": "notices/2025-01-09-powerschool/",
    "notice-new": "notices/2026-11-20-reading-app/",
    "notice-withdrawn": "notices/2026-03-02-wrong-list/",
    "breach-process": "breach-process/",
    "guide": "guide/how-to-report/",
    "faq": "faq/",
    "contacts": "resources/",
    "post": "post/",
    "post-add": "post/?notice=2026-11-12-bus-routes",
    "verify": "verify/?code=667w-pw9z",
    "subscribe": "subscribe/",
    "data": "data/",
    "record": "record/",
    "by-school": "notices/by/school/example-high-school/",
    "print": "notices/2025-01-09-powerschool/print.html",
    "es-post": "es/post/",
    "pt-record": "pt/record/",
    "not-found": "no/such/page",
    "es-home": "es/",
    "es-notice": "es/notices/2025-01-09-powerschool/",
    "pt-board": "pt/notices/",
    "pt-breach-process": "pt/breach-process/",
}


def main() -> None:
    folder = ROOT / ".cache" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        for kind, notices, samples in (("", EXAMPLES, "true"), ("empty-", ROOT / "notices", "false")):
            site = Path(name) / f"{kind}site"
            done = build(site, notices, SAMPLES=samples, SITE_URL="https://example.github.io/board/")
            assert done.returncode == 0, done.stderr
            pages = PAGES if not kind else {"home": "", "board": "notices/"}
            with serve(site) as url:
                browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
                for width in (390, 1280):
                    for scheme in ("light", "dark"):
                        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                        page.clock.set_fixed_time(NOW)
                        for each, address in pages.items():
                            page.goto(url + address, wait_until="networkidle")
                            page.screenshot(path=folder / f"{kind}{each}-{width}-{scheme}.png", full_page=True)
                        page.close()
                browser.close()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
