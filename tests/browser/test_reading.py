"""The pages in a real browser: search, phone width, languages, and nothing fetched that need not be."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support import NOW

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
TOOLS = [
    "post/",
    "post/?notice=2026-11-12-bus-routes",
    "verify/?code=667w-pw9z",
    "subscribe/",
    "data/",
    "record/",
    "notices/by/school/example-high-school/",
]


def search(page: Page, query: str) -> None:
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill(query)
    expect(page.locator(".nb-search__status")).to_contain_text("found", timeout=10_000)


def titles(page: Page) -> list[str]:
    return page.locator(".nb-search__results strong").all_inner_texts()


def test_search_by_keyboard(page: Page, demo_url: str) -> None:
    page.goto(demo_url + "guide/evidence/")
    search(page, "medicaid")
    assert titles(page)[0] == "SAMPLE File transfer service Cleo"
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
    assert titles(page) == ["SAMPLE Illuminate Education records breach"]
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
    assert "SAMPLE Ransomware on district servers" in titles(page)


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


@pytest.mark.parametrize("folder", ["", "es/", "pt/"])
@pytest.mark.parametrize("width", [320, 390])
def test_banner_keeps_to_one_line_on_a_phone(folder: str, width: int, page: Page, demo_url: str) -> None:
    """The newest notice, cut where it is too long, and how many more there are."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(demo_url + folder)
    assert page.locator(".nb-banner:visible").count() == 1
    assert page.locator(".nb-banners a:visible").count() == 2
    box = page.locator(".nb-banners").bounding_box()
    assert box
    assert box["height"] <= 40


def test_banner_has_a_line_for_each_of_three_notices_on_a_wide_screen(page: Page, demo_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(demo_url)
    heights = [box["height"] for each in page.locator(".nb-banner:visible").all() if (box := each.bounding_box())]
    assert len(heights) == 3
    assert max(heights) <= 30


def test_menu_reaches_every_part_on_a_phone(page: Page, demo_url: str) -> None:
    page.goto(demo_url + "notices/2025-01-09-powerschool/")
    page.locator(".nb-menu > summary").click()
    page.get_by_role("link", name="Questions and answers").click()
    page.wait_for_url("**/board/faq/")


def test_a_hostile_query_stays_text(page: Page, demo_url: str) -> None:
    """What is typed into the search is never run: a canary would be seen."""
    page.goto(demo_url)
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("<img src=x onerror=window.canary=1>")
    page.wait_for_timeout(600)
    assert page.evaluate("window.canary") is None


# What is the same in all languages: names, numbers, codes.
ENGLISH_WORDS = (
    "the ",
    " and ",
    " of the ",
    "Posted",
    "Search",
    "Who ",
    "What ",
    "No later",
    "Found",
    "Read in",
    "notice ",
    "Last update",
)


@pytest.mark.parametrize("folder", ["es/", "pt/"])
def test_no_interface_words_are_left_in_english(folder: str, page: Page, demo_url: str) -> None:
    """Everything that isn't marked as English: text, labels, placeholders and titles."""
    collect = """() => {
      const said = [];
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
      while (walk.nextNode()) {
        const node = walk.currentNode, element = node.nodeType === 3 ? node.parentElement : node;
        if (element.closest('[lang]:not(html)') || element.closest('script, style, template, code')) continue;
        if (node.nodeType === 3) said.push(node.textContent.trim());
        else for (const name of ['aria-label', 'placeholder', 'title', 'data-none', 'data-failed', 'data-loading', 'data-one', 'data-other', 'data-passed']) if (node.hasAttribute(name)) said.push(node.getAttribute(name));
      }
      return said.filter(Boolean);
    }"""
    found = {}
    for address in [*PAGES, *TOOLS]:
        if address in {"posting/", "nowhere/at/all"}:
            continue
        page.goto(demo_url + folder + address)
        left = [each for each in page.evaluate(collect) if any(word in f" {each} " for word in ENGLISH_WORDS)]
        if left:
            found[address] = left[:5]
    assert not found


@pytest.mark.parametrize(
    ("folder", "query", "title", "count"),
    [
        ("es/", "contrasena", "MUESTRA Robo de datos de estudiantes en PowerSchool", "encontrad"),
        ("es/", "notificacion", None, None),
        ("pt/", "senha", None, "encontrad"),
        ("", "contrasena", None, None),
    ],
)
def test_search_in_the_readers_language(
    folder: str, query: str, title: str | None, count: str | None, page: Page, demo_url: str
) -> None:
    page.goto(demo_url + folder)
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill(query)
    status = page.locator(".nb-search__status")
    expect(status).not_to_be_empty()
    expect(status).not_to_have_text(page.locator(".nb-search").get_attribute("data-loading") or "")
    links = page.locator(".nb-search__results a").evaluate_all("all => all.map((each) => new URL(each.href).pathname)")
    assert all(link.startswith(f"/board/{folder}") for link in links)
    if not folder:
        assert not any(link.startswith(("/board/es/", "/board/pt/")) for link in links)
    if title:
        assert title in titles(page)
    if count:
        assert links
        assert count in page.locator(".nb-search__status").inner_text()


def test_switcher_in_the_browser(page: Page, demo_url: str) -> None:
    page.goto(demo_url + "notices/2025-01-09-powerschool/")
    page.get_by_role("navigation", name="Language").get_by_role("link", name="Español").click()
    page.wait_for_url("**/board/es/notices/2025-01-09-powerschool/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Robo de datos de estudiantes en PowerSchool")
    page.get_by_role("link", name="Português").click()
    page.wait_for_url("**/board/pt/notices/2025-01-09-powerschool/")


# The answer first


@pytest.mark.parametrize("folder", ["", "es/", "pt/"])
def test_four_answers_and_a_call_stand_on_the_first_two_screens(folder: str, page: Page, demo_url: str) -> None:
    """The longest sample on a phone: all four answers at once, and six screens in all while nothing is unfolded."""
    page.clock.set_fixed_time(NOW)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{demo_url}{folder}notices/2025-01-09-powerschool/")
    assert page.locator(".nb-answers h2").count() == 3
    call = page.locator(".nb-answers a.md-button[href^='tel:']").bounding_box()
    assert call
    assert call["y"] + call["height"] <= 2 * 844
    assert page.evaluate("document.documentElement.scrollHeight") <= 6 * 844


def test_each_person_reads_what_fits_the_data_of_their_group(page: Page, demo_url: str) -> None:
    """Parents aren’t told to freeze their credit because of the staff’s Social Security numbers."""
    page.goto(f"{demo_url}notices/2025-01-09-powerschool/")
    found = {
        person.locator("h3").inner_text(): person.locator("summary").all_inner_texts()
        for person in page.locator(".nb-person").all()
    }
    assert found == {
        "Your child": ["Read your health insurance statements"],
        "If you work or worked here": ["Freeze your credit"],
        "Everyone": ["Be careful with messages"],
    }
    exposed = page.locator(".nb-answers h2", has_text="What was taken or seen").locator("+ ul > li")
    assert exposed.all_inner_texts() == [
        "Students: health or medical record, date of birth, student ID number and 4 more",
        "Parents and guardians: parent or guardian contact details and name",
        "Staff: Social Security number and name",
    ]


def test_a_link_to_an_earlier_update_opens_its_fold(page: Page, demo_url: str) -> None:
    page.goto(f"{demo_url}notices/2025-01-09-powerschool/#update-1")
    assert page.locator("#update-1").is_visible()


@pytest.mark.parametrize(
    ("notice", "said"),
    [
        ("2025-01-09-powerschool", None),
        ("2026-04-15-grade-sheet", "Other schools: none named."),
        ("2026-11-12-bus-routes", "The notice does not name every school, so it could be any of them."),
    ],
)
def test_a_notice_says_which_schools_it_names(notice: str, said: str | None, page: Page, demo_url: str) -> None:
    page.goto(f"{demo_url}notices/{notice}/")
    words = page.inner_text(".nb-answers")
    for sentence in (
        "Other schools: none named.",
        "The notice does not name every school, so it could be any of them.",
    ):
        assert (sentence in words) == (sentence == said), words


def test_what_is_over_is_said_as_over(page: Page, demo_url: str) -> None:
    """And last: on the screen and on paper."""
    page.goto(f"{demo_url}notices/2025-01-09-powerschool/")
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        assert page.locator(".nb-over li").all_inner_texts() == [
            "Identity protection from Experian: sign-up closed on Jul 31, 2025",
            "Change the password of your parent portal account: the last day was Jan 31, 2025",
        ]
        assert not page.locator(".nb-offer").is_visible()
        assert "Change the password" not in page.inner_text(".nb-answers")
    section = page.inner_text("article").partition("What you can do")[2].partition("What happened")[0]
    assert section.index("No longer open") > section.index("Be careful with messages")


@pytest.mark.parametrize(
    ("folder", "query", "first", "section"),
    [
        ("", "what do I do", "First steps", "What you can do: "),
        ("", "My child's data was stolen. What should I do?", "First steps", "What you can do: "),
        ("es/", "¿Qué hago?", "Primeros pasos", "Qué puede hacer usted: "),
        ("pt/", "o que eu faço", "Primeiros passos", "O que você pode fazer: "),
    ],
)
def test_who_asks_what_to_do_is_answered_first(
    folder: str, query: str, first: str, section: str, page: Page, demo_url: str
) -> None:
    page.goto(demo_url + folder)
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill(query)
    results = page.locator(".nb-search__results li")
    expect(results.first.locator("strong")).to_have_text(first, timeout=10_000)
    expect(results.first.locator("a > span")).to_contain_text("911")
    expect(results.nth(1).locator("a > span")).to_contain_text(section)


def test_a_passage_says_more_than_the_title(page: Page, demo_url: str) -> None:
    page.goto(demo_url)
    search(page, "powerschool")
    passage = page.locator(".nb-search__results a > span").first.inner_text()
    assert passage.startswith("What happened: ")
    assert "What happened" not in passage.removeprefix("What happened: ")
    # The results come before the filters.
    results, filters = (page.locator(f".nb-search__{part}").bounding_box() for part in ("results", "filters"))
    assert results
    assert filters
    assert results["y"] < filters["y"]


@pytest.mark.parametrize("folder", ["", "es/", "pt/"])
@pytest.mark.parametrize(("address", "most"), [("breach-process/", 5000), ("record/", 5600), ("subscribe/", 2400)])
def test_a_phone_page_is_short_and_no_wider_than_its_screen(
    folder: str, address: str, most: int, browser: Browser, demo_url: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{demo_url}{folder}{address}")
    assert page.evaluate("document.documentElement.scrollHeight") <= most
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    wide = "all => all.filter((each) => each.getBoundingClientRect().right > 391).map((each) => each.outerHTML.slice(0, 80))"
    assert page.locator("main :is(td, th, p, li, dd, dt)").evaluate_all(wide) == []
    page.close()
