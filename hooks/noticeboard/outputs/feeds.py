"""The feeds: RSS 2.0, Atom 1.0 and JSON Feed 1.1 of the same events, each with an id that never changes.

More than a hundred events go on in archives (RFC 5005), which are counted from the oldest event, so that a full one
stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Literal

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from noticeboard.board.board import Board, Event, PostedNotice
from noticeboard.i18n.catalogs import N_
from noticeboard.outputs.feed_entries import EventEntry, as_html
from noticeboard.render.formatter import Formatter
from noticeboard.text.unsafe_characters import replace_unsafe

PAGE_SIZE = 100
"""How many events a feed holds, and how many each of its archives."""
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed without events was last changed: the present would make each build another file."""
ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
DESCRIPTION = N_("Each new notice, update, correction and withdrawal, once.")

Entries = Mapping[str, Sequence[EventEntry]]
"""Each notice's entries, one for each of its events, by the notice's id."""


@dataclass(frozen=True)
class FeedPage:
    """One page of a feed, whatever its format: the newest events, or an archive."""

    entries: Sequence[EventEntry]
    """Newest first."""
    number: int
    """Which archive it is, counted from 1 for the oldest events; 0: the feed itself."""
    archives: int
    """How many archives the feed has."""

    @property
    def previous(self) -> int:
        """The archive with the events before these; 0: there is none."""
        return self.number - 1 if self.number else self.archives

    @property
    def next(self) -> int:
        """The archive with the events after these; 0: there is none, or the feed itself has them."""
        return self.number + 1 if 0 < self.number < self.archives else 0


@dataclass(frozen=True)
class Feed:
    """One feed in one language."""

    formatter: Formatter
    title: str
    folder: str
    """Where it lies, from the language's folder: `` for the board's own, else `feeds/contractor/x/`."""
    entries: Sequence[EventEntry]
    """Newest first."""
    as_feedgen: Callable[[EventEntry, str], FeedEntry]
    """`EventEntry.as_feedgen`, which remembers the last ones: an entry stands in several feeds."""

    @property
    def path(self) -> str:
        """Where it lies, from the site's root."""
        return f"{self.formatter.language.path}{self.folder}"

    def url(self, name: str) -> str:
        """Return the whole address of one of its files."""
        return f"{self.formatter.settings.site_url}{self.path}{name}"

    @property
    def home(self) -> str:
        """The page that it tells of."""
        return f"{self.formatter.settings.site_url}{self.formatter.language.path}notices/"

    def pages(self) -> list[FeedPage]:
        """Return the newest events, and then the archives from the oldest on."""
        archives = max(0, -(-(len(self.entries) - PAGE_SIZE) // PAGE_SIZE))
        oldest_first = self.entries[::-1]
        archived = [
            FeedPage(oldest_first[(number - 1) * PAGE_SIZE : number * PAGE_SIZE][::-1], number, archives)
            for number in range(1, archives + 1)
        ]
        return [FeedPage(self.entries[:PAGE_SIZE], 0, archives), *archived]


def feeds(board: Board, formatter: Formatter, entries: Entries) -> Iterator[tuple[str, bytes]]:
    """Return every file of a language's feeds: path from the site's root, content.

    They are the same for the same notices at any time.
    """
    title = formatter.language.gettext("Data-breach notices of %(publisher)s", publisher=formatter.settings.publisher)
    as_feedgen = lru_cache(maxsize=4 * PAGE_SIZE)(EventEntry.as_feedgen)
    whole = Feed(formatter, title, "", _entries(board.events, entries), as_feedgen)
    for page in whole.pages():
        for name, write in _FORMATS.items():
            yield f"{whole.path}{_file_name(name, page.number)}", write(whole, page)
    kinds: tuple[Literal["contractor", "school"], ...] = ("contractor", "school")
    for kind in kinds:
        for key, group in board.events_by(kind).items():
            whose = group.name or formatter.translate(N_("The district’s own systems"))
            # A character that XML can't hold must not stop the build.
            part_title, folder = replace_unsafe(f"{title}: {whose}"), f"feeds/{kind}/{key}/"
            part = Feed(formatter, part_title, folder, _entries(group.events, entries), as_feedgen)
            yield f"{part.path}feed.xml", _rss(part, FeedPage(part.entries[:PAGE_SIZE], 0, 0))


def _entries(events: Sequence[tuple[PostedNotice, Event]], entries: Entries) -> list[EventEntry]:
    return [entries[posted.id][event.index] for posted, event in events]


def _file_name(name: str, archive: int) -> str:
    """Return the name of a feed's file, such as `feed.xml`, or of one of its archives."""
    return f"feeds/archive-{archive}.{name.removeprefix('feed.')}" if archive else name


class HistoryExtension(BaseExtension):  # type: ignore[misc]
    """Says that a feed is an archive, and where the others are (RFC 5005, section 4)."""

    def __init__(self) -> None:
        self.links: dict[str, str] = {}
        self.is_archive = False

    def extend_ns(self) -> dict[str, str]:
        """Name the namespace where it is used."""
        return {"fh": HISTORY} if self.is_archive else {}

    def extend_rss(self, rss: Any) -> Any:
        """Add the elements to a channel."""
        self._extend(rss.find("channel"))
        return rss

    def extend_atom(self, atom: Any) -> Any:
        """Add the elements to a feed."""
        self._extend(atom)
        return atom

    def _extend(self, parent: Any) -> None:
        if self.is_archive:
            parent.insert(0, etree.Element(f"{{{HISTORY}}}archive"))
        for rel, href in self.links.items():
            parent.insert(0, etree.Element(f"{{{ATOM}}}link", rel=rel, href=href))


def _generator(feed: Feed, page: FeedPage, name: str) -> FeedGenerator:
    formatter, language = feed.formatter, feed.formatter.language
    generator, is_atom = FeedGenerator(), name == "atom.xml"
    generator.register_extension("history", HistoryExtension, BaseEntryExtension)
    generator.history.is_archive = bool(page.number)
    generator.history.links = _history_links(feed, page, name)
    generator.id(f"{formatter.settings.feed_ids}/{language.code}/{feed.folder}")
    title = formatter.with_sample_prefix(feed.title)
    generator.title(title if is_atom else as_html(title))
    generator.description(language.gettext(DESCRIPTION))
    generator.subtitle(language.gettext(DESCRIPTION))
    generator.author({"name": formatter.settings.publisher})
    # feedgen makes the last link the channel's own.
    kind = "application/atom+xml" if is_atom else "application/rss+xml"
    generator.link(href=feed.url(_file_name(name, page.number)), rel="self", type=kind)
    generator.link(href=feed.home)
    generator.language(language.code)
    generator.generator("noticeboard")
    changed = max((entry.at for entry in page.entries), default=EPOCH)
    generator.updated(changed)
    generator.lastBuildDate(changed)
    for entry in page.entries:
        # Atom says of each text whether it is HTML; readers of RSS take each for it.
        title = entry.title if is_atom else as_html(entry.title)
        generator.add_entry(feed.as_feedgen(entry, title), order="append")
    return generator


def _history_links(feed: Feed, page: FeedPage, name: str) -> dict[str, str]:
    archives = {"prev-archive": page.previous, "next-archive": page.next}
    links = {rel: feed.url(_file_name(name, number)) for rel, number in archives.items() if number}
    return {**links, "current": feed.url(name)} if page.number else links


def _rss(feed: Feed, page: FeedPage) -> bytes:
    rss: bytes = _generator(feed, page, "feed.xml").rss_str(pretty=True)
    return rss


def _atom(feed: Feed, page: FeedPage) -> bytes:
    atom: bytes = _generator(feed, page, "atom.xml").atom_str(pretty=True)
    return atom


def _json(feed: Feed, page: FeedPage) -> bytes:
    """Return a JSON Feed; older entries are at `next_url`, as its version 1.1 has it."""
    formatter, language = feed.formatter, feed.formatter.language
    older = {"next_url": feed.url(_file_name("feed.json", page.previous))} if page.previous else {}
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": as_html(formatter.with_sample_prefix(feed.title)),
        "home_page_url": feed.home,
        "feed_url": feed.url(_file_name("feed.json", page.number)),
        "description": language.gettext(DESCRIPTION),
        "language": language.code,
        "authors": [{"name": formatter.settings.publisher}],
        **older,
        "items": [entry.as_json(language) for entry in page.entries],
    }
    return f"{json.dumps(content, ensure_ascii=False)}\n".encode()


_FORMATS: Mapping[str, Callable[[Feed, FeedPage], bytes]] = {"feed.xml": _rss, "atom.xml": _atom, "feed.json": _json}
