"""The events of a notice as feed entries: each is written once, and is the same in every feed that holds it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feedgen.entry import FeedEntry
from markupsafe import escape

from noticeboard.board.board import Event, PostedNotice
from noticeboard.i18n import labels
from noticeboard.i18n.language import Language
from noticeboard.outputs import letters
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.settings import Settings
from noticeboard.text import safe_markdown
from noticeboard.text.unsafe_characters import replace_unsafe


@dataclass(frozen=True)
class EventEntry:
    """One event in one language, as any feed has it. Nothing in it changes an id or a date later."""

    id: str
    url: str
    title: str
    """Plain text."""
    summary: str
    """Plain text."""
    content: str
    """HTML."""
    at: datetime
    """UTC."""
    tags: tuple[tuple[str, str], ...]
    """The address of a tag's kind, and its name: the event's kind, the notice's status, the people affected."""

    def as_feedgen(self, title: str) -> FeedEntry:
        """Return the entry for feedgen, under a title as the feed's format has it."""
        entry = FeedEntry()
        entry.id(self.id)
        entry.guid(self.id, permalink=False)
        entry.title(title)
        entry.link(href=self.url, rel="alternate")
        entry.published(self.at)
        entry.updated(self.at)
        # Only RSS has a description.
        entry.description(as_html(self.summary))
        entry.summary(self.summary, type="text")
        entry.content(self.content, type="html")
        entry.category([{"term": name, "scheme": scheme, "label": name} for scheme, name in self.tags])
        return entry

    def as_json(self, language: Language) -> dict[str, Any]:
        """Return the entry for JSON Feed."""
        return {
            "id": self.id,
            "url": self.url,
            "title": as_html(self.title),
            "summary": as_html(self.summary),
            "content_html": self.content,
            "date_published": language.iso(self.at),
            "language": language.code,
            "tags": [name for _, name in self.tags],
        }


def as_html(text: str) -> str:
    """Return a plain text so that a reader who takes it for HTML sees the same words and runs nothing.

    Most texts stay as they are, so that a reader who takes them for plain text sees them right, too.
    """
    return html.escape(text, quote=False) if _MARKUP.search(text) else text


_MARKUP = re.compile("<|&[#A-Za-z]")


def entries_for(view: NoticeView) -> tuple[EventEntry, ...]:
    """Return a notice's entries in a language, one for each of its events, oldest first."""
    return tuple(_entry(event, view) for event in view.posted.events)


def _entry(event: Event, view: NoticeView) -> EventEntry:
    formatter, posted = view.formatter, view.posted
    language, settings = formatter.language, formatter.settings
    if event.kind == "posted":
        url, summary, content = view.url, str(view.summary), letters.feed_html(view)
    else:
        text = view.update_text(event.update)
        url, summary, content = f"{view.url}#{event.id}", safe_markdown.plain(text.text), text.html
    words = escape(language.gettext("The notice on the district’s site"))
    link = f'<p><a href="{escape(url)}">{words}</a></p>'
    title = f"{formatter.translate(labels.EVENT[event.kind])}: {view.title}"
    return EventEntry(
        event_id(posted, event, settings, language),
        url,
        # A character that XML can't hold must not stop the build.
        replace_unsafe(formatter.with_sample_prefix(title)),
        replace_unsafe(formatter.with_sample_prefix(summary)),
        replace_unsafe(f"{content}\n{link}"),
        event.at,
        _tags(view, event),
    )


def _tags(view: NoticeView, event: Event) -> tuple[tuple[str, str], ...]:
    translate, scheme = view.formatter.translate, view.formatter.settings.feed_ids
    people = dict.fromkeys(group.who for group in view.posted.notice.affected)
    return (
        (f"{scheme}/kind", translate(labels.EVENT[event.kind])),
        (f"{scheme}/status", view.status),
        *((f"{scheme}/audience", translate(labels.PEOPLE[who])) for who in people),
    )


def event_id(posted: PostedNotice, event: Event, settings: Settings, language: Language) -> str:
    """Return the id by which readers know an event, in one language, for ever."""
    return f"{settings.feed_ids}/{posted.id}/{language.code}/{event.id}"
