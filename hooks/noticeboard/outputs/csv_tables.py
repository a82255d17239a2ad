"""The board as tables for spreadsheets: one row per notice, per group of people, per clock, per change.

No cell can run: what a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from noticeboard.board.board import Board, PostedNotice
from noticeboard.law.clocks import is_personal_information
from noticeboard.law.statutes import Law
from noticeboard.notice.dates import PartialDate
from noticeboard.notice.model import Notice
from noticeboard.notice.parts import Group
from noticeboard.notice.short_code import code_for
from noticeboard.outputs.due import clock_record
from noticeboard.outputs.json_data import LICENSE
from noticeboard.render.formatter import Formatter
from noticeboard.settings import Settings
from noticeboard.text import safe_markdown
from noticeboard.text.unsafe_characters import replace_unsafe

NOTICES = {
    "id": "the notice’s name and part of its address",
    "code": "the short code that letters carry",
    "url": "its page in English",
    "status": "investigating, contained, resolved or withdrawn",
    "title": "the title",
    "summary": "the summary",
    "contractor": "whose system it was; empty: the district’s own",
    "product": "the contractor’s product",
    "contract": "where the district posts its contract with the company",
    "cause": "a code for how it happened",
    "found_by": "contractor, district, outside, attacker or unknown",
    "occurred": "when it happened, as the notice’s file has it",
    "discovered": "when the contractor (own systems: the district) found out",
    "received": "when the contractor’s notice reached the district",
    "confirmed": "when the district knew that its own data was in it",
    "contained": "when it was stopped",
    "families_notified": "when families were told",
    "attorney_general_notified": "when the Attorney General was told",
    "posted": "when the notice first went up",
    "last_change": "when the newest update went up, or the notice",
    "who": "whose data, with semicolons between",
    "schools": "all, or the schools’ names with semicolons between",
    "data": "data codes with semicolons between",
    "counts": "how many people of each group",
    "protection_provider": "who gives identity protection",
    "protection_months": "for how many months",
    "enroll_by": "the last day to enroll",
}
"""The columns of notices.csv, with what each means."""

CHANGES = {
    "at": "when it went up, with offset",
    "id": "the notice’s name",
    "event": "posted, update-1, update-2, …",
    "kind": "posted, update, correction or withdrawal",
    "title": "the notice’s title in English",
    "text": "what is new, as plain text in English",
    "url": "where it stands",
}
"""The columns of changes.csv, with what each means."""


GROUPS = {
    "notice": "the notice’s name",
    "who": "students, former_students, parents_guardians, staff, former_staff, applicants or residents",
    "schools": "all, or the schools’ names with semicolons between; empty: not said",
    "cohort": "which of them",
    "count": "how many people: a number, fewer than 10, or unknown; empty: not said",
    "data": "data codes with semicolons between",
    "personal_information": "yes, no or unknown: whether the law on personal information counts one of them",
}
"""The columns of groups.csv, with what each means."""

CLOCKS = {
    "notice": "the notice’s name",
    "clock": "the rule’s id",
    "owed_by": "contractor or district",
    "owed_to": "district, families, public, residents or attorney_general",
    "starts": "when it began, with offset",
    "due": "the latest second for it, with offset; empty: no date",
    "met": "when it was done, with offset; empty: nothing is on record",
    "estimated": "yes or no: whether the start or the data are not known for certain",
    "citation": "the law or the promise",
}
"""The columns of clocks.csv, with what each means. Whether one is overdue depends on the day of reading."""


_TYPES: Mapping[str, Mapping[str, Any]] = {
    "estimated": {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
    **{key: {"type": "datetime", "format": "any"} for key in ("at", "starts", "due", "met")},
    **{key: {"type": "integer"} for key in ("year", "number", "late", "open", "protection_months")},
    "median_days": {"type": "number"},
}
"""What a column holds that isn't text."""


def data_package(tables: Mapping[str, Mapping[str, str]], settings: Settings) -> str:
    """Describe tables as a Frictionless Data Package, column by column: file name → column → what it means."""
    resources = [
        {
            "name": name.removesuffix(".csv"),
            "path": name,
            "format": "csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [
                    {"name": column, **(_TYPES.get(column) or {"type": "string"}), "description": meaning}
                    for column, meaning in columns.items()
                ]
            },
        }
        for name, columns in tables.items()
    ]
    package = {
        "name": "breach-notices",
        "title": f"Data-breach notices of {settings.publisher}",
        "homepage": f"{settings.site_url}notices/",
        "licenses": [{"name": LICENSE}],
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def groups_csv(board: Board, formatter: Formatter) -> str:
    """Write groups.csv: every group of every notice, newest notice first."""
    rows = (
        {
            "notice": posted.id,
            "who": group.who,
            "schools": group.schools if isinstance(group.schools, str) else "; ".join(group.schools or []),
            "cohort": group.cohort,
            "count": group.count,
            "data": "; ".join(group.data),
            "personal_information": _is_personal(group, posted.notice, formatter.law),
        }
        for posted in board.notices
        for group in posted.notice.affected
    )
    return _csv(GROUPS, rows)


def clocks_csv(board: Board) -> str:
    """Write clocks.csv: every clock of every notice, newest notice first."""
    records = (clock_record(clock, board.zone) for posted in board.notices for clock in posted.clocks)
    return _csv(CLOCKS, ({**record, "estimated": _yes(bool(record["estimated"]))} for record in records))


def _is_personal(group: Group, notice: Notice, law: Law) -> str:
    if is_personal_information(group, notice, law):
        return "yes"
    return "unknown" if {"unknown", "other"} & set(group.data) else "no"


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def notices_csv(board: Board, formatter: Formatter) -> str:
    """Write notices.csv: every notice, newest first."""
    return _csv(NOTICES, (notice_row(posted, formatter) for posted in board.notices))


def changes_csv(board: Board, formatter: Formatter) -> str:
    """Write changes.csv: every event, newest first."""
    rows = []
    for posted, event in board.events:
        is_first = event.kind == "posted"
        text = posted.notice.summary if is_first else (posted.notice.updates or [])[event.update].text
        rows.append(
            {
                "at": formatter.language.iso(event.at),
                "id": posted.id,
                "event": event.id,
                "kind": event.kind,
                "title": formatter.with_sample_prefix(posted.notice.title),
                "text": text if is_first else safe_markdown.plain(text),
                "url": f"{formatter.settings.site_url}{posted.relative_url}{'' if is_first else f'#{event.id}'}",
            }
        )
    return _csv(CHANGES, rows)


def notice_row(posted: PostedNotice, formatter: Formatter) -> Mapping[str, object]:
    """Return a notice's row of notices.csv, by column, before its cells are made safe for spreadsheets."""
    notice = posted.notice
    protection = notice.protection
    enroll = protection.enroll_by if protection else None
    dates = {
        name: _text(getattr(notice, name)) for name in NOTICES if isinstance(getattr(notice, name, None), PartialDate)
    }
    return {
        "id": posted.id,
        "code": code_for(posted.id),
        "url": f"{formatter.settings.site_url}{posted.relative_url}",
        "status": notice.status,
        "title": formatter.with_sample_prefix(notice.title),
        "summary": notice.summary,
        "contractor": posted.contractor,
        "product": notice.product,
        "contract": notice.contract,
        "cause": notice.cause,
        "found_by": notice.found_by,
        **dates,
        "last_change": notice.last_change.text,
        "who": "; ".join(group.who for group in notice.affected),
        "schools": "; ".join(posted.schools) or ("all" if any(group.schools for group in notice.affected) else ""),
        "data": "; ".join(notice.data),
        "counts": "; ".join(_count(group) for group in notice.affected if group.count is not None),
        "protection_provider": protection.provider if protection else "",
        "protection_months": protection.months if protection else "",
        "enroll_by": _text(enroll),
    }


def _count(group: Group) -> str:
    return f"{group.who}: {group.count}"


def _text(value: PartialDate | str | None) -> str:
    return value.text if isinstance(value, PartialDate) else value or ""


def _csv(columns: Mapping[str, str], rows: Iterable[Mapping[str, object]]) -> str:
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(columns)
    for row in rows:
        table.writerow([escape_formula(str(row.get(name) or "")) for name in columns])
    return written.getvalue()


# Most cells: one line of words that begins with a letter or a digit, with single blanks and without semicolons.
_PLAIN = re.compile("(?:[0-9A-Za-z][!-:<-~]*(?: [!-:<-~]+)*)?")
_BLANKS = re.compile(r"[\s\ufffd]+")
_DANGEROUS = re.compile(r"((?:^|;)\s*)(?=[-=+@|%＝＋－＠])")
"""What makes some spreadsheet take a cell for something to compute; in some countries a semicolon begins a cell."""


def escape_formula(cell: str) -> str:
    """Return a cell that no spreadsheet computes."""
    if _PLAIN.fullmatch(cell):
        return cell
    return _DANGEROUS.sub(r"\1'", _BLANKS.sub(" ", replace_unsafe(cell)).strip())
