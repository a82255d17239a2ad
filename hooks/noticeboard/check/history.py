"""What is posted stays: a notice now against the same notice as it was posted, rule by rule.

Free are a new update, a date that was missing, a new translation and a status that moves on. All else changes only
together with a new correction that names it; what is added to what stood there is told in an update.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from noticeboard.check.changes import Change, changes
from noticeboard.check.context import RuleContext
from noticeboard.notice.dates import PartialDate
from noticeboard.notice.field_types import TRANSLATION
from noticeboard.notice.model import Notice, PartialNotice
from noticeboard.notice.parts import Update
from noticeboard.notice.problem import Problem, plural, quote
from noticeboard.notice.strict_yaml import Path

DELAY = "police_delay"
LATE_AFTER = timedelta(days=2)
"""How long after its day a time may be written down before the page says when that was."""
_ORDER = ("investigating", "contained", "resolved", "withdrawn")
_SPOKEN_OF: Mapping[str, str] = {
    "not_involved": r"\bnot\b|\bno\b|n’t\b|n't\b",
    "protection": "protect|monitor|enroll|credit",
    "steps": "can do|step|should|please|change|call|ask|check|sign up|enroll|freeze|report|request",
    "contacts": "contact|call|phone|mail|ask|office|line|reach|write to",
    "links": "link|page|site|online|read",
    "contract": "contract|agreement",
}
"""What may reassure people or lead them somewhere: an addition to it is told in an update with such words in it."""


@dataclass(frozen=True)
class PublishedVersion:
    """A notice as it stood at the revision compared with."""

    file: str
    notice: Notice | None
    """None: it has errors by the rules of today, so nothing can be compared with it."""


@dataclass(frozen=True)
class Fingerprint:
    """By what a notice is known again under another name."""

    posted: PartialDate | None
    title: str | None


def fingerprint(notice: PartialNotice) -> Fingerprint:
    """Return what of a notice doesn't change; None where it could not be read."""
    return Fingerprint(notice.posted, notice.title)


def compare(context: RuleContext, old: PublishedVersion | None) -> tuple[list[Problem], tuple[Change, ...]]:
    """Compare a notice with itself as it was posted: its problems, and every value that changed.

    None: it is new.
    """
    if old is None:
        new = list(_late(context, ("posted",), context.notice.posted))
        return [*new, *_late_updates(context, 0)], ()
    if old.notice is None:
        message = "What was posted under this name can’t be read, so nothing was compared; look at each change."
        return [Problem(context.document.file, 1, 1, "warning", "not-compared", "", message)], ()
    comparison = Comparison.build(context, old.notice)
    return [problem for rule in _RULES for problem in rule(comparison)], comparison.changes


def removed_notices(new: Mapping[str, Fingerprint], gone: Iterable[PublishedVersion]) -> Iterator[Problem]:
    """Name the notices that were posted and are gone; `new` are the files that came since, by name."""
    for old in gone:
        yield _gone(old, new)


def _gone(old: PublishedVersion, new: Mapping[str, Fingerprint]) -> Problem:
    """A posted file is never deleted or renamed: its name is an address."""
    name = PurePath(old.file).name
    posted, title = (old.notice.posted, old.notice.title) if old.notice else (None, None)
    twin = next((key for key, fingerprint in new.items() if posted and fingerprint.posted == posted), None)
    twin = twin or next((key for key, fingerprint in new.items() if title and fingerprint.title == title), None)
    if twin:
        message = (
            f"{name} must keep its name, not become {twin}: the name is the notice’s address for ever. "
            f"Rename it back to {name}."
        )
        return Problem(old.file, 1, 1, "error", "renamed", "", message)
    fix = "to take the notice back, add an update of ‘kind: withdrawal’ and set ‘status: withdrawn’"
    message = f"{name} must not be deleted: what is posted stays. Put it back; {fix}."
    return Problem(old.file, 1, 1, "error", "deleted", "", message)


@dataclass(frozen=True)
class Comparison:
    """A notice, how it was posted, and what differs."""

    context: RuleContext
    old: Notice
    changes: tuple[Change, ...]
    new_updates: tuple[Update, ...]

    @classmethod
    def build(cls, context: RuleContext, old: Notice) -> Comparison:
        """Compare a notice with how it was posted."""
        notice, data = context.notice, context.document.data
        # What stands in the file and can't be read has an error of its own.
        unread = frozenset(
            name for name in type(notice).model_fields if getattr(notice, name) is None and data.get(name) is not None
        )
        new = (notice.updates or [])[len(old.updates or []) :]
        return cls(context, old, tuple(changes(old, notice, unread)), tuple(update for update in new if update))

    @property
    def corrected(self) -> set[str]:
        """The fields that new corrections name."""
        corrections = (update for update in self.new_updates if update.kind == "correction")
        return {name for update in corrections for name in update.corrects or ()}

    @property
    def corrections_needed(self) -> dict[str, Change]:
        """The fields that change only with a correction, each with its first change."""
        return _by_field(change for change in self.changes if not _is_free(change) and _stood_there(change))

    @property
    def additions(self) -> dict[str, Change]:
        """The fields that were only added to, each with its first change."""
        added = _by_field(change for change in self.changes if not _is_free(change))
        return {field: change for field, change in added.items() if field not in self.corrections_needed}

    def problem(self, rule: str, path: Path, message: str) -> Problem:
        """Return an error of the field at `path`."""
        return self.context.problem("error", rule, path, message)


def _by_field(changes: Iterable[Change]) -> dict[str, Change]:
    found: dict[str, Change] = {}
    for change in changes:
        found.setdefault(change.field, change)
    return found


def _is_free(change: Change) -> bool:
    """Whether it needs no telling: a status, a date that was missing, a new translation, when it was compared.

    The time of posting and the updates have rules of their own.
    """
    is_date = len(change.path) == 1 and change.value is not None
    is_new = change.kind == "added" and (is_date or change.path[0] == "translations")
    return is_new or change.field in {"status", "posted", "updates"} or change.path[-1] == "reviewed"


def _stood_there(change: Change) -> bool:
    """Whether something that people relied on is another or gone; every group of people is."""
    return change.kind != "added" or change.field == "affected"


def posted_stays(comparison: Comparison) -> Iterator[Problem]:
    """The time of posting is a fact of the past."""
    old, new = comparison.old, comparison.context.notice.posted
    if new and not is_same_time(new, old.posted):
        message = f"must stay {old.posted.text}, not {new.text}: the notice first went up then; put it back"
        yield comparison.problem("posted-moved", ("posted",), message)


def updates_are_only_added(comparison: Comparison) -> Iterator[Problem]:
    """Updates that were posted stand first, in their order, word for word."""
    previous, now = comparison.old.updates or [], comparison.context.notice.updates or []
    for index, update in enumerate(previous):
        if index >= len(now):
            message = f"must still have the update of {update.at.text}; put it back: what is posted stays"
            yield comparison.problem("update-gone", ("updates",), message)
        elif (new := now[index]) and not _same_update(new, update):
            moved = any(current and _same_update(current, update) for current in now)
            message = (
                f"must stay the update of {update.at.text}; put the updates back in order and add new ones at the end"
                if moved
                else f"must stay as it was posted ({update.at.text}: {quote(update.text)}); put it back, and add a "
                "new update of ‘kind: correction’ that says what was wrong"
            )
            yield comparison.problem("update-changed", ("updates", index), message)


def facts_change_with_a_correction(comparison: Comparison) -> Iterator[Problem]:
    """What the public relied on changes only together with a correction that names it."""
    gone = {f"{TRANSLATION}{language}" for language in _gone_languages(comparison)}
    needed = {field: change for field, change in comparison.corrections_needed.items() if field not in gone}
    has_correction = any(update.kind == "correction" for update in comparison.new_updates)
    names = ", ".join(needed)
    for field, change in needed.items():
        if field in comparison.corrected:
            continue
        was = f"it was {quote(change.before)}" if change.before else "it was not there"
        if has_correction:
            message = f"was changed ({was}), and no new correction names it; write ‘corrects: [{names}]’ in it"
            yield comparison.problem("correction-names", change.path, message)
        else:
            message = (
                f"was changed after it was posted ({was}); put it back, or add an update of ‘kind: correction’ at the "
                f"end of updates, with ‘corrects: [{names}]’ and a text that says what was wrong"
            )
            yield comparison.problem("silent-change", change.path, message)


def translations_stay(comparison: Comparison) -> Iterator[Problem]:
    """No correction takes a whole translation away."""
    for language in _gone_languages(comparison):
        message = f"must still have {language}: what is posted in a language stays in it; put it back"
        yield comparison.problem("translation-deleted", ("translations",), message)


def _gone_languages(comparison: Comparison) -> list[str]:
    now = comparison.context.document.data.get("translations")
    kept = {language for language, texts in now.items() if _has_words(texts)} if isinstance(now, dict) else set()
    posted = comparison.old.translations or {}
    return [language for language, texts in posted.items() if language not in kept and _has_words(dict(texts))]


def _has_words(texts: Any) -> bool:
    """Whether a translation says anything, beside the day on which it was compared."""
    if isinstance(texts, dict):
        return any(_has_words(text) for name, text in texts.items() if name != "reviewed")
    return any(map(_has_words, texts)) if isinstance(texts, list) else bool(texts)


def corrections_name_what_changed(comparison: Comparison) -> Iterator[Problem]:
    """A correction says that a field was corrected only if it was."""
    changed = {change.field for change in comparison.changes}
    first = len(comparison.old.updates or [])
    for index, update in enumerate((comparison.context.notice.updates or [])[first:], first):
        for number, field in enumerate((update.corrects if update else None) or ()):
            if field not in changed and update and update.kind == "correction":
                message = f"names {field}, which is as it was posted; correct it in the same edit, or delete the name"
                yield comparison.problem("names-unchanged", ("updates", index, "corrects", number), message)


def additions_are_told(comparison: Comparison) -> Iterator[Problem]:
    """What is added later is told to those who follow the board, and what leads people somewhere is spoken of."""
    texts = [update.text for update in comparison.new_updates]
    for field, change in comparison.additions.items():
        words = _SPOKEN_OF.get(field)
        is_told = any(not words or re.search(words, text, re.IGNORECASE) for text in texts)
        if field in comparison.corrected or is_told:
            continue
        fault = "the new update doesn’t speak of it" if texts else "no update tells of it"
        message = (
            f"was added after the notice was posted ({quote(change.after)}), and {fault}; say so in an update at "
            "the end of updates"
        )
        yield comparison.problem("untold", change.path, message)


def status_moves_on(comparison: Comparison) -> Iterator[Problem]:
    """A status goes from investigating to contained to resolved; going back is news."""
    old, new = comparison.old.status, comparison.context.notice.status
    if not new or _ORDER.index(new) >= _ORDER.index(old) or comparison.new_updates:
        return
    message = f"goes back from {old} to {new}; add an update at the end of updates that says why"
    yield comparison.problem("status-back", ("status",), message)


def late_times_are_seen(comparison: Comparison) -> Iterator[Problem]:
    """A time that is written down days later is possible, and a reviewer and readers should know."""
    for change in comparison.changes:
        if change.kind == "added" and len(change.path) == 1:
            is_whole = change.path == (DELAY,) and not change.before
            yield from _late(comparison.context, change.path, change.value, is_whole=is_whole)
    yield from _late_updates(comparison.context, len(comparison.old.updates or []))


def _late_updates(context: RuleContext, first: int) -> Iterator[Problem]:
    for index, update in enumerate((context.notice.updates or [])[first:], first):
        yield from _late(context, ("updates", index, "at"), update.at if update else None)


def _late(context: RuleContext, path: Path, date: PartialDate | None, *, is_whole: bool = False) -> Iterator[Problem]:
    if date and (days := days_late(date, context.now, is_whole=is_whole)):
        message = (
            f"is {date.text}, {plural(days, 'day')} ago, and is written down only now; the page will say on which day "
            "that was. See that the date is right"
        )
        yield context.problem("warning", "late", path, message)


def days_late(date: PartialDate, written: datetime, *, is_whole: bool = False) -> int:
    """Return how many days after its last second a date was written down; 0: in time, or it can't be told.

    `is_whole`: it is a time of waiting that was not there at all, and should have been since its first second.
    """
    moment = date.first if is_whole else date.last
    return (written - moment).days if moment and written - moment > LATE_AFTER else 0


def translations_are_compared_anew(comparison: Comparison) -> Iterator[Problem]:
    """A translation with other words was not compared with the English on the day of the old ones."""
    context = comparison.context
    changed = {change.path[1] for change in comparison.changes if change.path[0] == "translations"}
    reviewed = {change.path[1] for change in comparison.changes if change.path[-1] == "reviewed"}
    for language, translation in (context.notice.translations or {}).items():
        day = translation.reviewed
        if day and day.last and day.last <= context.now and language in changed - reviewed:
            message = (
                f"is still {day.text}, but the translation has other words than on that day; compare it with the "
                "English and set the day anew, or delete this line"
            )
            yield context.problem("warning", "translation-changed", ("translations", language, "reviewed"), message)


_RULES: tuple[Callable[[Comparison], Iterator[Problem]], ...] = (
    posted_stays,
    updates_are_only_added,
    facts_change_with_a_correction,
    translations_stay,
    corrections_name_what_changed,
    additions_are_told,
    status_moves_on,
    late_times_are_seen,
    translations_are_compared_anew,
)


def is_same_time(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates say the same, however they are written."""
    return (one.first, one.last, one.precision) == (other.first, other.last, other.precision)


def _same_update(one: Update, other: Update) -> bool:
    is_same = one.kind == other.kind and one.text.strip() == other.text.strip() and one.corrects == other.corrects
    return is_same and is_same_time(one.at, other.at)
