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

from noticeboard.board.board import Event
from noticeboard.i18n.language import Language
from noticeboard.law.clocks import Clock
from noticeboard.notice.dates import PartialDate
from noticeboard.notice.model import TEXTS
from noticeboard.outputs.feed_entries import event_id
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.settings import Settings

VERSION = "1.2"
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
    corrects: list[str] = Field(description="with kind correction: the fields that it corrected")
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
    contract: str | None = Field(description="where the district posts its contract with the company")
    cause: str | None = Field(description="a code for how it happened")
    found_by: str | None = Field(description="contractor, district, outside, attacker or unknown")
    occurred: DateData | None = Field(description="when it happened")
    discovered: DateData = Field(description="when the contractor (own systems: the district) found out")
    received: DateData | None = Field(description="when the contractor’s notice reached the district")
    confirmed: DateData | None = Field(description="when the district knew that its own data was in it")
    contained: DateData | None = Field(description="when it was stopped")
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


def board_json(records: Iterable[str], settings: Settings) -> Iterator[str]:
    """Return `notices.json` piece by piece, from the notices' records, newest first, each on a line of its own."""
    head = {
        "version": VERSION,
        "publisher": settings.publisher,
        "home": f"{settings.site_url}notices/",
        "license": LICENSE,
        "schema_url": f"{settings.site_url}notices.schema.json",
    }
    start = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    yield f'{start},\n "notices": ['
    for number, record in enumerate(records):
        yield (",\n" if number else "\n") + record
    yield "\n ]\n}\n"


def notice_json(views: Sequence[NoticeView]) -> str:
    """Write one notice's record as JSON, in one line; `views` are its languages, English first."""
    return notice_data(views).model_dump_json()


def schema() -> str:
    """Write the format of `notices.json` as a JSON Schema."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **BoardData.model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def notice_data(views: Sequence[NoticeView]) -> NoticeData:
    """Return one notice as data; `views` are its languages, English first."""
    english = views[0]
    posted, notice, settings = english.posted, english.posted.notice, english.formatter.settings
    language = english.formatter.language

    def date(date: PartialDate | None) -> DateData | None:
        if date is None:
            return None
        first, last = _iso(date.first, language), _iso(date.last, language)
        return DateData(text=date.text, form=date.precision, first=first, last=last)

    discovered, first_posted = date(notice.discovered), date(notice.posted)
    assert discovered
    assert first_posted
    return NoticeData(
        id=posted.id,
        code=english.code,
        url=english.url,
        status=notice.status,
        is_sample=settings.samples,
        contractor=posted.contractor or None,
        product=notice.product,
        contract=notice.contract,
        cause=notice.cause,
        found_by=notice.found_by,
        occurred=date(notice.occurred),
        discovered=discovered,
        received=date(notice.received),
        confirmed=date(notice.confirmed),
        contained=date(notice.contained),
        families_notified=date(notice.families_notified),
        attorney_general_notified=date(notice.attorney_general_notified),
        police_delay=date(notice.police_delay),
        posted=first_posted,
        affected=[
            GroupData(who=group.who, schools=group.schools, cohort=group.cohort, data=group.data, count=group.count)
            for group in notice.affected
        ],
        not_involved=list(notice.not_involved or []),
        protection=_plain(notice.protection) if notice.protection else None,
        steps=[_plain(step) for step in notice.steps or []],
        contacts=[_plain(contact) for contact in notice.contacts],
        links=[_plain(link) for link in notice.links or []],
        texts={view.formatter.language.code: _texts(view) for view in views},
        events=[_event(event, views) for event in posted.events],
        clocks=[_clock(clock, language) for clock in posted.clocks],
    )


def _event(event: Event, views: Sequence[NoticeView]) -> EventData:
    english = views[0]
    update = None if event.kind == "posted" else (english.posted.notice.updates or [])[event.update]
    formatters = [view.formatter for view in views]
    return EventData(
        id=event.id,
        kind=event.kind,
        at=english.formatter.language.iso(event.at),
        corrects=list(update.corrects or []) if update else [],
        url=f"{english.url}{'' if event.kind == 'posted' else f'#{event.id}'}",
        feed_ids={
            formatter.language.code: event_id(english.posted, event, formatter.settings, formatter.language)
            for formatter in formatters
        },
    )


def _texts(view: NoticeView) -> TextData:
    texts = {name: str(view.texts[name].html) if name in view.texts else None for name in TEXTS}
    return TextData(
        url=view.url,
        is_translated=view.local.is_translated,
        title=str(view.title),
        summary=str(view.summary),
        **texts,
    )


def _clock(clock: Clock, zone: Language) -> ClockData:
    return ClockData(
        clock=clock.rule.id,
        owed_by=clock.rule.owed_by,
        owed_to=clock.rule.owed_to,
        starts=_iso(clock.starts_at, zone),
        due=_iso(clock.due_at, zone),
        met=_iso(clock.met_at, zone),
        estimated=clock.estimated,
        citation=clock.rule.citation,
    )


def _plain(part: BaseModel) -> dict[str, Any]:
    """Return a part of a notice as its file has it: dates as text."""
    return {name: value.text if isinstance(value, PartialDate) else value for name, value in part}


def _iso(moment: datetime | None, zone: Language) -> str | None:
    return zone.iso(moment) if moment else None


def missing_since(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """List the addresses and feed ids of a former `notices.json` that the present one lacks.

    Addresses count below the site's own, which may change: whoever moves a site leads the old addresses to the new.
    """
    kept = set(permanent_ids(now))
    return [promise for promise in permanent_ids(before) if promise not in kept]


def site_address(data: Mapping[str, Any]) -> str:
    """Return the address of the site that a `notices.json` is of."""
    return str(data["home"]).removesuffix("notices/")


def permanent_ids(data: Mapping[str, Any]) -> list[str]:
    """Collect what subscribers and letters keep of the notices: pages, codes, feed ids."""
    ids: list[str] = []
    base = site_address(data)
    for entry in data["notices"]:
        ids += [f"notice {entry['id']}", f"code {entry['code']}"]
        ids += [f"page {words['url'].removeprefix(base)}" for words in entry["texts"].values()]
        ids += [f"feed id {feed_id}" for event in entry["events"] for feed_id in event["feed_ids"].values()]
    return ids
