"""The notices as VERIS incidents (vz-risk/veris, schema 1.4.0), for researchers who compare many boards.

What a notice does not say is "Unknown", as VERIS has it. Where a contractor's system was breached, the contractor is
the victim and the district a secondary one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from noticeboard.board.board import Board, PostedNotice
from noticeboard.notice import causes, strict_yaml
from noticeboard.notice.dates import PartialDate
from noticeboard.notice.model import Notice
from noticeboard.render.formatter import Formatter

SCHEMA_VERSION = "1.4.0"
SCHOOLS = "611110"
"""Elementary and secondary schools (NAICS)."""
_UNKNOWN = {"unknown": {"notes": "The notice does not say."}}


def veris_json(board: Board, formatter: Formatter) -> str:
    """Write every notice as a VERIS incident, newest first, each in a line; `formatter` is the English one."""
    lines = [json.dumps(incident(posted, formatter), ensure_ascii=False) for posted in board.notices]
    return "\n".join(["[", ",\n".join(lines), "]", ""])


def incident(posted: PostedNotice, formatter: Formatter) -> dict[str, Any]:
    """Return one notice as a VERIS incident."""
    notice, settings = posted.notice, formatter.settings
    cause = causes.causes().get(notice.cause or "unknown")
    finder = causes.finders()[notice.found_by or "unknown"]
    assert cause
    return {
        "schema_version": SCHEMA_VERSION,
        "incident_id": posted.id,
        "source_id": settings.feed_ids,
        "security_incident": _certainty(notice),
        "summary": formatter.with_sample_prefix(f"{notice.title}. {notice.summary}"),
        "reference": f"{settings.site_url}{posted.relative_url}",
        "discovery_method": finder.veris,
        "timeline": _timeline(notice, formatter),
        "victim": _victim(posted, formatter),
        "actor": cause.actor or _UNKNOWN,
        "action": cause.veris or _UNKNOWN,
        "asset": {"assets": [{"variety": "Unknown"}], "cloud": ["Unknown"]},
        "attribute": {"confidentiality": _confidentiality(notice)},
    }


def _certainty(notice: Notice) -> str:
    if notice.status == "withdrawn":
        return "False positive"
    return "Confirmed" if notice.confirmed and notice.confirmed.first else "Suspected"


def _timeline(notice: Notice, formatter: Formatter) -> dict[str, Any]:
    started = notice.occurred if notice.occurred and notice.occurred.first else None
    return {
        "incident": _start(started or notice.discovered, notice.posted, formatter, is_exact=started is not None),
        "discovery": _days(notice.occurred, notice.discovered, formatter),
        "containment": _days(notice.discovered, notice.contained, formatter),
    }


def _start(when: PartialDate, posted: PartialDate, formatter: Formatter, *, is_exact: bool) -> dict[str, int]:
    """Return a date as exactly as it is known; where the start isn't, the year of the discovery or the posting."""
    day = (when if when.first else posted).day(formatter.law.zone)
    if not is_exact or when.precision == "year":
        return {"year": day.year}
    if when.precision == "month":
        return {"year": day.year, "month": day.month}
    return {"year": day.year, "month": day.month, "day": day.day}


def _days(start: PartialDate | None, end: PartialDate | None, formatter: Formatter) -> dict[str, Any]:
    """Return the days from one date to another, where both are known to the day; of a range, from its start."""
    zone = formatter.law.zone
    if not (start and end and start.first and end.first) or {start.precision, end.precision} & {"month", "year"}:
        return {"unit": "Unknown"}
    days = (end.day(zone) - start.day(zone)).days
    return {"unit": "Days", "value": days} if days >= 0 else {"unit": "Unknown"}


def _victim(posted: PostedNotice, formatter: Formatter) -> dict[str, Any]:
    settings = formatter.settings
    if not posted.contractor:
        return {
            "victim_id": settings.publisher,
            "industry": SCHOOLS,
            "employee_count": "Unknown",
            "country": ["US"],
            "state": settings.state_code,
            "government": ["Local"],
        }
    return {
        "victim_id": posted.contractor,
        "industry": "00",
        "employee_count": "Unknown",
        "country": ["Unknown"],
        "government": ["NA"],
        "secondary": {
            "amount": 1,
            "victim_id": [settings.publisher],
            "notes": f"NAICS {SCHOOLS}, US, {settings.state_code}",
        },
    }


def _confidentiality(notice: Notice) -> dict[str, Any]:
    varieties, people = mapping()["data"], mapping()["people"]
    disclosed = {"Confirmed": "Yes", "Suspected": "Potentially", "False positive": "No"}[_certainty(notice)]
    counts = [group.count for group in notice.affected]
    total = {"data_total": sum(count for count in counts if isinstance(count, int))}
    return {
        "data_disclosure": disclosed,
        "data": [{"variety": variety} for variety in dict.fromkeys(varieties[code] for code in notice.data)],
        "data_victim": list(dict.fromkeys(people[group.who] for group in notice.affected)),
        **(total if all(isinstance(count, int) for count in counts) else {}),
    }


# Part of the format, as the codes are: it doesn't change while a process runs.
@cache
def mapping() -> Mapping[str, Mapping[str, str]]:
    """Return what VERIS calls each kind of data and of people."""
    data = strict_yaml.read_data(resources.files(__package__).joinpath("veris.yml").read_text("utf-8"))
    return {kind: {code: name for name, codes in names.items() for code in codes} for kind, names in data.items()}
