"""The feed, read by a feed reader that isn't ours."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import html5lib
import pytest
from lxml import etree

from noticeboard.board.board import Board
from noticeboard.i18n.language import Language
from noticeboard.law.statutes import Law
from noticeboard.notice.model import Notice
from noticeboard.outputs import feed_entries, feeds
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.render.formatter import Formatter
from noticeboard.settings import Settings
from tests.support import EXAMPLES, NOW, ZONE

ENGLISH = Language("en", ZONE)
ATOM = "{http://www.w3.org/2005/Atom}"


def everything(notices: dict[str, Notice], law: Law, settings: Settings, now: datetime = NOW) -> dict[str, bytes]:
    formatter, board = Formatter(settings, law, ENGLISH), Board.build(notices, law, now)
    entries = {posted.id: feed_entries.entries_for(NoticeView(posted, formatter)) for posted in board.notices}
    return dict(feeds.feeds(board, formatter, entries))


def read(
    notices: dict[str, Notice], law: Law, settings: Settings, now: datetime = NOW
) -> tuple[bytes, feedparser.FeedParserDict]:
    made = everything(notices, law, settings, now)["feed.xml"]
    parsed = feedparser.parse(made)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return made, parsed


def test_every_event_is_one_item_newest_first(demo: Path, site_settings: Settings) -> None:
    parsed = feedparser.parse((demo / "feed.xml").read_bytes())
    assert not parsed.bozo
    ids = [entry.id for entry in parsed.entries]
    updates = sum(path.read_text("utf-8").count("\n  - at:") for path in EXAMPLES.glob("*.yml"))
    assert len(ids) == len(set(ids)) == len(list(EXAMPLES.glob("*.yml"))) + updates
    times = [entry.published_parsed for entry in parsed.entries]
    assert times == sorted(times, reverse=True)
    assert parsed.feed.updated_parsed == times[0]
    assert ids[0] == f"{site_settings.feed_ids}/2026-11-20-reading-app/en/posted"
    assert parsed.entries[0].link == "https://example.github.io/board/notices/2026-11-20-reading-app/"
    assert all(entry.title.startswith("SAMPLE: ") for entry in parsed.entries)
    assert all(
        (demo / entry.link.removeprefix("https://example.github.io/board/").partition("#")[0]).is_dir()
        for entry in parsed.entries
    )


MARKUP = "Files <script>alert(1)</script> & <img src=x onerror=alert(2)> &lt;b&gt; 1 < 2"


def test_nothing_in_a_feed_runs_in_a_reader_that_takes_it_for_html(
    make_notice: Callable[..., Notice], law: Law, site_settings: Settings
) -> None:
    """RSS has no way to say that a text is plain, so each reads right as HTML; Atom says what each text is."""
    notice = make_notice(title=f"'{MARKUP}'", summary=f"'{MARKUP}'")
    made = everything({"2026-09-18-x": notice}, law, site_settings)
    (item,) = etree.fromstring(made["feed.xml"]).iter("item")
    (entry,) = etree.fromstring(made["atom.xml"]).iter(f"{ATOM}entry")
    (json_item,) = json.loads(made["feed.json"])["items"]
    as_html = [item.findtext("title"), item.findtext("description"), json_item["title"], json_item["summary"]]
    for text in as_html:
        tree = html5lib.parse(text, namespaceHTMLElements=False)
        assert [element.tag for element in tree.iter()] == ["html", "head", "body"]
        assert "".join(tree.itertext()).removeprefix("New notice: ") == MARKUP
    for name in ("title", "summary"):
        element = entry.find(f"{ATOM}{name}")
        assert element.get("type", "text") == "text"
        assert element.text.removeprefix("New notice: ") == MARKUP


def test_plain_words_stay_as_they_are(make_notice: Callable[..., Notice], law: Law, site_settings: Settings) -> None:
    """A reader that shows texts as they stand must not show “&amp;”."""
    made = everything({"2026-09-18-x": make_notice(title="Smith & Sons")}, law, site_settings)
    (item,) = etree.fromstring(made["feed.xml"]).iter("item")
    assert item.findtext("title") == "New notice: Smith & Sons"


def test_empty_feed_is_valid_and_the_same_at_any_time(law: Law, site_settings: Settings) -> None:
    early, parsed = read({}, law, site_settings, NOW)
    late, _ = read({}, law, site_settings, datetime(2030, 1, 1, tzinfo=UTC))
    assert early == late
    assert parsed.version == "rss20"
    assert (parsed.feed.title, parsed.feed.link, parsed.feed.language) == (
        f"Data-breach notices of {site_settings.publisher}",
        "https://example.github.io/board/notices/",
        "en",
    )
    assert b"<lastBuildDate>Thu, 01 Jan 2026 00:00:00 +0000</lastBuildDate>" in early


def test_an_update_adds_an_item_and_changes_no_other_id(
    make_notice: Callable[..., Notice], law: Law, site_settings: Settings
) -> None:
    update = "\n  - at: 2026-09-20 10:00\n    kind: update\n    text: News."
    correction = update + "\n  - at: 2026-09-21 10:00\n    kind: correction\n    text: It was two."
    ids = [
        [entry.id.rpartition("/")[2] for entry in read({"2026-09-18-x": notice}, law, site_settings)[1].entries]
        for notice in (make_notice(), make_notice(updates=update), make_notice(updates=correction, title="Other title"))
    ]
    assert ids == [["posted"], ["update-1", "posted"], ["update-2", "update-1", "posted"]]


def test_hostile_text_arrives_as_text(make_notice: Callable[..., Notice], law: Law, site_settings: Settings) -> None:
    hostile = "]]></description><script>alert(1)</script>&amp;{{ 7*7 }}"
    _, parsed = read({"2026-09-18-x": make_notice(title=f"'{hostile}'")}, law, site_settings)
    assert len(parsed.entries) == 1
    assert "<script>" not in parsed.entries[0].title or parsed.entries[0].title_detail.type == "text/plain"


def test_feed_holds_the_newest_hundred(make_notice: Callable[..., Notice], law: Law, site_settings: Settings) -> None:
    notices = {
        f"2026-09-18-n{number:03}": make_notice(posted=f"2026-09-18 17:{number % 60:02}") for number in range(120)
    }
    _, parsed = read(notices, law, site_settings)
    assert len(parsed.entries) == 100


FORMATS = ["feed.xml", "atom.xml", "feed.json"]


def entries(content: bytes, name: str) -> list[tuple[str, str, str]]:
    """Return (id, title, link) of each item, in the feed's order."""
    if name.endswith(".json"):
        return [(item["id"], item["title"], item["url"]) for item in json.loads(content)["items"]]
    parsed = feedparser.parse(content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return [(entry.id, entry.title, entry.link) for entry in parsed.entries]


@pytest.mark.parametrize("folder", ["", "es/", "pt/"])
def test_three_formats_tell_the_same(folder: str, demo: Path) -> None:
    first, *others = [entries((demo / f"{folder}{name}").read_bytes(), name) for name in FORMATS]
    assert others == [first, first]
    assert len(first) > 15


def test_atom_and_json_are_what_they_say(demo: Path) -> None:
    atom = feedparser.parse((demo / "atom.xml").read_bytes())
    assert (atom.version, atom.bozo) == ("atom10", False)
    links = {link.rel: link.href for link in atom.feed.links}
    assert links == {
        "self": "https://example.github.io/board/atom.xml",
        "alternate": "https://example.github.io/board/notices/",
    }
    assert all(entry.published == entry.updated for entry in atom.entries)
    made = json.loads((demo / "feed.json").read_text("utf-8"))
    assert made["version"] == "https://jsonfeed.org/version/1.1"
    assert made["feed_url"] == "https://example.github.io/board/feed.json"
    assert all(
        re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-0[45]:00", item["date_published"]) for item in made["items"]
    )


def test_items_hold_the_whole_text_with_whole_addresses(demo: Path) -> None:
    parsed = feedparser.parse((demo / "feed.xml").read_bytes())
    (item,) = [entry for entry in parsed.entries if entry.id.endswith("2025-01-09-powerschool/en/posted")]
    html = item.content[0].value
    for said in ("stolen login to its support portal", "<h3>What you can do</h3>", "1-800-555-0100", "PowerSchool SIS"):
        assert said in html
    addresses = re.findall(r'(?:href|src)="([^"]+)"', " ".join(entry.content[0].value for entry in parsed.entries))
    assert addresses
    assert all(re.match(r"https://|mailto:|tel:", address) for address in addresses)
    assert "Stopped" not in html  # how it stands changes; who keeps the item would keep it
    assert {tag.term for tag in item.tags} >= {"New notice", "Stopped", "Students", "Staff"}


def test_more_than_a_hundred_go_on_in_archives(
    make_notice: Callable[..., Notice], law: Law, site_settings: Settings
) -> None:
    """Followed from archive to archive (RFC 5005), every event comes once or more, and a full archive never changes."""
    moment = "2026-09-{:02} {:02}:{:02}"
    notices = {
        f"2026-09-18-n{number:03}": make_notice(
            posted=moment.format(18 + number // 100, 17 + number % 100 // 50, number % 50)
        )
        for number in range(250)
    }
    for name, ending in zip(FORMATS, ("xml", "atom.xml", "json"), strict=True):
        made = everything(notices, law, site_settings)
        assert [
            path
            for path in made
            if path.startswith("feeds/archive")
            and path.endswith(f".{ending}")
            and ("atom" in path) == ("atom" in ending)
        ] == [f"feeds/archive-{number}.{ending}" for number in (1, 2)]
        assert len(entries(made[name], name)) == 100
        seen, next_, steps = [], f"https://example.github.io/board/{name}", 0
        while next_:
            content = made[next_.removeprefix("https://example.github.io/board/")]
            seen += [each[0] for each in entries(content, name)]
            next_ = before(content, name)
            steps += 1
        assert steps == 3
        assert len(set(seen)) == 250
        fewer = everything(dict(list(notices.items())[:230]), law, site_settings)
        assert fewer[f"feeds/archive-1.{ending}"] == made[f"feeds/archive-1.{ending}"]


def before(content: bytes, name: str) -> str | None:
    if name.endswith(".json"):
        found: str | None = json.loads(content).get("next_url")
        return found
    match = re.search(rb'rel="prev-archive"[^>]*href="([^"]+)"', content)
    return match[1].decode() if match else None


def test_archives_say_that_they_are(make_notice: Callable[..., Notice], law: Law, site_settings: Settings) -> None:
    notices = {
        f"2026-09-18-n{number:03}": make_notice(posted=f"2026-09-18 {17 + number // 60}:{number % 60:02}")
        for number in range(120)
    }
    made = everything(notices, law, site_settings)
    assert b"<fh:archive" in made["feeds/archive-1.atom.xml"]
    assert b"<fh:archive" not in made["atom.xml"]
    assert b'rel="current" href="https://example.github.io/board/atom.xml"' in made["feeds/archive-1.atom.xml"]


def test_feeds_by_contractor_and_school(demo: Path) -> None:
    """The same events with the same ids; only where there is more than one."""
    whole = {each[0] for each in entries((demo / "feed.xml").read_bytes(), "feed.xml")}
    own = entries((demo / "feeds/contractor/powerschool/feed.xml").read_bytes(), "feed.xml")
    assert [each[0].rpartition("/")[2] for each in own] == ["update-2", "update-1", "posted"]
    assert {each[0] for each in own} < whole
    assert (demo / "feeds/contractor/own-systems/feed.xml").exists()
    assert (demo / "feeds/school/example-high-school/feed.xml").exists()


def test_one_contractor_needs_no_feed_of_its_own(
    make_notice: Callable[..., Notice], law: Law, site_settings: Settings
) -> None:
    made = everything({"2026-09-18-x": make_notice()}, law, site_settings)
    assert set(made) == set(FORMATS)


def test_an_edit_changes_no_id_and_no_date(
    make_notice: Callable[..., Notice], law: Law, site_settings: Settings
) -> None:
    lives = [make_notice(), make_notice(title="Other", status="contained", summary="New words.")]
    told = []
    for notice in lives:
        parsed = feedparser.parse(everything({"2026-09-18-x": notice}, law, site_settings)["feed.xml"])
        told.append([(entry.id, entry.published) for entry in parsed.entries])
    assert told[0] == told[1]
