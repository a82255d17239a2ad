"""The law as data for the form's script, which counts the same clocks in the browser."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from noticeboard.law.statutes import Law, Rule
from noticeboard.render.formatter import Formatter


def law_data(law: Law, last_year: int, formatter: Formatter | None = None) -> dict[str, Any]:
    """Return the law as the form's script counts with it: rules, data codes, and the holidays up to a year."""
    return {
        "rules": [_rule(rule, formatter) for rule in law.rules],
        "codes": {
            code: {
                "categories": sorted(entry.categories),
                "by_themselves": _sorted(entry.categories_by_themselves),
                "personal_from": entry.personal_from.isoformat() if entry.personal_from else None,
            }
            for code, entry in law.codes.items()
        },
        "personal": sorted(name for name, category in law.categories.items() if category.is_personal),
        "holidays": {
            name: [
                day.isoformat() for year in range(calendar.first_year, last_year + 1) for day in calendar.of_year(year)
            ]
            for name, calendar in law.calendars.items()
        },
        "protections": [
            {"data": sorted(rule.data), "months": rule.months, "citation": rule.citation}
            for rule in law.protections
            if rule.is_current
        ],
    }


def _rule(rule: Rule, formatter: Formatter | None) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": formatter.translate(rule.name) if formatter else rule.name,
        "limit_words": formatter.limit(rule) if formatter else "",
        "citation": rule.citation,
        "basis": rule.basis,
        "owed_by": rule.owed_by,
        "owed_to": rule.owed_to,
        "starts": dict(rule.start_event),
        "met_by": rule.met_by,
        "limit": {"kind": rule.limit.kind, "count": rule.limit.count, "calendar": rule.limit.calendar,
                  "event": rule.limit.event},
        "data": sorted(rule.data),
        "estimated_data": sorted(rule.estimated_data),
        "people": _sorted(rule.people),
        "is_paused_by_police": rule.is_paused_by_police,
        "from": rule.effective_from.isoformat() if rule.effective_from else None,
        "to": rule.effective_to.isoformat() if rule.effective_to else None,
    }  # fmt: skip


def _sorted(items: Iterable[str] | None) -> list[str] | None:
    return None if items is None else sorted(items)
