"""The events of a notice as feeds have them: each is written once, and is the same in every feed that holds it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feedgen.entry import FeedEntry
from lxml import etree
from markupsafe import Markup

from noticeboard.board.board import Event, Posted
from noticeboard.i18n import labels
from noticeboard.i18n.language import Language
from noticeboard.outputs.letters import Letter
from noticeboard.render.formatter import Wording
from noticeboard.settings import Settings
from noticeboard.text import safe_markdown
from noticeboard.text.unsafe_characters import without

ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"


@dataclass(frozen=True)
class Item:
    """One event as it stands in a feed of each form, indented. Nothing in it changes an id or a date later."""

    at: datetime
    rss: str
    atom: str
    json: str


def of(posted: Posted, wording: Wording) -> tuple[Item, ...]:
    """Give a notice's items in a language, one for each of its events, oldest first."""
    letter = Letter(wording, posted)
    return tuple(_item(event, letter) for event in posted.events)


def _item(event: Event, letter: Letter) -> Item:
    wording, posted = letter.wording, letter.posted
    language, settings = wording.language, wording.settings
    kind = language.gettext(labels.EVENT[event.kind])
    anchor = "" if event.kind == "posted" else f"#{event.id}"
    if event.kind == "posted":
        summary, html = str(letter.local.summary), letter.item()
    else:
        text = str(letter.local.update(event.update))
        summary, html = safe_markdown.plain(text), safe_markdown.html(text)
    url = f"{settings.site_url}{language.path}{posted.address}{anchor}"
    more = Markup('<p><a href="{}">{}</a></p>').format(url, language.gettext("The notice on the district’s site"))
    item_id = event_id(posted, event, settings, language)
    title = marked(f"{kind}: {letter.local.title}", settings, language)
    summary, whole = marked(summary, settings, language), without(f"{html}\n{more}")
    tags = tuple(_tags(posted, event, wording))
    entry = FeedEntry()
    entry.id(item_id)
    entry.guid(item_id, permalink=False)
    entry.title(title)
    entry.link(href=url, rel="alternate")
    entry.published(event.at)
    entry.updated(event.at)
    entry.description(summary)
    entry.summary(summary)
    entry.content(whole, type="html")
    entry.category([{"term": tag, "scheme": f"{settings.feed_ids}/{kind}", "label": tag} for kind, tag in tags])
    as_json = {
        "id": item_id,
        "url": url,
        "title": title,
        "summary": summary,
        "content_html": whole,
        "date_published": language.iso(event.at),
        "language": language.code,
        "tags": [tag for _, tag in tags],
    }
    return Item(
        event.at,
        _written(entry.rss_entry(), 2),
        _written(entry.atom_entry(), 1),
        "  " + json.dumps(as_json, ensure_ascii=False, indent=1).replace("\n", "\n  "),
    )


def _written(entry: Any, level: int) -> str:
    """Write an entry without the names of namespaces that its feed declares."""
    root = etree.Element("root", nsmap={"atom": ATOM, "content": _CONTENT})
    root.append(entry)
    etree.indent(entry, level=level)
    made: str = etree.tostring(root, encoding="unicode")
    return "  " * level + made[made.index(">") + 1 : -len("</root>")]


def _tags(posted: Posted, event: Event, wording: Wording) -> Iterable[tuple[str, str]]:
    yield "kind", wording.say(labels.EVENT[event.kind])
    yield "status", wording.say(labels.STATUS[posted.notice.status])
    for who in dict.fromkeys(group.who for group in posted.notice.affected):
        yield "audience", wording.say(labels.PEOPLE[who])


def event_id(posted: Posted, event: Event, settings: Settings, language: Language) -> str:
    """Give the id by which readers know an event, in one language, for ever."""
    return f"{settings.feed_ids}/{posted.id}/{language.code}/{event.id}"


def marked(text: str, settings: Settings, language: Language) -> str:
    """Mark what belongs to a sample; a character that XML can't hold must not stop the build."""
    return without(f"{language.gettext('SAMPLE')}: {text}" if settings.samples else text)
