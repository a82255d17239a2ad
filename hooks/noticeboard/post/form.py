"""What the form at /post/ asks, out of the notice format itself: its fields, choices, limits and words.

The form's script gets the rest as data: the law, the patterns of personal data, and its sentences in one language.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from noticeboard.check import person_names, personal_data_patterns
from noticeboard.i18n import labels
from noticeboard.i18n.catalogs import N_
from noticeboard.i18n.language import Language
from noticeboard.notice import causes, data_codes, model
from noticeboard.notice.causes import Cause
from noticeboard.notice.field_types import TRANSLATION
from noticeboard.post.law_data import law_data
from noticeboard.post.messages import MESSAGES
from noticeboard.post.steps import LONGEST_TEXT, QUESTIONS, STARTERS, STEPS
from noticeboard.render.formatter import Formatter
from noticeboard.settings import Place

FIELDS_WITH_HINT = {
    "title", "summary", "contractor", "contract", "occurred", "discovered", "received", "police_delay", "posted",
    "schools", "cohort", "count", "enroll_by", "do", "name", "reviewed",
}  # fmt: skip
"""Questions whose description helps beside their title; the schema explains every field."""

YEARS_AHEAD = 4
"""Holidays that the form knows: up to this many years from now."""


@dataclass(frozen=True)
class Field:
    """One question of the form."""

    name: str
    title: str
    hint: str
    kind: str
    """How it is asked: `choice`, `codes`, `list`, `part`, `languages`, `lines`, or the format that the schema names."""
    is_required: bool
    max_length: int | None
    options: Mapping[str, str]
    """For a choice: what stands in the file → what people read."""
    fields: tuple[Field, ...]
    """For a list or a part: its own questions."""
    example: str
    question: str
    """The form's own words for it; by default the title."""
    help: str
    """What stands below the question."""


@dataclass(frozen=True)
class FormStep:
    """One step of the form in one language."""

    key: str
    title: str
    needed: tuple[Field, ...]
    later: tuple[Field, ...]


@dataclass(frozen=True)
class Form:
    """The form in one language."""

    formatter: Formatter

    @cached_property
    def _schema(self) -> dict[str, Any]:
        return model.schema(data_codes.names(), Language.available()[1:])

    def steps(self) -> list[FormStep]:
        """Return the form's steps, each with its questions."""
        fields = {field.name: field for field in self._fields(self._schema)}
        translate = self.formatter.translate
        return [
            FormStep(
                step.key,
                translate(step.title),
                tuple(fields[name] for name in step.needed),
                tuple(fields[name] for name in step.later),
            )
            for step in STEPS
        ]

    def update_fields(self) -> tuple[Field, ...]:
        """Return the questions about an update of a posted notice."""
        fields = {field.name: field for field in self._fields(self._schema)}
        return fields["updates"].fields

    def contacts(self) -> list[dict[str, str]]:
        """Return the contacts that a new notice begins with: those that a family can call or write to."""
        settings = self.formatter.settings
        places = [settings.places[key] for key in settings.notice_contacts]
        return [_contact(place) for place in places if place.phone or place.email]

    def _fields(self, part: Mapping[str, Any]) -> Iterator[Field]:
        required = part.get("required", ())
        for name, node in part["properties"].items():
            own_words = QUESTIONS.get(name, ("", "")) if part is self._schema else ("", "")
            yield self._field(name, node, own_words, is_required=name in required)

    def _field(self, name: str, node: Mapping[str, Any], own_words: tuple[str, str], *, is_required: bool) -> Field:
        translate = self.formatter.translate
        inner = self._inner(node)
        title, hint = node.get("title", name), node.get("description", "")
        kind, fields = self._kind(inner)
        shown_hint = translate(hint) if name in FIELDS_WITH_HINT else ""
        question, help_words = own_words
        return Field(
            name,
            translate(title),
            shown_hint,
            kind,
            is_required,
            inner.get("maxLength"),
            self._options({**inner, **node}),
            fields,
            _example(node),
            translate(question) if question else translate(title),
            translate(help_words) if help_words else _sentence(shown_hint),
        )

    def _inner(self, node: Mapping[str, Any]) -> dict[str, Any]:
        """Find what a field is when it is there: past `or null`, and past references."""
        if "$ref" in node:
            name = node["$ref"].rsplit("/", 1)[1]
            return {**self._schema["$defs"][name], "part": name}
        choices = [choice for choice in node.get("anyOf", ()) if choice.get("type") != "null"]
        if len(choices) == 1 and "format" not in node:
            return self._inner(choices[0])
        return dict(node)

    def _kind(self, inner: Mapping[str, Any]) -> tuple[str, tuple[Field, ...]]:
        if "part" in inner:
            return "part", tuple(self._fields(inner))
        if inner.get("type") == "array":
            item = self._inner(inner["items"])
            if "part" in item:
                return "list", tuple(self._fields(item))
            return ("codes" if "enum" in item else "lines"), ()
        if "additionalProperties" in inner:
            item = self._inner(inner["additionalProperties"])
            return "languages", tuple(self._fields(item))
        return ("choice" if "enum" in inner else inner["format"]), ()

    def _options(self, inner: Mapping[str, Any]) -> dict[str, str]:
        if "propertyNames" in inner:
            zone = self.formatter.law.zone
            return {code: Language(code, zone).name for code in inner["propertyNames"]["enum"]}
        names = self._inner(inner["items"]) if inner.get("type") == "array" else inner
        spoken = {**labels.STATUS, **labels.PEOPLE, **labels.UPDATE}
        if "enumDescriptions" in names:
            spoken = dict(zip(names["enum"], names["enumDescriptions"], strict=True))
        return {value: self._spoken(spoken[value]) for value in names.get("enum", ())}

    def _spoken(self, name: str) -> str:
        """Say a choice's name in this language; a translation is called by its own."""
        if name.startswith(TRANSLATION):
            return Language(name.removeprefix(TRANSLATION), self.formatter.law.zone).name
        return self.formatter.translate(name)

    def data(self, year: int) -> str:
        """Return what the form's script needs beside its questions, as JSON, if it is used in some year."""
        return json.dumps(self._data(year), ensure_ascii=False, separators=(",", ":"))

    def _data(self, year: int) -> dict[str, Any]:
        formatter = self.formatter
        settings, translate = formatter.settings, formatter.translate
        personal = personal_data_patterns.browser_data()
        return {
            "language": formatter.language.code,
            "zone": settings.timezone,
            "publisher": settings.publisher,
            "repository": settings.repository.rstrip("/"),
            "branch": settings.branch,
            "published": settings.published_contacts,
            "open": settings.published,
            "order": list(self._schema["properties"]),
            "defaults": {"contacts": self.contacts()},
            "starters": STARTERS,
            "longest_text": LONGEST_TEXT,
            "law": law_data(formatter.law, year + YEARS_AHEAD, formatter),
            "codes": {code: translate(entry.name) for code, entry in formatter.law.codes.items()},
            "people": {code: translate(name) for code, name in labels.PEOPLE.items()},
            "status": {code: translate(sentence) for code, sentence in labels.STATUS_SENTENCE.items()},
            "layout": {
                "headings": {section: translate(labels.SECTION_HEADINGS[section]) for section in labels.PAGE_SECTIONS},
                "texts": labels.SECTION_TEXTS,
                "facts": {field: translate(name) for field, name in labels.FACTS.items()},
                "discovered_own": translate(labels.DISCOVERED_OWN),
                "contract": translate(N_("The district’s contract with the company")),
                "cause": self._coded(N_("How it happened"), causes.causes()),
                "found_by": self._coded(N_("Who found it"), causes.finders()),
            },
            "owed_to": {code: translate(each.name) for code, each in formatter.law.recipients.items()},
            "personal": {
                **personal,
                "patterns": [{**pattern, "name": translate(pattern["name"])} for pattern in personal["patterns"]],
            },
            "person_names": person_names.browser_data(),
            "words": {key: translate(sentence) for key, sentence in MESSAGES.items()},
        }

    def _coded(self, label: str, known: Mapping[str, Cause]) -> dict[str, Any]:
        translate = self.formatter.translate
        return {"label": translate(label), "choices": {code: translate(entry.name) for code, entry in known.items()}}


def add_notice_ids(data: str, ids: Sequence[str]) -> str:
    """Add the ids of the posted notices to the form's data."""
    return f'{{"ids":{json.dumps(list(ids), separators=(",", ":"))},{data[1:]}\n'


def _contact(place: Place) -> dict[str, str]:
    """Return a place of the guide as a contact of a notice."""
    contact = {"name": place.name, "phone": place.phone, "email": place.email, "url": place.url}
    return {key: value for key, value in contact.items() if value}


def _sentence(hint: str) -> str:
    return f"{hint[:1].upper()}{hint[1:]}." if hint else ""


def _example(node: Mapping[str, Any]) -> str:
    first = next(iter(node.get("examples", ())), "")
    return "" if isinstance(first, list | dict) else str(first)
