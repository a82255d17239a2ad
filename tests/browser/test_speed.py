"""What a page costs its reader: bytes, requests, time on a slow phone, and no text that jumps.

The figures are promises, not today's measure; each failure tells what was measured.
"""

from __future__ import annotations

import gzip
import random
import re
import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from noticeboard.board.board import Board
from noticeboard.check.runner import FileChecker, Source, check_files
from noticeboard.i18n.language import Language
from noticeboard.law.statutes import Law
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.pages import board_pages
from noticeboard.pages.notice_pages import NoticePages
from noticeboard.render.formatter import Formatter
from noticeboard.render.renderer import Renderer
from noticeboard.settings import Settings
from noticeboard.site.search_index import indexing
from tests.browser.conftest import Zipping, serve
from tests.support import EXAMPLES, NOW
from tests.tools.bench import made_notices

pytestmark = pytest.mark.long

KB = 1000
IDS = sorted(path.stem for path in EXAMPLES.glob("*.yml"))
LOOKED_AT = ["", "notices/", "notices/2025-01-09-powerschool/", "es/notices/2026-11-20-reading-app/", "guide/"]

MADE = 300
"""Made notices on the large board."""


@pytest.fixture(scope="module")
def zipped_url(demo: Path) -> Iterator[str]:
    with serve(demo, Zipping) as url:
        yield url


class Traffic:
    """What a browser asked for, and the size of what it got."""

    def __init__(self, context: BrowserContext) -> None:
        self._requests: list[Request] = []
        context.on("request", lambda request: self._requests.append(request))

    def taken(self) -> dict[str, int]:
        """Return the sizes by address since the last time, as a server sends them."""
        found = {request.url: _sent(request) for request in self._requests if not request.url.startswith("data:")}
        self._requests.clear()
        return found


def _sent(request: Request) -> int:
    response = request.response()
    assert response, f"{request.url}: {request.failure}"
    if request.url.endswith(tuple(Zipping.TEXT)) or request.url.endswith("/"):
        return len(gzip.compress(response.body(), 6))
    return len(response.body())


def told(sizes: dict[str, int]) -> str:
    """Say what was sent, the largest first."""
    parts = sorted(sizes.items(), key=lambda part: -part[1])
    return "\n".join([f"{sum(sizes.values())} bytes", *(f"  {size} {url}" for url, size in parts)])


# The first view


@pytest.mark.parametrize("folder", ["", "es/"])
def test_a_notice_is_small(folder: str, browser: Browser, zipped_url: str) -> None:
    """Each notice, by somebody who never saw the site: at most 80 KB in 8 requests, all to the site itself."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    traffic, page = Traffic(context), context.new_page()
    for notice in IDS:
        # This server lets nothing be kept, so that each visit is a first one.
        page.goto(f"{zipped_url}{folder}notices/{notice}/", wait_until="load")
        page.wait_for_timeout(100)
        sizes = traffic.taken()
        assert sum(sizes.values()) <= 80 * KB, told(sizes)
        assert 5 <= len(sizes) <= 8, told(sizes)
        assert not [url for url in sizes if not url.startswith(zipped_url) or "search" in url or "pagefind" in url]
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_jumps(width: int, browser: Browser, demo_url: str) -> None:
    """What is read stays where it is, though the scripts come late; fonts and the room of pictures are there at once."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    # As on a slow line: the page is painted long before its scripts run.
    context.route("**/*.js", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    for address in LOOKED_AT:
        page.goto(demo_url + address, wait_until="networkidle")
        shifts = page.evaluate(SHIFTS)
        assert sum(shift["value"] for shift in shifts) <= 0.01, (address, shifts)
        unsized = (
            "[...document.images].filter((each) => !each.getAttribute('width') || !each.getAttribute('height')).length"
        )
        assert page.evaluate(f"[{unsized}, document.fonts.size]") == [0, 0], address
    context.close()


SHIFTS = """() => new Promise((resolve) => {
  const told = ({ node, previousRect: from, currentRect: to }) =>
    `${node?.cloneNode().outerHTML ?? node?.textContent}: ${[from.x, from.y, from.width, from.height]} to ${[to.x, to.y, to.width, to.height]}`;
  const found = [];
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) found.push({ value: each.value, moved: each.sources.map(told) });
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(found), 100);
})"""


# A slow phone

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""Slow 3G as Chrome has it: 400 kbit/s, and 400 ms until an answer begins."""


def test_a_notice_can_be_read_soon_on_a_slow_phone(browser: Browser, zipped_url: str) -> None:
    """Its title is painted within 2.5 seconds of the first byte. A busy machine only adds, so the quickest visit counts."""
    taken: list[float] = []
    while len(taken) < 5 and min(taken, default=9999) > 2500:
        taken.append(_first_read(browser, f"{zipped_url}es/notices/2025-01-09-powerschool/"))
    assert min(taken) <= 2500, taken


def _first_read(browser: Browser, address: str) -> float:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(PAINTED)
    page.goto(address, wait_until="commit")
    taken: float = page.evaluate("""async () => {
      while (!window.painted) await new Promise((resolve) => setTimeout(resolve, 20));
      return window.painted - performance.getEntriesByType("navigation")[0].responseStart;
    }""")
    context.close()
    return taken


PAINTED = """
// The first frame after something was painted in which the title stands on the screen.
const look = () => {
  const box = document.querySelector("article h1")?.getBoundingClientRect();
  const isPainted = performance.getEntriesByName("first-contentful-paint").length > 0;
  if (isPainted && box?.height && box.top < innerHeight) window.painted = performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


PHONE = {"offline": False, "latency": 150, "downloadThroughput": 204_800, "uploadThroughput": 93_750}
"""Slow 4G as page audits have it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms until an answer begins."""


@pytest.mark.parametrize("address", [*LOOKED_AT, "post/", "record/", "faq/"])
def test_a_page_is_there_and_listens_soon(address: str, browser: Browser, zipped_url: str) -> None:
    """On a phone's line, with this machine's processor: the largest piece is painted within 2.5 s, and scripts that take
    long are in the way for at most 200 ms in all. A busy machine only adds, so the quickest visit counts.
    """
    tries: list[dict[str, float]] = []
    while len(tries) < 5 and not any(each["largest"] <= 2500 and each["blocked"] <= 200 for each in tries):
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", PHONE)
        page.add_init_script(TASKS)
        page.goto(zipped_url + address, wait_until="networkidle")
        tries.append(page.evaluate(AUDITED))
        context.close()
    assert any(0 < each["largest"] <= 2500 and each["blocked"] <= 200 for each in tries), tries


TASKS = (
    "new PerformanceObserver((list) => (window.tasks ??= []).push(...list.getEntries())).observe({ type: 'longtask' })"
)
AUDITED = """async () => {
  const largest = await new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
      .observe({ type: "largest-contentful-paint", buffered: true });
  });
  const painted = performance.getEntriesByName("first-contentful-paint")[0].startTime;
  // Only what is longer than 50 ms is in a reader's way.
  const late = (window.tasks ?? []).filter((task) => task.startTime + task.duration > painted);
  return { largest, blocked: late.reduce((sum, task) => sum + Math.max(0, task.duration - 50), 0) };
}"""


# A large board


@pytest.fixture(scope="module")
def large(demo: Path, site_settings: Settings, law: Law, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample site with the search and the filters of a board of three hundred."""
    folder = tmp_path_factory.mktemp("large")
    made_notices.write(folder / "notices", MADE)
    sources = [Source(path.name, path.read_bytes()) for path in sorted((folder / "notices").iterdir())]
    checked = check_files(sources, FileChecker(site_settings, law, NOW))
    renderer = Renderer(Formatter(site_settings, law, Language("en", site_settings.zone)))
    board, pages = Board.build(checked.notices, law, NOW), NoticePages.load(renderer, NOW)
    views = [NoticeView(posted, renderer.formatter) for posted in board.notices]
    texts = [pages.search_document(view) for view in views]
    # In no order: a regular list of pages would be squeezed more than a true one.
    random.Random(20261122).shuffle(texts)
    for number, text in enumerate(texts):
        path = folder / f"searched/notices/{number:05}/index.html"
        path.parent.mkdir(parents=True)
        # A word of its own each, as many notices have.
        path.write_text(text.replace("</h1>", f" case{number}</h1>"), "utf-8")
    shutil.copytree(demo, folder / "site", ignore=shutil.ignore_patterns("pagefind", "rows.json"))
    index = board_pages.filter_index(map(board_pages.filter_row, views), renderer)
    (folder / "site/notices/rows.json").write_text(index, "utf-8")
    with indexing(folder / "searched", folder / "site/pagefind"):
        pass
    with serve(folder / "site", Zipping) as url:
        yield url


@pytest.mark.xdist_group("many")
def test_a_search_through_hundreds_is_small(context: BrowserContext, page: Page, large: str) -> None:
    """The first query with all that the search needs: at most 250 KB; each one after it: at most 60 KB."""
    page.goto(large, wait_until="networkidle")
    traffic = Traffic(context)
    page.keyboard.press("/")
    found = page.locator(".nb-search__status")
    for query, limit in [
        ("password", 250),
        ("keys of the company", 60),
        ("health plan bills", 60),
        ("case211", 60),
        ('"copied password"', 60),
    ]:
        found.evaluate("status => status.textContent = ''")
        page.get_by_role("searchbox").fill(query)
        expect(found).to_have_text(re.compile("pages? found"), timeout=10_000)
        sizes = traffic.taken()
        assert sum(sizes.values()) <= limit * KB, (query, told(sizes))


@pytest.mark.xdist_group("many")
def test_filters_answer_at_once(page: Page, large: str) -> None:
    """A choice among hundreds is painted within 100 ms; within a second, the first time, with what must be loaded."""
    page.goto(large + "notices/", wait_until="networkidle")
    choices = page.locator("[data-nb-choices] option:not([value=''])").evaluate_all(
        "all => all.map((each) => [each.closest('select').name, each.value])"
    )
    some = choices[:: max(1, len(choices) // 8)]
    first = page.evaluate(CHOOSE, some[0])
    # A busy machine only adds: of three tries the quickest counts.
    others = [min((page.evaluate(CHOOSE, each) for _ in range(3)), key=lambda tried: tried["taken"]) for each in some]
    assert first["taken"] <= 1000, first
    assert statistics.median(each["taken"] for each in others) <= 100, others
    assert max(each["rows"] for each in others) == 50


CHOOSE = """async ([name, value]) => {
  const select = document.querySelector(`[data-nb-choices] [name="${name}"]`);
  const status = document.querySelector(".nb-filter__status");
  for (const each of document.querySelectorAll("[data-nb-choices] select")) each.value = "";
  status.textContent = "";
  select.value = value;
  const start = performance.now();
  select.dispatchEvent(new Event("change", { bubbles: true }));
  while (!status.textContent) await new Promise((resolve) => setTimeout(resolve));
  // The list is in the page; what follows the next frame comes after it was painted.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return { name, value, taken: performance.now() - start, rows: document.querySelectorAll("[data-nb-found] > li").length, said: status.textContent };
}"""
