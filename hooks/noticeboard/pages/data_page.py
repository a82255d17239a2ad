"""The page of the open data: every file with its size, sample rows, codes, fields, and what changed in the format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from noticeboard.board.board import Board
from noticeboard.notice import causes, strict_yaml
from noticeboard.outputs import csv_tables, json_data, statistics
from noticeboard.pages.content import PageContent
from noticeboard.pages.notice_pages import site_root
from noticeboard.render.renderer import Renderer

TABLES: Mapping[str, Mapping[str, str]] = {
    "notices.csv": csv_tables.NOTICES,
    "groups.csv": csv_tables.GROUPS,
    "clocks.csv": csv_tables.CLOCKS,
    "changes.csv": csv_tables.CHANGES,
    "record.csv": statistics.COLUMNS,
}
SAMPLE_ROWS = 5
SAMPLE_COLUMNS = ("id", "status", "contractor", "received", "posted", "data")
"""The columns of notices.csv that the sample rows show."""


@dataclass(frozen=True)
class FormatChange:
    """One change of the published data."""

    day: date
    version: str
    """The version of notices.json that it made; empty: none."""
    text: str


@cache
def format_changes() -> tuple[FormatChange, ...]:
    """Return what changed in the format, newest first."""
    path = resources.files("noticeboard.outputs").joinpath("format_changes.yml")
    entries = strict_yaml.read_data(path.read_text("utf-8"))["changes"]
    return tuple(
        FormatChange(date.fromisoformat(str(entry["date"])), entry.get("version", ""), entry["text"])
        for entry in entries
    )


def data_page(board: Board, renderer: Renderer, root: str) -> PageContent:
    """Return the page that explains the open data, field by field."""
    records = [
        (record.__name__.removesuffix("Data"), sentence, json_data.fields(record).items())
        for record, sentence in json_data.RECORDS.items()
    ]
    newest = (csv_tables.notice_row(posted, renderer.formatter) for posted in board.notices[:SAMPLE_ROWS])
    html = renderer.render(
        "data.html",
        records=records,
        tables=TABLES,
        rows=row_counts(board),
        sample_columns=SAMPLE_COLUMNS,
        sample=[[str(row.get(name) or "") for name in SAMPLE_COLUMNS] for row in newest],
        codes=renderer.formatter.law.codes.values(),
        causes=causes.causes(),
        changes=format_changes(),
        built_at=board.now,
        root=root,
        site_root=site_root(root, renderer.formatter),
        version=json_data.VERSION,
        license=json_data.LICENSE,
    )
    gettext = renderer.language.gettext
    return PageContent(gettext("The data"), gettext("The notices as JSON and as tables, free to use."), html)


def row_counts(board: Board) -> Mapping[str, int]:
    """Return how many rows each table has below its head."""
    return {
        "notices.csv": len(board.notices),
        "groups.csv": sum(len(posted.notice.affected) for posted in board.notices),
        "clocks.csv": sum(len(posted.clocks) for posted in board.notices),
        "changes.csv": len(board.events),
        "record.csv": sum(1 for _ in statistics.csv_rows(statistics.years(board))),
    }
