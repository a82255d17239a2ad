"""Every kind of page that the site has, and every state that a reader can bring it into: what tests and pictures look at."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import serve
from tests.browser.typist import open_step
from tests.support import EXAMPLES, FLAGS, NOW, ROOT, build
from tests.tools.get_chromium import find

LANGUAGES = ("", "es/", "pt/")
"""The folders of the site's languages."""


@contextmanager
def open_sites() -> Iterator[tuple[Browser, Mapping[bool, str]]]:
    """Build the sample site and the empty one, and serve them: a browser, and each one's address by whether it is empty."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        demo, empty = Path(name) / "demo", Path(name) / "empty"
        for target, notices, samples in ((demo, EXAMPLES, "true"), (empty, ROOT / "notices", "false")):
            done = build(target, notices, SAMPLES=samples, SITE_URL="https://example.github.io/board/")
            assert done.returncode == 0, done.stderr
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        with serve(demo) as demo_url, serve(empty) as empty_url:
            yield browser, {False: demo_url, True: empty_url}
        browser.close()


def _nothing(page: Page) -> None:
    pass


def _open_search(page: Page) -> None:
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("powerschool")
    expect(page.locator(".nb-search__results a").first).to_be_visible(timeout=20_000)


def _open_empty_search(page: Page) -> None:
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("xylophone quartz")
    expect(page.locator(".nb-search__status")).not_to_be_empty(timeout=20_000)


def _open_menu(page: Page) -> None:
    summary = page.locator(".nb-menu > summary")
    if summary.is_visible():
        summary.click()


def _wait_for_filter(page: Page) -> None:
    expect(page.locator(".nb-filter__status")).not_to_be_empty(timeout=20_000)


def _wait_for_answer(page: Page) -> None:
    expect(page.locator("[data-nb-answer] p").first).to_be_visible(timeout=20_000)


def _wait_for_form(page: Page) -> None:
    page.wait_for_selector("[data-is-ready]")


def _propose_too_early(page: Page) -> None:
    """All that is missing is said beside each question, and in a list."""
    _wait_for_form(page)
    page.locator("[data-step]:not([hidden]) [data-next]").click()
    expect(page.locator(".nb-field__problem:visible").first).to_be_visible(timeout=20_000)


def _look_too_early(page: Page) -> None:
    """The last step, with all that is missing and a find."""
    _wait_for_form(page)
    page.locator("[data-field=contractor] input").fill("Company 412-88-9013")
    open_step(page, 6)
    expect(page.locator("[data-find-list] li").first).to_be_visible(timeout=20_000)


def _fill_form(page: Page) -> None:
    """Enough for clocks, a preview and a file."""
    _wait_for_form(page)
    for name, text in (
        ("title", "Breach at a company"),
        ("summary", "A company told us."),
        ("contractor", "Company"),
        ("discovered", "2026-11-16"),
        ("received", "2026-11-20 16:45"),
        ("what_happened", "**Text** with\n\n- a list"),
    ):
        field = f"[data-step] > [data-field={name}]"
        open_step(page, int(page.locator(f"[data-step]:has(> [data-field={name}])").get_attribute("data-step") or 0))
        page.locator(field).locator("input, textarea").fill(text)
    open_step(page, 3)
    page.locator("[data-list=affected] select").first.select_option("students")
    page.locator("[data-list=affected] input[value=name]").first.check()
    open_step(page, 6)
    page.locator("summary", has=page.locator("xpath=following-sibling::ul[@data-clocks]")).click()
    expect(page.locator("[data-clock]").first).to_be_visible(timeout=20_000)


@dataclass(frozen=True)
class Kind:
    """One kind of page, in one state."""

    address: str
    bring: Callable[[Page], None] = _nothing
    """Brings the open page into the state."""
    is_empty: bool = False
    """On the site as it ships, without a notice."""
    later: timedelta = timedelta()
    """How long after the build it is read."""
    is_translated: bool = True
    has_theme: bool = True
    """Whether the site's header and footer are around it."""


KINDS = {
    "home": Kind(""),
    "home-empty": Kind("", is_empty=True),
    "home-stale": Kind("", later=timedelta(hours=4)),
    "menu": Kind("guide/how-to-report/", _open_menu),
    "search": Kind("", _open_search),
    "search-nothing": Kind("guide/", _open_empty_search),
    "board": Kind("notices/"),
    "board-empty": Kind("notices/", is_empty=True),
    "board-filtered": Kind("notices/?school=example-high-school", _wait_for_filter),
    "board-nothing": Kind("notices/?contractor=powerschool&status=withdrawn", _wait_for_filter),
    "by-year": Kind("notices/2025/"),
    "by-school": Kind("notices/by/school/example-high-school/"),
    "by-company": Kind("notices/by/contractor/powerschool/"),
    "notice-investigating": Kind("notices/2026-11-20-reading-app/"),
    "notice-contained": Kind("notices/2025-01-09-powerschool/"),
    "notice-corrected": Kind("notices/2026-09-22-portal-passwords/"),
    "notice-resolved": Kind("notices/2020-09-08-ransomware/"),
    "notice-withdrawn": Kind("notices/2026-03-02-wrong-list/"),
    "guide": Kind("guide/"),
    "guide-page": Kind("guide/how-to-report/"),
    "guide-table": Kind("guide/penalties/"),
    "breach-process": Kind("breach-process/"),
    "faq": Kind("faq/"),
    "contacts": Kind("resources/"),
    "subscribe": Kind("subscribe/"),
    "verify": Kind("verify/"),
    "verify-found": Kind("verify/?code=667w-pw9z", _wait_for_answer),
    "verify-nothing": Kind("verify/?code=9999-9999", _wait_for_answer),
    "post": Kind("post/", _wait_for_form),
    "post-errors": Kind("post/", _propose_too_early),
    "post-look": Kind("post/", _look_too_early),
    "post-filled": Kind("post/", _fill_form),
    "post-add": Kind("post/?notice=2026-11-12-bus-routes", _wait_for_form),
    "data": Kind("data/"),
    "record": Kind("record/"),
    "record-empty": Kind("record/", is_empty=True),
    "not-found": Kind("no/such/page", is_translated=False),
    "posting": Kind("posting/", is_translated=False),
}
"""By a short name. A notice that isn't translated is in Spanish and Portuguese among those of `notice-…`."""


def each() -> list[tuple[str, str]]:
    """List every kind in every language that has it: its name, and the language's folder."""
    return [(name, folder) for name, kind in KINDS.items() for folder in LANGUAGES if kind.is_translated or not folder]


def some() -> list[tuple[str, str]]:
    """List every kind in English, and in one of the other languages in turns."""
    others = [folder for folder in LANGUAGES if folder]
    return [
        (name, folder)
        for number, (name, kind) in enumerate(KINDS.items())
        for folder in ("", *([others[number % len(others)]] if kind.is_translated else []))
    ]


def visit(page: Page, roots: Mapping[bool, str], name: str, folder: str = "", *, unfold: bool = True) -> None:
    """Open a page and bring it into its state; `roots` has the sites' addresses by `is_empty`.

    Whatever is folded is opened, so that all that the page has is looked at.
    """
    kind = KINDS[name]
    page.clock.set_fixed_time(NOW + kind.later)
    page.goto(roots[kind.is_empty] + folder + kind.address)
    kind.bring(page)
    if unfold:
        page.evaluate("document.querySelectorAll('details:not(.nb-menu)').forEach((each) => { each.open = true; })")
