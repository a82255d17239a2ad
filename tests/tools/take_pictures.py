"""Take a picture of each kind of page in each language, on a phone and a desktop, light and dark, into .cache/pictures/.

They are for looking at: what the tests can't judge. The samples are shown as on the day that the tests build them.
`make pictures` takes all; names of kinds behind `python -m tests.tools.take_pictures` take only those.
"""

from __future__ import annotations

import sys

from tests.browser import page_kinds as kinds
from tests.browser.page_faults import Way, open_page
from tests.support import ROOT


def main() -> None:
    folder = ROOT / ".cache" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [each for each in kinds.each() if each[0] in (sys.argv[1:] or kinds.KINDS)]
    with kinds.open_sites() as (browser, roots):
        for width in (390, 1280):
            for scheme in ("light", "dark"):
                for kind, language in wanted:
                    with open_page(browser, Way(width, scheme)) as page:
                        kinds.visit(page, roots, kind, language, unfold=False)
                        path = folder / f"{language.replace('/', '-')}{kind}-{width}-{scheme}.png"
                        page.screenshot(path=path, full_page=not page.locator("dialog[open]").count())
    print(f"{len(wanted) * 4} pictures in {folder.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
