"""A page built at one time and read at another says the right thing: before, at and after each date."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

READING = "notices/2026-11-20-reading-app/"
PAYROLL = "notices/2026-10-20-staff-payroll/"
LUNCH = "notices/2026-09-22-portal-passwords/"


def at(page: Page, url: str, moment: str) -> None:
    page.clock.set_fixed_time(datetime.fromisoformat(moment))
    page.goto(url)


def banner(page: Page, notice: str) -> str:
    """What a wide screen says of a notice, on its board."""
    line = page.locator(f".nb-banner:has(a[href$='{notice}']) .nb-next > :visible")
    return " ".join(line.inner_text().replace("\u202f", " ").split())


def duty(page: Page, name: str) -> list[str]:
    """The cells of a duty's row: what, no later than, what was done."""
    page.locator(".nb-law").evaluate("fold => { fold.open = true; }")
    row = page.locator(".nb-clock", has_text=name).first
    return [" ".join(cell.replace("\u202f", " ").split()) for cell in row.locator("th, td").all_inner_texts()]


@pytest.fixture(autouse=True)
def wide(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize(
    ("moment", "due", "record"),
    [
        ("2026-11-21T12:00:00-05:00", "(in 3 days)", "Not yet recorded here"),
        ("2026-11-23T09:00:00-05:00", "(tomorrow)", "Not yet recorded here"),
        ("2026-11-24T09:00:00-05:00", "(today)", "Not yet recorded here"),
        ("2026-11-24T23:59:59-05:00", "(today)", "Not yet recorded here"),
        ("2026-11-25T00:00:00-05:00", "(yesterday)", "Overdue: no date posted"),
        ("2027-03-30T12:00:00-04:00", "(4 months ago)", "Overdue: no date posted"),
        ("2029-11-30T12:00:00-05:00", "(3 years ago)", "Overdue: no date posted"),
    ],
)
def test_two_business_days(moment: str, due: str, record: str, page: Page, demo_url: str) -> None:
    at(page, demo_url + READING, moment)
    assert duty(page, "guardians electronically") == [
        "The district tells students and their parents or guardians electronically: 2 business days "
        "Conn. Gen. Stat. § 10-234dd(a)(3), as amended by P.A. 17-200 § 2",
        f"Tuesday, November 24, 2026 {due}",
        record,
    ]


@pytest.mark.parametrize(
    ("moment", "due", "record"),
    [
        ("2026-11-22T16:15:00-05:00", "(in 30 minutes)", "Not yet recorded here"),
        ("2026-11-22T04:45:00-05:00", "(in 12 hours)", "Not yet recorded here"),
        ("2026-11-22T16:45:00-05:00", "(this minute)", "Not yet recorded here"),
        ("2026-11-22T16:45:01-05:00", "(this minute)", "Overdue: no date posted"),
        ("2026-11-22T18:45:00-05:00", "(2 hours ago)", "Overdue: no date posted"),
    ],
)
def test_forty_eight_hours(moment: str, due: str, record: str, page: Page, demo_url: str) -> None:
    at(page, demo_url + READING, moment)
    assert duty(page, "its own promise")[1:] == [f"Sunday, November 22, 2026, 4:45 PM {due}", record]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-21T12:00:00-05:00", "Last day to sign up: Jan 29, 2027, 5:00 PM (in 2 months)"),
        ("2027-01-29T17:00:00-05:00", "Last day to sign up: Jan 29, 2027, 5:00 PM (this minute)"),
        ("2027-01-29T17:00:01-05:00", "Posted Oct 20, 2026"),
    ],
)
def test_last_day_to_enroll(moment: str, said: str, page: Page, demo_url: str) -> None:
    """The banner says it, and the notice's own page: an instruction up to the last second, and then that it is over."""
    at(page, demo_url, moment)
    assert banner(page, PAYROLL) == said
    page.goto(demo_url + PAYROLL)
    is_open = said.startswith("Last day")
    assert page.locator(".nb-answers li", has_text="Sign up for identity protection").is_visible() == is_open
    assert page.locator(".nb-offer").is_visible() == is_open
    over = page.locator(".nb-over li", has_text="sign-up closed on Jan 29, 2027, 5:00")
    assert over.is_visible() == (not is_open)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-12-18T23:59:59-05:00", "No later than Dec 18, 2026: Choose a new password for the lunch portal (today)"),
        ("2026-12-19T00:00:00-05:00", ""),
    ],
)
def test_step(moment: str, said: str, page: Page, demo_url: str) -> None:
    at(page, demo_url + "notices/", moment)
    line = page.locator(f".nb-row:has(a[href$='{LUNCH}']) .nb-next > :visible")
    assert " ".join(" ".join(line.all_inner_texts()).split()) == said


def test_an_open_page_turns_over_at_the_very_minute(page: Page, demo_url: str) -> None:
    """Nobody reloads: the page is opened ten minutes before the day ends, and left open."""
    page.clock.install(time=datetime.fromisoformat("2026-12-18T23:50:00-05:00"))
    page.goto(demo_url + LUNCH)
    step = page.locator(".nb-answers li", has_text="Choose a new password")
    # From here the clock stands still but for what the test lets pass.
    page.clock.pause_at(datetime.fromisoformat("2026-12-18T23:55:00-05:00"))
    assert step.is_visible()
    page.clock.run_for(timedelta(minutes=4, seconds=58) // timedelta(milliseconds=1))
    assert step.is_visible()
    page.clock.run_for(3_000)
    assert step.is_hidden()
    assert page.locator(".nb-over li", has_text="the last day was Dec 18, 2026").is_visible()


def test_a_reader_far_away_sees_the_districts_days(browser: Browser, demo_url: str) -> None:
    """In Tokyo it is the 25th already; the date is New York's, and so is “today”."""
    context = browser.new_context(timezone_id="Asia/Tokyo", locale="ja-JP")
    page = context.new_page()
    at(page, demo_url + READING, "2026-11-24T22:00:00-05:00")
    assert duty(page, "guardians electronically")[1] == "Tuesday, November 24, 2026 (today)"
    context.close()


def test_without_scripts_the_page_is_whole_and_true(browser: Browser, demo_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(demo_url + PAYROLL)
    assert "No later than Friday, January 29, 2027, 5:00" in page.inner_text(".nb-answers")
    assert page.locator(".nb-relative").count() == 0
    assert page.locator(".nb-search-button").is_hidden()
    assert page.locator(".nb-clock").count() == 2
    context.close()
