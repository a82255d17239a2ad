"""What a page may do: its policy holds in a real browser, the site lives within it, and it keeps nothing of its readers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Response, Route, expect

from tests.browser.conftest import Handler, serve
from tests.browser.typist import open_step
from tests.support import NOW, PROJECT, ROOT, Counted

pytestmark = pytest.mark.long

KINDS = [
    "",
    "notices/",
    "notices/2025/",
    "notices/2025-01-09-powerschool/",
    "notices/2026-03-02-wrong-list/",
    "notices/by/school/example-high-school/",
    "guide/",
    "guide/penalties/",
    "breach-process/",
    "faq/",
    "resources/",
    "post/",
    "verify/?code=667w-pw9z",
    "subscribe/",
    "data/",
    "record/",
]
"""A page of each kind, in each language."""
ALONE = ["posting/", "no/such/page"]

LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => refused.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""


class Watched:
    """A reader's browser, and all that it complained of, asked for, or was refused."""

    def __init__(self, context: BrowserContext, root: str) -> None:
        self.root = root
        self.asked: list[str] = []
        self.complaints: list[str] = []
        context.add_init_script(LISTEN)
        context.on("request", lambda request: self.asked.append(request.url))
        context.on(
            "console", lambda message: self._tell(message.text) if message.type in {"error", "warning"} else None
        )
        context.on("response", self._answered)
        context.on("weberror", lambda error: self._tell(str(error.error)))
        self.context, self.page = context, context.new_page()

    def _tell(self, text: str) -> None:
        # Only a page that isn't there may say so.
        if "status of 404" not in text:
            self.complaints.append(f"{self.page.url}: {text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.complaints.append(f"{response.status} {response.url}")

    def goto(self, address: str) -> Page:
        self.page.goto(self.root + address)
        return self.page

    def look(self) -> None:
        """Hold against it all that happened until now."""
        assert self.page.evaluate("window.refused") == [], self.page.url
        assert not self.complaints
        assert not [url for url in self.asked if not url.startswith((self.root, "data:", "blob:"))]

    def kept(self) -> set[str]:
        """Return the names of all that the browser keeps for this site."""
        assert self.context.cookies() == []
        return set(
            self.page.evaluate(
                "async () => [...Object.keys(localStorage), ...Object.keys(sessionStorage).map((key) => `session ${key}`),"
                " ...await caches.keys(), ...(await indexedDB.databases()).map((each) => each.name)]"
            )
        )


@pytest.fixture
def watched(context: BrowserContext, demo_url: str) -> Watched:
    return Watched(context, demo_url)


@pytest.mark.parametrize("folder", ["", "es/", "pt/"])
def test_every_kind_of_page_lives_within_its_policy(folder: str, watched: Watched, counted: Counted) -> None:
    """Nothing is refused, nothing comes from elsewhere, and looking around leaves nothing in the browser."""
    for address in [folder + kind for kind in KINDS] + ([] if folder else ALONE):
        page = watched.goto(address)
        assert page.locator("meta[http-equiv=Content-Security-Policy]").count() == 1, address
        assert page.evaluate("document.referrer") == "", address
        watched.look()
        counted("pages visited within their policy: nothing refused, asked elsewhere or kept", 1)
    assert watched.kept() == set()


def test_everything_works_within_the_policy(watched: Watched) -> None:
    """Search, filters, the letter check, the form with its draft, preview and download, and the colors."""
    page = watched.goto("notices/")
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("powerschool")
    expect(page.locator(".nb-search__status")).to_contain_text("found", timeout=10_000)
    page.keyboard.press("Escape")
    page.locator("[data-nb-choices] select").first.select_option(index=1)
    expect(page.locator(".nb-filter__status")).not_to_be_empty()
    watched.look()
    page = watched.goto("verify/")
    page.locator("[data-nb-verify] input").fill("667w pw9z")
    page.keyboard.press("Enter")
    expect(page.locator("[data-nb-answer] a")).to_be_visible()
    watched.look()
    assert watched.kept() == set()
    _write(watched)
    assert watched.kept() == {"noticeboard-draft /board/"}
    page = watched.goto("es/")
    page.locator("label[for=__palette_1]").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.locator("label[for=__palette_2]").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    # The next page, at another depth, has it before anything else ran.
    page.route("**/*.js", lambda route: route.abort())
    watched.page.goto(watched.root + "notices/2025-01-09-powerschool/", wait_until="commit")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert watched.kept() == {"noticeboard-draft /board/", "/board/.__palette"}


def _write(watched: Watched) -> None:
    page = watched.goto("post/")
    page.wait_for_selector("[data-is-ready]")
    open_step(page, 4)
    page.locator("[data-step] > [data-field=title] input").fill("A breach")
    open_step(page, 6)
    expect(page.locator("[data-preview]")).to_contain_text("A breach")
    with page.expect_download() as download:
        page.locator("[data-download]").click()
    assert "title: A breach" in Path(download.value.path()).read_text("utf-8")
    watched.look()


INJECTED = """<script>window.canary = "script"</script>
<script src="https://elsewhere.example/x.js"></script>
<img src="data:," onerror="window.canary = 'handler'">
<img src="https://elsewhere.example/x.png">
<iframe src="https://elsewhere.example/"></iframe>
<style>body { --canary: style }</style>
<p style="--canary: style" id="styled">x</p>
<form action="https://elsewhere.example/" id="sent"></form>
<a href="javascript:void (window.canary = 'link')" id="led">x</a>
"""


@pytest.mark.parametrize("address", ["", "es/notices/2025-01-09-powerschool/", "no/such/page"])  # fmt: skip
@pytest.mark.parametrize("is_held", [True, False])
def test_what_stands_in_a_pages_text_can_do_nothing(
    address: str, is_held: bool, context: BrowserContext, demo_url: str
) -> None:
    """A script, a handler, a style, or anything from elsewhere; without the policy all of them would."""
    outside: list[str] = []

    def serve_it(route: Route) -> None:
        if not route.request.url.startswith(demo_url):
            outside.append(route.request.url)
            return route.fulfill(body="")
        if not route.request.is_navigation_request():
            return route.continue_()
        answer = route.fetch()
        html = answer.text().replace("</main>", f"{INJECTED}</main>", 1)
        assert INJECTED in html
        if not is_held:
            html = html.replace('http-equiv="Content-Security-Policy"', "data-none", 1)
        return route.fulfill(response=answer, body=html)

    context.add_init_script(LISTEN)
    context.route("**/*", serve_it)
    page = context.new_page()
    page.goto(demo_url + address)
    page.evaluate("document.getElementById('led').click()")
    page.wait_for_timeout(200)
    style = (
        "getComputedStyle(document.body).getPropertyValue('--canary') + document.getElementById('styled').style.length"
    )
    seen = {"canary": page.evaluate("window.canary ?? ''"), "style": page.evaluate(style)}
    if not is_held:
        assert seen["canary"] == "link"
        assert seen["style"].strip() == "style1"
        assert len(outside) == 3
        return
    assert seen == {"canary": "", "style": "0"}
    assert not outside
    page.evaluate("document.getElementById('sent').submit()")
    page.wait_for_timeout(100)
    assert page.url.startswith(demo_url)
    assert {each.split()[0] for each in page.evaluate("window.refused")} >= {"script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr", "img-src", "frame-src", "form-action"}  # fmt: skip


# The same as headers


class _Headed(Handler):
    """Sends what `_headers` says, as Cloudflare Pages and Netlify do."""

    def end_headers(self) -> None:
        name, path = "", self.path.removeprefix("/board").partition("?")[0]
        is_meant = False
        for line in (Path(self.directory) / "_headers").read_text("utf-8").splitlines():
            if line.startswith("/"):
                is_meant = re.fullmatch(re.escape(line).replace(r"\*", ".*"), path) is not None
            elif is_meant:
                name, _, value = line.strip().partition(": ")
                # A type of its own stands in the place of the server's.
                start = f"{name}:".lower().encode()
                self._headers_buffer = [each for each in self._headers_buffer if not each.lower().startswith(start)]
                self.send_header(name, value)
        super().end_headers()


def test_the_site_works_with_the_headers_of_a_host(context: BrowserContext, demo: Path) -> None:
    """The worker of the search is bound by them, too; no other page may frame the site."""
    with serve(demo, _Headed) as url:
        watched = Watched(context, url)
        page = watched.goto("")
        page.keyboard.press("/")
        page.get_by_role("searchbox").fill("powerschool")
        expect(page.locator(".nb-search__status")).to_contain_text("found", timeout=10_000)
        assert [worker.url for worker in page.workers] == [f"{url}pagefind/pagefind-worker.js"]
        watched.look()
        kinds = {name: context.request.get(url + name).headers["content-type"] for name in ("feed.xml", "es/atom.xml", "pt/feed.json", "deadlines.ics", "notices.csv")}  # fmt: skip
        assert kinds == {
            "feed.xml": "application/rss+xml; charset=utf-8",
            "es/atom.xml": "application/atom+xml; charset=utf-8",
            "pt/feed.json": "application/feed+json; charset=utf-8",
            "deadlines.ics": "text/calendar; charset=utf-8",
            "notices.csv": "text/csv; charset=utf-8",
        }
        framing = context.new_page()
        framing.set_content(f'<iframe src="{url}"></iframe>')
        framing.wait_for_timeout(500)
        assert not framing.frames[1].url.startswith(url)


# What the build refuses


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the site is made from, to break."""
    for name in ("docs", "hooks", "notices"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "mkdocs.yml", tmp_path)
    return tmp_path


def build(project: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LANGUAGES": "en", "SEARCH": "false", "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}  # fmt: skip
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def test_columns_keep_their_alignment(project: Path, page: Page) -> None:
    """Markdown says it in a style, which the policy would refuse."""
    path = project / "docs" / "faq.md"
    path.write_text(path.read_text("utf-8") + "\n| a | b |\n|---|--:|\n| c | 1 |\n", "utf-8")
    assert build(project).returncode == 0
    with serve(project / "site") as url:
        page.goto(url + "faq/")
        assert page.locator("td.nb-right").evaluate("each => getComputedStyle(each).textAlign") == "right"


def test_the_build_refuses_a_script_in_a_pages_text(project: Path) -> None:
    path = project / "docs" / "faq.md"
    path.write_text(
        path.read_text("utf-8") + '\nText.\n\n<script>alert(1)</script>\n\n<p onclick="go()">x</p>\n', "utf-8"
    )
    lines = path.read_text("utf-8").splitlines()
    done = build(project)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    line = lines.index("<script>alert(1)</script>") + 1
    assert f"docs/faq.md:{line}:1: error: The page’s text must not hold <script>" in done.stderr
    assert "must not hold a script, as in onclick=…" in done.stderr


def test_the_build_refuses_a_script_of_the_theme_that_it_does_not_know(project: Path) -> None:
    path = project / "hooks" / "theme" / "partials" / "footer.html"
    path.write_text(path.read_text("utf-8") + "<script>let own = 1</script>\n", "utf-8")
    done = build(project)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "must be one of the files in hooks/noticeboard/render/templates/inline, not ‘let own = 1’" in done.stderr
