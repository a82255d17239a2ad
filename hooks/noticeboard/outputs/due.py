"""What `noticeboard due` prints, every clock of every notice; and what `noticeboard watch` warns of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo

from noticeboard.law.clocks import Clock


def as_json(clocks: Sequence[Clock], zone: tzinfo, now: datetime) -> str:
    """Return `{"as_of": …, "clocks": […]}`; instants are ISO 8601 with the offset of `zone`."""
    rows = [clock_record(clock, zone) for clock in clocks]
    return json.dumps({"as_of": _iso(now, zone), "clocks": rows}, ensure_ascii=False, indent=2)


def clock_record(clock: Clock, zone: tzinfo) -> dict[str, str | bool | None]:
    """Return one clock as data; instants are ISO 8601 with the offset of `zone`."""
    return {
        "notice": clock.notice,
        "clock": clock.rule.id,
        "owed_by": clock.rule.owed_by,
        "owed_to": clock.rule.owed_to,
        "starts": _iso(clock.starts_at, zone),
        "due": _iso(clock.due_at, zone),
        "met": _iso(clock.met_at, zone),
        "state": clock.state,
        "estimated": clock.estimated,
        "citation": clock.rule.citation,
    }


def as_text(clocks: Sequence[Clock], zone: tzinfo, now: datetime) -> str:
    """Return a block of lines for each notice, and a last line that counts what is open."""
    lines = [f"As of {_short(now, zone)}"]
    last = ""
    for clock in clocks:
        if clock.notice != last:
            lines += ["", clock.notice]
            last = clock.notice
        lines.append(f"  {clock.rule.id:<30} {_state(clock, zone)}")
    overdue = sum(clock.state == "overdue" for clock in clocks)
    running = sum(clock.state == "running" for clock in clocks)
    return "\n".join([*lines, "", f"{len(clocks)} clocks: {running} running, {overdue} overdue."])


def _state(clock: Clock, zone: tzinfo) -> str:
    due = f", due {_short(clock.due_at, zone)}{' (estimated)' if clock.estimated else ''}" if clock.due_at else ""
    met = f" {_short(clock.met_at, zone)}" if clock.met_at else ""
    return f"{clock.state.replace('_', ' ')}{met}{due} · {clock.rule.owed_by} to {clock.rule.owed_to}"


def _iso(moment: datetime | None, zone: tzinfo) -> str | None:
    return moment.astimezone(zone).replace(microsecond=0).isoformat() if moment else None


def _short(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%a %Y-%m-%d %H:%M}"


URGENT_WITHIN = timedelta(hours=12)
"""How long before its time a duty is worth an alarm."""


def urgent(clocks: Iterable[Clock], now: datetime) -> list[Clock]:
    """Keep the district's duties that are overdue, or due within half a day; the most urgent first."""
    open_ = [clock for clock in clocks if clock.rule.owed_by == "district" and clock.state in {"running", "overdue"}]
    near = [clock for clock in open_ if clock.due_at and clock.due_at - now <= URGENT_WITHIN]
    return sorted(near, key=lambda clock: (clock.due_at or now, clock.notice, clock.rule.id))


def urgent_markdown(clocks: Iterable[Clock], now: datetime, zone: tzinfo) -> str:
    """Write what must be done, duty by duty; nothing if nothing presses."""
    lines = [
        f"- [ ] **{clock.rule.name}** (`{clock.rule.id}`), notice `{clock.notice}`: no later than "
        f"{clock.due_at.astimezone(zone):%A %Y-%m-%d %H:%M}{' (estimated)' if clock.estimated else ''}"
        f"{', which has passed' if clock.state == 'overdue' else ''}. {clock.rule.citation}."
        for clock in urgent(clocks, now)
        if clock.due_at
    ]
    if not lines:
        return ""
    how = (
        "When a duty is done, add its time to the notice (`families_notified`, `attorney_general_notified`) by a pull "
        "request. This issue is written anew at each run, and closed when nothing presses."
    )
    return "\n".join([f"As of {now.astimezone(zone):%Y-%m-%d %H:%M}:", "", *lines, "", how, ""])
