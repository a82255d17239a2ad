"""Filters, the check of a letter, and the print view, in a real browser; the filters without scripts, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

ROWS = ".nb-rows > .nb-row:visible h3 a"

LISTED = {"school", "contractor"}
"""The filters whose choices have lists that need no script."""


def rows(page: Page) -> set[str]:
    return {(link.get_attribute("href") or "").rstrip("/").rpartition("/")[2] for link in page.locator(ROWS).all()}


FILTERS = [
    ("school", "example-high-school"),
    ("group", "staff"),
    ("year", "2010"),
    ("year", "born-2015"),
    ("contractor", "powerschool"),
    ("data", "ssn"),
    ("status", "withdrawn"),
]


@pytest.mark.parametrize(("name", "value"), FILTERS)
def test_filter_shows_what_its_page_lists(name: str, value: str, page: Page, demo_url: str, browser: Browser) -> None:
    """The filter, its shareable address, and the page for readers without scripts show the same notices."""
    page.goto(f"{demo_url}notices/")
    every = rows(page)
    page.locator(".nb-filter details summary").click()
    page.select_option(f"[name={name}]", value)
    expect(page.locator(".nb-filter__status")).to_contain_text("may be about this")
    chosen = rows(page)
    assert chosen
    assert (chosen < every) or name in {"school", "year"}
    assert page.url.endswith(f"?{name}={value}")
    page.goto(f"{demo_url}notices/?{name}={value}")
    expect(page.locator(".nb-filter__status")).to_contain_text("may be about this")
    assert rows(page) == chosen
    if name not in LISTED:
        return
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{demo_url}notices/")
    assert plain.locator("[data-nb-choices]").is_hidden()
    plain.locator("[data-nb-all] > details > summary").click()
    plain.locator(f"a[href$='/by/{name}/{value}/']").click()
    assert rows(plain) == chosen
    assert "Ask the district" in plain.inner_text("article")
    context.close()


def test_filters_never_say_no(page: Page, demo_url: str) -> None:
    """No match, and the page says whom to ask; two filters hold together."""
    page.goto(f"{demo_url}notices/?contractor=powerschool&status=withdrawn")
    expect(page.locator(".nb-filter__status")).not_to_be_empty()
    assert rows(page) == set()
    assert "Your child could still be affected: ask the district." in page.inner_text(".nb-filter__status")
    assert page.locator("#ask + p").is_visible()
    page.locator(".nb-filter details summary").click()
    page.click("[data-nb-choices] [type=reset]")
    page.wait_for_timeout(100)
    assert len(rows(page)) == 12
    page.goto(f"{demo_url}notices/?school=<script>&data=nothing")
    assert len(rows(page)) == 12


def test_filters_by_keyboard(page: Page, demo_url: str) -> None:
    page.goto(f"{demo_url}notices/")
    # Its script shows it; before that it can't have the focus.
    expect(page.locator(".nb-filter details summary")).to_be_visible()
    page.locator(".nb-filter details summary").press("Enter")
    expect(page.locator("[name=status]")).to_be_visible()
    page.focus("[name=status]")
    page.keyboard.type("Resolved")
    expect(page.locator(".nb-filter__status")).to_contain_text("may be about this")
    assert "status=resolved" in page.url


@pytest.mark.parametrize("typed", ["667W-PW9Z", "667wpw9z", " 667w pw9z "])
def test_a_real_letter(typed: str, page: Page, demo_url: str) -> None:
    page.goto(f"{demo_url}verify/")
    page.get_by_label("Code of the letter").fill(typed)
    page.keyboard.press("Enter")
    link = page.locator("[data-nb-answer] a")
    expect(link).to_have_text("SAMPLE: PowerSchool student records breach")
    link.click()
    page.wait_for_url("**/notices/2025-01-09-powerschool/")
    assert "667W-PW9Z" in page.inner_text(".nb-tools")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("6666-6666", "There is no notice with this code."),
        ("9999-9999", "There is no notice with this code."),
        ("12", "eight letters and digits"),
        ("<img src=x>", "eight letters and digits"),
    ],
)
def test_another_letter(typed: str, said: str, browser: Browser, demo_url: str) -> None:
    page = browser.new_page()
    page.goto(f"{demo_url}verify/")
    page.get_by_label("Code of the letter").fill(typed)
    page.keyboard.press("Enter")
    expect(page.locator("[data-nb-answer]")).to_contain_text(said)
    page.close()


def test_a_letter_in_spanish(page: Page, demo_url: str) -> None:
    page.goto(f"{demo_url}es/verify/?code=667W-PW9Z")
    expect(page.locator("[data-nb-answer] a")).to_have_text("MUESTRA: Robo de datos de estudiantes en PowerSchool")
    assert page.locator("[data-nb-answer] a").get_attribute("href") == "../notices/2025-01-09-powerschool/"


@pytest.mark.parametrize("folder", ["", "es/", "pt/"])
@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_a_notice_prints_on_two_sheets_at_most(
    folder: str, paper: str, browser: Browser, demo_url: str, demo: Path
) -> None:
    """Each notice's page fits on two sheets of paper, with its code as text and as a picture for phones."""
    page = browser.new_page()
    for path in sorted(demo.glob("notices/20*-*")):
        page.goto(f"{demo_url}{folder}notices/{path.name}/")
        assert page.pdf(format=paper).count(b"/Type /Page\n") in {1, 2}, path
        page.emulate_media(media="print")
        assert page.locator(".nb-paper img").evaluate("each => each.naturalWidth") > 20
        assert page.locator(".nb-paper").is_visible()
        assert page.locator(".nb-paper .nb-code").is_visible()
        assert page.locator("#what-you-can-do").is_visible()
        for hidden in (".md-header", ".md-banner", ".md-footer", ".nb-tools button"):
            assert not page.locator(hidden).first.is_visible(), hidden
        page.emulate_media(media="null")
    page.close()


def test_the_button_prints(page: Page, demo_url: str) -> None:
    page.goto(f"{demo_url}notices/2025-01-09-powerschool/")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")
    assert not page.locator(".nb-paper").is_visible()


def test_old_page_says_so(page: Page, demo_url: str) -> None:
    """Two hours after the next build was due, and not before."""
    from datetime import timedelta

    from tests.support import NOW

    page.clock.set_fixed_time(NOW + timedelta(minutes=179))
    page.goto(demo_url)
    assert page.locator(".nb-stale").is_hidden()
    page.clock.set_fixed_time(NOW + timedelta(minutes=181))
    page.goto(demo_url)
    assert page.locator(".nb-stale").is_visible()
    assert "Saturday, November 21, 2026" in page.inner_text(".nb-stale")


def test_subscribe_copies_an_address(browser: Browser, demo_url: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{demo_url}pt/subscribe/")
    page.locator("summary", has_text="Outros aplicativos").click()
    page.locator(".nb-copy", has_text="RSS 2.0").locator("button").click()
    assert page.evaluate("navigator.clipboard.readText()") == "https://example.github.io/board/pt/feed.xml"
    assert page.locator("a[href^='https://feedly.com/']").get_attribute("href") == (
        "https://feedly.com/i/subscription/feed/https%3A%2F%2Fexample.github.io%2Fboard%2Fpt%2Ffeed.xml"
    )
    context.close()


def test_the_board_says_why_it_found_a_notice(page: Page, demo_url: str) -> None:
    """What names the school comes before what may include it, and the first of them is brought onto a phone's screen."""
    page.set_viewport_size({"width": 390, "height": 500})
    page.goto(f"{demo_url}notices/")
    page.select_option("[name=school]", "example-middle-school")
    expect(page.locator(".nb-filter__status")).to_contain_text("may be about this")
    why = page.locator("[data-nb-found] [data-nb-why]").all_inner_texts()
    assert len(set(why)) == 2
    assert why == sorted(why, key=["Names your school", "May include your school"].index)
    named = page.locator("[data-nb-found] li", has_text="Names your school").locator("h3").all_inner_texts()
    assert named == ["SAMPLE Grade sheet sent to the wrong families", "SAMPLE Illuminate Education records breach"]
    expect(page.locator("[data-nb-found] li").first).to_be_in_viewport(ratio=0.9)
    page.select_option("[name=year]", "born-2015")
    expect(page.locator("[data-nb-found] [data-nb-why]").first).to_contain_text(" · ")


@pytest.mark.parametrize(
    ("born", "said"),
    [
        ("1993", "May cover these years"),
        ("1994", "Covers these years"),
        ("2010", "Covers these years"),
        ("2019", "Covers these years"),
        ("2020", "May cover these years"),
    ],
)
def test_a_year_of_birth_stands_for_the_years_at_school(born: str, said: str, page: Page, demo_url: str) -> None:
    """Illuminate's notice is about those enrolled from 2016 to 2021: whoever was 2 to 22 years old in one of these."""
    page.goto(f"{demo_url}notices/?year=born-{born}")
    row = page.locator("[data-nb-found] li", has_text="Illuminate Education records")
    expect(row.locator("[data-nb-why]")).to_have_text(said)
