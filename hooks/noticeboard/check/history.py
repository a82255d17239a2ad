"""What is posted stays: a notice now against the same notice as it was posted, rule by rule.

Free are a new update, a translation, a date that was missing, a status that moves on, and what is added beside
what stood there. All else that the public relied on changes only together with a new correction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from noticeboard.check.context import NoticeFile
from noticeboard.notice.dates import When
from noticeboard.notice.model import Notice
from noticeboard.notice.parts import Update
from noticeboard.notice.problem import Problem, quoted

_DATES = ("occurred", "discovered", "received", "confirmed", "families_notified", "attorney_general_notified")
_FACTS = ("title", "summary", "contractor", "product", "what_happened", "what_we_are_doing", "what_you_can_do")
_LISTS = ("affected", "not_involved", "steps", "contacts", "links")
_RELIED_ON = (*_FACTS, "more_information", *_DATES, "police_delay", *_LISTS, "protection")
_ORDER = ("investigating", "contained", "resolved", "withdrawn")

# What a correction may call a field.
_NAMES: Mapping[str, str] = {
    "title": "title|name|called", "summary": "summary|short|text", "contractor": "contractor|company|system|vendor",
    "product": "product|program|service|system", "occurred": "happened|date|began|day|between|from",
    "discovered": "discover|found|learned|knew|date", "received": "receiv|reached|told us|notice|date|time",
    "confirmed": "confirm|knew|date", "families_notified": "famil|parents|told|letter|date",
    "attorney_general_notified": "attorney|told|date", "police_delay": "police|wait|delay",
    "affected": "who|student|staff|parent|school|number|count|data|information|record|affected|people|famil",
    "not_involved": "not|data|information|record", "steps": "step|do|by",
    "contacts": "contact|phone|mail|ask|call|office", "links": "link|page|address",
    "protection": "protect|enroll|month|credit|monitor",
    "what_happened": "happened|said|wrote|text|told", "what_we_are_doing": "doing|said|wrote|text|told",
    "what_you_can_do": "do|said|wrote|text|told", "more_information": "information|said|wrote|text|told",
}  # fmt: skip


@dataclass(frozen=True)
class Posted:
    """A notice as it stood at the revision compared with."""

    file: str
    notice: Notice


@dataclass(frozen=True)
class Traits:
    """By what a notice is known again under another name."""

    posted: When | None
    title: str | None


def traits(notice: Notice) -> Traits:
    """Give what of a notice doesn't change; None where it could not be read."""
    return Traits(notice.posted, notice.title)


def changes(file: NoticeFile, old: Posted | None) -> Iterator[Problem]:
    """Compare a notice with itself as it was posted; None: it is new, or the same to the letter."""
    if old:
        for rule in _RULES:
            yield from rule(file, old.notice)


def losses(new: Mapping[str, Traits], before: Mapping[str, Posted], there: set[str]) -> Iterator[Problem]:
    """Find the notices that were posted and are gone.

    `new` are the files that came since; `there` has the names of all files that are there now.
    """
    for name, old in before.items():
        if name not in there:
            yield _gone(old, new)


def _gone(old: Posted, new: Mapping[str, Traits]) -> Problem:
    """A posted file is never deleted or renamed: its name is an address."""
    name = PurePath(old.file).name
    twin = next((key for key, each in new.items() if each.posted == old.notice.posted), None)
    twin = twin or next((key for key, each in new.items() if each.title == old.notice.title), None)
    if twin:
        message = (
            f"{name} must keep its name, not become {twin}: the name is the notice’s address for ever. "
            f"Rename it back to {name}."
        )
        return Problem(old.file, 1, 1, "error", "renamed", "", message)
    way = "to take the notice back, add an update of ‘kind: withdrawal’ and set ‘status: withdrawn’"
    message = f"{name} must not be deleted: what is posted stays. Put it back; {way}."
    return Problem(old.file, 1, 1, "error", "deleted", "", message)


def posted_stays(file: NoticeFile, old: Notice) -> Iterator[Problem]:
    """The time of posting is a fact of the past."""
    new = file.notice.posted
    if new and not _same_time(new, old.posted):
        words = f"must stay {old.posted.text}, not {new.text}: the notice first went up then; put it back"
        yield file.problem("error", "posted-moved", ("posted",), words)


def updates_are_only_added(file: NoticeFile, old: Notice) -> Iterator[Problem]:
    """Updates that were posted stand first, in their order, word for word."""
    was, now = old.updates or [], file.notice.updates or []
    for index, update in enumerate(was):
        if index >= len(now):
            words = f"must still have the update of {update.at.text}; put it back: what is posted stays"
            yield file.problem("error", "update-gone", ("updates",), words)
        elif now[index] and not _same_update(now[index], update):
            moved = any(each and _same_update(each, update) for each in now)
            words = (
                f"must stay the update of {update.at.text}; put the updates back in order and add new ones at the end"
                if moved
                else f"must stay as it was posted ({update.at.text}: {quoted(update.text)}); put it back, and add a "
                "new update of ‘kind: correction’ that says what was wrong"
            )
            yield file.problem("error", "update-changed", ("updates", index), words)


def facts_change_with_a_correction(file: NoticeFile, old: Notice) -> Iterator[Problem]:
    """What the public relied on changes only together with a correction that names it."""
    data = file.document.data
    changed = [
        name
        for name in _RELIED_ON
        # What can't be read has an error of its own.
        if (getattr(file.notice, name) is not None or data.get(name) is None)
        and _is_changed(name, getattr(old, name), getattr(file.notice, name))
    ]
    corrections = [each.text for each in _new_updates(file, old) if each.kind == "correction"]
    for name in changed:
        if not corrections:
            words = (
                f"was changed after it was posted (it was {_shown(getattr(old, name))}); put it back, or add an update "
                "of ‘kind: correction’ at the end of updates that says what was wrong"
            )
            yield file.problem("error", "silent-change", (name,), words)
        elif not any(_names(text, name, file.notice) for text in corrections):
            words = "was changed, but the new correction doesn’t seem to name it; say in it what was wrong"
            yield file.problem("warning", "correction-names", (name,), words)


def status_moves_on(file: NoticeFile, old: Notice) -> Iterator[Problem]:
    """A status goes from investigating to contained to resolved; going back is news."""
    new = file.notice.status
    if not new or _ORDER.index(new) >= _ORDER.index(old.status) or _new_updates(file, old):
        return
    words = f"goes back from {old.status} to {new}; add an update at the end of updates that says why"
    yield file.problem("error", "status-back", ("status",), words)


def additions_are_told(file: NoticeFile, old: Notice) -> Iterator[Problem]:
    """What is added beside an update reaches nobody who follows the board."""
    added = [
        name
        for name in ("protection", "steps", "contacts", "not_involved", "more_information", "links")
        if getattr(old, name) != getattr(file.notice, name)
        and not _is_changed(name, getattr(old, name), getattr(file.notice, name))
    ]
    if added and not _new_updates(file, old):
        words = "was added without an update, so nobody who follows the board is told; add an update that says so"
        yield file.problem("warning", "untold", (added[0],), words)


def translations_are_compared_anew(file: NoticeFile, old: Notice) -> Iterator[Problem]:
    """A translation with other words was not compared with the English on the day of the old ones."""
    for language, was in (old.translations or {}).items():
        now = (file.notice.translations or {}).get(language)
        day = now.reviewed if now else None
        if not (now and day and day.last and was.reviewed) or day.last > file.now or not _same_time(day, was.reviewed):
            continue
        if _plain(now) != _plain(was):
            words = (
                f"is still {day.text}, but the translation has other words than on that day; compare it with the "
                "English and set the day anew, or delete this line"
            )
            yield file.problem("warning", "translation-changed", ("translations", language, "reviewed"), words)


_RULES: tuple[Callable[[NoticeFile, Notice], Iterator[Problem]], ...] = (
    posted_stays,
    updates_are_only_added,
    facts_change_with_a_correction,
    status_moves_on,
    additions_are_told,
    translations_are_compared_anew,
)


def _new_updates(file: NoticeFile, old: Notice) -> list[Update]:
    return [each for each in (file.notice.updates or [])[len(old.updates or []) :] if each]


def _same_time(one: When, other: When) -> bool:
    return (one.first, one.last, one.form) == (other.first, other.last, other.form)


def _same_update(one: Update, other: Update) -> bool:
    return _same_time(one.at, other.at) and one.kind == other.kind and one.text.strip() == other.text.strip()


def _is_changed(name: str, old: Any, new: Any) -> bool:
    """Tell whether something that stood there is another or gone; what was missing may be added."""
    if old is None or old == []:
        return False
    if isinstance(old, When):
        # `unknown` is a date that was missing.
        is_missing = old.form == "unknown"
        return not is_missing and (new is None or not _same_time(new, old))
    if name == "affected":
        # Whose data, which data, how many: every group is what people relied on.
        return bool(new is None or _plain(new) != _plain(old))
    if isinstance(old, list):
        return new is None or _plain(new)[: len(old)] != _plain(old)
    if isinstance(old, str):
        return new is None or new.split() != old.split()
    return bool(new is None or _lost(_plain(old), _plain(new)))


def _lost(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Tell whether a part lost or changed something that it said."""
    return any(value is not None and new.get(key) != value for key, value in old.items())


def _plain(value: Any) -> Any:
    """Give parts as plain data; two ways to write one time are the same."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, When):
        return (value.first, value.last, value.form)
    if hasattr(type(value), "model_fields"):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    return value


def _shown(value: Any) -> str:
    if isinstance(value, When):
        return value.text
    return quoted(value) if isinstance(value, str) else "something else"


def _names(text: str, field: str, notice: Notice) -> bool:
    """Tell whether a correction speaks of a field: by one of its names, or by its new value."""
    value = getattr(notice, field)
    is_value = isinstance(value, str | int) and str(value).casefold() in text.casefold()
    return is_value or bool(re.search(_NAMES[field], text, re.IGNORECASE))
