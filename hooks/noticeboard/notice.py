"""The notice: what one file says, as data.

The model holds what is true of one field by itself; what must hold between fields is in `check`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
)

from noticeboard.data_codes import DataCode
from noticeboard.dates import When
from noticeboard.fields import (
    AnyWhen,
    Code,
    Contractor,
    Count,
    Delay,
    Email,
    LanguageCode,
    LastDay,
    Line,
    Markdown,
    Moment,
    Months,
    Phone,
    Summary,
    Title,
    Url,
    choice,
    schools,
)

Status = Literal["investigating", "contained", "resolved", "withdrawn"]
Audience = Literal[
    "students", "former_students", "parents_guardians", "staff", "former_staff", "applicants", "residents"
]
UpdateKind = Literal["update", "correction", "withdrawal"]

OWN_SYSTEMS = "none"
"""What `contractor` says when the district's own systems were breached."""

TEXTS = ("what_happened", "what_we_are_doing", "what_you_can_do", "more_information")
"""The fields that are Markdown."""


def _enum(kind: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(get_args(kind))})


StatusField = Annotated[Status, PlainValidator(choice(get_args(Status))), _enum(Status)]
AudienceField = Annotated[Audience, PlainValidator(choice(get_args(Audience))), _enum(Audience)]
UpdateKindField = Annotated[UpdateKind, PlainValidator(choice(get_args(UpdateKind))), _enum(UpdateKind)]
Schools = Annotated[
    str | list[str],
    PlainValidator(schools),
    WithJsonSchema({"anyOf": [{"const": "all"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]


class _Part(BaseModel):
    """A part of a notice: frozen, and nothing in it that the format does not know."""

    # Built at its first use: a board with no notice needs none of it.
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


class Group(_Part):
    """People who are affected in the same way."""

    who: AudienceField = Field(
        description="whose data it is: students, former_students, parents_guardians, staff, former_staff, "
        "applicants or residents",
        examples=["students"],
    )
    schools: Schools | None = Field(None, description="all, or a list of the schools’ names", examples=["all"])
    cohort: Line | None = Field(None, description="which of them, in one line", examples=["enrolled since 2005-06"])
    data: list[Code] = Field(
        min_length=1, description="a list of data codes, or [unknown]", examples=[["name", "date_of_birth"]]
    )
    count: Count | None = Field(
        None, description="how many people: a whole number, “fewer than 10”, or unknown", examples=[11250]
    )


class Protection(_Part):
    """Identity protection that is offered to the people affected."""

    provider: Line = Field(description="the company that gives it", examples=["Experian"])
    months: Months = Field(description="for how many months", examples=[24])
    enroll_by: LastDay | None = Field(
        None, description="the last day to enroll: a day, a day and time, or a line", examples=["2025-07-31"]
    )
    url: Url | None = Field(None, description="where to enroll", examples=["https://example.org/enroll"])
    phone: Phone | None = Field(None, description="the provider’s phone", examples=["1-800-555-0100"])
    hours: Line | None = Field(
        None, description="when the phone is answered", examples=["Monday to Friday, 9 a.m. to 5 p.m. ET"]
    )


class Step(_Part):
    """Something that people can do."""

    do: Line = Field(description="what to do, in one line", examples=["Change your password"])
    by: Moment | None = Field(None, description="the last day for it", examples=["2025-01-31"])
    url: Url | None = Field(None, description="where to do it", examples=["https://example.org/portal"])


class Contact(_Part):
    """Whom to ask. One of phone, email and url is needed; `check` sees to it."""

    name: Line = Field(description="the office, not a person", examples=["Data privacy office"])
    phone: Phone | None = Field(None, description="phone number", examples=["203-555-0100"])
    email: Email | None = Field(None, description="mail address", examples=["privacy@example.org"])
    url: Url | None = Field(None, description="web address", examples=["https://example.org/privacy"])
    hours: Line | None = Field(None, description="when it answers", examples=["Monday to Friday, 8 a.m. to 4 p.m. ET"])


class Link(_Part):
    """A page elsewhere."""

    title: Line = Field(description="what the page is", examples=["The contractor’s own notice"])
    url: Url = Field(description="its address", examples=["https://example.org/notice"])


class Update(_Part):
    """What became known after the notice was posted."""

    at: Moment = Field(description="when it was added", examples=["2025-01-29 10:00"])
    kind: UpdateKindField = Field(description="update, correction or withdrawal", examples=["update"])
    text: Markdown = Field(description="what is new; a correction says what was wrong, a withdrawal says why")


def _only(key: str) -> BeforeValidator:
    """Accept `- do: …` as the English has it, as well as the bare text."""

    def read(value: object) -> object:
        return value[key] if isinstance(value, dict) and set(value) == {key} else value

    return BeforeValidator(read)


class Translation(_Part):
    """The notice in another language; lists stand in the order of the English ones."""

    reviewed: Moment | None = Field(None, description="the day a person last compared it with the English")
    title: Title | None = Field(None, description="the title")
    summary: Summary | None = Field(None, description="the summary")
    what_happened: Markdown | None = Field(None, description="what happened")
    what_we_are_doing: Markdown | None = Field(None, description="what we are doing")
    what_you_can_do: Markdown | None = Field(None, description="what you can do")
    more_information: Markdown | None = Field(None, description="more information")
    cohort: list[Line | None] | None = Field(None, description="a list: each group’s cohort")
    steps: list[Annotated[Line | None, _only("do")]] | None = Field(
        None, description="a list: what to do, step by step"
    )
    updates: list[Annotated[Markdown | None, _only("text")]] | None = Field(
        None, description="a list: the updates’ texts"
    )


class Notice(_Part):
    """One breach, as the public is told of it."""

    title: Title = Field(description="one line, at most 100 characters", examples=["PowerSchool records breach"])
    status: StatusField = Field(description="investigating, contained, resolved or withdrawn")
    summary: Summary = Field(description="plain text, at most 280 characters")
    contractor: Contractor = Field(
        description="the company whose system it was, or “none” for the district’s own systems",
        examples=["none"],
    )
    product: Line | None = Field(None, description="the contractor’s product")

    occurred: AnyWhen | None = Field(
        None, description="when it happened: a day, a month, a year, A to B, or unknown", examples=["2024-12"]
    )
    discovered: AnyWhen = Field(
        description="when the contractor (own systems: the district) found out: a day like 2026-09-14, "
        "a month, a year, A to B, or unknown",
        examples=["2024-12-28"],
    )
    received: Moment | None = Field(
        None,
        description="when the contractor’s notice reached the district: a day and time like 2026-09-14 16:45",
        examples=["2025-01-07 15:40"],
    )
    confirmed: AnyWhen | None = Field(None, description="when the district knew that its own data was in it")
    families_notified: Moment | None = Field(None, description="when families were told")
    attorney_general_notified: Moment | None = Field(None, description="when the Attorney General was told")
    police_delay: Delay | None = Field(
        None,
        description="from when to when police asked to hold back the § 36a-701b notices",
        examples=["2025-01-08 to unknown"],
    )
    posted: Moment = Field(
        description="when this notice first went up: a day and time like 2026-09-14 16:45",
        examples=["2025-01-08 17:30"],
    )

    affected: list[Group] = Field(min_length=1, description="a list with at least one group of people")
    not_involved: list[Code] | None = Field(
        None, description="a list of data codes that are confirmed not to be part of it"
    )

    what_happened: Markdown = Field(description="text in Markdown")
    what_we_are_doing: Markdown = Field(description="text in Markdown")
    what_you_can_do: Markdown = Field(description="text in Markdown")
    more_information: Markdown | None = Field(None, description="text in Markdown")

    protection: Protection | None = Field(None, description="the identity protection that is offered")
    steps: list[Step] | None = Field(None, description="a list of things that people can do")
    contacts: list[Contact] = Field(min_length=1, description="a list with at least one contact")
    links: list[Link] | None = Field(None, description="a list of pages elsewhere")
    updates: list[Update] | None = Field(None, description="a list of updates, oldest first")
    translations: dict[LanguageCode, Translation] | None = Field(
        None,
        description="the same in other languages, such as es and pt-BR",
        json_schema_extra={"propertyNames": {"enum": ["language"]}},
    )

    @property
    def has_contractor(self) -> bool:
        """Whether a contractor's system was breached, not the district's own."""
        return self.contractor != OWN_SYSTEMS

    @property
    def is_active(self) -> bool:
        """Whether the public should still watch it."""
        return self.status in {"investigating", "contained"}

    @property
    def data(self) -> list[str]:
        """Every data code of every group, once, in order."""
        return list(dict.fromkeys(code for group in self.affected for code in group.data))

    @property
    def last_change(self) -> When:
        """When the newest update went up, or the notice itself."""
        return self.updates[-1].at if self.updates else self.posted


def schema_text(codes: Mapping[str, DataCode], languages: Sequence[str]) -> str:
    """Write the JSON Schema of a notice file, for editors and forms: notices/notice.schema.json."""
    return json.dumps(_schema(codes, languages), ensure_ascii=False, indent=2) + "\n"


def _schema(codes: Mapping[str, DataCode], languages: Sequence[str]) -> dict[str, Any]:

    def name_codes(node: Any) -> Any:
        if isinstance(node, dict):
            if node.get("title") == "Data code":
                return {"enum": list(codes)}
            if node.get("enum") == ["language"]:
                return {"enum": list(languages)}
            return {key: name_codes(value) for key, value in node.items()}
        return [name_codes(item) for item in node] if isinstance(node, list) else node

    made: dict[str, Any] = name_codes(Notice.model_json_schema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": "A notice of a data breach"}
