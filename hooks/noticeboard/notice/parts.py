"""The parts of a notice: groups of people, protection, steps, contacts, links, updates, translations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema

from noticeboard.i18n.catalogs import N_
from noticeboard.notice import causes
from noticeboard.notice.causes import Cause
from noticeboard.notice.field_types import (
    MAX_LENGTH,
    Code,
    CorrectedField,
    Count,
    Email,
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
from noticeboard.notice.schema_patterns import LINE

Status = Literal["investigating", "contained", "resolved", "withdrawn"]
Audience = Literal[
    "students", "former_students", "parents_guardians", "staff", "former_staff", "applicants", "residents"
]
UpdateKind = Literal["update", "correction", "withdrawal"]


def _enum(kind: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(get_args(kind))})


def _named(known: Mapping[str, Cause]) -> WithJsonSchema:
    """Editors and the form explain each code with its plain name."""
    names = [entry.name for entry in known.values()]
    return WithJsonSchema({"type": "string", "enum": list(known), "enumDescriptions": names})


CauseField = Annotated[str, PlainValidator(choice(tuple(causes.causes()))), _named(causes.causes())]
FinderField = Annotated[str, PlainValidator(choice(tuple(causes.finders()))), _named(causes.finders())]
StatusField = Annotated[Status, PlainValidator(choice(get_args(Status))), _enum(Status)]
AudienceField = Annotated[Audience, PlainValidator(choice(get_args(Audience))), _enum(Audience)]
UpdateKindField = Annotated[UpdateKind, PlainValidator(choice(get_args(UpdateKind))), _enum(UpdateKind)]
Schools = Annotated[
    str | list[str],
    PlainValidator(schools),
    WithJsonSchema(
        {
            "format": "schools",
            "anyOf": [
                {"const": "all"},
                {"type": "array", "items": {"type": "string", "maxLength": MAX_LENGTH, "pattern": LINE}, "minItems": 1},
            ],
        }
    ),
]


_NONE_GIVEN: set[str] = set()


class NoticeModel(BaseModel):
    """A part of a notice: frozen, and nothing in it that the format does not know."""

    # Built at its first use: a board with no notice needs none of it.
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)

    # Which fields were given is of no use once a notice was read, and takes a quarter of a kept notice's memory.
    def __getstate__(self) -> dict[Any, Any]:
        return {**super().__getstate__(), "__pydantic_fields_set__": _NONE_GIVEN}


class Group(NoticeModel):
    """People who are affected in the same way."""

    who: AudienceField = Field(
        title=N_("Whose data it is"),
        description="whose data it is: students, former_students, parents_guardians, staff, former_staff, applicants "
        "or residents",
        examples=["students"],
    )
    schools: Schools | None = Field(
        None, title=N_("Which schools"), description=N_("all, or a list of the schools’ names"), examples=["all"]
    )
    cohort: Line | None = Field(
        None,
        title=N_("Which of them"),
        description=N_("which of them, in one line"),
        examples=["enrolled since 2005-06"],
    )
    data: list[Code] = Field(
        min_length=1,
        title=N_("What kinds of data"),
        description="a list of data codes, or [unknown]",
        examples=[["name", "date_of_birth"]],
        json_schema_extra={"uniqueItems": True, "if": {"contains": {"const": "unknown"}}, "then": {"maxItems": 1}},
    )
    count: Count | None = Field(
        None,
        title=N_("How many people"),
        description=N_("how many people: a whole number, “fewer than 10”, or unknown"),
        examples=[11250],
    )


class Protection(NoticeModel):
    """Identity protection that is offered to the people affected."""

    provider: Line = Field(
        title=N_("Company that provides it"), description="the company that gives it", examples=["Experian"]
    )
    months: Months = Field(title=N_("For how many months"), description="for how many months", examples=[24])
    enroll_by: LastDay | None = Field(
        None,
        title=N_("Last day to enroll"),
        description=N_("the last day to enroll: a day, a day and time, or a line"),
        examples=["2025-07-31"],
    )
    url: Url | None = Field(
        None, title=N_("Where to enroll"), description="where to enroll", examples=["https://example.org/enroll"]
    )
    phone: Phone | None = Field(
        None, title=N_("Phone"), description="the provider’s phone", examples=["1-800-555-0100"]
    )
    hours: Line | None = Field(
        None,
        title=N_("Phone hours"),
        description="when the phone is answered",
        examples=["Monday to Friday, 9 a.m. to 5 p.m. ET"],
    )


class Step(NoticeModel):
    """Something that people can do."""

    do: Line = Field(
        title=N_("What people can do"), description=N_("what to do, in one line"), examples=["Change your password"]
    )
    by: Moment | None = Field(None, title=N_("By when"), description="the last day for it", examples=["2025-01-31"])
    url: Url | None = Field(
        None, title=N_("Where"), description="where to do it", examples=["https://example.org/portal"]
    )


class Contact(NoticeModel):
    """Whom to ask. One of phone, email and url is needed; `check` sees to it."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": [way]} for way in ("phone", "email", "url")]})

    name: Line = Field(title=N_("Office"), description=N_("the office, not a person"), examples=["Data privacy office"])
    phone: Phone | None = Field(None, title=N_("Phone"), description=N_("phone number"), examples=["203-555-0100"])
    email: Email | None = Field(None, title=N_("E-mail"), description="mail address", examples=["privacy@example.org"])
    url: Url | None = Field(
        None, title=N_("Web page"), description="web address", examples=["https://example.org/privacy"]
    )
    hours: Line | None = Field(
        None,
        title=N_("Hours"),
        description="when it answers",
        examples=["Monday to Friday, 8 a.m. to 4 p.m. ET"],
    )


class Link(NoticeModel):
    """A page elsewhere."""

    title: Line = Field(
        title=N_("Name of the page"), description="what the page is", examples=["The contractor’s own notice"]
    )
    url: Url = Field(title=N_("Web address"), description="its address", examples=["https://example.org/notice"])


class Update(NoticeModel):
    """What became known after the notice was posted."""

    model_config = ConfigDict(
        json_schema_extra={"if": {"required": ["corrects"]}, "then": {"properties": {"kind": {"const": "correction"}}}}
    )

    at: Moment = Field(title=N_("When it is added"), description="when it was added", examples=["2025-01-29 10:00"])
    kind: UpdateKindField = Field(
        title=N_("Type of update"), description="update, correction or withdrawal", examples=["update"]
    )
    corrects: list[CorrectedField] | None = Field(
        None,
        min_length=1,
        title=N_("What it corrects"),
        description="with kind: correction, a list of the fields that were corrected",
        examples=[["title", "discovered"]],
        json_schema_extra={"uniqueItems": True},
    )
    text: Markdown = Field(
        title=N_("What is new"),
        description="what is new; a correction says what was wrong, a withdrawal says why",
        examples=["We now know that grades were not part of it."],
    )


def _only(key: str) -> BeforeValidator:
    """Accept `- do: …` as the English has it, as well as the bare text."""

    def read(value: object) -> object:
        return value[key] if isinstance(value, dict) and set(value) == {key} else value

    return BeforeValidator(read)


class Translation(NoticeModel):
    """The notice in another language; lists stand in the order of the English ones."""

    reviewed: Moment | None = Field(
        None,
        title=N_("Last compared with the English"),
        description=N_("the day a person last compared it with the English"),
        examples=["2025-01-08"],
    )
    title: Title | None = Field(None, title=N_("Title"), description="the title")
    summary: Summary | None = Field(None, title=N_("Summary"), description="the summary")
    what_happened: Markdown | None = Field(None, title=N_("What happened"), description="what happened")
    what_we_are_doing: Markdown | None = Field(None, title=N_("What we are doing"), description="what we are doing")
    what_you_can_do: Markdown | None = Field(None, title=N_("What you can do"), description="what you can do")
    more_information: Markdown | None = Field(None, title=N_("More information"), description="more information")
    cohort: list[Line | None] | None = Field(
        None,
        title=N_("Which of them, group by group"),
        description="a list: each group’s cohort",
        examples=[["matriculados desde 2005-06"]],
    )
    steps: list[Annotated[Line | None, _only("do")]] | None = Field(
        None,
        title=N_("The steps, one by one"),
        description="a list: what to do, step by step",
        examples=[["Cambie la contraseña"]],
    )
    updates: list[Annotated[Markdown | None, _only("text")]] | None = Field(
        None, title=N_("The updates’ texts"), description="a list: the updates’ texts"
    )
    contacts: list[Annotated[Line | None, _only("name")]] | None = Field(
        None,
        title=N_("The offices’ names, one by one"),
        description="a list: each contact’s name",
        examples=[["Oficina de privacidad de datos"]],
    )
    contact_hours: list[Line | None] | None = Field(
        None,
        title=N_("The offices’ hours, one by one"),
        description="a list: each contact’s hours",
        examples=[["De lunes a viernes, de 8 a.m. a 4 p.m."]],
    )
    links: list[Annotated[Line | None, _only("title")]] | None = Field(
        None, title=N_("The links’ titles, one by one"), description="a list: each link’s title"
    )
    protection_hours: Line | None = Field(
        None, title=N_("The protection’s phone hours"), description="when the protection’s phone is answered"
    )
