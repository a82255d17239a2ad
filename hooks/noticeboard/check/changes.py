"""What differs between a notice as it was posted and the same notice now, value by value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from noticeboard.notice.dates import PartialDate
from noticeboard.notice.field_types import TRANSLATION
from noticeboard.notice.model import Notice, PartialNotice
from noticeboard.notice.problem import field_name
from noticeboard.notice.strict_yaml import Path

Kind = Literal["changed", "removed", "added"]


@dataclass(frozen=True)
class Change:
    """One value that is another than it was."""

    path: Path
    """Where it stands, such as `("contacts", 0, "phone")`."""
    kind: Kind
    before: str
    """As text; empty: it was not there, or a date that was unknown."""
    after: str
    """As text; empty: it is gone."""
    value: PartialDate | None = None
    """The new value, if it is a date."""

    @property
    def field(self) -> str:
        """What a correction calls it: the notice's field, or a translation by its language."""
        return f"{TRANSLATION}{self.path[1]}" if self.path[0] == "translations" else str(self.path[0])

    @property
    def name(self) -> str:
        """Its whole name, as staff count: `contacts[1].phone`."""
        return field_name(self.path)


def changes(old: Notice, new: PartialNotice, unread: frozenset[str] = frozenset()) -> list[Change]:
    """Return what differs, in the order of the format.

    The fields in `unread` are left out: they are in the new file, and could not be read.
    """
    found: list[Change] = []
    for name in Notice.model_fields:
        if name not in unread:
            before, after = (dict(_values({name: getattr(notice, name)}, ())) for notice in (old, new))
            found += _differences(before, after)
    return found


def _differences(before: Mapping[Path, Any], after: Mapping[Path, Any]) -> Iterator[Change]:
    for path in dict.fromkeys([*before, *after]):
        old, new = before.get(path), after.get(path)
        if _comparable(old) == _comparable(new):
            continue
        kind: Kind = "added" if _is_missing(old, new) else "removed" if new is None else "changed"
        yield Change(path, kind, _text(old), _text(new), new if isinstance(new, PartialDate) else None)


def _values(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Return every value below a field with its path; a list of codes or of schools is one value."""
    parts = _parts(value, path)
    if parts is None:
        yield path, _Codes(value) if isinstance(value, list) else value
        return
    for key, part in parts:
        if part is not None:
            yield from _values(part, (*path, key))


def _parts(value: Any, path: Path) -> Iterable[tuple[str | int, Any]] | None:
    """Return what a value is made of, by key or place; None: it is whole."""
    if isinstance(value, dict):
        return value.items()
    if isinstance(value, list):
        return None if _is_flat(path) else enumerate(value)
    if hasattr(type(value), "model_fields"):
        return [(name, getattr(value, name)) for name in type(value).model_fields]
    return None


class _Codes(list[str]):
    """Codes or names whose order says nothing."""


def _is_flat(path: Path) -> bool:
    return path[-1] in {"data", "schools", "not_involved", "corrects"}


def _is_missing(old: Any, new: Any) -> bool:
    """Whether nothing is taken away: there was no value, fewer codes, an unknown date, or a delay without an end."""
    if old is None:
        return True
    if isinstance(old, _Codes) and isinstance(new, _Codes):
        return set(old) < set(new)
    if not isinstance(old, PartialDate) or not isinstance(new, PartialDate):
        return False
    is_open = old.precision == "range" and old.last is None and new.first == old.first
    return old.precision == "unknown" or is_open


def _comparable(value: Any) -> Any:
    """Return a value so that two ways to write the same are equal."""
    if isinstance(value, PartialDate):
        return (value.first, value.last, value.precision)
    if isinstance(value, _Codes):
        return frozenset(value)
    return value.split() if isinstance(value, str) else value


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, PartialDate):
        return value.text
    return ", ".join(value) if isinstance(value, list) else str(value)
