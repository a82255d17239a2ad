"""Which times of a notice were written down days after they had passed, by what its file said before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from noticeboard.check import parse
from noticeboard.check.history import DELAY, days_late, is_same_time
from noticeboard.check.runner import Source, Version
from noticeboard.notice import strict_yaml
from noticeboard.notice.dates import PartialDate
from noticeboard.notice.field_types import ParseContext
from noticeboard.notice.model import Notice, PartialNotice

POSTED = "posted"


def late_additions(source: Source, notice: Notice, parse_context: ParseContext) -> dict[str, datetime]:
    """Return when each time that is late came to stand there, by field; an update is `update-1` and so on.

    What came with the whole notice is as late as that: only `posted` tells.
    """
    if not source.versions:
        return {}
    now = _times(PartialNotice.from_notice(notice))
    first = source.versions[0]
    found = {POSTED: first.since} if days_late(now[POSTED], first.since) else {}
    if len(source.versions) == 1:
        return found
    read = ((version.since, _read(version, source, parse_context)) for version in source.versions)
    # A version that can't be read says nothing of when a time came.
    before = [(at, times) for at, times in read if times is not None]
    for name, time in now.items():
        since = _since(name, time, before)
        is_whole = name == DELAY and all(at >= since or name not in times for at, times in before) if since else False
        if name != POSTED and since and since > first.since and days_late(time, since, is_whole=is_whole):
            found[name] = since
    return found


def _since(name: str, time: PartialDate, before: list[tuple[datetime, Mapping[str, PartialDate]]]) -> datetime | None:
    """Return since when a time stands there as it does; None: what stands there is not in the repository yet."""
    since = None
    for at, times in reversed(before):
        if name not in times or not is_same_time(times[name], time):
            break
        since = at
    return since


def _read(version: Version, source: Source, parse_context: ParseContext) -> Mapping[str, PartialDate] | None:
    try:
        return _times(parse.read(strict_yaml.read(version.content, source.file), parse_context).partial)
    except strict_yaml.YamlErrors:
        return None


def _times(notice: PartialNotice) -> dict[str, PartialDate]:
    fields = {name: getattr(notice, name) for name in type(notice).model_fields}
    updates = {f"update-{number}": update.at for number, update in enumerate(notice.updates or [], 1) if update}
    return {name: value for name, value in {**fields, **updates}.items() if isinstance(value, PartialDate)}
