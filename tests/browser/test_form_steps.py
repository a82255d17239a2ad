"""The form at /post/ as a school secretary meets it: six steps, a clock in view, plain words, and nothing up by mistake."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from noticeboard.check import runner
from noticeboard.check.runner import Source
from noticeboard.law.statutes import Law
from noticeboard.notice import strict_yaml
from noticeboard.post.steps import COMMON_DATA, STEPS
from noticeboard.settings import Settings
from tests.browser.typist import NEW, Typist, open_step
from tests.support import EXAMPLES, NOW, golden

DRAFT = "noticeboard-draft /board/"


@pytest.fixture
def form(page: Page, empty_url: str) -> Page:
    return opened(page, empty_url)


def opened(page: Page, root: str, query: str = "") -> Page:
    page.clock.set_fixed_time(NOW)
    page.goto(f"{root}post/{query}")
    page.wait_for_selector("[data-is-ready]")
    return page


def settled(page: Page) -> None:
    """Wait until what was typed was looked at."""
    page.wait_for_timeout(300)


def problem(page: Page, name: str) -> str:
    return page.locator(f"{NEW} [data-field={name}] .nb-field__problem").first.inner_text()


# The clock


def test_the_clock_comes_first_and_stays_in_view(form: Page) -> None:
    line = form.locator("[data-deadline]")
    assert line.inner_text() == "Say when their notice reached you: the time to post runs from then."
    form.fill(f"{NEW} [data-field=received] input", "Nov 20, 2026 3:10 PM")
    form.keyboard.press("Tab")
    # The district's own 48 hours end before the second business day does.
    assert line.inner_text() == "Post by Sunday, November 22, 3:10 PM"
    form.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    assert form.evaluate("""() => {
      const box = document.querySelector('[data-deadline]').getBoundingClientRect();
      const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return Boolean(hit?.closest('[data-deadline]'));
    }""")


@pytest.mark.parametrize(
    ("who", "data", "line"),
    [
        ("students", "name", "Post by Sunday, November 22, 3:10 PM"),
        # The law on students' data says nothing of staff; § 36a-701b has days for telling them.
        ("staff", "ssn", "Tell the people affected no later than Tuesday, January 19"),
        ("staff", "name", "The law sets no time to post for this. Post as soon as you know enough."),
    ],
)
def test_the_clock_goes_by_whose_data_it_is(form: Page, who: str, data: str, line: str) -> None:
    form.fill(f"{NEW} [data-field=received] input", "Nov 20, 2026 3:10 PM")
    open_step(form, 3)
    form.locator("[data-list=affected] select").first.select_option(who)
    form.locator(f"[data-list=affected] input[value={data}]").first.check()
    expect(form.locator("[data-deadline]")).to_have_text(line)


def test_a_time_that_has_passed_is_said(form: Page) -> None:
    form.fill(f"{NEW} [data-field=received] input", "Nov 2, 2026 3:10 PM")
    form.keyboard.press("Tab")
    assert form.inner_text("[data-deadline]") == "Post now. The time was Wednesday, November 4, 3:10 PM."


def test_the_clock_covers_no_field(form: Page) -> None:
    """On a phone, forwards and backwards, whatever has the focus is seen."""
    form.fill(f"{NEW} [data-field=received] input", "Nov 20, 2026 3:10 PM")
    open_step(form, 2)
    for key in ["Tab"] * 8 + ["Shift+Tab"] * 8:
        form.keyboard.press(key)
        assert form.evaluate("""() => {
          const clock = document.querySelector('[data-deadline]').getBoundingClientRect();
          const box = document.activeElement.getBoundingClientRect();
          return !document.activeElement.closest('.nb-post') || box.top >= clock.bottom - 1;
        }"""), form.evaluate("document.activeElement.outerHTML.slice(0, 100)")


# Steps and errors


def test_an_untouched_form_shows_no_error(form: Page) -> None:
    """Nor while someone only walks through it with Tab."""
    assert form.locator(":is(.nb-field__problem, .nb-post__error):visible, [aria-invalid]").count() == 0
    for _ in range(40):
        form.keyboard.press("Tab")
    settled(form)
    assert form.locator(":is(.nb-field__problem, .nb-post__error):visible, [aria-invalid]").count() == 0


def test_errors_come_when_a_field_or_a_step_is_left(form: Page) -> None:
    form.fill(f"{NEW} [data-field=received] input", "last week")
    settled(form)
    assert form.locator(".nb-field__problem:visible").count() == 0
    form.keyboard.press("Tab")
    assert "Write a day like 9/14/2026" in problem(form, "received")
    turn = form.locator("[data-step='1'] [data-next]")
    turn.click()
    assert form.locator(".nb-field__problem:visible").count() == 2
    assert form.evaluate("document.activeElement.closest('.nb-field').dataset.field") == "received"
    assert turn.inner_text() == "Continue anyway"
    turn.click()
    assert form.inner_text("h2:focus") == "Step 2 of 6: Dates"
    assert form.locator(".nb-field__problem:visible").count() == 0
    form.locator("[data-steps] summary").click()
    assert form.locator("[data-go='1'] + span").inner_text() == "2 to fix"
    form.go_back()
    assert form.is_visible("[data-step='1']")


def test_each_step_asks_for_the_needed_first(form: Page) -> None:
    """What can be added later is folded below its own heading."""
    for number, step in enumerate(STEPS, 1):
        open_step(form, number)
        section = form.locator(f"[data-step='{number}']")
        assert section.get_by_role("heading", level=2).inner_text() == f"Step {number} of 6: {step.title}"
        for name in step.later:
            later = form.locator(
                f"[data-step='{number}'] .nb-post__later :is([data-field={name}], [data-part={name}], [data-list={name}])"
            )
            assert later.count() >= 1
            assert not later.first.is_visible()
        section.locator(".nb-post__later > summary").click()
        assert section.locator(".nb-post__later").get_attribute("open") is not None


def test_blanks_begin_the_texts_and_may_not_stay(form: Page) -> None:
    title, happened = (
        f"{NEW} section > [data-field={name}] :is(input, textarea)" for name in ("title", "what_happened")
    )
    assert form.input_value(happened) == "[COMPANY] told us on [DATE] that [WHAT HAPPENED]."
    form.fill(f"{NEW} [data-field=contractor] input", "Acme")
    form.fill(f"{NEW} [data-field=received] input", "11/20/2026 3:10 PM")
    form.locator("[data-step='1'] [data-next]").click()
    assert form.input_value(title) == "Data breach at Acme"
    assert form.input_value(happened) == "Acme told us on November 20, 2026 that [WHAT HAPPENED]."
    open_step(form, 6)
    assert "[WHAT HAPPENED] still has to be filled in." in form.inner_text("[data-problems]")
    assert "No problem found" not in form.inner_text("[data-status]")
    # What somebody wrote stays, whatever the company is called then.
    open_step(form, 4)
    form.fill(title, "Our own title")
    open_step(form, 1)
    form.fill(f"{NEW} [data-field=contractor] input", "Other")
    settled(form)
    assert form.input_value(title) == "Our own title"


def test_our_own_systems_ask_for_no_company(form: Page) -> None:
    form.check("[name=mode][value=own]")
    assert not form.is_visible(f"{NEW} [data-field=received]")
    assert not form.is_visible(f"{NEW} [data-field=contractor]")
    assert "contractor: none" in (form.text_content("[data-file]") or "")
    assert form.input_value(f"{NEW} section > [data-field=what_happened] textarea").startswith("On [DATE] we found")


# What people write by hand


def test_dates_are_read_as_written(form: Page) -> None:
    """Browser and command read the same handwriting."""
    cases = golden("handwritten_dates")
    today = "2026-11-25"
    for kind, texts in cases.items():
        reading = {"today": today, "isAhead": kind == "ahead", "isPartial": kind in {"when", "delay"}}
        found = form.evaluate(
            "async ([texts, reading]) => { const { asWrittenInFiles } = await import(new URL('../assets/post/handwritten_dates.js', location.href));"
            " return texts.map((text) => asWrittenInFiles(text, reading)); }",
            [list(texts), reading],
        )
        assert dict(zip(texts, found, strict=True)) == texts, kind


@pytest.mark.parametrize(
    ("typed", "said", "in_file"),
    [
        ("11/20/2026", "We read this as Friday, November 20, 2026.", "2026-11-20"),
        ("Nov 20", "We read this as Friday, November 20, 2026.", "2026-11-20"),
        ("November 20 2026 3 pm", "We read this as Friday, November 20, 2026, 3:00 PM.", "2026-11-20 15:00"),
    ],
)
def test_the_form_says_how_it_reads_a_date(form: Page, typed: str, said: str, in_file: str) -> None:
    field = f"{NEW} [data-field=received]"
    form.fill(f"{field} input", typed)
    form.keyboard.press("Tab")
    assert form.inner_text(f"{field} .nb-field__note") == said
    assert form.input_value(f"{field} input") == typed
    assert f"received: {in_file}\n" in (form.text_content("[data-file]") or "")


@pytest.mark.parametrize(
    ("typed", "said", "in_file"),
    [
        ("about 200", "Write only a whole number, like 200. If nobody has counted yet, write unknown.", "about 200"),
        ("1,250", "", "1250"),
        ("less than 10", "", "fewer than 10"),
    ],
)
def test_a_count_is_answered_plainly(form: Page, typed: str, said: str, in_file: str) -> None:
    open_step(form, 3)
    form.locator("[data-list=affected] input[value=name]").first.check()
    form.fill("[data-field=count] input", typed)
    form.keyboard.press("Tab")
    assert problem(form, "count") == said
    assert f"count: {in_file}\n" in (form.text_content("[data-file]") or "")


def test_kinds_of_data_are_searched(form: Page) -> None:
    """The commonest are in view, Social Security numbers among them; a word finds the others, Enter chooses."""
    open_step(form, 3)
    field = form.locator("[data-list=affected] [data-field=data]").first
    shown = field.locator("label[data-code]:visible")
    assert [each.get_attribute("data-code") for each in shown.all()] == list(COMMON_DATA)
    assert "ssn" in COMMON_DATA
    search = field.locator("[data-code-search]")
    search.fill("passp")
    assert [each.get_attribute("data-code") for each in shown.all()] == ["passport"]
    search.press("Enter")
    assert field.locator("input[value=passport]").is_checked()
    assert field.locator("[data-found]").inner_text() == "Chosen: passport number"
    assert search.input_value() == ""
    search.fill("zebra")
    assert "Nothing found" in field.locator("[data-found]").inner_text()
    search.fill("")
    assert field.locator("input[value=passport]").is_visible()


# Personal data


def test_a_find_waits_for_its_writers_word(form: Page, page: Page) -> None:
    """GitHub's address holds the text: none is made before each find is gone, or said to be no person's."""
    form.fill(f"{NEW} [data-field=contractor] input", "Acme")
    open_step(form, 4)
    form.fill(f"{NEW} section > [data-field=what_happened] textarea", "See case 412-88-9013. Call 203-555-0199.")
    open_step(form, 6)
    assert form.inner_text("[data-status]").startswith("Looks like personal data: 2")
    assert "rgb" in form.eval_on_selector("[data-status]", "(each) => getComputedStyle(each).color")
    finds = form.locator("[data-find-list] li")
    assert "Social Security number" in finds.nth(0).inner_text()
    assert "412" not in form.inner_text("[data-last]")
    pages: list[str] = []
    form.context.on("page", lambda other: pages.append(other.url))
    form.click("[data-open]")
    assert (pages, form.get_attribute("[data-open]", "href")) == ([], "#post-propose")
    # “Removed” while it is still there does not help.
    finds.nth(0).get_by_label("Removed").check()
    assert "It is still in the text" in finds.nth(0).inner_text()
    assert form.inner_text("[data-status]").startswith("Looks like personal data: 2")
    finds.nth(1).get_by_label("Not about a person").check()
    assert form.inner_text("[data-status]").startswith("Looks like personal data: 1")
    finds.nth(0).get_by_role("button").click()
    form.fill(f"{NEW} section > [data-field=what_happened] textarea", "See the case. Call 203-555-0199.")
    open_step(form, 6)
    assert finds.count() == 1
    assert "personal data" not in form.inner_text("[data-status]")
    # It is asked anew once the text has another number.
    open_step(form, 4)
    form.fill(f"{NEW} section > [data-field=what_happened] textarea", "See the case. Call 203-555-0188.")
    open_step(form, 6)
    assert form.inner_text("[data-status]").startswith("Looks like personal data: 1")


def test_a_whole_notice_goes_up_after_its_finds_are_settled(form: Page) -> None:
    data = dict(strict_yaml.read((EXAMPLES / "2020-09-08-ransomware.yml").read_bytes(), "x").data)
    data["what_happened"] += "\nCall 203-555-0199."
    form.evaluate("([key, data]) => localStorage.setItem(key, JSON.stringify({ data }))", [DRAFT, data])
    form.reload()
    form.wait_for_selector("[data-is-ready]")
    open_step(form, 6)
    assert form.inner_text("[data-status]") == "Looks like personal data: 1"
    assert form.get_attribute("[data-open]", "href") == "#post-propose"
    form.locator("[data-find-list]").get_by_label("Not about a person").check()
    assert form.inner_text("[data-status]").startswith("No other problem found.")
    assert (form.get_attribute("[data-open]", "href") or "").startswith("https://github.com/example/board/new/main?")


HOSTILE = ["[a](", "[a](b ", "[\\a", "**a ", "*a**b", "`", "<a ", "![", "[a]: ", "- ", " ", "### a ", "_a ", "a|", "[a][", "***a", "| - ", "x@y.", "1 2 "]  # fmt: skip
GROWTH = """async ([part, lengths]) => {
  const { lossesOf, rendered } = await import(new URL('../assets/post/markdown.js', location.href));
  return lengths.map((length) => {
    const text = part.repeat(length / part.length);
    const took = [0, 1].map(() => { const start = performance.now(); lossesOf(text); rendered(text); return performance.now() - start; });
    return Math.min(...took);
  });
}"""


@pytest.mark.parametrize("part", HOSTILE)
def test_time_grows_with_the_text_and_no_faster(form: Page, part: str) -> None:
    """Twice the text takes about twice the time: no pattern is tried in more and more ways. (Cubic: 64 times as long.)"""
    form.clock.resume()
    short, long = form.evaluate(GROWTH, [part, [4_000, 16_000]])
    assert long < 3_000, long
    assert long < max(150, short * 9), (short, long)


def test_a_text_that_is_too_long_is_told_plainly(form: Page) -> None:
    open_step(form, 4)
    form.fill(f"{NEW} section > [data-field=what_happened] textarea", "[a](" * 50_000)
    form.keyboard.press("Tab")
    settled(form)
    assert problem(form, "what_happened").startswith("This text is too long for the form: at most 20000 characters")
    assert "This text is too long to show." in (form.text_content("[data-preview]") or "")


# Drafts, additions, and the way to GitHub


def test_a_draft_is_kept_cleared_and_brought_back(form: Page) -> None:
    contractor = f"{NEW} [data-field=contractor] input"
    form.fill(contractor, "A company")
    settled(form)
    assert re.search(r"^Draft saved 1?\d:\d\d\s[AP]M", form.inner_text("[data-draft]"))
    form.reload()
    form.wait_for_selector("[data-is-ready]")
    assert form.input_value(contractor) == "A company"
    form.click("[data-clear]")
    form.click("[data-clear-no]")
    assert form.input_value(contractor) == "A company"
    form.click("[data-clear]")
    form.click("[data-clear-yes]")
    assert form.input_value(contractor) == ""
    assert form.evaluate(f"localStorage.getItem('{DRAFT}')") is None
    form.click("[data-undo]")
    assert form.input_value(contractor) == "A company"
    form.click("[data-clear]")
    form.click("[data-clear-yes]")
    form.reload()
    form.wait_for_selector("[data-is-ready]")
    assert form.input_value(contractor) == ""


def test_posted_notices_are_offered_by_name(page: Page, demo_url: str) -> None:
    form = opened(page, demo_url)
    form.check("[name=mode][value=add]")
    names = form.locator("[data-notice-name] option").all_inner_texts()
    assert len(names) == 1 + len(list(EXAMPLES.glob("*.yml")))
    assert names[1] == "Reading app breach (Friday, November 20, 2026, 6:10\u202fPM)"
    form.select_option("[data-notice-name] select", "2026-11-12-bus-routes")
    expect(form.locator("[data-update]")).to_be_visible()
    assert form.locator(".nb-field__problem:visible").count() == 0
    assert not form.is_visible(NEW)
    form.click("[data-leave]")
    assert form.is_visible(NEW)


def test_the_end_shows_three_clicks(form: Page) -> None:
    open_step(form, 6)
    clicks = form.locator(".nb-post__clicks li")
    assert clicks.count() == 3
    assert clicks.locator("svg").count() == 3
    assert [each.split("“")[1].split("”")[0] for each in clicks.all_inner_texts()] == [
        "Commit changes…", "Create a new branch", "Create pull request",
    ]  # fmt: skip


def test_the_preview_is_beside_the_form_or_a_step(form: Page) -> None:
    """On a phone it comes with the last step; on a wide screen it is always there, as wide as a phone."""
    assert not form.is_visible("[data-preview]")
    open_step(form, 6)
    assert form.is_visible("[data-preview]")
    open_step(form, 1)
    form.set_viewport_size({"width": 1280, "height": 900})
    box, left = form.locator(".nb-phone").bounding_box(), form.locator("[data-step='1']").bounding_box()
    assert box
    assert left
    assert box["width"] <= 400
    assert box["x"] >= left["x"] + left["width"]


# Presses of Tab

BEFORE = {
    "2026-11-20-reading-app": 120,
    "2026-10-20-staff-payroll": 187,
    "2022-09-05-own-systems": 187,
    "2026-11-12-bus-routes": 252,
}
"""How often Tab was pressed for the same answers in the form of one page, from the top of the page to the button."""


@pytest.mark.parametrize("name", BEFORE)
def test_a_real_incident_takes_half_the_presses_of_tab(
    form: Page, name: str, site_settings: Settings, law: Law
) -> None:
    """All that is needed on the first day, typed from the top of the page to the button; the file passes the check."""
    whole: dict[str, Any] = strict_yaml.read((EXAMPLES / f"{name}.yml").read_bytes(), name).data
    data = {key: value for key, value in whole.items() if any(key in step.needed for step in STEPS)}
    typist = Typist(form)
    typist.fill(data)
    typist.focus("[data-open]")
    settled(form)
    source = Source(f"notices/{name}.yml", (form.text_content("[data-file]") or "").encode())
    settings = site_settings.model_copy(update={"samples": True})
    checked = runner.check_files([source], runner.FileChecker(settings, law, NOW))
    assert not [each for each in checked.problems if each.severity == "error"], checked.problems
    assert form.inner_text("[data-status]") == "No problem found."
    assert typist.tabs <= BEFORE[name] / 2
