"""A new notice out of answers: asked one by one in a terminal, or given in a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Protocol

from pydantic import TypeAdapter, ValidationError

from noticeboard.board import board
from noticeboard.check import personal_data
from noticeboard.notice import field_types, strict_yaml
from noticeboard.notice.field_types import ParseContext
from noticeboard.notice.model import Notice
from noticeboard.post.drafts import Draft
from noticeboard.post.form import Field, Form
from noticeboard.post.handwritten_dates import Reading, as_written_in_files

ORDER = tuple(Notice.model_fields)
"""The fields in the order in which a file has them."""
_ALWAYS = {
    "product",
    "occurred",
    "confirmed",
    "families_notified",
    "count",
    "cohort",
    "schools",
    "phone",
    "email",
    "url",
}
"""Questions that are asked although they may be left empty."""

DEFAULT_TEXTS = {
    "what_we_are_doing": "We asked which records were copied and when more will be known.\n"
    "We will post what we learn on this page.\n",
    "what_you_can_do": "Be careful with messages that say they come from our schools.\n"
    "Do not give a password or a Social Security number to anyone who calls, texts or writes to you.\n",
}
"""What is true on the first day already, as the template has it."""


class Prompter(Protocol):
    """Somebody who can be asked: a person at a terminal."""

    def text(self, question: Field, default: str) -> str:
        """Ask for a line, or for several."""

    def choice(self, question: Field, default: str) -> str:
        """Ask for one of the question's options."""

    def choices(self, question: Field) -> list[str]:
        """Ask for any number of the question's options."""

    def yes(self, question: str, *, default: bool = False) -> bool:
        """Ask whether; Enter takes the default."""

    def say(self, words: str) -> None:
        """Return where the questions stand."""


def ask(form: Form, asker: Prompter, defaults: Mapping[str, Any], draft: Draft) -> dict[str, Any]:
    """Ask for a notice, question by question, and give its answers; an empty answer leaves a field out.

    What was asked stands in the draft at once; what the draft has already is not asked again.
    """
    answers = draft.answers
    for step in form.steps():
        asker.say(step.title)
        for field in step.needed + step.later:
            if field.name in draft.asked or not _is_asked(field, answers):
                continue
            # Only a contractor's notice reaches the district, and then its clocks begin there.
            asked = replace(field, is_required=True) if field.name == "received" else field
            value = _ask_field(asked, asker, defaults.get(field.name))
            if value not in ("", [], {}, None):
                answers[field.name] = value
            draft.asked.append(field.name)
    return answers


def _is_asked(field: Field, answers: Mapping[str, Any]) -> bool:
    """Whether a question fits: a translation is written in the form or the file; a contract needs a company."""
    is_own = answers.get("contractor") == "none"
    return field.name != "translations" and not (is_own and field.name in {"received", "contract"})


def _ask_field(field: Field, asker: Prompter, default: Any) -> Any:
    if field.kind == "list":
        return _ask_list(field, asker, default)
    if field.kind == "part":
        return _ask_part(field, asker) if asker.yes(f"{field.title}?") else None
    if field.kind == "codes":
        return asker.choices(field) if field.is_required or asker.yes(f"{field.title}?") else None
    if field.kind == "choice":
        # What may be left out is mostly not known yet.
        first = next(iter(field.options)) if field.is_required else "unknown"
        return asker.choice(field, default or first)
    if not field.is_required and field.name not in _ALWAYS and default is None:
        return asker.text(field, "") if asker.yes(f"{field.title}?") else None
    return asker.text(field, default or "")


def _ask_part(field: Field, asker: Prompter) -> dict[str, Any]:
    answers = {question.name: _ask_field(question, asker, None) for question in field.fields}
    return {name: value for name, value in answers.items() if value not in ("", [], None)}


def _ask_list(field: Field, asker: Prompter, default: Any) -> list[dict[str, Any]]:
    names = ", ".join(contact["name"] for contact in default or ())
    if default and asker.yes(f"{field.title}: {names}?", default=True):
        return list(default)
    items: list[dict[str, Any]] = []
    while (field.is_required and not items) or asker.yes(f"{field.title}: {'another' if items else 'add one'}?"):
        items.append(_ask_part(field, asker))
    return items


def defaults(form: Form, now: datetime) -> dict[str, Any]:
    """Return what a new notice begins with: now, the district's contacts, and what is true on the first day."""
    contacts = form.contacts()
    posted = f"{now.astimezone(form.formatter.law.zone):%Y-%m-%d %H:%M}"
    return {
        "status": "investigating",
        "posted": posted,
        **DEFAULT_TEXTS,
        **({"contacts": contacts} if contacts else {}),
    }


def merge_defaults(answers: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Put answers into the order of a file; what is missing comes from the defaults."""
    whole = {**defaults, **{name: value for name, value in answers.items() if value not in (None, "")}}
    known = [name for name in ORDER if name in whole]
    return {name: whole[name] for name in [*known, *(name for name in whole if name not in ORDER)]}


def file_name(data: Mapping[str, Any], short_name: str = "") -> str:
    """Return a notice its name: the day of posting and a short name, by default the contractor's."""
    is_own = data.get("contractor") in (None, "none")
    short = slug(short_name or str(data.get("title" if is_own else "contractor") or "notice"))
    return f"{str(data.get('posted', ''))[:10]}-{short}.yml"


def slug(text: str) -> str:
    """Turn words into the short name of a notice: four words at most."""
    return "-".join(board.slug(text).split("-")[:4])[:40].strip("-")


_TYPES: Mapping[str, Any] = {
    "contractor": field_types.Contractor,
    "markdown": field_types.Markdown,
    "paragraph": field_types.Summary,
    "https": field_types.Url,
    "phone": field_types.Phone,
    "email": field_types.Email,
    "months": field_types.Months,
    "count": field_types.Count,
    "moment": field_types.Moment,
    "when": field_types.AnyDate,
    "delay": field_types.Delay,
    "last-day": field_types.LastDay,
}


_DATES = {"moment", "when", "delay", "last-day"}


def normalize_answer(question: Field, text: str, today: date) -> str:
    """Return an answer as the file has it: dates and counts may be written as people write them."""
    text = text.strip()
    if question.kind in _DATES:
        is_ahead = question.name in {"by", "enroll_by"}
        return as_written_in_files(text, Reading(today, is_ahead, question.kind in {"when", "delay"})) or text
    if question.kind == "count" and re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+", text):
        return text.replace(",", "")
    return text


def validate_answer(reading: ParseContext, question: Field, text: str) -> str:
    """Say what is wrong with an answer, in the words of the check; nothing if it is right."""
    if not text.strip():
        return "This is needed." if question.is_required else ""
    wrong = next((match for match in personal_data.find_all(text) if match.severity == "error"), None)
    if wrong:
        return f"This must not hold {wrong.name} ({wrong.mask})."
    kind = _TYPES.get(question.kind, field_types.Title if question.max_length == TITLE else field_types.Line)
    try:
        TypeAdapter(kind).validate_python(text, context=reading)
    except ValidationError as error:
        return f"This {error.errors(include_url=False)[0]['msg']}."
    return ""


TITLE = 100
"""How long a title may be; any other line may be longer."""


def read_answers(content: bytes, file: str) -> dict[str, Any]:
    """Read answers from a file: the fields of a notice, and `short_name`. JSON is YAML, too.

    Raises yaml_file.Refusal for what can't be read.
    """
    return dict(strict_yaml.read(content, file).data)
