"""Look at every kind of page in every language, at each width, light and dark, and with large text (`make access`).

The tests look at each page in one way; this looks at all of them in all ways, and takes some twenty minutes.
"""

from __future__ import annotations

import sys

from tests.site import kinds
from tests.site.faults import Way, faults, open_page

WAYS = [
    *(Way(width, scheme) for width in (320, 390, 768, 1280) for scheme in ("light", "dark")),
    *(Way(width, "light", is_large=True) for width in (320, 390, 1280)),
]


def main() -> int:
    looked, wrong = 0, 0
    with kinds.open_sites() as (browser, roots):
        for way in WAYS:
            found = 0
            for kind, folder in kinds.each():
                with open_page(browser, way) as page:
                    kinds.visit(page, roots, kind, folder)
                    for fault in faults(page):
                        print(f"{folder}{kind}: {fault}")
                        found += 1
            looked, wrong = looked + len(kinds.each()), wrong + found
            large = ", text at twice its size" if way.is_large else ""
            print(f"{way.width} pixels, {way.scheme}{large}: {len(kinds.each())} pages, {found} faults", flush=True)
    print(f"{looked} pages looked at, {wrong} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
