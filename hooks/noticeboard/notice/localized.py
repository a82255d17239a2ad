"""A notice in the reader's language: each text in its translation, or in English and marked so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from noticeboard.i18n.catalogs import SOURCE
from noticeboard.notice.model import Notice
from noticeboard.notice.parts import Translation
from noticeboard.text import safe_markdown


@dataclass(frozen=True)
class LocalText:
    """A text, and its language where that isn't the page's."""

    text: str
    lang: str | None = None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class LocalMarkdown(LocalText):
    """A Markdown text."""

    @cached_property
    def html(self) -> Markup:
        """The text as safe HTML."""
        return safe_markdown.html(self.text)


@dataclass(frozen=True)
class LocalContact:
    """Whom to ask."""

    name: LocalText
    phone: str
    """Empty if it has none; so are `email` and `url`."""
    email: str
    url: str
    hours: LocalText | None


@dataclass(frozen=True)
class LocalLink:
    """A page elsewhere."""

    title: LocalText
    url: str


@dataclass(frozen=True)
class LocalizedNotice:
    """What a notice says in one language."""

    notice: Notice
    code: str
    """The page's language."""

    @property
    def translation(self) -> Translation | None:
        """The notice's translation into this language, if there is one."""
        return (self.notice.translations or {}).get(self.code)

    @property
    def is_translated(self) -> bool:
        """Whether the page has words of its own language: English has, and so has a translation."""
        return self.code == SOURCE or self.translation is not None

    @property
    def is_outdated(self) -> bool:
        """Whether the English gained an update after a person last compared the two."""
        reviewed = self.translation.reviewed if self.translation else None
        if reviewed is None or reviewed.last is None:
            return False
        return any(update.at.instant > reviewed.last for update in self.notice.updates or [])

    def _local(self, english: str, translated: str | None) -> tuple[str, str | None]:
        """Return a text, and its language where that isn't the page's."""
        if self.code == SOURCE:
            return english, None
        return (translated, None) if translated else (english, SOURCE)

    def _from_list(self, name: str, index: int) -> str | None:
        items = getattr(self.translation, name) if self.translation else None
        return items[index] if items and index < len(items) else None

    @property
    def title(self) -> LocalText:
        """The title."""
        return LocalText(*self._local(self.notice.title, self.translation.title if self.translation else None))

    @property
    def summary(self) -> LocalText:
        """The summary."""
        return LocalText(*self._local(self.notice.summary, self.translation.summary if self.translation else None))

    def text(self, name: str) -> LocalMarkdown | None:
        """Return one of the four Markdown texts; None if the notice hasn't it."""
        english = getattr(self.notice, name)
        translated = getattr(self.translation, name) if self.translation else None
        return LocalMarkdown(*self._local(english, translated)) if english else None

    def cohort(self, index: int) -> LocalText | None:
        """Return the cohort of a group, counted from 0; None if it hasn't one."""
        english = self.notice.affected[index].cohort
        return LocalText(*self._local(english, self._from_list("cohort", index))) if english else None

    def step(self, index: int) -> LocalText:
        """Return a step, counted from 0."""
        return LocalText(*self._local((self.notice.steps or [])[index].do, self._from_list("steps", index)))

    def contact(self, index: int) -> LocalContact:
        """Return whom to ask, counted from 0."""
        contact = self.notice.contacts[index]
        hours = self._local(contact.hours, self._from_list("contact_hours", index)) if contact.hours else None
        return LocalContact(
            LocalText(*self._local(contact.name, self._from_list("contacts", index))),
            contact.phone or "",
            contact.email or "",
            contact.url or "",
            LocalText(*hours) if hours else None,
        )

    def link(self, index: int) -> LocalLink:
        """Return a page elsewhere, counted from 0."""
        link = (self.notice.links or [])[index]
        return LocalLink(LocalText(*self._local(link.title, self._from_list("links", index))), link.url)

    @property
    def protection(self) -> LocalContact | None:
        """Who gives identity protection, and how to enroll; None if none is offered."""
        offer = self.notice.protection
        if offer is None:
            return None
        translated = self.translation.protection_hours if self.translation else None
        hours = LocalText(*self._local(offer.hours, translated)) if offer.hours else None
        return LocalContact(LocalText(offer.provider), offer.phone or "", "", offer.url or "", hours)

    def update(self, index: int) -> LocalMarkdown:
        """Return an update's text, counted from 0."""
        return LocalMarkdown(*self._local((self.notice.updates or [])[index].text, self._from_list("updates", index)))
