"""Each kind of page in English and in another language, in turns on a phone and a desktop, light and dark, large or not.

`make access` looks at all of them in each language and in all ways.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser import page_kinds as kinds
from tests.browser.conftest import Roots
from tests.browser.page_faults import WAYS, faults, open_page
from tests.support import Counted

pytestmark = pytest.mark.long

PARTS = 4
"""Into so many tests the long look is cut, so that they can be shared between processes."""


@pytest.mark.parametrize("part", range(PARTS))
def test_every_kind_of_page(part: int, browser: Browser, roots: Roots, counted: Counted) -> None:
    """No rule of WCAG 2.2 AA is broken; no text is cut, covered, or beside the screen; targets have 24 pixels."""
    found = {}
    for number, (name, folder) in enumerate(kinds.some()):
        if number % PARTS != part:
            continue
        way = WAYS[number % len(WAYS)]
        with open_page(browser, way) as page:
            kinds.visit(page, roots, name, folder)
            if wrong := faults(page):
                found[name, folder, way] = wrong
        counted("pages and states held to WCAG 2.2 AA by axe-core, and looked at for cut text", 1)
    assert not found
