"""What a district answers when it takes the repository over."""

from __future__ import annotations

import re
from datetime import date
from importlib import resources
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from noticeboard.law import statutes
from noticeboard.notice import strict_yaml
from noticeboard.notice.problem import Problem, did_you_mean, field_name
from noticeboard.settings import Promise


def default_places() -> dict[str, Any]:
    """Return places.yml: the contacts that every district asks for, and what stands there before they are known."""
    data: dict[str, Any] = strict_yaml.read_data(resources.files(__package__).joinpath("places.yml").read_text("utf-8"))
    return data


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Contact(_Answer):
    """How to reach one of the contacts, and where that was found."""

    name: str | None = None
    phone: str | None = None
    url: str | None = None
    email: str | None = None
    address: str | None = None
    source: str
    """The page that says so."""
    checked_on: date


def _as_list(value: Any) -> Any:
    return value.split() if isinstance(value, str) else value


Owners = Annotated[list[Annotated[str, Field(pattern=r"^@[\w.-]+(/[\w.-]+)?$")]], BeforeValidator(_as_list)]
"""People or teams as GitHub names them: @someone, @organization/team."""


class Answers(_Answer):
    """All that makes the repository a district's; what has a default or None may be left out."""

    publisher: str = Field(min_length=1)
    city: str = Field(min_length=1)
    municipality: Literal["City", "Town", "Borough"] = "City"
    state_code: str = "CT"
    timezone: str = "America/New_York"
    languages: Annotated[list[str], BeforeValidator(_as_list)] = ["en", "es", "pt-BR"]
    domain: str
    """A domain that is the district's own: the ids of the feeds are made of it."""
    engineers: Owners = []
    """Who approves changes of everything but notices."""
    communications: Owners = []
    """Who approves notices."""
    places: dict[str, Contact] = {}
    policies: dict[str, Promise] = {}
    """What the district promises beyond the law, by rule id, as in mkdocs.yml."""

    @field_validator("domain")
    @classmethod
    def _is_domain(cls, domain: str) -> str:
        if not re.fullmatch(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", domain):
            raise ValueError(f"must be a domain like hartfordschools.org, in lower case, not {domain!r}")
        return domain

    @field_validator("state_code")
    @classmethod
    def _has_law(cls, code: str) -> str:
        statutes.must_be_known(code)
        return code

    @model_validator(mode="after")
    def _promises_are_known(self) -> Answers:
        known = statutes.policy_ids(self.state_code)
        for rule_id in self.policies:
            if rule_id not in known:
                raise ValueError(f"policies must be among {', '.join(known)}, not {rule_id!r}")
        return self

    @field_validator("places")
    @classmethod
    def _are_asked_for(cls, places: dict[str, Contact]) -> dict[str, Contact]:
        known = default_places()["places"]
        for key in places:
            if key not in known:
                raise ValueError(f"must be among {', '.join(known)}, not {key!r}{did_you_mean(key, known)}")
        return places


class AnswersError(Exception):
    """Answers that can't be; `problems` says where and why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def read(content: bytes, file: str) -> Answers:
    """Read answers from YAML (JSON is YAML, too).

    Raises AnswersError with everything that is wrong, by line and field.
    """
    try:
        document = strict_yaml.read(content, file)
    except strict_yaml.YamlErrors as refusal:
        raise AnswersError(refusal.problems) from None
    try:
        return Answers.model_validate(document.data)
    except ValidationError as error:
        raise AnswersError(tuple(_problem(document, detail) for detail in error.errors(include_url=False))) from None


_FIELDS = "must have fields of its own, each on a line further right"
_DAY = "must be a day like 2026-11-26"
_WORDS = {
    "missing": "is required",
    "string_type": "must be a text",
    "string_too_short": "must not be empty",
    "string_pattern_mismatch": "must be a person or a team as GitHub names them, such as @organization/team",
    "list_type": "must be a list, such as [en, es]",
    "dict_type": _FIELDS,
    "model_type": _FIELDS,
    "date_from_datetime_parsing": _DAY,
    "date_parsing": _DAY,
    "date_type": _DAY,
}


def _problem(document: strict_yaml.Document, detail: Any) -> Problem:
    path, kind = tuple(detail["loc"]), detail["type"]
    place, name = document.position(path), field_name(path)
    if kind == "extra_forbidden":
        words = f"is not a question{did_you_mean(str(path[-1]), [*Answers.model_fields, *Contact.model_fields])}"
    elif kind == "literal_error":
        words = f"must be {detail['ctx']['expected']}, not {detail['input']!r}"
    else:
        words = _WORDS.get(kind) or detail["msg"].removeprefix("Value error, ")
    return Problem(document.file, place.line, place.column, "error", "answer", name, f"{name} {words}.")
