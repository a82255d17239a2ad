"""What `noticeboard due` prints: every clock of every notice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, tzinfo

from noticeboard.law.clocks import Clock


def as_json(clocks: Sequence[Clock], zone: tzinfo, now: datetime) -> str:
    """Give `{"as_of": …, "clocks": […]}`; instants are ISO 8601 with the offset of `zone`."""
    rows = [
        {
            "notice": clock.notice,
            "clock": clock.rule.id,
            "owed_by": clock.rule.owed_by,
            "owed_to": clock.rule.owed_to,
            "starts": _iso(clock.starts, zone),
            "due": _iso(clock.due, zone),
            "met": _iso(clock.met, zone),
            "state": clock.state,
            "estimated": clock.estimated,
            "citation": clock.rule.citation,
        }
        for clock in clocks
    ]
    return json.dumps({"as_of": _iso(now, zone), "clocks": rows}, ensure_ascii=False, indent=2)


def as_text(clocks: Sequence[Clock], zone: tzinfo, now: datetime) -> str:
    """Give a block of lines for each notice, and a last line that counts what is open."""
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
    due = f", due {_short(clock.due, zone)}{' (estimated)' if clock.estimated else ''}" if clock.due else ""
    met = f" {_short(clock.met, zone)}" if clock.met else ""
    return f"{clock.state.replace('_', ' ')}{met}{due} · {clock.rule.owed_by} to {clock.rule.owed_to}"


def _iso(moment: datetime | None, zone: tzinfo) -> str | None:
    return moment.astimezone(zone).replace(microsecond=0).isoformat() if moment else None


def _short(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%a %Y-%m-%d %H:%M}"
