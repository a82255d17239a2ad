"""The district's duties that are near or past their time, as the text of a GitHub issue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo

from noticeboard.law.clocks import Clock

NEAR = timedelta(hours=12)
"""How long before its time a duty is worth an alarm."""


def pressing(clocks: Iterable[Clock], now: datetime) -> list[Clock]:
    """Keep the district's duties that are overdue, or due within half a day; the most urgent first."""
    open_ = [each for each in clocks if each.rule.owed_by == "district" and each.state in {"running", "overdue"}]
    near = [each for each in open_ if each.due and each.due - now <= NEAR]
    return sorted(near, key=lambda each: (each.due or now, each.notice, each.rule.id))


def markdown(clocks: Iterable[Clock], now: datetime, zone: tzinfo) -> str:
    """Write what must be done, duty by duty; nothing if nothing presses."""
    lines = [
        f"- [ ] **{each.rule.name}** (`{each.rule.id}`), notice `{each.notice}`: no later than "
        f"{each.due.astimezone(zone):%A %Y-%m-%d %H:%M}{' (estimated)' if each.estimated else ''}"
        f"{', which has passed' if each.state == 'overdue' else ''}. {each.rule.citation}."
        for each in pressing(clocks, now)
        if each.due
    ]
    if not lines:
        return ""
    how = (
        "When a duty is done, add its time to the notice (`families_notified`, `attorney_general_notified`) by a pull "
        "request. This issue is written anew at each run, and closed when nothing presses."
    )
    return "\n".join([f"As of {now.astimezone(zone):%Y-%m-%d %H:%M}:", "", *lines, "", how, ""])
