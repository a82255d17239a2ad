"""One build of all hostile strings, and a browser that tells of whatever runs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from noticeboard import settings
from noticeboard.law.statutes import Law
from noticeboard.notice import strict_yaml
from noticeboard.settings import Settings
from tests.browser.conftest import serve
from tests.browser.hostile import notices, strings
from tests.browser.hostile.notices import Judged
from tests.support import NOW, PROJECT

SITE_URL = "https://example.github.io/board/"


@pytest.fixture(scope="session")
def site_settings() -> Settings:
    """In all languages."""
    config = (PROJECT / "mkdocs.yml").read_text("utf-8")
    return settings.from_config(strict_yaml.read_settings(config, {"SITE_URL": SITE_URL}))


@pytest.fixture(scope="session")
def judged(site_settings: Settings, law: Law) -> Judged:
    return Judged.of(strings.everything(), site_settings, law)


@pytest.fixture(scope="session")
def hostile(judged: Judged, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site: some notices passed `check`, the others never saw it."""
    folder = tmp_path_factory.mktemp("hostile")
    notices.write(folder / "notices", judged, strings.everything())
    environment = {
        "NOTICES_DIR": str(folder / "notices"),
        "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())),
        "SITE_URL": SITE_URL,
    }
    environment |= {"NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "tests.browser.hostile.build", str(folder / "site")]
    done = subprocess.run(
        command, cwd=PROJECT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return folder / "site"


@pytest.fixture(scope="session")
def hostile_url(hostile: Path) -> Iterator[str]:
    with serve(hostile) as url:
        yield url


@dataclass
class Watched:
    """A page in a real browser, without the site's policy for content: the escaping alone must hold."""

    page: Page
    alarms: list[str] = field(default_factory=list)
    visits: int = 0

    def visit(self, address: str) -> None:
        self.page.goto(address)
        self.visits += 1
        if (canary := self.page.evaluate("window.__canary")) is not None:
            self.alarms.append(f"{address}: {canary} ran")
        assert not self.alarms, self.alarms


@pytest.fixture
def watched(browser: Browser, hostile_url: str) -> Iterator[Watched]:
    context = browser.new_context(bypass_csp=True, locale="en-US", timezone_id="America/New_York")
    page = context.new_page()
    made = Watched(page)

    def asked(request: Request) -> None:
        if not request.url.startswith(hostile_url):
            made.alarms.append(f"{page.url} asked for {request.url}")

    page.on("request", asked)
    page.on("dialog", lambda dialog: (made.alarms.append(f"{page.url}: a dialog"), dialog.dismiss()))
    page.on("pageerror", lambda error: made.alarms.append(f"{page.url}: {error}"))

    def answered(response: Response) -> None:
        if response.status >= 400 and not response.url.endswith("favicon.ico"):
            made.alarms.append(f"{page.url} asked for {response.url}")

    def told(message: ConsoleMessage) -> None:
        if message.type == "error" and "404" not in message.text:
            made.alarms.append(f"{page.url}: {message.text}")

    page.on("response", answered)
    page.on("console", told)
    page.on("popup", lambda popup: made.alarms.append(f"{page.url}: a window"))
    yield made
    context.close()
    assert not made.alarms, made.alarms
