"""What the form at /post/ asks, out of the notice format itself: its fields, choices, limits and words.

The form's script gets the rest as data: the law, the patterns of personal data, and its sentences in one language.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from noticeboard.check import personal_data
from noticeboard.i18n import labels
from noticeboard.i18n.catalogs import N_
from noticeboard.i18n.language import Language
from noticeboard.notice import causes, model
from noticeboard.notice.causes import Cause
from noticeboard.post.law_data import law_data
from noticeboard.render.formatter import Formatter
from noticeboard.settings import Place

SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("what", N_("What it is about"), (
        "contractor", "product", "contract", "title", "summary", "status", "cause", "found_by",
    )),
    ("when", N_("When"), (
        "received", "discovered", "occurred", "confirmed", "contained", "families_notified",
        "attorney_general_notified", "police_delay", "posted",
    )),
    ("who", N_("Who is affected, and by what"), ("affected", "not_involved")),
    ("words", N_("In words"), ("what_happened", "what_we_are_doing", "what_you_can_do", "more_information")),
    ("help", N_("What people can do, and by when"), ("protection", "steps")),
    ("ask", N_("Whom to ask"), ("contacts", "links")),
    ("languages", N_("In other languages"), ("translations",)),
)  # fmt: skip
"""The form's parts: what they are called by machines and by people, and the fields in their order."""

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


@dataclass(frozen=True)
class Form:
    """The form in one language."""

    formatter: Formatter

    @cached_property
    def _schema(self) -> dict[str, Any]:
        law = self.formatter.law
        text = model.schema_text(law.codes, Language.available()[1:])
        schema: dict[str, Any] = json.loads(text)
        return schema

    def sections(self) -> list[tuple[str, str, list[Field]]]:
        """Return the form's parts, each with its questions."""
        fields = {field.name: field for field in self._fields(self._schema)}
        translate = self.formatter.translate
        return [(key, translate(title), [fields[name] for name in names]) for key, title, names in SECTIONS]

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
            yield self._field(name, node, is_required=name in required)

    def _field(self, name: str, node: Mapping[str, Any], *, is_required: bool) -> Field:
        translate = self.formatter.translate
        inner = self._inner(node)
        title, hint = node.get("title", name), node.get("description", "")
        kind, fields = self._kind(inner)
        return Field(
            name,
            translate(title),
            translate(hint) if name in FIELDS_WITH_HINT else "",
            kind,
            is_required,
            inner.get("maxLength"),
            self._options({**inner, **node}),
            fields,
            _example(node),
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
        translate = self.formatter.translate
        if "propertyNames" in inner:
            zone = self.formatter.law.zone
            return {code: Language(code, zone).name for code in inner["propertyNames"]["enum"]}
        names = self._inner(inner["items"]) if inner.get("type") == "array" else inner
        spoken = {**labels.STATUS, **labels.PEOPLE, **labels.UPDATE}
        if "enumDescriptions" in names:
            spoken = dict(zip(names["enum"], names["enumDescriptions"], strict=True))
        return {value: translate(spoken[value]) for value in names.get("enum", ())}

    def data(self, year: int) -> str:
        """Return what the form's script needs beside its questions, as JSON, if it is used in some year."""
        return json.dumps(self._data(year), ensure_ascii=False, separators=(",", ":"))

    def _data(self, year: int) -> dict[str, Any]:
        formatter = self.formatter
        settings, translate = formatter.settings, formatter.translate
        return {
            "language": formatter.language.code,
            "zone": settings.timezone,
            "publisher": settings.publisher,
            "repository": settings.repository.rstrip("/"),
            "branch": settings.branch,
            "published": settings.published_contacts,
            "order": list(self._schema["properties"]),
            "defaults": {"contacts": self.contacts()},
            "law": law_data(formatter.law, year + YEARS_AHEAD, formatter),
            "codes": {code: translate(entry.name) for code, entry in formatter.law.codes.items()},
            "people": {code: translate(name) for code, name in labels.PEOPLE.items()},
            "status": {code: translate(name) for code, name in labels.STATUS.items()},
            "layout": {
                "headings": {section: translate(heading) for section, heading in labels.SECTION_HEADINGS.items()},
                "texts": labels.SECTION_TEXTS,
                "facts": {field: translate(name) for field, name in labels.FACTS.items()},
                "discovered_own": translate(labels.DISCOVERED_OWN),
                "contract": translate(N_("The district’s contract with the company")),
                "cause": self._coded(N_("How it happened"), causes.causes()),
                "found_by": self._coded(N_("Who found it"), causes.finders()),
            },
            "owed_to": {code: translate(name) for code, name in labels.OWED_TO.items()},
            "personal": [
                {**pattern, "name": translate(pattern["name"])} for pattern in personal_data.browser_patterns()
            ],
            "not_names": personal_data.not_names(),
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


def _example(node: Mapping[str, Any]) -> str:
    first = next(iter(node.get("examples", ())), "")
    return "" if isinstance(first, list | dict) else str(first)


MESSAGES = {
    "required": N_("Please fill this in."),
    "too_long": N_("At most {most} characters; here are {found}."),
    "moment": N_("Write a day like 2026-09-14, or a day and time like 2026-09-14 16:45."),
    "when": N_(
        "Write a day like 2026-09-14, a month like 2026-09, a year, “2026-09-01 to 2026-09-14”, or unknown."
    ),
    "delay": N_("Write from when to when, like “2026-09-14 to unknown”."),
    "no_such_day": N_("There is no such day. Check the month and the day."),
    "no_such_time": N_("There is no such time. Times go from 00:00 to 23:59."),
    "skipped": N_("The clocks skip this time on that night. Add the offset that was meant: {first} or {second}."),
    "twice": N_("The clocks show this time twice on that night. Add {first} for the first or {second} for the second."),
    "swapped": N_("The first date must be the earlier one. Swap the two."),
    "future": N_("This is in the future."),
    "before": N_("This is before “{field}”. Check both dates."),
    "families_first": N_("This is before the company’s notice reached you: right only if the company wrote first."),
    "phone": N_("Write one phone number, like 203-555-0100."),
    "email": N_("Write one mail address, like privacy@example.org."),
    "https": N_("Write a whole web address that begins with https://."),
    "large": N_("That number is too large for a count of people. If this is somebody’s own number, delete it."),
    "count": N_("Write a whole number without a comma, “fewer than 10”, or unknown."),
    "small": N_("So small a number can point at a person. Write “fewer than 10”."),
    "months": N_("Write a whole number of months, like 24."),
    "contractor": N_("Write the company’s name, or none for the district’s own systems."),
    "schools": N_("Write “all”, or the schools’ names with commas between them."),
    "no_way": N_("Give a phone, a mail address or a web page."),
    "unknown_alone": N_("Choose “not yet known” alone, or the kinds that are known."),
    "overlap": N_("“{code}” is also chosen as taken. Take it out in one place."),
    "only_confirmed": N_("Choose only what is confirmed as not involved."),
    "protection": N_(
        "The law asks for {months} months of identity protection where these were taken: {data} ({citation})."
    ),
    "personal_error": N_("This holds {what}. Take it out: what is proposed on the web is public at once."),
    "personal_warning": N_("This looks like {what}. Keep it only if an office publishes it."),
    "personal_name": N_("This looks like {what}. Take the name out."),
    "blank": N_("{what} still has to be filled in."),
    "html": N_("No HTML tags here. Write plain words."),
    "image": N_("No pictures here. Describe it in words, or link to it."),
    "code": N_("No code here: take out the backticks, or start the line further to the left."),
    "quote": N_("No quotes with > here. Take out the >."),
    "heading": N_("A heading must begin with ###."),
    "rule": N_("No lines of dashes or stars here."),
    "link": N_("A link must begin with https://, mailto: or tel:."),
    "host": N_("The site’s name in an address must have only plain letters, digits, hyphens and dots."),
    "link_words": N_("A link needs words."),
    "link_other": N_("The words of a link must not name another address than the one where it leads."),
    "no_words": N_("Write it in words."),
    "no_address": N_("No web address in a title. Add it to the links."),
    "attributes": N_("No braces with attributes here."),
    "short_name": N_("Use lower-case letters, digits and single hyphens."),
    "same_name": N_("A notice of this day has this short name already. Choose another."),
    "none": N_("No problem found."),
    "open_problems": N_("Problems to fix: {count}"),
    "estimated": N_("estimated"),
    "paused": N_("no date yet: police asked to wait"),
    "not_started": N_("the day on which the people affected are told"),
    "no_date": N_("no date: it is not known when this began"),
    "withdrawn": N_("no date: the notice was withdrawn"),
    "no_later": N_("No later than"),
    "answered": N_("in the notice"),
    "unanswered": N_("not in the notice"),
    "own_answer": N_("no part of a notice; have it ready"),
    "no_clock": N_("With what is filled in so far, no deadline in Connecticut law was found."),
    "district": N_("the district"),
    "contractor_party": N_("the contractor"),
    "owes": N_("{by} owes this to {to}."),
    "too_large": N_("This notice is too long for a link. Copy it, and paste it into the page that opens."),
    "copied": N_("Copied."),
    "not_copied": N_("The browser did not allow copying. Use “Download” instead."),
    "saved": N_("The draft is kept in this browser only."),
    "cleared": N_("The draft is cleared."),
    "loaded": N_("The notice is here. What is posted stays as it is; your addition comes at the end."),
    "not_loaded": N_("There is no posted notice with this name. Check the name, or write a new notice."),
    "by_hand": N_("This file is written in an unusual way. Add the update by hand on GitHub."),
    "reads_as": N_("Reads as: {day}"),
    "persons": N_("{count} people"),
    "count_unknown": N_("number not known yet"),
    "count_few": N_("fewer than 10 people"),
    "all_schools": N_("All schools"),
    "own": N_("The district’s own"),
    "not_known": N_("not known yet"),
    "from_to": N_("from %(first)s to %(last)s"),
    "from_open": N_("from %(first)s, with no end known yet"),
    "day_time": N_("%(day)s, %(time)s"),
    "months_long": N_("It lasts for {months} months."),
    "month_long": N_("It lasts for 1 month."),
    "whose": N_("Whose system"),
    "data_unknown": N_("It is not yet known which information was involved. We will post it here when we know."),
    "not_involved": N_("Not involved"),
    "not_involved_list": N_("It is confirmed that these were not part of it:"),
    "provider": N_("Identity protection from {provider}"),
    "enroll_by": N_("Last day to enroll"),
    "by_phone": N_("Phone"),
    "by_mail": N_("E-mail"),
    "by_web": N_("Web"),
    "posted_on": N_("Posted {day}"),
}  # fmt: skip
"""The sentences of the form's script; `{name}` is filled in by it."""
