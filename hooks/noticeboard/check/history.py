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

from noticeboard.check.context import RuleContext
from noticeboard.notice.dates import PartialDate
from noticeboard.notice.model import Notice, PartialNotice
from noticeboard.notice.parts import Update
from noticeboard.notice.problem import Problem, quote

_OWN_RULES = frozenset({"status", "posted", "updates", "translations"})
_RELIED_ON = tuple(name for name in Notice.model_fields if name not in _OWN_RULES)
"""The fields that change only together with a correction."""
_ORDER = ("investigating", "contained", "resolved", "withdrawn")

# What a correction may call a field; any other is called by its own name.
_NAMES: Mapping[str, str] = {
    "title": "title|name|called", "summary": "summary|short|text", "contractor": "contractor|company|system|vendor",
    "product": "product|program|service|system", "contract": "contract|page|address",
    "cause": "cause|how|happened", "found_by": "found|discover|who", "contained": "contain|stop|date|day",
    "occurred": "happened|date|began|day|between|from",
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
class PublishedVersion:
    """A notice as it stood at the revision compared with."""

    file: str
    notice: Notice


@dataclass(frozen=True)
class Fingerprint:
    """By what a notice is known again under another name."""

    posted: PartialDate | None
    title: str | None


def fingerprint(notice: PartialNotice) -> Fingerprint:
    """Return what of a notice doesn't change; None where it could not be read."""
    return Fingerprint(notice.posted, notice.title)


def compare(context: RuleContext, old: PublishedVersion | None) -> Iterator[Problem]:
    """Compare a notice with itself as it was posted; None: it is new, or the same to the letter."""
    if old:
        for rule in _RULES:
            yield from rule(context, old.notice)


def removed_notices(
    new: Mapping[str, Fingerprint], before: Mapping[str, PublishedVersion], current_names: set[str]
) -> Iterator[Problem]:
    """Find the notices that were posted and are gone.

    `new` are the files that came since; `current_names` has the names of all files that are there now.
    """
    for name, old in before.items():
        if name not in current_names:
            yield _gone(old, new)


def _gone(old: PublishedVersion, new: Mapping[str, Fingerprint]) -> Problem:
    """A posted file is never deleted or renamed: its name is an address."""
    name = PurePath(old.file).name
    twin = next((key for key, fingerprint in new.items() if fingerprint.posted == old.notice.posted), None)
    twin = twin or next((key for key, fingerprint in new.items() if fingerprint.title == old.notice.title), None)
    if twin:
        message = (
            f"{name} must keep its name, not become {twin}: the name is the notice’s address for ever. "
            f"Rename it back to {name}."
        )
        return Problem(old.file, 1, 1, "error", "renamed", "", message)
    fix = "to take the notice back, add an update of ‘kind: withdrawal’ and set ‘status: withdrawn’"
    message = f"{name} must not be deleted: what is posted stays. Put it back; {fix}."
    return Problem(old.file, 1, 1, "error", "deleted", "", message)


def posted_stays(context: RuleContext, old: Notice) -> Iterator[Problem]:
    """The time of posting is a fact of the past."""
    new = context.notice.posted
    if new and not _same_time(new, old.posted):
        message = f"must stay {old.posted.text}, not {new.text}: the notice first went up then; put it back"
        yield context.problem("error", "posted-moved", ("posted",), message)


def updates_are_only_added(context: RuleContext, old: Notice) -> Iterator[Problem]:
    """Updates that were posted stand first, in their order, word for word."""
    previous, now = old.updates or [], context.notice.updates or []
    for index, update in enumerate(previous):
        if index >= len(now):
            message = f"must still have the update of {update.at.text}; put it back: what is posted stays"
            yield context.problem("error", "update-gone", ("updates",), message)
        elif (new := now[index]) and not _same_update(new, update):
            moved = any(current and _same_update(current, update) for current in now)
            message = (
                f"must stay the update of {update.at.text}; put the updates back in order and add new ones at the end"
                if moved
                else f"must stay as it was posted ({update.at.text}: {quote(update.text)}); put it back, and add a "
                "new update of ‘kind: correction’ that says what was wrong"
            )
            yield context.problem("error", "update-changed", ("updates", index), message)


def facts_change_with_a_correction(context: RuleContext, old: Notice) -> Iterator[Problem]:
    """What the public relied on changes only together with a correction that names it."""
    data = context.document.data
    changed = [
        name
        for name in _RELIED_ON
        # What can't be read has an error of its own.
        if (getattr(context.notice, name) is not None or data.get(name) is None)
        and _is_changed(name, getattr(old, name), getattr(context.notice, name))
    ]
    corrections = [update.text for update in _new_updates(context, old) if update.kind == "correction"]
    for name in changed:
        if not corrections:
            message = (
                f"was changed after it was posted (it was {_shown(getattr(old, name))}); put it back, or add an update "
                "of ‘kind: correction’ at the end of updates that says what was wrong"
            )
            yield context.problem("error", "silent-change", (name,), message)
        elif not any(_names(text, name, context.notice) for text in corrections):
            message = "was changed, but the new correction doesn’t seem to name it; say in it what was wrong"
            yield context.problem("warning", "correction-names", (name,), message)


def status_moves_on(context: RuleContext, old: Notice) -> Iterator[Problem]:
    """A status goes from investigating to contained to resolved; going back is news."""
    new = context.notice.status
    if not new or _ORDER.index(new) >= _ORDER.index(old.status) or _new_updates(context, old):
        return
    message = f"goes back from {old.status} to {new}; add an update at the end of updates that says why"
    yield context.problem("error", "status-back", ("status",), message)


def additions_are_told(context: RuleContext, old: Notice) -> Iterator[Problem]:
    """What is added beside an update reaches nobody who follows the board."""
    added = [
        name
        for name in ("protection", "steps", "contacts", "not_involved", "more_information", "links")
        if getattr(old, name) != getattr(context.notice, name)
        and not _is_changed(name, getattr(old, name), getattr(context.notice, name))
    ]
    if added and not _new_updates(context, old):
        message = "was added without an update, so nobody who follows the board is told; add an update that says so"
        yield context.problem("warning", "untold", (added[0],), message)


def translations_are_compared_anew(context: RuleContext, old: Notice) -> Iterator[Problem]:
    """A translation with other words was not compared with the English on the day of the old ones."""
    for language, previous in (old.translations or {}).items():
        now = (context.notice.translations or {}).get(language)
        day = now.reviewed if now else None
        if (
            not (now and day and day.last and previous.reviewed)
            or day.last > context.now
            or not _same_time(day, previous.reviewed)
        ):
            continue
        if _plain(now) != _plain(previous):
            message = (
                f"is still {day.text}, but the translation has other words than on that day; compare it with the "
                "English and set the day anew, or delete this line"
            )
            yield context.problem("warning", "translation-changed", ("translations", language, "reviewed"), message)


_RULES: tuple[Callable[[RuleContext, Notice], Iterator[Problem]], ...] = (
    posted_stays,
    updates_are_only_added,
    facts_change_with_a_correction,
    status_moves_on,
    additions_are_told,
    translations_are_compared_anew,
)


def _new_updates(context: RuleContext, old: Notice) -> list[Update]:
    return [update for update in (context.notice.updates or [])[len(old.updates or []) :] if update]


def _same_time(one: PartialDate, other: PartialDate) -> bool:
    return (one.first, one.last, one.precision) == (other.first, other.last, other.precision)


def _same_update(one: Update, other: Update) -> bool:
    return _same_time(one.at, other.at) and one.kind == other.kind and one.text.strip() == other.text.strip()


def _is_changed(name: str, old: Any, new: Any) -> bool:
    """Whether something that stood there is another or gone; what was missing may be added."""
    if old is None or old == []:
        return False
    if isinstance(old, PartialDate):
        # `unknown` is a date that was missing.
        is_missing = old.precision == "unknown"
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
    """Whether a part lost or changed something that it said."""
    return any(value is not None and new.get(key) != value for key, value in old.items())


def _plain(value: Any) -> Any:
    """Return parts as plain data; two ways to write one time are the same."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, PartialDate):
        return (value.first, value.last, value.precision)
    if hasattr(type(value), "model_fields"):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    return value


def _shown(value: Any) -> str:
    if isinstance(value, PartialDate):
        return value.text
    return quote(value) if isinstance(value, str) else "something else"


def _names(text: str, field: str, notice: PartialNotice) -> bool:
    """Whether a correction speaks of a field: by one of its names, or by its new value."""
    value = getattr(notice, field)
    is_value = isinstance(value, str | int) and str(value).casefold() in text.casefold()
    return is_value or bool(re.search(_NAMES.get(field, field.replace("_", "|")), text, re.IGNORECASE))
