"""The pages in a real browser: search, phone width, accessibility, and nothing fetched that need not be."""

from __future__ import annotations

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

PAGES = [
    "",
    "notices/",
    "notices/2025-01-09-powerschool/",
    "notices/2026-11-20-reading-app/",
    "notices/2026-03-02-wrong-list/",
    "guide/",
    "guide/how-to-report/",
    "guide/penalties/",
    "breach-process/",
    "faq/",
    "resources/",
    "posting/",
    "nowhere/at/all",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_accessible_and_within_the_width(width: int, scheme: str, browser: Browser, demo_url: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    found = {}
    for address in PAGES:
        page.goto(demo_url + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        result = Axe().run(
            page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
        )
        for violation in result["violations"]:
            found[address, violation["id"]] = [node["html"][:160] for node in violation["nodes"]][:3]
    assert not found
    context.close()


def search(page: Page, query: str) -> None:
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill(query)
    expect(page.locator(".nb-search__status")).to_contain_text("found", timeout=10_000)


def titles(page: Page) -> list[str]:
    return page.locator(".nb-search__results strong").all_inner_texts()


def test_search_by_keyboard(page: Page, demo_url: str) -> None:
    page.goto(demo_url + "guide/evidence/")
    search(page, "medicaid")
    assert titles(page)[0] == "File transfer service Cleo"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/board/notices/2025-03-07-cleo/")


def test_search_by_touch_and_filter(browser: Browser, demo_url: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(demo_url)
    page.get_by_role("button", name="Search").tap()
    page.get_by_role("searchbox").fill("breach")
    expect(page.locator(".nb-search__status")).to_contain_text("found")
    page.get_by_label("Year").select_option("2022")
    expect(page.locator(".nb-search__status")).to_have_text("2 pages found")
    page.get_by_label("Status").select_option("Resolved")
    expect(page.locator(".nb-search__status")).to_have_text("1 page found")
    assert titles(page) == ["Illuminate Education records breach"]
    page.get_by_role("button", name="Close").tap()
    expect(page.get_by_role("dialog")).to_be_hidden()
    context.close()


def test_search_says_when_nothing_is_found_and_escape_closes(page: Page, demo_url: str) -> None:
    page.goto(demo_url)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("searchbox").fill("xylophone quartz")
    expect(page.locator(".nb-search__status")).to_contain_text("Nothing found")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    # The focus is back where the reader left.
    assert page.evaluate("document.activeElement.hasAttribute('data-nb-search-open')")


def test_search_works_on_the_404_page(page: Page, demo_url: str) -> None:
    page.goto(demo_url + "no/such/page")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page does not exist")
    search(page, "ransomware")
    assert "Ransomware on district servers" in titles(page)


def test_nothing_from_elsewhere_and_nothing_of_the_search_before_its_use(
    context: BrowserContext, page: Page, demo_url: str
) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    for address in ("", "notices/2025-01-09-powerschool/"):
        page.goto(demo_url + address, wait_until="networkidle")
    assert not [url for url in asked if not url.startswith((demo_url, "data:"))]
    assert not [url for url in asked if "pagefind" in url]
    search(page, "powerschool")
    assert [url for url in asked if "pagefind" in url]
    assert context.cookies() == []


def test_banner_keeps_to_two_lines_on_a_phone(page: Page, demo_url: str) -> None:
    page.goto(demo_url)
    heights = [box["height"] for each in page.locator(".nb-banner").all() if (box := each.bounding_box())]
    assert len(heights) == 3
    assert max(heights) <= 60
    for line in page.locator(".nb-banner__line:visible").all():
        assert line.evaluate("each => each.scrollWidth <= each.clientWidth + 1"), line.inner_text()


def test_menu_reaches_every_part_on_a_phone(page: Page, demo_url: str) -> None:
    page.goto(demo_url + "notices/2025-01-09-powerschool/")
    page.locator("label.md-header__button[for=__drawer]").click()
    page.get_by_role("link", name="Questions and answers").click()
    page.wait_for_url("**/board/faq/")


def test_a_hostile_query_stays_text(page: Page, demo_url: str) -> None:
    """What is typed into the search is never run: a canary would be seen."""
    page.goto(demo_url)
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("<img src=x onerror=window.canary=1>")
    page.wait_for_timeout(600)
    assert page.evaluate("window.canary") is None
