"""Take a picture of each kind of page in each language, on a phone and a desktop, light and dark, into .cache/pictures/.

They are for looking at: what the tests can't judge. The samples are shown as on the day that the tests build them.
`make pictures` takes all; names of kinds behind `python -m tests.take_pictures` take only those.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.conftest import EXAMPLES, FLAGS, ROOT, build, serve
from tests.get_chromium import find
from tests.site import kinds
from tests.site.faults import Way, open_page

ADDRESS = "https://example.github.io/board/"


def main() -> None:
    folder = ROOT / ".cache" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [each for each in kinds.each() if each[0] in (sys.argv[1:] or kinds.KINDS)]
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        demo, empty = Path(name) / "demo", Path(name) / "empty"
        for done in (
            build(demo, EXAMPLES, SAMPLES="true", SITE_URL=ADDRESS),
            build(empty, ROOT / "notices", SITE_URL=ADDRESS),
        ):
            assert done.returncode == 0, done.stderr
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        with serve(demo) as demo_url, serve(empty) as empty_url:
            for width in (390, 1280):
                for scheme in ("light", "dark"):
                    for kind, language in wanted:
                        with open_page(browser, Way(width, scheme)) as page:
                            kinds.visit(page, {False: demo_url, True: empty_url}, kind, language, unfold=False)
                            path = folder / f"{language.replace('/', '-')}{kind}-{width}-{scheme}.png"
                            page.screenshot(path=path, full_page=not page.locator("dialog[open]").count())
        browser.close()
    print(f"{len(wanted) * 4} pictures in {folder.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
