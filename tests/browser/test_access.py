"""The site for every reader: by keyboard, with large text, in colors of one's own, on paper, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import page_kinds as kinds
from tests.browser.conftest import Roots
from tests.browser.page_faults import Way, open_page
from tests.browser.typist import open_step

pytestmark = pytest.mark.long


# Banners and what is said aloud


@pytest.mark.parametrize("folder", kinds.LANGUAGES)
def test_banners_are_one_region_with_a_heading_and_are_not_said_twice(folder: str, page: Page, roots: Roots) -> None:
    kinds.visit(page, roots, "guide", folder)
    banners = page.get_by_role("region", name=page.locator(".nb-banners h2").inner_text(), exact=True)
    expect(banners).to_have_count(1)
    assert banners.get_by_role("link").count() >= 3
    # They are there when the page comes, so a live region would only say them again, at each minute's refresh.
    assert page.locator(":is([aria-live], [role=status], [role=alert]) .nb-banner").count() == 0
    assert page.locator(".nb-banner :is([aria-live], [role=status], [role=alert])").count() == 0
    texts = page.locator(".nb-banner a").all_inner_texts()
    assert len(texts) == len(set(texts))


SAID = {
    "board": ("[name=status]", ".nb-filter__status"),
    "verify": ("#nb-code", "[data-nb-answer]"),
    "home": ("#nb-query", ".nb-search__status"),
    "subscribe": ("[data-nb-copy]", ".nb-copy [role=status]"),
    "post": ("[data-open]", "[data-status]"),
}
"""What a reader touches, and where the answer is said."""


@pytest.mark.parametrize("name", SAID)
def test_answers_are_said_aloud(name: str, browser: Browser, roots: Roots) -> None:
    """The place of an answer is there before it, so that a screen reader has heard of it."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    kinds.visit(page, roots, name)
    if name == "post":
        open_step(page, 6)
    control, answer = SAID[name]
    assert page.locator(answer).first.get_attribute("role") == "status"
    before = page.locator(answer).first.inner_text()
    if name == "home":
        page.keyboard.press("/")
    target = page.locator(control).first
    if name == "board":
        target.select_option("resolved")
    elif name in {"verify", "home"}:
        target.fill("9999-9999")
        target.press("Enter")
    else:
        # A form with nothing in it has something to say from the start.
        page.locator(answer).first.evaluate("each => { each.textContent = ''; }")
        target.click()
        before = ""
    expect(page.locator(answer).first).not_to_have_text(before)
    if name == "post":
        # The first question with a fault has the focus, is marked, and names what is wrong.
        focused = page.locator(":focus")
        assert focused.get_attribute("aria-invalid") == "true"
        ids = (focused.get_attribute("aria-describedby") or "").split()
        assert any(page.locator(f"#{each}").inner_text() for each in ids)
    context.close()


# By keyboard

AREAS = [".md-skip", ".md-banner", ".md-header", ".md-tabs", ".md-sidebar", "main", "footer"]
# The theme fits its sidebars to the scrolled page in the next frame.
REACHED = """async ([areas, mark]) => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const element = document.activeElement;
  if (element === document.body) return null;
  const painted = element.matches(".md-option") ? [...element.parentElement.querySelectorAll("label")].find((each) => each.checkVisibility()) : element;
  const luminance = (color) => {
    const [red, green, blue] = color.match(/[\\d.]+/g).map((each) => each / 255).map((each) => (each <= .04045 ? each / 12.92 : ((each + .055) / 1.055) ** 2.4));
    return .2126 * red + .7152 * green + .0722 * blue;
  };
  const style = getComputedStyle(painted);
  let behind = painted.parentElement;
  while (behind.parentElement && /, 0\\)$|transparent/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
  const ground = getComputedStyle(behind).backgroundColor;
  const [one, other] = [luminance(style.outlineColor), luminance(/, 0\\)$/.test(ground) ? "rgb(255, 255, 255)" : ground)].sort((a, b) => a - b);
  const box = painted.getClientRects()[0];
  const isSeen = box && [[.5, .5], [.1, .5], [.9, .5]].some(([x, y]) => {
    const hit = document.elementFromPoint(box.x + box.width * x, box.y + box.height * y);
    return hit && (painted.contains(hit) || hit.contains(painted) && hit !== document.documentElement);
  });
  const inside = areas.findLastIndex((area) => element.closest(area));
  element.dataset.reached = mark;
  return {
    what: element.cloneNode().outerHTML.slice(0, 120), area: areas.findIndex((area) => element.closest(area)), inside, isSeen,
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth), contrast: (other + .05) / (one + .05),
  };
}"""
LEFT_OUT = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")].filter((each) =>
  each.checkVisibility({ visibilityProperty: true }) && !each.disabled && !("reached" in each.dataset)
  && !(each.type === "radio" && document.querySelector(`[name="${each.name}"][data-reached]`))
  && each.tabIndex >= 0 && !each.closest("dialog:not([open])")).map((each) => each.cloneNode().outerHTML.slice(0, 120))"""
WALKS = [
    *((name, 390) for name in ("home", "board", "notice-contained", "guide-page", "verify-found", "post", "not-found")),
    *((name, 1280) for name in ("home", "guide-page", "subscribe", "record")),
]


@pytest.mark.parametrize(("name", "width"), WALKS)
def test_everything_is_reached_by_keyboard_and_seen(name: str, width: int, browser: Browser, roots: Roots) -> None:
    """Tab leads to every control once, from the top to the bottom, each with a ring and under nothing."""
    with open_page(browser, Way(width, "light")) as page:
        kinds.visit(page, roots, name, unfold=False)
        stops = list(walk(page, "Tab"))
        assert "md-skip" in stops[0]["what"]
        assert [stop["area"] for stop in stops] == sorted(stop["area"] for stop in stops)
        assert not [stop for stop in stops if not stop["isSeen"] or stop["outline"] < 2 or stop["contrast"] < 3]
        assert not page.evaluate(LEFT_OUT)


def test_the_way_back_is_seen_below_the_header(browser: Browser, roots: Roots) -> None:
    """Backwards, the header that stays on the screen must not cover what has the focus."""
    with open_page(browser, Way(390, "light")) as page:
        kinds.visit(page, roots, "notice-contained")
        stops = list(walk(page, "Shift+Tab"))
        assert len(stops) > 40
        assert not [stop for stop in stops if not stop["isSeen"]]


def walk(page: Page, key: str) -> Iterator[dict[str, Any]]:
    """Press a key until the focus leaves the page; a trap would never end."""
    for number in range(400):
        page.keyboard.press(key)
        stop = page.evaluate(REACHED, [AREAS, str(number)])
        if stop is None:
            assert number
            return
        yield stop
    raise AssertionError("the focus does not leave the page")


@pytest.mark.parametrize(
    "name", ["home", "board", "notice-withdrawn", "by-school", "guide", "verify", "not-found", "post"]
)
def test_the_first_link_leads_to_the_text(name: str, browser: Browser, roots: Roots) -> None:
    """The next stop after it lies behind the page's heading, and not in a menu."""
    with open_page(browser, Way(1280, "light")) as page:
        kinds.visit(page, roots, name, unfold=False)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className").startswith("md-skip")
        page.keyboard.press("Enter")
        page.wait_for_timeout(50)
        assert page.locator("h1").evaluate("each => each.getBoundingClientRect().top < innerHeight")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('article') !== null")
        assert page.evaluate("document.activeElement.closest('.nb-languages') === null")


def test_the_menu_by_keyboard(browser: Browser, roots: Roots) -> None:
    """Enter opens it, Escape closes it and leads back, and it closes behind who goes on."""
    with open_page(browser, Way(390, "light")) as page:
        kinds.visit(page, roots, "guide-page", unfold=False)
        menu, button = page.locator(".nb-menu"), page.locator(".nb-menu > summary")
        links = menu.get_by_role("link")
        assert links.first.is_hidden()
        button.focus()
        page.keyboard.press("Enter")
        expect(links.first).to_be_visible()
        page.keyboard.press("Tab")
        expect(links.first).to_be_focused()
        page.keyboard.press("Escape")
        expect(links.first).to_be_hidden()
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
        assert menu.locator("[aria-current=page]").inner_text() == "How to report"
        links.last.focus()
        page.keyboard.press("Tab")
        expect(links.first).to_be_hidden()


# A reader's own settings


def test_nothing_moves_for_who_wants_no_motion(browser: Browser, roots: Roots) -> None:
    with open_page(browser, Way(390, "light")) as page:
        for name in ("menu", "search", "board", "post"):
            kinds.visit(page, roots, name)
            assert page.evaluate(MOVING) == [], name


MOVING = """() => {
  const moves = (value) => value.split(",").some((each) => parseFloat(each) > .001);
  const found = [];
  for (const each of document.querySelectorAll("*")) for (const part of ["", "::before", "::after"]) {
    const style = getComputedStyle(each, part || null);
    if (moves(style.transitionDuration) || moves(style.animationDuration) || style.scrollBehavior === "smooth") found.push(each.cloneNode().outerHTML.slice(0, 100) + part);
  }
  return [...new Set(found)].slice(0, 5);
}"""


@pytest.mark.parametrize("name", ["board", "post", "search", "verify-found", "record"])
def test_colors_of_the_readers_own(name: str, browser: Browser, roots: Roots) -> None:
    """Where the system paints all backgrounds, what is pressed and filled in keeps its edge, and bars are seen."""
    with open_page(browser, Way(390, "dark"), forced_colors="active") as page:
        kinds.visit(page, roots, name)
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        assert page.evaluate(EDGELESS) == []
        page.keyboard.press("Tab")
        assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2


EDGELESS = """() => {
  const canvas = getComputedStyle(document.body).backgroundColor;
  const shown = [...document.querySelectorAll("button, .md-button, select, textarea, input:not([type=radio], [type=checkbox]), .nb-row, .nb-status, dialog[open]")]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.matches(".md-top"));
  const edgeless = shown.filter((each) => {
    const style = getComputedStyle(each);
    return !["Top", "Bottom", "Left", "Right"].some((side) => parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Color`] !== canvas);
  });
  const bars = [...document.querySelectorAll(".nb-plot .nb-dot, .nb-plot .nb-dot--late")].filter((each) => getComputedStyle(each).fill !== getComputedStyle(document.body).color);
  return [...edgeless, ...bars].map((each) => each.cloneNode().outerHTML.slice(0, 120));
}"""

# On paper


@pytest.mark.parametrize("name", ["notice-contained", "guide-page", "board", "record"])
def test_on_paper(name: str, browser: Browser, roots: Roots) -> None:
    """Black on white, without menus, with what is folded, and with the addresses that links lead to."""
    with open_page(browser, Way(800, "dark")) as page:
        kinds.visit(page, roots, name, unfold=False)
        page.emulate_media(media="print")
        for each in (
            ".md-header",
            ".md-tabs",
            ".md-sidebar",
            ".nb-languages",
            ".nb-filter__form",
            ".md-content__button",
        ):
            assert page.locator(f"{each}:visible").count() == 0, each
        assert page.evaluate(ON_PAPER) == []
        # What changes with each day is not printed.
        assert page.locator(".nb-relative:visible").count() == 0
        for link in page.locator("main a[href^='https:']:not(.nb-ways a):visible").all():
            assert link.evaluate(
                "each => getComputedStyle(each, '::after').content.includes(each.getAttribute('href'))"
            )


ON_PAPER = """() => {
  const found = [];
  const light = (color) => { const [red, green, blue, alpha = 1] = color.match(/[\\d.]+/g).map(Number); return alpha === 0 || (red + green + blue) / 3 > 200; };
  const walk = document.createTreeWalker(document.querySelector("article, main"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const each = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || each.closest("script, style, template, noscript, [hidden], dialog, option")) continue;
    if (each.closest("details")?.checkVisibility() && !each.checkVisibility({ contentVisibilityAuto: true })) found.push(`folded: ${walk.currentNode.textContent.slice(0, 60)}`);
    const style = getComputedStyle(each);
    if (each.checkVisibility() && (light(style.color) || !light(style.backgroundColor))) found.push(`${style.color} on ${style.backgroundColor}: ${walk.currentNode.textContent.slice(0, 60)}`);
  }
  return [...new Set(found)].slice(0, 8);
}"""

# Without scripts

ADDRESSES = "[...document.querySelectorAll('article a[href], footer a[href]')].map((each) => each.href)"


@pytest.mark.parametrize("name", ["home", "board", "by-school", "notice-contained", "guide-page", "subscribe", "verify", "post", "data", "record", "not-found"])  # fmt: skip
@pytest.mark.parametrize("folder", ["", "es/"])
def test_without_scripts_all_is_there(name: str, folder: str, browser: Browser, roots: Roots) -> None:
    """Every link stands in the page itself, and nothing is shown that only a script could make work."""
    if folder and not kinds.KINDS[name].is_translated:
        folder = "pt/"
    address = roots[False] + folder + kinds.KINDS[name].address
    with open_page(browser, Way(390, "light")) as scripted:
        scripted.goto(address, wait_until="load")
        # Without its form, that page leads to the template.
        wanted = set(scripted.evaluate(ADDRESSES)) if name != "post" else set()
    with open_page(browser, Way(390, "light"), java_script_enabled=False) as plain:
        plain.goto(address)
        assert wanted <= set(plain.evaluate(ADDRESSES))
        assert (
            plain.locator(
                ":is(button, select, textarea, input:not([readonly], .md-toggle), label.md-icon):visible"
            ).count()
            == 0
        )
        plain.locator(".nb-menu > summary").click()
        assert plain.locator(".nb-menu a:visible").count() > 10
        plain.locator(".nb-menu > summary").click()
        if name == "board":
            assert plain.locator("[data-nb-all] .nb-row:visible").count() == 12
            plain.locator("[data-nb-all] > details > summary").click()
            assert plain.locator(".nb-filter__list a:visible").count() > 15
        if name == "verify":
            assert plain.locator("noscript a").get_attribute("href").endswith("notices/")
        if name == "post":
            assert plain.locator("noscript a").get_attribute("href").endswith("_template.yml")
