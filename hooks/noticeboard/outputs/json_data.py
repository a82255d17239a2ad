"""The board as open data: `notices.json`, one JSON a notice, and the addresses that must never vanish.

The records are the format: its JSON Schema and the page that explains it come from them.
Nothing in it depends on the time of the build: states such as “overdue” are left to the reader's clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal, cast, get_type_hints

from pydantic import BaseModel, Field, TypeAdapter
from typing_extensions import TypedDict

from noticeboard.board.board import Event
from noticeboard.i18n.language import Language
from noticeboard.law.clocks import Clock
from noticeboard.notice.dates import PartialDate
from noticeboard.notice.parts import Group
from noticeboard.outputs.feed_entries import event_id
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.settings import Settings

VERSION = "1.2"
"""Raised when a field changes its meaning (2.0) or is added (1.1)."""
LICENSE = "CC-BY-4.0"


# What a record is, is published: it stands in RECORDS, and not in a docstring, which `python -OO` would drop.
class DateData(TypedDict):  # noqa: D101
    text: Annotated[str, Field(description="as the notice’s file has it")]
    form: Annotated[Literal["time", "day", "month", "year", "range", "unknown"], Field(description="how exact it is")]
    first: Annotated[str | None, Field(description="the first second that it can mean, with offset; null: not known")]
    last: Annotated[str | None, Field(description="the last second that it can mean, with offset; null: not known")]


class GroupData(TypedDict):  # noqa: D101
    who: Annotated[
        str,
        Field(description="students, former_students, parents_guardians, staff, former_staff, applicants or residents"),
    ]
    schools: Annotated[Literal["all"] | list[str] | None, Field(description="all, or the schools’ names")]
    cohort: Annotated[str | None, Field(description="which of them")]
    data: Annotated[list[str], Field(description="data codes")]
    count: Annotated[int | Literal["fewer than 10", "unknown"] | None, Field(description="how many people")]


class EventData(TypedDict):  # noqa: D101
    id: Annotated[str, Field(description="posted, update-1, update-2, …; it never changes")]
    kind: Annotated[str, Field(description="posted, update, correction or withdrawal")]
    at: Annotated[str, Field(description="when it went up, with offset")]
    corrects: Annotated[list[str], Field(description="with kind correction: the fields that it corrected")]
    url: Annotated[str, Field(description="where it stands")]
    feed_ids: Annotated[dict[str, str], Field(description="its id in each language’s feeds")]


class ClockData(TypedDict):  # noqa: D101
    clock: Annotated[str, Field(description="the rule’s id")]
    owed_by: Annotated[str, Field(description="contractor or district")]
    owed_to: Annotated[str, Field(description="district, families, public, residents or attorney_general")]
    starts: Annotated[str | None, Field(description="when it began, with offset")]
    due: Annotated[str | None, Field(description="the latest second for it, with offset; null: no date")]
    met: Annotated[str | None, Field(description="when it was done, with offset; null: nothing is on record")]
    estimated: Annotated[bool, Field(description="whether the start or the data are not known for certain")]
    citation: Annotated[str, Field(description="the law or the promise")]


class TextData(TypedDict):  # noqa: D101
    url: Annotated[str, Field(description="its page")]
    is_translated: Annotated[
        bool, Field(description="whether the words are of this language; if not, they are English")
    ]
    title: Annotated[str, Field(description="the title")]
    summary: Annotated[str, Field(description="the summary")]
    what_happened: Annotated[str, Field(description="safe HTML")]
    what_we_are_doing: Annotated[str, Field(description="safe HTML")]
    what_you_can_do: Annotated[str, Field(description="safe HTML")]
    more_information: Annotated[str | None, Field(description="safe HTML")]


class NoticeData(TypedDict):  # noqa: D101
    id: Annotated[str, Field(description="the notice’s name and part of its address; it never changes")]
    code: Annotated[str, Field(description="the short code that letters carry")]
    url: Annotated[str, Field(description="its page in English")]
    status: Annotated[str, Field(description="investigating, contained, resolved or withdrawn")]
    is_sample: Annotated[bool, Field(description="whether it was made up to show how the site works")]
    contractor: Annotated[str | None, Field(description="whose system it was; null: the district’s own")]
    product: Annotated[str | None, Field(description="the contractor’s product")]
    contract: Annotated[str | None, Field(description="where the district posts its contract with the company")]
    cause: Annotated[str | None, Field(description="a code for how it happened")]
    found_by: Annotated[str | None, Field(description="contractor, district, outside, attacker or unknown")]
    occurred: Annotated[DateData | None, Field(description="when it happened")]
    discovered: Annotated[DateData, Field(description="when the contractor (own systems: the district) found out")]
    received: Annotated[DateData | None, Field(description="when the contractor’s notice reached the district")]
    confirmed: Annotated[DateData | None, Field(description="when the district knew that its own data was in it")]
    contained: Annotated[DateData | None, Field(description="when it was stopped")]
    families_notified: Annotated[DateData | None, Field(description="when families were told")]
    attorney_general_notified: Annotated[DateData | None, Field(description="when the Attorney General was told")]
    police_delay: Annotated[DateData | None, Field(description="when police asked to wait")]
    posted: Annotated[DateData, Field(description="when the notice first went up")]
    affected: Annotated[list[GroupData], Field(description="whose data, group by group")]
    not_involved: Annotated[list[str], Field(description="data codes that are confirmed not to be part of it")]
    protection: Annotated[
        dict[str, str | int | None] | None, Field(description="the identity protection that is offered")
    ]
    steps: Annotated[list[dict[str, str | None]], Field(description="what people can do, and by when")]
    contacts: Annotated[list[dict[str, str | None]], Field(description="whom to ask")]
    links: Annotated[list[dict[str, str | None]], Field(description="pages elsewhere")]
    texts: Annotated[dict[str, TextData], Field(description="the notice’s words by language")]
    events: Annotated[list[EventData], Field(description="what subscribers were told of, oldest first")]
    clocks: Annotated[list[ClockData], Field(description="the duties that it started")]


class BoardData(TypedDict):  # noqa: D101
    version: Annotated[str, Field(description="the version of this format")]
    publisher: Annotated[str, Field(description="whose notices they are")]
    home: Annotated[str, Field(description="the board’s page")]
    license: Annotated[str, Field(description="the licence of the texts (SPDX)")]
    schema_url: Annotated[str, Field(description="the format as a JSON Schema")]
    notices: Annotated[list[NoticeData], Field(description="every notice, newest first")]


RECORDS: Mapping[type, str] = {
    BoardData: "The whole board.",
    NoticeData: "One notice.",
    DateData: "A date as exactly as it is known.",
    GroupData: "People who are affected in the same way.",
    TextData: "What the notice says in one language.",
    EventData: "Something that subscribers were told of, once.",
    ClockData: (
        "A duty of the law or of the district, with its dates. Whether it is overdue depends on the day of reading."
    ),
}
"""The records, with what each is: for the schema, and for the page that explains them."""


def fields(record: type) -> dict[str, str]:
    """Return what each field of a record means."""
    hints = get_type_hints(record, include_extras=True)
    return {name: hint.__metadata__[0].description for name, hint in hints.items()}


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
    return json.dumps(notice_data(views), ensure_ascii=False, separators=(",", ":"))


def schema() -> str:
    """Write the format of `notices.json` as a JSON Schema."""
    schema = TypeAdapter(BoardData).json_schema()
    for record, sentence in RECORDS.items():
        part = schema if record is BoardData else schema["$defs"][record.__name__]
        part |= {"description": sentence, "additionalProperties": False}
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


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
        affected=[_group(group) for group in notice.affected],
        not_involved=list(notice.not_involved or []),
        protection=_plain(notice.protection) if notice.protection else None,
        steps=[_plain(step) for step in notice.steps or []],
        contacts=[_plain(contact) for contact in notice.contacts],
        links=[_plain(link) for link in notice.links or []],
        texts={view.formatter.language.code: _texts(view) for view in views},
        events=[_event(event, views) for event in posted.events],
        clocks=[_clock(clock, language) for clock in posted.clocks],
    )


def _group(group: Group) -> GroupData:
    return GroupData(
        who=group.who,
        schools=cast("Literal['all'] | list[str] | None", group.schools),
        cohort=group.cohort,
        data=group.data,
        count=cast("int | Literal['fewer than 10', 'unknown'] | None", group.count),
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
    texts = view.texts
    return TextData(
        url=view.url,
        is_translated=view.local.is_translated,
        title=str(view.title),
        summary=str(view.summary),
        what_happened=str(texts["what_happened"].html),
        what_we_are_doing=str(texts["what_we_are_doing"].html),
        what_you_can_do=str(texts["what_you_can_do"].html),
        more_information=str(texts["more_information"].html) if "more_information" in texts else None,
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
