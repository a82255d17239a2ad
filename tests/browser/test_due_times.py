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


def banner(page: Page) -> str:
    return " ".join(
        page.locator(".nb-banner .nb-banner__line:visible").first.inner_text().replace("\u202f", " ").split()
    )


def ledger(page: Page, name: str) -> str:
    clock = page.locator(".nb-clock", has_text=name).first
    return " ".join(clock.locator("dl").inner_text().replace("\u202f", " ").split())


@pytest.mark.parametrize(
    ("moment", "due", "record"),
    [
        ("2026-11-21T12:00:00-05:00", "(in 3 days)", "Not yet recorded here"),
        ("2026-11-23T09:00:00-05:00", "(tomorrow)", "Not yet recorded here"),
        ("2026-11-24T09:00:00-05:00", "(today)", "Not yet recorded here"),
        ("2026-11-24T23:59:59-05:00", "(today)", "Not yet recorded here"),
        ("2026-11-25T00:00:00-05:00", "(yesterday)", "Not recorded here, and the date has passed"),
        ("2027-03-30T12:00:00-04:00", "(4 months ago)", "Not recorded here, and the date has passed"),
        ("2029-11-30T12:00:00-05:00", "(3 years ago)", "Not recorded here, and the date has passed"),
    ],
)
def test_two_business_days(moment: str, due: str, record: str, page: Page, demo_url: str) -> None:
    at(page, demo_url + READING, moment)
    assert ledger(page, "guardians electronically") == (
        f"Began Friday, November 20, 2026, 4:45 PM No later than Tuesday, November 24, 2026 {due} "
        f"On record {record} Law Conn. Gen. Stat. § 10-234dd(a)(3), as amended by P.A. 17-200 § 2"
    )
    assert banner(page).startswith("Families must be told no later than Nov 24, 2026")


@pytest.mark.parametrize(
    ("moment", "due", "record"),
    [
        ("2026-11-22T16:15:00-05:00", "(in 30 minutes)", "Not yet recorded here"),
        ("2026-11-22T04:45:00-05:00", "(in 12 hours)", "Not yet recorded here"),
        ("2026-11-22T16:45:00-05:00", "(this minute)", "Not yet recorded here"),
        ("2026-11-22T16:45:01-05:00", "(this minute)", "Not recorded here, and the date has passed"),
        ("2026-11-22T18:45:00-05:00", "(2 hours ago)", "Not recorded here, and the date has passed"),
    ],
)
def test_forty_eight_hours(moment: str, due: str, record: str, page: Page, demo_url: str) -> None:
    at(page, demo_url + READING, moment)
    assert f"No later than Sunday, November 22, 2026, 4:45 PM {due} On record {record}" in ledger(
        page, "its own promise"
    )


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-21T12:00:00-05:00", "Last day to enroll: Jan 29, 2027, 5:00 PM"),
        ("2027-01-29T17:00:00-05:00", "Last day to enroll: Jan 29, 2027, 5:00 PM"),
        ("2027-01-29T17:00:01-05:00", "Posted: Oct 20, 2026"),
    ],
)
def test_last_day_to_enroll(moment: str, said: str, page: Page, demo_url: str) -> None:
    at(page, demo_url + PAYROLL, moment)
    assert banner(page) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-12-18T23:59:59-05:00", "No later than Dec 18, 2026: Choose a new password for the lunch portal"),
        ("2026-12-19T00:00:00-05:00", "Last update: Oct 5, 2026"),
    ],
)
def test_step(moment: str, said: str, page: Page, demo_url: str) -> None:
    at(page, demo_url + LUNCH, moment)
    assert banner(page) == said


def test_an_open_page_turns_over_at_the_very_minute(page: Page, demo_url: str) -> None:
    """Nobody reloads: the page is opened ten minutes before the day ends, and left open."""
    page.clock.install(time=datetime.fromisoformat("2026-12-18T23:50:00-05:00"))
    page.goto(demo_url + LUNCH)
    # From here the clock stands still but for what the test lets pass.
    page.clock.pause_at(datetime.fromisoformat("2026-12-18T23:55:00-05:00"))
    assert banner(page).startswith("No later than Dec 18")
    page.clock.run_for(timedelta(minutes=4, seconds=58) // timedelta(milliseconds=1))
    assert banner(page).startswith("No later than Dec 18")
    page.clock.run_for(3_000)
    assert banner(page) == "Last update: Oct 5, 2026"


def test_a_reader_far_away_sees_the_districts_days(browser: Browser, demo_url: str) -> None:
    """In Tokyo it is the 25th already; the date is New York's, and so is “today”."""
    context = browser.new_context(timezone_id="Asia/Tokyo", locale="ja-JP")
    page = context.new_page()
    at(page, demo_url + READING, "2026-11-24T22:00:00-05:00")
    assert "Tuesday, November 24, 2026 (today)" in ledger(page, "guardians electronically")
    context.close()


def test_without_scripts_the_page_is_whole_and_true(browser: Browser, demo_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(demo_url + PAYROLL)
    assert banner(page) == "Last day to enroll: Jan 29, 2027, 5:00 PM"
    assert page.locator(".nb-relative").count() == 0
    assert page.locator(".nb-search-button").is_hidden()
    assert page.locator(".nb-clock").count() == 2
    context.close()
