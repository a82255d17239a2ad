"""From a document to a notice: every field that is missing, unknown or not what it must be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from noticeboard.notice import parts
from noticeboard.notice.field_types import ParseContext
from noticeboard.notice.model import Notice, PartialNotice
from noticeboard.notice.parts import Translation
from noticeboard.notice.problem import Problem, did_you_mean, field_name, quote
from noticeboard.notice.strict_yaml import Document, Path, Value

_PARTS: dict[str, type[BaseModel]] = {
    "affected": parts.Group,
    "protection": parts.Protection,
    "steps": parts.Step,
    "contacts": parts.Contact,
    "links": parts.Link,
    "updates": parts.Update,
    "translations": parts.Translation,
}


@dataclass(frozen=True)
class ParseResult:
    """What could be read, and every field that could not."""

    notice: Notice | None
    """None: something is missing or wrong."""
    partial: PartialNotice
    """As much as could be read, so that the other rules can still run."""
    problems: tuple[Problem, ...] = ()


def read(document: Document, parse_context: ParseContext) -> ParseResult:
    """Read a document's fields."""
    data = _without_empty(document.data)
    # A document that has no more keys and items has no part with more of them either.
    is_long = len(document.marks) > MAX_ENTRIES
    if is_long and (too_long := [_too_long(document, path) for path in _long_parts(data)]):
        return ParseResult(None, PartialNotice(), tuple(too_long))
    try:
        notice = Notice.model_validate(data, context=parse_context)
        return ParseResult(notice, PartialNotice.from_notice(notice))
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems = tuple(_problem(document, detail) for detail in details)
    for detail in details:
        _blank(data, detail["loc"])
    return ParseResult(None, PartialNotice.model_validate(data, context=parse_context), problems)


TOO_MANY = "too-many"
"""The rule that ends the reading of a file."""
MAX_ENTRIES = 300
"""Items in a list, or fields in one place, at most: more is a mishap or an attack."""
MAX_UPDATES = 5_000
"""Updates at most: none can ever be taken out again, so only the file's size is their bound."""


def _long_parts(value: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(value, dict | list):
        if len(value) > (MAX_UPDATES if path and path[-1] == "updates" else MAX_ENTRIES):
            yield path
            return
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _long_parts(item, (*path, key))


def _too_long(document: Document, path: Path) -> Problem:
    place, name = document.position(path), field_name(path) or "The file"
    limit = MAX_UPDATES if path and path[-1] == "updates" else MAX_ENTRIES
    message = f"{name} must have at most {limit} entries; delete what does not belong there."
    return Problem(document.file, place.line, place.column, "error", TOO_MANY, name, message)


def _without_empty(value: Value) -> Any:
    """Drop the fields that were left empty; an empty item of a list stays, as its place counts."""
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value


def _blank(data: dict[str, Any], path: tuple[str | int, ...]) -> None:
    """Put None where something is wrong: for an item of a list the whole item, else the whole field."""
    top = path[0]
    if not isinstance(top, str) or top not in data:
        return
    if top not in Notice.model_fields:
        del data[top]
    elif top == "translations" and len(path) > 2 and isinstance(data[top], dict):
        _blank_translation(data[top], path[1:])
    elif isinstance(data[top], list) and top in _PARTS and len(path) > 1 and isinstance(path[1], int):
        data[top][path[1]] = None
    else:
        data[top] = None


def _blank_translation(translations: dict[str | int, Any], path: tuple[str | int, ...]) -> None:
    """Put None where one field of a translation is wrong; leave out a language that there isn't."""
    language, field = path[:2]
    if field == "[key]":
        translations.pop(language, None)
    elif isinstance(fields := translations.get(language), dict) and field in Translation.model_fields:
        fields[field] = None
    elif isinstance(fields, dict):
        fields.pop(field, None)


def _problem(document: Document, error: ErrorDetails) -> Problem:
    path = tuple(step for step in error["loc"] if step != "[key]")
    place = document.position(path)
    rule, message = _words(path, error)
    name = field_name(path)
    return Problem(document.file, place.line, place.column, "error", rule, name, f"{name} {message}.")


def _words(path: Path, error: ErrorDetails) -> tuple[str, str]:
    """Return a rule's name, and the words that continue the sentence which the field's name begins."""
    kind = error["type"]
    if kind == "missing":
        return "required", f"is required: {_description(path)}"
    if kind == "extra_forbidden":
        known = _model(path).model_fields
        return "unknown-field", f"is not a field that the format knows{did_you_mean(str(path[-1]), known)}"
    if kind == "too_short":
        return "empty", f"must be {_description(path)}; the list is empty"
    if kind in {"list_type", "model_type", "dict_type", "model_attributes_type"}:
        return _shape(path, kind, error["input"])
    return kind, error["msg"]


_FLOW_LISTS = {"data": "[name, grades]", "not_involved": "[name, grades]", "corrects": "[title, discovered]"}


def _shape(path: Path, kind: str, value: object) -> tuple[str, str]:
    shown = quote(value) if isinstance(value, str) else "a list" if isinstance(value, list) else "fields"
    shown = "nothing" if value is None else shown
    if kind == "list_type":
        item = _FLOW_LISTS.get(str(path[-1]), "each item on a line that starts with ‘- ’")
        return "list", f"must be a list, {item}, not {shown}"
    known = list(_model((*path, "")).model_fields)
    return (
        "fields",
        f"must have fields of its own ({', '.join(known[:3])} …), each on a line further right, not {shown}",
    )


def _model(path: Path) -> type[BaseModel]:
    """Find the part of a notice whose field a path names."""
    return _PARTS.get(str(path[0]), Notice) if len(path) > 1 else Notice


def _description(path: Path) -> str:
    field = _model(path).model_fields.get(str(path[-1]))
    return (field.description if field else None) or "a value"
