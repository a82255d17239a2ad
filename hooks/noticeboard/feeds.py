"""The feed: one item an event, with an id that never changes."""

from __future__ import annotations

from feedgen.feed import FeedGenerator

from noticeboard import notice_text, words
from noticeboard.board import Board, Event, Posted
from noticeboard.language import Language
from noticeboard.localized import Localized
from noticeboard.settings import Settings

NEWEST = 100
"""How many events the feed holds."""


def rss(board: Board, settings: Settings, language: Language) -> bytes:
    """Make the RSS 2.0 feed of a board in one language.

    It holds the newest events, newest first, and is the same for the same notices at any time.
    """
    feed, home = FeedGenerator(), settings.site_url + language.path
    title = language.gettext("Data-breach notices of %(publisher)s", publisher=settings.publisher)
    feed.title(_marked(title, settings, language))
    feed.description(language.gettext("Each new notice, update, correction and withdrawal, once."))
    # feedgen makes the last link the channel's own.
    feed.link(href=home + "feed.xml", rel="self", type="application/rss+xml")
    feed.link(href=home + "notices/")
    feed.language(language.code)
    feed.generator("noticeboard")
    events = board.events[:NEWEST]
    if events:
        feed.lastBuildDate(events[0][1].at)
    else:
        # feedgen fills in the present time, which would make every build of an empty board another file.
        feed._FeedGenerator__rss_lastBuildDate = None
    for posted, event in events:
        _add(feed, posted, event, settings, language)
    made: bytes = feed.rss_str(pretty=True)
    return made


def event_id(posted: Posted, event: Event, settings: Settings, language: Language) -> str:
    """Give the id by which readers know an event, in one language, for ever."""
    return f"{settings.feed_ids}/{posted.id}/{language.code}/{event.id}"


def _add(feed: FeedGenerator, posted: Posted, event: Event, settings: Settings, language: Language) -> None:
    item = feed.add_entry(order="append")
    kind = language.gettext(words.EVENT[event.kind])
    local = Localized(posted.notice, language.code)
    item.title(_marked(f"{kind}: {local.title}", settings, language))
    anchor = "" if event.kind == "posted" else f"#{event.id}"
    item.link(href=f"{settings.site_url}{language.path}{posted.address}{anchor}")
    item.guid(event_id(posted, event, settings, language), permalink=False)
    item.pubDate(event.at)
    item.description(_marked(_text(local, event), settings, language))
    item.category({"term": kind})


def _text(local: Localized, event: Event) -> str:
    """Say an event in plain words: a notice's summary, or an update's text."""
    if event.kind == "posted":
        return str(local.summary)
    return notice_text.plain(str(local.update(event.update)))


def _marked(text: str, settings: Settings, language: Language) -> str:
    """Mark what belongs to a sample."""
    return f"{language.gettext('SAMPLE')}: {text}" if settings.samples else text
