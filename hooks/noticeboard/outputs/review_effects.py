"""What a change of the settings or of the law does to the notices that are posted: computed, for the reviewer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from noticeboard.law import clocks
from noticeboard.law.statutes import Law
from noticeboard.notice.model import Notice
from noticeboard.notice.problem import field_name, plural
from noticeboard.outputs import due
from noticeboard.settings import Settings


@dataclass(frozen=True)
class Publication:
    """The notices under some settings and law."""

    settings: Settings
    law: Law
    notices: Mapping[str, Notice]
    """By id."""


def effects(before: Publication, now: Publication, posted: Collection[str], at: datetime) -> Iterator[str]:
    """Write what differs, line by line: settings, then dates of posted notices, then names of kinds of data.

    Both hold the same notices, so that only settings and law tell them apart; `posted` are the ids that were posted.
    """
    yield from _settings(before.settings, now.settings)
    ids = [notice_id for notice_id in posted if notice_id in before.notices and notice_id in now.notices]
    yield from _dates(before, now, ids, at)
    yield from _names(before.law, now.law, {notice_id: now.notices[notice_id] for notice_id in ids})


def _settings(before: Settings, now: Settings) -> Iterator[str]:
    was, stands = (dict(_values(settings.model_dump(mode="json"), ())) for settings in (before, now))
    for path in dict.fromkeys([*was, *stands]):
        before_text, now_text = _shown(was.get(path)), _shown(stands.get(path))
        if before_text != now_text:
            yield f"Setting {field_name(path)}: {now_text}, was {before_text}"


def _values(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, dict | list) and value:
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _values(item, (*path, key))
    else:
        yield path, value


def _shown(value: Any) -> str:
    return "nothing" if value in (None, "", [], {}) else str(value)


def _dates(before: Publication, now: Publication, ids: Collection[str], at: datetime) -> Iterator[str]:
    changed, lines = set(), []
    for notice_id in ids:
        was, stands = (_clocks(publication, notice_id, at) for publication in (before, now))
        for clock in dict.fromkeys([*was, *stands]):
            for what in ("starts", "due", "met", "state", "estimated", "citation"):
                old, new = was.get(clock, {}).get(what), stands.get(clock, {}).get(what)
                if old != new:
                    changed.add(notice_id)
                    lines.append(f"{notice_id}, {clock}, {what}: {_shown(new)}, was {_shown(old)}")
    if changed:
        yield f"What {plural(len(changed), 'posted notice')} must meet changes:"
    yield from lines


def _clocks(publication: Publication, notice_id: str, at: datetime) -> dict[str, Mapping[str, Any]]:
    found = clocks.clocks_for(notice_id, publication.notices[notice_id], publication.law, at)
    return {clock.rule.id: due.clock_record(clock, publication.settings.zone) for clock in found}


def _names(before: Law, now: Law, notices: Mapping[str, Notice]) -> Iterator[str]:
    for code, entry in before.codes.items():
        name = now.codes[code].name if code in now.codes else ""
        if name != entry.name:
            users = [notice_id for notice_id, notice in notices.items() if code in notice.data]
            where = f": {', '.join(users)}" if users else ""
            yield (
                f"Kind of data {code}: {_shown(name)}, was {entry.name}; {plural(len(users), 'posted notice')} "
                f"{'names' if len(users) == 1 else 'name'} it{where}"
            )
