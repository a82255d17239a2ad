"""The feeds: RSS 2.0, Atom 1.0 and JSON Feed 1.1 of the same events, each with an id that never changes.

More than a hundred events go on in archives (RFC 5005), which are counted from the oldest event, so that a full one
stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal

from feedgen.feed import FeedGenerator
from lxml import etree

from noticeboard.board.board import Board, Event, Posted
from noticeboard.outputs import feed_entries
from noticeboard.outputs.feed_entries import ATOM, Item, marked
from noticeboard.render.formatter import Wording

NEWEST = 100
"""How many events a feed holds, and how many each of its archives."""
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed without events was last changed."""
_HISTORY = "http://purl.org/syndication/history/1.0"


Items = Callable[[Posted], Sequence[Item]]
"""Gives a notice's items, one for each of its events."""


@dataclass(frozen=True)
class Channel:
    """One feed in one language."""

    wording: Wording
    title: str
    folder: str
    """Where it lies, from the site's root: `` for the board's own, else `feeds/contractor/x/`."""
    events: Sequence[tuple[Posted, Event]]
    """Newest first."""
    items_of: Items

    def url(self, name: str) -> str:
        """Give the whole address of one of its files."""
        return f"{self.wording.settings.site_url}{self.wording.language.path}{self.folder}{name}"

    @property
    def home(self) -> str:
        """The page that it tells of."""
        return f"{self.wording.settings.site_url}{self.wording.language.path}notices/"

    @property
    def archives(self) -> int:
        """How many archives stand behind the newest events."""
        return max(0, -(-(len(self.events) - NEWEST) // NEWEST))

    def archive(self, number: int) -> Sequence[tuple[Posted, Event]]:
        """Give the events of an archive, newest first; the first archive holds the oldest."""
        oldest_first = self.events[::-1]
        return oldest_first[(number - 1) * NEWEST : number * NEWEST][::-1]

    def items(self, events: Iterable[tuple[Posted, Event]]) -> tuple[Item, ...]:
        """Give events as readers show them."""
        return tuple(self.items_of(posted)[event.number] for posted, event in events)

    def file(
        self, name: str, events: Sequence[tuple[Posted, Event]], make: Callable[[tuple[Item, ...]], bytes]
    ) -> FeedFile:
        """Give one of its files, to be made of some events."""
        path = f"{self.wording.language.path}{self.folder}{name}"
        # Where a feed's archives end, the links from one to the next differ.
        told = (self.title, str(self.archives), *(f"{posted.stand} {event.id}" for posted, event in events))
        return FeedFile(path, told, lambda: make(self.items(events)))


@dataclass(frozen=True)
class FeedFile:
    """One file of a feed."""

    path: str
    """From the site's root."""
    told: tuple[str, ...]
    """All that it depends on: with the same, it is the same file."""
    make: Callable[[], bytes]


def files(board: Board, wording: Wording, items_of: Items) -> Iterator[FeedFile]:
    """Give every feed of a language, one after the other.

    They are the same for the same notices at any time.
    """
    title = wording.language.gettext("Data-breach notices of %(publisher)s", publisher=wording.settings.publisher)
    yield from _channel(Channel(wording, title, "", board.events, items_of))
    kinds: tuple[Literal["contractor", "school"], ...] = ("contractor", "school")
    for kind in kinds:
        for key, (name, events) in board.facets(kind).items():
            whose = name or wording.say("The district’s own systems")
            channel = Channel(wording, f"{title}: {whose}", f"feeds/{kind}/{key}/", events, items_of)
            yield channel.file("feed.xml", events[:NEWEST], partial(_rss, channel, name="feed.xml"))


def _channel(channel: Channel) -> Iterator[FeedFile]:
    newest, before = channel.events[:NEWEST], channel.archives
    yield channel.file("feed.xml", newest, partial(_rss, channel, name="feed.xml", before=before))
    yield channel.file("atom.xml", newest, partial(_atom, channel, name="atom.xml", before=before))
    yield channel.file("feed.json", newest, partial(_json, channel, name="feed.json", before=before))
    for number in range(1, channel.archives + 1):
        events = channel.archive(number)
        for ending, make in {"xml": _rss, "atom.xml": _atom, "json": _json}.items():
            name = _archive(number, ending)
            yield channel.file(name, events, partial(make, channel, name=name, before=number - 1, is_archive=True))


def _archive(number: int, ending: str) -> str:
    return f"feeds/archive-{number}.{ending}"


def newest_item(posted: Posted, wording: Wording) -> str:
    """Give the feed item of a notice's newest event as RSS has it, for a reviewer to read."""
    return feed_entries.of(posted, wording)[-1].rss.strip()


def _generator(channel: Channel, items: Sequence[Item], name: str) -> FeedGenerator:
    settings, language = channel.wording.settings, channel.wording.language
    feed = FeedGenerator()
    feed.title(marked(channel.title, settings, language))
    feed.description(language.gettext("Each new notice, update, correction and withdrawal, once."))
    feed.subtitle(language.gettext("Each new notice, update, correction and withdrawal, once."))
    feed.author({"name": settings.publisher})
    # feedgen makes the last link the channel's own.
    feed.link(href=channel.url(name), rel="self", type=f"application/{'atom' if 'atom' in name else 'rss'}+xml")
    feed.link(href=channel.home)
    feed.language(language.code)
    feed.generator("noticeboard")
    if items:
        feed.lastBuildDate(max(item.at for item in items))
    else:
        # feedgen fills in the present time, which would make every build of an empty board another file.
        feed._FeedGenerator__rss_lastBuildDate = None
    return feed


def _rss(channel: Channel, items: Sequence[Item], *, name: str, before: int = 0, is_archive: bool = False) -> bytes:
    root = etree.fromstring(_generator(channel, items, name).rss_str())
    _place_in_history(root.find("channel"), channel, name, before, is_archive)
    return _joined(root, [item.rss for item in items], "\n  </channel>")


def _atom(channel: Channel, items: Sequence[Item], *, name: str, before: int = 0, is_archive: bool = False) -> bytes:
    feed = _generator(channel, items, name)
    feed.id(f"{channel.wording.settings.feed_ids}/{channel.wording.language.code}/{channel.folder}")
    # An empty feed has a fixed time: the present would make each build another file.
    feed.updated(max((item.at for item in items), default=EPOCH))
    root = etree.fromstring(feed.atom_str())
    _place_in_history(root, channel, name, before, is_archive)
    return _joined(root, [item.atom for item in items], "\n</feed>")


def _joined(root: Any, items: Sequence[str], before: str) -> bytes:
    """Write a feed, with its items before the tag that ends it."""
    etree.indent(root)
    written: str = etree.tostring(root, xml_declaration=True, encoding="UTF-8").decode()
    start, end, rest = written.partition(before)
    return ("\n".join([start, *items]) + end + rest + "\n").encode()


def _place_in_history(parent: Any, channel: Channel, name: str, before: int, is_archive: bool) -> None:
    """Say that a feed is an archive, and where the one before it is (RFC 5005, section 4)."""
    ending = "atom.xml" if "atom" in name else "xml"
    links = {"prev-archive": channel.url(_archive(before, ending))} if before else {}
    if is_archive:
        number = before + 1
        is_last = number == channel.archives
        current = "atom.xml" if ending == "atom.xml" else "feed.xml"
        links["current"] = channel.url(current)
        # What comes after the last archive is the feed itself, which is no archive.
        if not is_last:
            links["next-archive"] = channel.url(_archive(number + 1, ending))
        parent.insert(0, etree.Element(f"{{{_HISTORY}}}archive", nsmap={"fh": _HISTORY}))
    for rel, href in links.items():
        parent.insert(0, etree.Element(f"{{{ATOM}}}link", rel=rel, href=href, nsmap={"atom": ATOM}))


def _json(channel: Channel, items: Sequence[Item], *, name: str, before: int = 0, is_archive: bool = False) -> bytes:
    """Make a JSON Feed; older items are at `next_url`, as its version 1.1 has it."""
    settings, language = channel.wording.settings, channel.wording.language
    made: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": marked(channel.title, settings, language),
        "home_page_url": channel.home,
        "feed_url": channel.url(name),
        "description": language.gettext("Each new notice, update, correction and withdrawal, once."),
        "language": language.code,
        "authors": [{"name": settings.publisher}],
        **({"next_url": channel.url(_archive(before, "json"))} if before else {}),
    }
    start = json.dumps(made, ensure_ascii=False, indent=1).removesuffix("\n}")
    written = "[\n" + ",\n".join(item.json for item in items) + "\n ]" if items else "[]"
    return f'{start},\n "items": {written}\n}}\n'.encode()
