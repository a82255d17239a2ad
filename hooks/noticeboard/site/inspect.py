"""A built site as a whole, before it is published: is all there that its notices, feeds, site maps and links promise?

It knows the files only, not what built them.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from noticeboard.notice.problem import quote
from noticeboard.outputs import json_data

_BOARD = "notices/index.html"
_NAMES = {"a": "http://www.w3.org/2005/Atom", "s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
_FEEDS = {
    "feed.xml": (r"archive-\d+\.xml", "//item/guid"),
    "atom.xml": (r"archive-\d+\.atom\.xml", "//a:entry/a:id"),
    "feed.json": (r"archive-\d+\.json", ""),
}
"""Each feed, with its archives' names and where its events' ids stand."""
_CALENDAR = re.compile(rb"BEGIN:VCALENDAR\r\n.*\r\nEND:VCALENDAR\r\n", re.DOTALL)
_OUT = ".."
_Links = dict[tuple[str, str], list[str]]
"""Where links lead, (file, id in it or ``), with the pages that they stand in."""
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, etree.XMLSyntaxError)


@dataclass(frozen=True)
class SiteProblem:
    """Something that must not be published."""

    file: str
    """From the site's root."""
    rule: str
    """The rule's name: stable, for people who search."""
    message: str

    def as_text(self) -> str:
        """Return the line that `noticeboard inspect` prints."""
        return f"{self.file}: error: {self.message}  [{self.rule}]"


@dataclass(frozen=True)
class BuiltSite:
    """A built site."""

    names: Collection[str]
    read: Callable[[str], bytes]
    base: str
    """Its address, with a slash at the end."""
    notices: list[dict[str, Any]]

    def editions(self) -> list[str]:
        """Return each language's folder; the first is the root."""
        folders = {name.removesuffix(_BOARD) for name in self.names if re.fullmatch(rf"([a-z]+/)?{_BOARD}", name)}
        return sorted({"", *folders})

    def target(self, page: str, link: str) -> str | None:
        """Return the file that a page's link shows: None on another site, _OUT if it leads out of this one."""
        whole = urljoin(self.base + page, link)
        if not whole.startswith(self.base):
            address = urlsplit(link)
            return None if address.scheme or address.netloc else _OUT
        path = unquote(urlsplit(whole[len(self.base) :]).path)
        return f"{path}index.html" if path == "" or path.endswith("/") else path


def inspect(
    names: Collection[str], read: Callable[[str], bytes], before: Mapping[str, Any] | None = None
) -> Iterator[SiteProblem]:
    """Say what is wrong with a built site.

    `names` are its files, from its root, and `read` gives a file's content. `before` is the `notices.json` of the
    site whose place it takes: no page, code or feed id of that may vanish.
    """
    try:
        data = json.loads(read("notices.json"))
        site = BuiltSite(names, read, json_data.site_address(data), data["notices"])
        gone = json_data.missing_since(before or data, data)
    except _UNREADABLE:
        yield SiteProblem(
            "notices.json", "data", "The list of notices is missing, or can’t be read. Build the site anew."
        )
        return
    if not site.base.startswith("https://"):
        said = f"The site’s address must begin with https://, not {quote(site.base)}. Set site_url in mkdocs.yml."
        yield SiteProblem("notices.json", "address", said)
    for promise in gone:
        said = f"{promise} was on the site and would vanish. What is posted keeps its addresses."
        yield SiteProblem("notices.json", "vanished", said)
    problems = [*_feeds(site), *_site_maps(site), *_pages(site)]
    yield from problems
    yield from _data(site, {problem.file for problem in problems})


def _data(site: BuiltSite, reported: Collection[str]) -> Iterator[SiteProblem]:
    """Every file that a program reads can be read to its end; of those told already nothing more is said."""
    for name in sorted(site.names):
        try:
            if name.endswith(".json"):
                json.loads(site.read(name))
            elif name.endswith(".xml"):
                _xml(site.read(name))
            elif name.endswith(".ics") and not _CALENDAR.fullmatch(site.read(name)):
                raise ValueError
        except _UNREADABLE:
            if name not in reported:
                yield SiteProblem(name, "data", "The file is cut off, or holds something else. Build the site anew.")


def _feeds(site: BuiltSite) -> Iterator[SiteProblem]:
    """Every event is in each feed of each language, or in its archives."""
    for path in site.editions():
        promised = _event_ids(site, f"{site.base}{path}notices/")
        for name, (archive, place) in _FEEDS.items():
            archives = sorted(name for name in site.names if re.fullmatch(f"{path}feeds/{archive}", name))
            held: set[str] = set()
            try:
                for file in (f"{path}{name}", *archives):
                    held.update(_held(site.read(file), place))
            except _UNREADABLE:
                yield SiteProblem(file, "feed", "The feed is missing, or can’t be read. Build the site anew.")
                continue
            for event_id in promised:
                if event_id not in held:
                    yield SiteProblem(
                        f"{path}{name}", "feed-id", f"The event {event_id} of notices.json is not in this feed."
                    )


def _event_ids(site: BuiltSite, start: str) -> list[str]:
    return [
        event["feed_ids"][code]
        for notice in site.notices
        for code, words in notice["texts"].items()
        if words["url"].startswith(start)
        for event in notice["events"]
    ]


def _held(content: bytes, place: str) -> list[str]:
    """List the ids in a feed's file."""
    if not place:
        return [item["id"] for item in json.loads(content)["items"]]
    return [str(element.text) for element in _xml(content).xpath(place, namespaces=_NAMES)]


def _xml(content: bytes) -> Any:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _site_maps(site: BuiltSite) -> Iterator[SiteProblem]:
    """Every page that a site map names is there."""
    for path in site.editions():
        name = f"{path}sitemap.xml"
        try:
            named = _xml(site.read(name)).xpath("//s:loc/text()", namespaces=_NAMES)
        except _UNREADABLE:
            yield SiteProblem(name, "sitemap", "The site map is missing, or can’t be read. Build the site anew.")
            continue
        for address in map(str, named):
            if site.target("", address) not in site.names:
                yield SiteProblem(name, "sitemap", f"The site map names {address}, and this page is not there.")


def _pages(site: BuiltSite) -> Iterator[SiteProblem]:
    """Every notice has its page in each language, with its title, and lists name it; every link leads somewhere."""
    titles = _titles(site)
    for name in sorted(titles.keys() - set(site.names)):
        yield SiteProblem(name, "page", "The notice is in notices.json, and its page is not there.")
    links: _Links = defaultdict(list)
    ids: dict[str, set[str]] = {}
    for name in sorted(name for name in site.names if name.endswith(".html")):
        try:
            content = site.read(name)
            if not content.rstrip().endswith(b"</html>"):
                raise ValueError
            tree = etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))
            heading = " ".join(tree.xpath("string(//h1)").split())
        except _UNREADABLE:
            yield SiteProblem(name, "page", "The page is empty or cut off, or can’t be read. Build the site anew.")
            continue
        if heading != titles.get(name, heading):
            yield SiteProblem(name, "page", f"The page says {quote(heading)}, and its notice {quote(titles[name])}.")
        ids[name] = set(tree.xpath("//@id"))
        for link in set(tree.xpath("//@href | //@src")):
            if target := site.target(name, link):
                place = link if target == _OUT else unquote(urlsplit(link).fragment)
                links[target, place].append(name)
    yield from _unlisted(site, links, titles)
    yield from _dead_links(links, site.names, ids)


def _unlisted(site: BuiltSite, links: _Links, notice_pages: Collection[str]) -> Iterator[SiteProblem]:
    """Every notice stands in a list of its language, and the newest that is active on the board itself."""
    naming: dict[str, set[str]] = defaultdict(set)
    for (target, _), pages in links.items():
        naming[target].update(pages)
    active = next((notice["id"] for notice in site.notices if notice["status"] in {"investigating", "contained"}), None)
    for path in site.editions():
        lists = {name for name in site.names if name.startswith(f"{path}notices/") and name not in notice_pages}
        for notice in site.notices:
            page = f"{path}notices/{notice['id']}/index.html"
            naming_pages = {
                name for name in naming[page] & lists if not name.startswith(f"{path}notices/{notice['id']}/")
            }
            if not naming_pages or (notice["id"] == active and path + _BOARD not in naming_pages):
                yield SiteProblem(page, "unlisted", "No list of the board leads to this notice. Build the site anew.")


def _titles(site: BuiltSite) -> dict[str, str]:
    """Return each notice's pages with the titles that they must show."""
    texts = (words for notice in site.notices for words in notice["texts"].values())
    return {str(site.target("", words["url"])): " ".join(words["title"].split()) for words in texts}


def _dead_links(links: _Links, names: Collection[str], ids: Mapping[str, set[str]]) -> Iterator[SiteProblem]:
    for (target, place), pages in sorted(links.items()):
        which = pages[0] if len(pages) == 1 else f"{pages[0]} and {len(pages) - 1} more"
        if target == _OUT:
            yield SiteProblem(pages[0], "link", f"The link ‘{place}’ leads out of the site. It stands in {which}.")
        elif target not in names:
            yield SiteProblem(pages[0], "link", f"A link leads to {target}, which is not there. It stands in {which}.")
        elif place and place not in ids.get(target, {place}):
            yield SiteProblem(
                pages[0], "link", f"A link leads to {target}#{place}; nothing has that id. It stands in {which}."
            )
