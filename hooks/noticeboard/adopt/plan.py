"""What taking the repository over would change in it; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from noticeboard.adopt import shipped
from noticeboard.adopt.answers import Answers, Contact, default_places
from noticeboard.adopt.settings_file import Key, SettingsFile, plain
from noticeboard.law import statutes

CONFIG = "mkdocs.yml"
OWNERS = ".github/CODEOWNERS"
_PROSE = ("README.md",)
"""Files that name the district in sentences."""
_REACHED = ("district-privacy", "district-office", "district")
"""Whom a new notice names, where they can be reached."""


@dataclass(frozen=True)
class Conflict:
    """A value that a person set, and that the answers want otherwise."""

    name: str
    there: Any
    wanted: Any


@dataclass
class Plan:
    """The new text of each file, and what a person must know of it."""

    files: dict[str, str | None] = field(default_factory=dict)
    """By path; None: the file goes."""
    conflicts: list[Conflict] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """What a person changed and no answer is about."""
    unconfirmed: list[str] = field(default_factory=list)
    """What nobody has looked for yet."""


def make(root: Path, answers: Answers, today: date, *, overwrite: bool = False) -> Plan:
    """Compare the repository with the answers.

    What is still as shipped is replaced, by the answer or by “not yet confirmed”. What a person changed stays, unless
    an answer differs and `overwrite` says so.
    """
    plan = Plan()
    text = (root / CONFIG).read_text("utf-8")
    settings = SettingsFile(text)
    before = {name: str(settings.value((name,)) or "") for name in ("publisher", "city", "state")}
    known = shipped.load()
    for key, wanted, is_answered in _wanted(settings, answers, today):
        there, name = settings.value(key), ".".join(key)
        if there == plain(wanted):
            continue
        if shipped.digest(there) == known.get(name) or _is_default(key, there) or (overwrite and is_answered):
            settings.change(key, wanted)
        elif is_answered:
            plan.conflicts.append(Conflict(name, there, plain(wanted)))
        else:
            plan.kept.append(name)
    _without_source(settings, before_guide=SettingsFile(text).value(("municipal_guide",)))
    plan.files[CONFIG] = settings.text()
    after = {name: str(settings.value((name,)) or "") for name in before}
    plan.unconfirmed = list(_unconfirmed(settings, answers))
    _other_files(plan, root, answers, known, overwrite=overwrite)
    _names_in_prose(plan, root, before, after)
    plan.files = {name: new for name, new in plan.files.items() if new != _read(root / name)}
    return plan


def _wanted(settings: SettingsFile, answers: Answers, today: date) -> Iterator[tuple[Key, Any, bool]]:
    """Give each setting, the value that it should have, and whether an answer says so."""
    given = answers.model_fields_set
    for name in ("publisher", "city", "municipality", "state_code", "timezone"):
        yield (name,), getattr(answers, name), name in given
    yield ("state",), statutes.state_name(answers.state_code), "state_code" in given
    yield ("languages",), ",".join(answers.languages), "languages" in given
    ids = str(settings.value(("feed_ids",)) or "")
    if not ids.startswith(f"tag:{answers.domain},"):
        yield ("feed_ids",), f"tag:{answers.domain},{today.year}:notices", True
    yield ("security_until",), None, False
    yield ("directory_information",), None, False
    yield ("published",), [], False
    policies = {name: promise.model_dump() for name, promise in answers.policies.items()}
    yield ("policies",), policies, bool(policies)
    yield ("municipal_guide",), None, False
    for name, default in default_places()["places"].items():
        contact = answers.places.get(name)
        start = (contact and _own(settings, name)) or default
        yield ("places", name), _place(start, contact), bool(contact)
    reached = [name for name in _REACHED if _can_be_reached(answers.places.get(name))]
    yield ("notice_contacts",), reached[:1], bool(reached)


def _own(settings: SettingsFile, name: str) -> dict[str, Any]:
    """Return what a person wrote of a contact: an answer adds to it, and takes nothing out of it; empty: nobody did."""
    there: dict[str, Any] = settings.value(("places", name)) or {}
    key = ("places", name)
    is_shipped = shipped.digest(there) == shipped.load().get(".".join(key))
    return {} if is_shipped or _is_default(key, there) else there


def _place(default: dict[str, Any], contact: Contact | None) -> dict[str, Any]:
    if not contact:
        return {**default, "unconfirmed": default_places()["unconfirmed"]}
    return {**default, **contact.model_dump(exclude_none=True)}


def _can_be_reached(contact: Contact | None) -> bool:
    return bool(contact and (contact.phone or contact.email or contact.url))


def _is_default(key: Key, there: Any) -> bool:
    """Whether a value is what an earlier run wrote where there was no answer."""
    if key[0] == "places":
        return there is None or bool(there == _place(default_places()["places"][key[1]], None))
    return there in (None, [], {})


def _without_source(settings: SettingsFile, before_guide: Any) -> None:
    """Take the first district's guide off the contacts that were found in it alone."""
    guide = settings.value(("municipal_guide",))
    if not before_guide or guide == before_guide:
        return
    for name, place in (settings.value(("places",)) or {}).items():
        if place.get("source") == before_guide["source"]:
            settings.change(("places", name), {k: v for k, v in place.items() if k not in {"source", "checked_on"}})


_OPEN: Mapping[str, str] = {
    "notice_contacts": "the office that families ask; until then each notice names its contacts itself",
    "policies": "whether the district promises more than the law, on a page of its own",
    "municipal_guide": "what the municipality's own pages say of incidents, forms and fines",
    "directory_information": "which data the district's yearly list names; the usual ones are taken",
    "security_until": "until when reports of weaknesses reach somebody; until then there is no security.txt",
}
"""The settings that may stay empty, and what nobody has confirmed then."""


def _unconfirmed(settings: SettingsFile, answers: Answers) -> Iterator[str]:
    places = settings.value(("places",))
    for name in default_places()["places"]:
        if not places[name].get("source"):
            yield f"places.{name}: its phone, page or address"
    for name, what in _OPEN.items():
        if settings.value((name,)) in (None, [], {}):
            yield f"{name}: {what}"
    if not answers.engineers or not answers.communications:
        yield f"{OWNERS}: who approves a change"


def _other_files(plan: Plan, root: Path, answers: Answers, known: Any, *, overwrite: bool) -> None:
    owners = _read(root / OWNERS)
    if answers.engineers and answers.communications:
        wanted = _owners(answers)
        if owners is None or overwrite or shipped.digest(owners) == known.get(OWNERS):
            plan.files[OWNERS] = wanted
        elif owners != wanted:
            plan.conflicts.append(Conflict(OWNERS, owners.strip(), wanted.strip()))
    for name in shipped.FILES:
        there = _read(root / name)
        if name == OWNERS or there is None:
            continue
        if shipped.digest(there) == known.get(name):
            plan.files[name] = None
        else:
            plan.kept.append(name)


def _owners(answers: Answers) -> str:
    return (
        "# Who must approve a change. The last line that fits a file decides.\n"
        f"*            {' '.join(answers.engineers)}\n"
        f"/notices/    {' '.join(answers.communications)}\n"
    )


def _names_in_prose(plan: Plan, root: Path, before: dict[str, str], after: dict[str, str]) -> None:
    for name in _PROSE:
        text = _read(root / name)
        if text is not None:
            text = text.replace(before["publisher"], after["publisher"])
            plan.files[name] = text.replace(
                f"{before['city']}, {before['state']}", f"{after['city']}, {after['state']}"
            )


def _read(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None
