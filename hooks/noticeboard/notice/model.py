"""The notice: what one file says, as data.

The model holds what is true of one field by itself; what must hold between fields is in `check`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from noticeboard.i18n.catalogs import N_
from noticeboard.notice.dates import PartialDate
from noticeboard.notice.field_types import (
    CORRECTABLE,
    TRANSLATION,
    AnyDate,
    Code,
    Contractor,
    Delay,
    LanguageCode,
    Line,
    Markdown,
    Moment,
    Summary,
    Title,
    Url,
)
from noticeboard.notice.parts import (
    CauseField,
    Contact,
    FinderField,
    Group,
    Link,
    NoticeModel,
    Protection,
    StatusField,
    Step,
    Translation,
    Update,
)

OWN_SYSTEMS = "none"
"""What `contractor` says when the district's own systems were breached."""

TEXTS = ("what_happened", "what_we_are_doing", "what_you_can_do", "more_information")
"""The fields that are Markdown."""


# What editors can be told of two fields at once.
_RECEIVED_UNLESS_OWN: JsonDict = {
    "if": {"properties": {"contractor": {"const": OWN_SYSTEMS}}},
    "else": {"required": ["received"], "properties": {"received": {"type": "string"}}},
}
_WITHDRAWAL: JsonDict = {"properties": {"kind": {"const": "withdrawal"}}}
_WITHDRAWAL_SAYS_WHY: JsonDict = {
    "if": {"properties": {"status": {"const": "withdrawn"}}},
    "then": {"required": ["updates"], "properties": {"updates": {"contains": _WITHDRAWAL}}},
}


class Notice(NoticeModel):
    """One breach, as the public is told of it."""

    model_config = ConfigDict(json_schema_extra={"allOf": [_RECEIVED_UNLESS_OWN, _WITHDRAWAL_SAYS_WHY]})

    title: Title = Field(
        title=N_("Title"), description=N_("one line, at most 100 characters"), examples=["PowerSchool records breach"]
    )
    status: StatusField = Field(
        title=N_("Where it stands"),
        description="investigating, contained, resolved or withdrawn",
        examples=["investigating"],
    )
    summary: Summary = Field(
        title=N_("Summary"),
        description=N_("plain text, at most 280 characters"),
        examples=["A company that works for our schools told us that student records were copied."],
    )
    contractor: Contractor = Field(
        title=N_("Whose system it was"),
        description=N_("the company whose system it was, or “none” for the district’s own systems"),
        examples=["none"],
    )
    product: Line | None = Field(
        None, title=N_("Program or service"), description="the contractor’s product", examples=["PowerSchool SIS"]
    )
    contract: Url | None = Field(
        None,
        title=N_("Where the contract is posted"),
        description=N_("the address where the district posts its contract with the company"),
        examples=["https://www.example.org/contracts/powerschool"],
    )
    cause: CauseField | None = Field(
        None, title=N_("How it happened"), description="how it happened, as far as it is known", examples=["phishing"]
    )
    found_by: FinderField | None = Field(
        None, title=N_("Who found it"), description="who found the breach", examples=["contractor"]
    )

    occurred: AnyDate | None = Field(
        None,
        title=N_("When it happened"),
        description=N_("when it happened: a day, a month, a year, A to B, or unknown"),
        examples=["2024-12"],
    )
    discovered: AnyDate = Field(
        title=N_("When it was found out"),
        description=N_(
            "when the contractor (own systems: the district) found out: a day like 2026-09-14, a month, a year, "
            "A to B, or unknown"
        ),
        examples=["2024-12-28"],
    )
    received: Moment | None = Field(
        None,
        title=N_("When the company’s notice reached us"),
        description=N_("when the contractor’s notice reached the district: a day and time like 2026-09-14 16:45"),
        examples=["2025-01-07 15:40"],
    )
    confirmed: AnyDate | None = Field(
        None,
        title=N_("When we knew that our data was in it"),
        description="when the district knew that its own data was in it",
        examples=["2025-01-10"],
    )
    contained: AnyDate | None = Field(
        None, title=N_("When it was stopped"), description="when it was stopped", examples=["2024-12-28"]
    )
    families_notified: Moment | None = Field(
        None,
        title=N_("When families were told"),
        description="when families were told",
        examples=["2025-01-08 17:00"],
    )
    attorney_general_notified: Moment | None = Field(
        None,
        title=N_("When the Attorney General was told"),
        description="when the Attorney General was told",
        examples=["2025-01-08"],
    )
    police_delay: Delay | None = Field(
        None,
        title=N_("When police asked us to wait"),
        description=N_("from when to when police asked to hold back the notices to residents"),
        examples=["2025-01-08 to unknown"],
    )
    posted: Moment = Field(
        title=N_("When this notice goes up"),
        description=N_("when this notice first went up: a day and time like 2026-09-14 16:45"),
        examples=["2025-01-08 17:30"],
    )

    affected: list[Group] = Field(
        min_length=1, title=N_("Who is affected"), description="a list with at least one group of people"
    )
    not_involved: list[Code] | None = Field(
        None,
        title=N_("Confirmed as not involved"),
        description="a list of data codes that are confirmed not to be part of it",
        examples=[["payment_card"]],
        json_schema_extra={
            "uniqueItems": True,
            "if": {"contains": {"enum": ["unknown", "other"]}},
            "then": {"type": "null"},
        },
    )

    what_happened: Markdown = Field(
        title=N_("What happened"),
        description="text in Markdown",
        examples=["On December 28, 2024, the company found that records had been copied."],
    )
    what_we_are_doing: Markdown = Field(
        title=N_("What we are doing"),
        description="text in Markdown",
        examples=["We asked the company which records were copied."],
    )
    what_you_can_do: Markdown = Field(
        title=N_("What you can do"),
        description="text in Markdown",
        examples=["Be careful with messages that say they come from our schools."],
    )
    more_information: Markdown | None = Field(
        None,
        title=N_("More information"),
        description="text in Markdown",
        examples=["Other districts use the same system."],
    )

    protection: Protection | None = Field(
        None, title=N_("Identity protection"), description="the identity protection that is offered"
    )
    steps: list[Step] | None = Field(
        None, title=N_("Steps that people can take"), description="a list of things that people can do"
    )
    contacts: list[Contact] = Field(
        min_length=1, title=N_("Whom to ask"), description="a list with at least one contact"
    )
    links: list[Link] | None = Field(None, title=N_("Links to other websites"), description="a list of pages elsewhere")
    updates: list[Update] | None = Field(None, title=N_("Updates"), description="a list of updates, oldest first")
    translations: dict[LanguageCode, Translation] | None = Field(
        None,
        title=N_("In other languages"),
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
    def last_change(self) -> PartialDate:
        """When the newest update went up, or the notice itself."""
        return self.updates[-1].at if self.updates else self.posted


class PartialNotice(NoticeModel):
    """A notice as far as its file could be read: None stands for what is missing or wrong, in lists too."""

    title: Title | None = None
    status: StatusField | None = None
    summary: Summary | None = None
    contractor: Contractor | None = None
    product: Line | None = None
    contract: Url | None = None
    cause: CauseField | None = None
    found_by: FinderField | None = None
    occurred: AnyDate | None = None
    discovered: AnyDate | None = None
    received: Moment | None = None
    confirmed: AnyDate | None = None
    contained: AnyDate | None = None
    families_notified: Moment | None = None
    attorney_general_notified: Moment | None = None
    police_delay: Delay | None = None
    posted: Moment | None = None
    affected: list[Group | None] | None = None
    not_involved: list[Code] | None = None
    what_happened: Markdown | None = None
    what_we_are_doing: Markdown | None = None
    what_you_can_do: Markdown | None = None
    more_information: Markdown | None = None
    protection: Protection | None = None
    steps: list[Step | None] | None = None
    contacts: list[Contact | None] | None = None
    links: list[Link | None] | None = None
    updates: list[Update | None] | None = None
    translations: dict[LanguageCode, Translation] | None = None

    @classmethod
    def from_notice(cls, notice: Notice) -> PartialNotice:
        """Return a whole notice as one that rules can look at."""
        return cls.model_construct(None, **{name: getattr(notice, name) for name in cls.model_fields})

    @property
    def has_contractor(self) -> bool:
        """Whether it names a contractor, so that its clocks are those of a contractor's breach."""
        return self.contractor not in {None, OWN_SYSTEMS}

    @property
    def is_active(self) -> bool:
        """Whether it is known to be one that the public should watch."""
        return self.status in {"investigating", "contained"}


def schema_text(codes: Mapping[str, str], languages: Sequence[str]) -> str:
    """Write the JSON Schema of a notice file, for editors and forms: notices/notice.schema.json.

    `codes` has the name of each data code.
    """
    return json.dumps(schema(codes, languages), ensure_ascii=False, indent=2) + "\n"


@cache
def _model_schema() -> dict[str, Any]:
    """Describe the model; it takes long, and each language's form asks for it."""
    return Notice.model_json_schema()


def schema(codes: Mapping[str, str], languages: Sequence[str]) -> dict[str, Any]:
    """Return the JSON Schema of a notice file; see `schema_text`."""
    translations = [f"{TRANSLATION}{language}" for language in languages]
    fields = [*CORRECTABLE, *translations]
    titles = [*(Notice.model_fields[name].title for name in CORRECTABLE), *translations]

    def name_codes(node: Any) -> Any:
        if isinstance(node, dict):
            if node.get("title") == "Corrected field":
                return {"enum": fields, "enumDescriptions": titles}
            if node.get("title") == "Data code":
                # Editors explain each code with its plain name.
                return {"enum": list(codes), "enumDescriptions": list(codes.values())}
            if node.get("enum") == ["language"]:
                return {"enum": list(languages)}
            return {key: name_codes(value) for key, value in node.items()}
        return [name_codes(item) for item in node] if isinstance(node, list) else node

    named: dict[str, Any] = name_codes(_model_schema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **named, "title": "A notice of a data breach"}
