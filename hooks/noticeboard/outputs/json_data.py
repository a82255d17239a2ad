"""The board as open data: `notices.json`, one JSON a notice, and the addresses that must never vanish.

The models are the format: its JSON Schema and the page that explains it come from them.
Nothing in it depends on the time of the build: states such as “overdue” are left to the reader's clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from noticeboard.board.board import Posted
from noticeboard.i18n.language import Language
from noticeboard.law.clocks import Clock
from noticeboard.notice import short_code
from noticeboard.notice.dates import When
from noticeboard.notice.localized import Localized
from noticeboard.notice.model import TEXTS
from noticeboard.outputs import feed_entries
from noticeboard.settings import Settings
from noticeboard.text import safe_markdown

VERSION = "1.0"
"""Raised when a field changes its meaning (2.0) or is added (1.1)."""
LICENSE = "CC-BY-4.0"


# What a record is, is published; so it is no docstring, which `python -OO` would drop.
class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DateData(_Record):  # noqa: D101
    __doc__ = "A date as exactly as it is known."

    text: str = Field(description="as the notice’s file has it")
    form: Literal["time", "day", "month", "year", "range", "unknown"] = Field(description="how exact it is")
    first: str | None = Field(description="the first second that it can mean, with offset; null: not known")
    last: str | None = Field(description="the last second that it can mean, with offset; null: not known")


class GroupData(_Record):  # noqa: D101
    __doc__ = "People who are affected in the same way."

    who: str = Field(description="students, former_students, parents_guardians, staff, former_staff, applicants or "
                                    "residents")  # fmt: skip
    schools: Literal["all"] | list[str] | None = Field(description="all, or the schools’ names")
    cohort: str | None = Field(description="which of them")
    data: list[str] = Field(description="data codes")
    count: int | Literal["fewer than 10", "unknown"] | None = Field(description="how many people")


class EventData(_Record):  # noqa: D101
    __doc__ = "Something that subscribers were told of, once."

    id: str = Field(description="posted, update-1, update-2, …; it never changes")
    kind: str = Field(description="posted, update, correction or withdrawal")
    at: str = Field(description="when it went up, with offset")
    url: str = Field(description="where it stands")
    feed_ids: dict[str, str] = Field(description="its id in each language’s feeds")


class ClockData(_Record):  # noqa: D101
    __doc__ = (
        "A duty of the law or of the district, with its dates. Whether it is overdue depends on the day of reading."
    )

    clock: str = Field(description="the rule’s id")
    owed_by: str = Field(description="contractor or district")
    owed_to: str = Field(description="district, families, public, residents or attorney_general")
    starts: str | None = Field(description="when it began, with offset")
    due: str | None = Field(description="the latest second for it, with offset; null: no date")
    met: str | None = Field(description="when it was done, with offset; null: nothing is on record")
    estimated: bool = Field(description="whether the start or the data are not known for certain")
    citation: str = Field(description="the law or the promise")


class TextData(_Record):  # noqa: D101
    __doc__ = "What the notice says in one language."

    url: str = Field(description="its page")
    is_translated: bool = Field(description="whether the words are of this language; if not, they are English")
    title: str = Field(description="the title")
    summary: str = Field(description="the summary")
    what_happened: str = Field(description="safe HTML")
    what_we_are_doing: str = Field(description="safe HTML")
    what_you_can_do: str = Field(description="safe HTML")
    more_information: str | None = Field(description="safe HTML")


class NoticeData(_Record):  # noqa: D101
    __doc__ = "One notice."

    id: str = Field(description="the notice’s name and part of its address; it never changes")
    code: str = Field(description="the short code that letters carry")
    url: str = Field(description="its page in English")
    status: str = Field(description="investigating, contained, resolved or withdrawn")
    is_sample: bool = Field(description="whether it was made up to show how the site works")
    contractor: str | None = Field(description="whose system it was; null: the district’s own")
    product: str | None = Field(description="the contractor’s product")
    occurred: DateData | None = Field(description="when it happened")
    discovered: DateData = Field(description="when the contractor (own systems: the district) found out")
    received: DateData | None = Field(description="when the contractor’s notice reached the district")
    confirmed: DateData | None = Field(description="when the district knew that its own data was in it")
    families_notified: DateData | None = Field(description="when families were told")
    attorney_general_notified: DateData | None = Field(description="when the Attorney General was told")
    police_delay: DateData | None = Field(description="when police asked to wait")
    posted: DateData = Field(description="when the notice first went up")
    affected: list[GroupData] = Field(description="whose data, group by group")
    not_involved: list[str] = Field(description="data codes that are confirmed not to be part of it")
    protection: dict[str, str | int | None] | None = Field(description="the identity protection that is offered")
    steps: list[dict[str, str | None]] = Field(description="what people can do, and by when")
    contacts: list[dict[str, str | None]] = Field(description="whom to ask")
    links: list[dict[str, str | None]] = Field(description="pages elsewhere")
    texts: dict[str, TextData] = Field(description="the notice’s words by language")
    events: list[EventData] = Field(description="what subscribers were told of, oldest first")
    clocks: list[ClockData] = Field(description="the duties that it started")


class BoardData(_Record):  # noqa: D101
    __doc__ = "The whole board."

    version: str = Field(description="the version of this format")
    publisher: str = Field(description="whose notices they are")
    home: str = Field(description="the board’s page")
    license: str = Field(description="the licence of the texts (SPDX)")
    schema_url: str = Field(description="the format as a JSON Schema")
    notices: list[NoticeData] = Field(description="every notice, newest first")


MODELS: Sequence[type[BaseModel]] = (
    BoardData, NoticeData, DateData, GroupData, TextData, EventData, ClockData,
)  # fmt: skip
"""The records, for the page that explains them."""


def board(records: Iterable[str], settings: Settings) -> Iterator[str]:
    """Give `notices.json` piece by piece, from the notices' records, newest first, each on a line of its own."""
    head = {
        "version": VERSION,
        "publisher": settings.publisher,
        "home": f"{settings.site_url}notices/",
        "license": LICENSE,
        "schema_url": f"{settings.site_url}notices.schema.json",
    }
    start = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    yield f'{start},\n "notices": ['
    for number, each in enumerate(records):
        yield (",\n" if number else "\n") + each
    yield "\n ]\n}\n"


def notice(posted: Posted, settings: Settings, languages: Sequence[Language]) -> str:
    """Write one notice's record as JSON, in one line."""
    return record(posted, settings, languages).model_dump_json()


def schema() -> str:
    """Write the format of `notices.json` as a JSON Schema."""
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **BoardData.model_json_schema()}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def record(posted: Posted, settings: Settings, languages: Sequence[Language]) -> NoticeData:
    """Give one notice as data."""
    own, zone = posted.notice, languages[0]

    def date(when: When | None) -> DateData | None:
        if when is None:
            return None
        return DateData(text=when.text, form=when.form, first=_iso(when.first, zone), last=_iso(when.last, zone))

    discovered, first_posted = date(own.discovered), date(own.posted)
    assert discovered
    assert first_posted
    return NoticeData(
        id=posted.id,
        code=short_code.code(posted.id),
        url=f"{settings.site_url}{posted.address}",
        status=own.status,
        is_sample=settings.samples,
        contractor=own.contractor if own.has_contractor else None,
        product=own.product,
        occurred=date(own.occurred),
        discovered=discovered,
        received=date(own.received),
        confirmed=date(own.confirmed),
        families_notified=date(own.families_notified),
        attorney_general_notified=date(own.attorney_general_notified),
        police_delay=date(own.police_delay),
        posted=first_posted,
        affected=[GroupData.model_validate(group.model_dump()) for group in own.affected],
        not_involved=list(own.not_involved or []),
        protection=_plain(own.protection) if own.protection else None,
        steps=[_plain(step) for step in own.steps or []],
        contacts=[_plain(contact) for contact in own.contacts],
        links=[_plain(link) for link in own.links or []],
        texts={language.code: _words(posted, settings, language) for language in languages},
        events=[
            EventData(
                id=event.id,
                kind=event.kind,
                at=zone.iso(event.at),
                url=f"{settings.site_url}{posted.address}{'' if event.kind == 'posted' else f'#{event.id}'}",
                feed_ids={each.code: feed_entries.event_id(posted, event, settings, each) for each in languages},
            )
            for event in posted.events
        ],
        clocks=[_clock(clock, zone) for clock in posted.clocks],
    )


def _words(posted: Posted, settings: Settings, language: Language) -> TextData:
    local = Localized(posted.notice, language.code)
    texts = {name: str(safe_markdown.html(said.text)) if (said := local.text(name)) else None for name in TEXTS}
    return TextData(
        url=f"{settings.site_url}{language.path}{posted.address}",
        is_translated=local.is_own,
        title=str(local.title),
        summary=str(local.summary),
        **texts,
    )


def _clock(clock: Clock, zone: Language) -> ClockData:
    return ClockData(
        clock=clock.rule.id,
        owed_by=clock.rule.owed_by,
        owed_to=clock.rule.owed_to,
        starts=_iso(clock.starts, zone),
        due=_iso(clock.due, zone),
        met=_iso(clock.met, zone),
        estimated=clock.estimated,
        citation=clock.rule.citation,
    )


def _plain(part: BaseModel) -> dict[str, Any]:
    """Give a part of a notice as its file has it: dates as text."""
    values = {name: getattr(part, name) for name in type(part).model_fields}
    return {name: value.text if isinstance(value, When) else value for name, value in values.items()}


def _iso(moment: datetime | None, zone: Language) -> str | None:
    return zone.iso(moment) if moment else None


def vanished(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """List the addresses and feed ids of a former `notices.json` that the present one lacks."""
    there = set(_promises(now["notices"]))
    return [each for each in _promises(before["notices"]) if each not in there]


def _promises(notices: Iterable[Mapping[str, Any]]) -> list[str]:
    """Collect what subscribers and letters keep of some notices: pages, codes, feed ids."""
    found: list[str] = []
    for entry in notices:
        found += [f"notice {entry['id']}", f"code {entry['code']}"]
        found += [f"page {words['url']}" for words in entry["texts"].values()]
        found += [f"feed id {each}" for event in entry["events"] for each in event["feed_ids"].values()]
    return found
