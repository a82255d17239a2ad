"""Each built page is sound: valid, nothing in it leads nowhere, and it says by itself what it is."""

from __future__ import annotations

import base64
import html
import re
import struct
import xml.etree.ElementTree as ET
import zlib
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
import zxingcpp
from icalendar import Calendar

from noticeboard.notice import strict_yaml
from noticeboard.render import csp
from tests.support import BASE, EXAMPLES, NOTICE, NOW, ROOT, Counted, all_pages, build

FOLDERS = ("", "es/", "pt/")


def tree(path: Path) -> Any:
    """Read a page; that all of them are valid is another test's, so the quickest reader does."""
    return lxml.html.document_fromstring(path.read_text("utf-8"))


def metas(page: Any) -> dict[str, str]:
    found = page.iter("meta")
    return {each.get("name") or each.get("property") or each.get("http-equiv") or "": each.get("content", "") for each in found}  # fmt: skip


@pytest.mark.parametrize("site", ["demo", "empty"])
def test_no_address_in_feeds_data_and_calendars_leads_nowhere(site: str, request: pytest.FixtureRequest) -> None:
    """Every whole address of the site, in whatever file, with its fragment: sitemaps, feeds, data, calendars, sheets, cards."""
    folder: Path = request.getfixturevalue(site)
    ids: dict[Path, set[str]] = {}
    count = Counter[str]()
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".xml", ".json", ".ics", ".csv", ".html", ".txt"} or "pagefind" in path.parts:
            continue
        words = re.sub(r"\r\n[ \t]", "", path.read_bytes().decode("utf-8"))
        for found in set(re.findall(rf"{BASE}[^\s\"'<>\\)\]*,;]*", html.unescape(html.unescape(words)))):
            address = urlsplit(found.rstrip("."))
            target = folder / unquote(address.path.removeprefix("/board/"))
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), (path, found)
            if address.fragment and target.suffix == ".html":
                if target not in ids:
                    ids[target] = set(re.findall(r'\bid="([^"]+)"', target.read_text("utf-8")))
                assert address.fragment in ids[target], (path, found)
            count[path.suffix] += 1
    assert set(count) >= {".xml", ".json", ".html", ".txt"}


@pytest.mark.parametrize("site", ["demo", "empty"])
def test_each_page_says_what_it_is(site: str, request: pytest.FixtureRequest, counted: Counted) -> None:
    """A title that no other page of its language has, a description, and a card with a picture that is there."""
    folder: Path = request.getfixturevalue(site)
    titles = Counter[tuple[str, str]]()
    for path in all_pages(folder):
        page = tree(path)
        about = metas(page)
        title = page.findtext(".//title")
        titles[page.get("lang"), title] += 1
        assert about["description"], path
        assert about["referrer"] == "no-referrer", path
        if path.name == "404.html":
            continue
        assert about["og:title"] == title, path
        assert about["og:description"] == about["description"], path
        assert about["og:url"] == page.find(".//link[@rel='canonical']").get("href"), path
        assert about["twitter:card"] == "summary_large_image", path
        picture = folder / about["og:image"].removeprefix(BASE)
        assert struct.unpack(">II", picture.read_bytes()[16:24]) == tuple(int(about[f"og:image:{side}"]) for side in ("width", "height"))  # fmt: skip
    assert [title for title, number in titles.items() if number > 1] == []
    counted("pages with a title of their own, a description and a card", titles.total())


def test_notices_of_one_title_are_told_apart(tmp_path: Path) -> None:
    for name in ("2026-09-18-one", "2026-09-18-two"):
        (tmp_path / f"{name}.yml").write_text(NOTICE, "utf-8")
    done = build(tmp_path / "site", tmp_path, LANGUAGES="en", SEARCH="false")
    assert done.returncode == 0, done.stderr
    titles = {tree(path).findtext(".//title") for path in (tmp_path / "site/notices").glob("2026-*/index.html")}
    assert len(titles) == 2
    assert all(re.match(r"Breach at a company \([0-9A-Z]{4}-[0-9A-Z]{4}\) · ", title) for title in titles), titles


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_sitemap_gives_the_day_of_each_notices_newest_event(folder: str, demo: Path) -> None:
    entries = ET.parse(demo / folder / "sitemap.xml").getroot().findall("{*}url")
    days = {entry.findtext("{*}loc", "").removeprefix(BASE + folder): entry.findtext("{*}lastmod") for entry in entries}
    for address, day in days.items():
        path = EXAMPLES / f"{address.removeprefix('notices/').strip('/')}.yml"
        if not path.is_file():
            assert day is None, address
            continue
        notice = strict_yaml.read_data(path.read_text("utf-8"))
        assert day == str((notice.get("updates") or [{"at": notice["posted"]}])[-1]["at"])[:10], address
    assert "guide/" in days
    assert any(days.values())


def test_the_404_page_helps_in_every_language(demo: Path) -> None:
    """It is served at any depth, so each of its addresses is whole; its search and its links lead on."""
    page = tree(demo / "404.html")
    for element in page.iter():
        for name in ("href", "src", "data-base"):
            address = element.get(name, "/") if isinstance(element.tag, str) else "/"
            assert address.startswith(("/board/", "https://", "#", "/")), (name, address)
    sections = {each.get("lang"): {link.get("href") for link in each.iter("a")} for each in page.findall(".//section[@lang]")}  # fmt: skip
    assert sections.keys() == {"en", "es", "pt-BR"}
    for language, folder in zip(sections, FOLDERS, strict=True):
        assert sections[language] >= {f"/board/{folder}", f"/board/{folder}notices/"}
    assert page.find(".//*[@data-nb-search-open]") is not None


def test_every_page_holds_the_policy_before_anything_else(demo: Path, empty: Path) -> None:
    """The first thing in the head behind the letters' encoding; no script or style stands in a page that it doesn't allow."""
    for path in [*demo.rglob("*.html"), *empty.rglob("*.html")]:
        words = path.read_text("utf-8")
        page = tree(path)
        head = [each for each in page.find("head") if isinstance(each.tag, str)]
        assert head[0].get("charset") == "utf-8", path
        assert head[1].get("http-equiv") == "Content-Security-Policy", path
        held = head[1].get("content")
        assert "unsafe-inline" not in held, path
        assert "http" not in held, path
        for element in page.iter("style", "script"):
            if not element.get("src") and element.get("type") != "application/json":
                assert csp.script_hash(element.text) in held, (path, element.text)
        assert not re.search(r"<[^<>]+\s(style|on[a-z]+)=", words), path


# Files for hosts and researchers


def fields(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines())


def test_researchers_find_whom_to_tell(demo: Path) -> None:
    told = fields((demo / ".well-known/security.txt").read_text("utf-8"))
    assert told == {
        "Contact": "https://github.com/example/board/security/advisories/new",
        "Expires": "2027-09-30T00:00:00Z",
        "Preferred-Languages": "en",
        "Canonical": f"{BASE}.well-known/security.txt",
        "Policy": "https://github.com/example/board/security/policy",
    }


def test_headers_for_hosts_are_the_pages_policy(demo: Path) -> None:
    rules: dict[str, dict[str, str]] = {}
    for line in (demo / "_headers").read_text("utf-8").splitlines():
        assert len(line) <= 2000
        if line.startswith("/"):
            rules[line] = {}
        else:
            rules[list(rules)[-1]] |= fields(line.strip())
    assert len(rules) <= 100
    everywhere = rules["/*"]
    held = metas(tree(demo / "index.html"))["Content-Security-Policy"].split("; ")
    said = everywhere["Content-Security-Policy"].split("; ")
    assert [each for each in held if each not in said and not each.startswith("style-src")] == []
    assert said[-1] == "frame-ancestors 'none'"
    assert everywhere["X-Content-Type-Options"] == "nosniff"
    assert everywhere["Referrer-Policy"] == "no-referrer"
    assert everywhere["Strict-Transport-Security"].startswith("max-age=")
    assert rules["/*/feed.xml"] == rules["/feed.xml"] == {"Content-Type": "application/rss+xml; charset=utf-8"}
    assert rules["/*.ics"] == {"Content-Type": "text/calendar; charset=utf-8"}


def test_a_contact_that_ended_is_not_published(tmp_path: Path) -> None:
    (tmp_path / "2026-09-18-x.yml").write_text(NOTICE, "utf-8")
    later = NOW.replace(year=NOW.year + 1)
    assert build(tmp_path / "site", tmp_path, later, LANGUAGES="en", SEARCH="false").returncode == 0
    assert (tmp_path / "site/_headers").is_file()
    assert not (tmp_path / "site/.well-known").exists()


# Calendars, pictures and the format


def test_times_need_no_zone(demo: Path) -> None:
    """Instants are in UTC, days are days; the calendar says whose clocks the district lives by."""
    text = (demo / "deadlines.ics").read_text("utf-8")
    assert "TZID=" not in text
    assert "X-WR-TIMEZONE:America/New_York" in text
    found = Calendar.from_ical(text)
    uids = [str(event["uid"]) for event in found.events]
    assert len(uids) == len(set(uids)) > 20
    assert all("SAMPLE: " in str(event["summary"]) for event in found.events)


def test_the_printed_picture_leads_to_the_notice(demo: Path) -> None:
    """What a phone reads off the printed page is the page's own address."""
    page = (demo / "es/notices/2025-01-09-powerschool/index.html").read_text("utf-8")
    picture = base64.b64decode(re.findall(r'src="data:image/png;base64,([^"]+)"', page)[0])
    width, height = struct.unpack(">II", picture[16:24])
    rows = zlib.decompress(picture[picture.index(b"IDAT") + 4 : picture.index(b"IEND") - 8])
    row_bytes = 1 + -(-width // 8)
    starts = [row * row_bytes + 1 for row in range(height)]
    dots = bytes(255 * (rows[start + column // 8] >> 7 - column % 8 & 1) for start in starts for column in range(width))
    (found,) = zxingcpp.read_barcodes(memoryview(dots).cast("B", (height, width)))
    assert found.text == "https://example.github.io/board/es/notices/2025-01-09-powerschool/"


def test_site_publishes_it(empty: Path) -> None:
    assert (empty / "notices" / "notice.schema.json").read_text("utf-8") == (
        ROOT / "notices" / "notice.schema.json"
    ).read_text("utf-8")
