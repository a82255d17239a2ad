"""Look at every kind of page in every language, at each width, light and dark, and with large text (`make access`).

The tests look at each page in one way; this looks at all of them in all ways, and takes half an hour or more.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor

from tests.browser import page_kinds as kinds
from tests.browser.page_faults import Way, faults, open_page

WAYS = [
    *(Way(width, scheme) for width in (320, 390, 768, 1280) for scheme in ("light", "dark")),
    *(Way(width, "light", is_large=True) for width in (320, 390, 1280)),
]


def look(way: Way) -> tuple[int, list[str]]:
    """Look at every page in one way; give how many there are, and what is wrong."""
    found = []
    with kinds.open_sites() as (browser, roots):
        for kind, folder in kinds.each():
            with open_page(browser, way) as page:
                kinds.visit(page, roots, kind, folder)
                found += [f"{folder}{kind}: {fault}" for fault in faults(page)]
    return len(kinds.each()), found


def main() -> int:
    looked, wrong = 0, 0
    with ProcessPoolExecutor() as pool:
        for way, (number, found) in zip(WAYS, pool.map(look, WAYS), strict=True):
            looked, wrong = looked + number, wrong + len(found)
            large = ", text at twice its size" if way.is_large else ""
            said = f"{way.width} pixels, {way.scheme}{large}: {number} pages, {len(found)} faults"
            print("\n".join([said, *found]), flush=True)
    print(f"{looked} pages looked at, {wrong} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
