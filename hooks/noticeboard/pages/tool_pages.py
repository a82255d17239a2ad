"""Pages that people use: the form, the check of a letter, how to follow, the filtered board, the data, the record."""

from __future__ import annotations

import json
import struct
import zlib
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import zxingcpp
from markupsafe import Markup

from noticeboard.board import facets
from noticeboard.board.board import OWN, Board, Posted
from noticeboard.i18n import labels
from noticeboard.notice import short_code
from noticeboard.outputs import csv_tables, json_data, statistics
from noticeboard.outputs.letters import Letter
from noticeboard.pages.notice_pages import PageParts, Pages
from noticeboard.post import form

NEWEST = 50
"""How many posted notices the form offers by name."""

READERS = {
    "Feedly": "https://feedly.com/i/subscription/feed/{url}",
    "Inoreader": "https://www.inoreader.com/?add_feed={url}",
    "NewsBlur": "https://www.newsblur.com/?url={url}",
    "The Old Reader": "https://theoldreader.com/feeds/subscribe?url={url}",
}
"""Feed readers on the web, with the address that adds a feed. Read in public code that uses them, 2026-11-22."""


@dataclass(frozen=True)
class Bar:
    """One row of a chart."""

    name: str
    number: float
    words: str
    share: float
    """Of the longest bar, from 0 to 100."""


@dataclass(frozen=True)
class ToolPages(Pages):
    """All pages of one language."""

    def post(self, board: Board, root: str) -> PageParts:
        """Make the form that writes a notice."""
        questions = form.Form(self)
        sections = questions.sections()
        fields = {field.name: field for _, _, part in sections for field in part}
        html = self._render(
            "post.html",
            sections=sections,
            update_fields=questions.update_fields(),
            status_field=fields["status"],
            late_fields=[fields["families_notified"], fields["attorney_general_notified"]],
            newest=board.posted[:NEWEST],
            data_url="data.json",
            site_root=self._site_root(root),
            template_url=f"{self.settings.repository}/blob/{self.settings.branch}/notices/_template.yml",
        )
        gettext = self.language.gettext
        return PageParts(gettext("Write a notice"), gettext("A form for staff that writes a notice."), html)

    def verify(self, board: Board, root: str) -> PageParts:
        """Make the page where people type the code of a letter."""
        html = self._render("verify.html", board=board, root=root, site_root=self._site_root(root))
        gettext = self.language.gettext
        title = gettext("Is this letter real?")
        return PageParts(title, gettext("Type the code of a letter to see whether it is from the district."), html)

    def codes(self, board: Board) -> str:
        """Return each notice's short code as JSON, with the notice that it stands for."""
        notices = {
            short_code.code(posted.id): {
                "title": self._sample_marked(str(self.local(posted).title)),
                "url": posted.address,
                "status": self.say(labels.STATUS[posted.notice.status]),
                "posted": self.when(posted.notice.posted),
            }
            for posted in board.posted
        }
        return json.dumps(notices, ensure_ascii=False) + "\n"

    def rows(self, board: Board) -> str:
        """Give every notice with what it may be about, as JSON: what the board's filters look through."""
        status = {code: self.say(name) for code, name in labels.STATUS.items()}
        rows = [
            [
                posted.id,
                title.text,
                title.lang,
                posted.notice.status,
                self.language.gettext("Posted %(day)s", day=self.when(posted.notice.posted)),
                posted.contractor or self.language.gettext("The district’s own"),
                *(" ".join(facets.values(posted, facet)) for facet in facets.TITLES),
            ]
            for posted in board.posted
            for title in [self.local(posted).title]
        ]
        made = {"facets": list(facets.TITLES), "status": status, "rows": rows}
        return json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n"

    def _sample_marked(self, text: str) -> str:
        return f"{self.language.gettext('SAMPLE')}: {text}" if self.settings.samples else text

    def subscribe(self, board: Board, root: str) -> PageParts:
        """Make the page that says how to follow the board."""
        base = f"{self.settings.site_url}{self.language.path}"
        feed = f"{base}feed.xml"
        readers = {name: url.format(url=quote(feed, safe="")) for name, url in READERS.items()}
        html = self._render(
            "subscribe.html",
            feed=feed,
            base=base,
            readers=readers,
            webcal=base.replace("https://", "webcal://", 1),
            parts_of={kind: self._sub_feeds(board, kind) for kind in ("contractor", "school")},
            root=root,
        )
        gettext = self.language.gettext
        return PageParts(
            gettext("Follow the board"), gettext("Feeds and calendars; no address is ever asked for."), html
        )

    def _sub_feeds(self, board: Board, kind: Any) -> dict[str, str]:
        found = board.facets(kind).items()
        return {key: name or self.say("The district’s own systems") for key, (name, _) in found}

    def data(self, root: str) -> PageParts:
        """Make the page that explains the open data, field by field."""
        records = [
            (model.__name__.removesuffix("Data"), model.__doc__ or "", _fields(model)) for model in json_data.MODELS
        ]
        sheets: Mapping[str, Mapping[str, str]] = {
            "notices.csv": csv_tables.NOTICES,
            "changes.csv": csv_tables.CHANGES,
            "record.csv": statistics.COLUMNS,
        }
        html = self._render(
            "data.html", records=records, sheets=sheets, root=root, site_root=self._site_root(root),
            version=json_data.VERSION, license=json_data.LICENSE,
        )  # fmt: skip
        gettext = self.language.gettext
        return PageParts(gettext("The data"), gettext("The notices as JSON and as tables, free to use."), html)

    def yearly(self, board: Board, root: str) -> PageParts:
        """Make the record: charts for each year, each with its table."""
        found = [(year, self._charts(year)) for year in statistics.years(board)]
        html = self._render("record.html", years=found, board=board, root=root, site_root=self._site_root(root))
        gettext = self.language.gettext
        return PageParts(
            gettext("The record"), gettext("How many notices, and how long each duty took, by year."), html
        )

    def _charts(self, year: statistics.Year) -> dict[str, list[Bar]]:
        own = self.say("The district’s own systems")
        contractors = [(own if name == OWN else name, number) for name, number in year.contractors]
        data = [(self.say(self.law.codes[code].name), number) for code, number in year.data]
        taken = [(f"{self.say(each.rule.name)}: {self.limit(each.rule)}", each.middle) for each in year.taken]
        days = [(name, middle) for name, middle in taken if middle is not None]
        return {
            "contractors": self._bars(contractors[: statistics.LONGEST], self.language.number),
            "data": self._bars(data[: statistics.LONGEST], self.language.number),
            "taken": self._bars(days, self._days),
        }

    def _days(self, number: float) -> str:
        written = self.language.decimal(number)
        return self.language.ngettext("%(num)s day", "%(num)s days", 1 if written == "1" else 2, num=written)

    @staticmethod
    def _bars(rows: Iterable[tuple[str, float]], write: Any) -> list[Bar]:
        every = list(rows)
        longest = max((number for _, number in every), default=0) or 1
        return [Bar(name, number, write(number), round(number / longest * 100, 1)) for name, number in every]

    def security_txt(self) -> str:
        """Return the file that tells researchers whom to tell of a weakness."""
        return str(self._render("security.txt", repository=self.settings.repository.rstrip("/"))) + "\n"

    def searched(self, posted: Posted) -> Markup:
        """Make what the search looks through: the notice's own words, without what every notice says."""
        return self._render("searched.html", posted=posted, notice=posted.notice, local=self.local(posted))

    def printed(self, posted: Posted) -> str:
        """Make a notice to print: black and white, with a code that leads a phone to its page."""
        letter = Letter(self, posted)
        return str(letter.page(_picture(letter.address)))


def _picture(address: str) -> Markup:
    """Draw the code that leads a phone to an address, as a gray PNG; the address itself stands beside it."""
    image = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_image()
    dots = memoryview(image)  # type: ignore[arg-type]
    height, width = dots.shape or (0, 0)
    gray = dots.tobytes()
    # Each row begins with how it is filtered: not at all.
    rows = b"".join(b"\0" + gray[start : start + width] for start in range(0, len(gray), width))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )
    source = f"data:image/png;base64,{b64encode(png).decode()}"
    return Markup(f'<img src="{source}" width="{width * 3}" height="{height * 3}" alt="">')  # noqa: S704 (no text of anybody)


def _fields(model: Any) -> list[tuple[str, str]]:
    return [(name, field.description or "") for name, field in model.model_fields.items()]
