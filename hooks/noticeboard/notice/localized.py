"""A notice in the reader's language: each text in its translation, or in English and marked so."""

from __future__ import annotations

from dataclasses import dataclass

from noticeboard.i18n.catalogs import SOURCE
from noticeboard.notice.model import Notice
from noticeboard.notice.parts import Translation


@dataclass(frozen=True)
class Said:
    """A text, and its language where that isn't the page's."""

    text: str
    lang: str | None = None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Localized:
    """What a notice says in one language."""

    notice: Notice
    code: str
    """The page's language."""

    @property
    def translation(self) -> Translation | None:
        """The notice's translation into this language, if there is one."""
        return (self.notice.translations or {}).get(self.code)

    @property
    def is_own(self) -> bool:
        """Whether the page has words of its own language: English has, and so has a translation."""
        return self.code == SOURCE or self.translation is not None

    @property
    def is_behind(self) -> bool:
        """Whether the English gained an update after a person last compared the two."""
        reviewed = self.translation.reviewed if self.translation else None
        if reviewed is None or reviewed.last is None:
            return False
        return any(update.at.instant > reviewed.last for update in self.notice.updates or [])

    def _said(self, english: str, translated: str | None) -> Said:
        if self.code == SOURCE:
            return Said(english)
        return Said(translated) if translated else Said(english, SOURCE)

    def _from_list(self, name: str, index: int) -> str | None:
        items = getattr(self.translation, name) if self.translation else None
        return items[index] if items and index < len(items) else None

    @property
    def title(self) -> Said:
        """The title."""
        return self._said(self.notice.title, self.translation.title if self.translation else None)

    @property
    def summary(self) -> Said:
        """The summary."""
        return self._said(self.notice.summary, self.translation.summary if self.translation else None)

    def text(self, name: str) -> Said | None:
        """Give one of the four Markdown texts; None if the notice hasn't it."""
        english = getattr(self.notice, name)
        return self._said(english, getattr(self.translation, name) if self.translation else None) if english else None

    def cohort(self, index: int) -> Said | None:
        """Give the cohort of a group, counted from 0; None if it hasn't one."""
        english = self.notice.affected[index].cohort
        return self._said(english, self._from_list("cohort", index)) if english else None

    def step(self, index: int) -> Said:
        """Give a step, counted from 0."""
        return self._said((self.notice.steps or [])[index].do, self._from_list("steps", index))

    def update(self, index: int) -> Said:
        """Give an update's Markdown, counted from 0."""
        return self._said((self.notice.updates or [])[index].text, self._from_list("updates", index))
