"""The feed, read by a feed reader that isn't ours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import feedparser

from noticeboard import board, feeds
from noticeboard.language import Language
from noticeboard.notice import Notice
from noticeboard.settings import Settings
from noticeboard.statutes import Law
from noticeboard.wording import Wording
from tests.conftest import EXAMPLES, NOW, ZONE

ENGLISH = Language("en", ZONE)


def read(
    notices: dict[str, Notice], law: Law, settings: Settings, now: datetime = NOW
) -> tuple[bytes, feedparser.FeedParserDict]:
    made = feeds.files(board.build(notices, law, now), Wording(settings, law, ENGLISH))["feed.xml"]
    parsed = feedparser.parse(made)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return made, parsed


def test_every_event_is_one_item_newest_first(demo: Path) -> None:
    parsed = feedparser.parse((demo / "feed.xml").read_bytes())
    assert not parsed.bozo
    ids = [entry.id for entry in parsed.entries]
    updates = sum(path.read_text("utf-8").count("\n  - at:") for path in EXAMPLES.glob("*.yml"))
    assert len(ids) == len(set(ids)) == len(list(EXAMPLES.glob("*.yml"))) + updates
    times = [entry.published_parsed for entry in parsed.entries]
    assert times == sorted(times, reverse=True)
    assert parsed.feed.updated_parsed == times[0]
    assert ids[0] == "tag:danbury.k12.ct.us,2026:notices/2026-11-20-reading-app/en/posted"
    assert parsed.entries[0].link == "https://example.github.io/board/notices/2026-11-20-reading-app/"
    assert all(entry.title.startswith("SAMPLE: ") for entry in parsed.entries)
    assert all(
        (demo / entry.link.removeprefix("https://example.github.io/board/").partition("#")[0]).is_dir()
        for entry in parsed.entries
    )


def test_empty_feed_is_valid_and_the_same_at_any_time(law: Law, site_settings: Settings) -> None:
    early, parsed = read({}, law, site_settings, NOW)
    late, _ = read({}, law, site_settings, datetime(2030, 1, 1, tzinfo=UTC))
    assert early == late
    assert parsed.version == "rss20"
    assert (parsed.feed.title, parsed.feed.link, parsed.feed.language) == (
        "Data-breach notices of Danbury Public Schools",
        "https://example.github.io/board/notices/",
        "en",
    )
    assert b"lastBuildDate" not in early


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
