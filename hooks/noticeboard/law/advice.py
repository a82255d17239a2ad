"""Advice by kind of data (advice.yml): reviewed text, chosen by what was taken and whose it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from importlib import resources

from pydantic import BaseModel, ConfigDict

from noticeboard.notice import strict_yaml
from noticeboard.notice.model import Notice


class Advice(BaseModel):
    """One thing that people can do."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    data: frozenset[str]
    people: frozenset[str] | None = None
    """Whose data it is about; None: anybody's."""
    title: str
    advice: str
    places: tuple[str, ...] = ()
    """Whom to turn to: keys of the settings' places."""
    state_code: str | None = None
    """The state whose law it tells of; None: it holds everywhere."""
    citation: str | None = None
    source: str | None = None
    checked_on: date | None = None


def load(state_code: str) -> tuple[Advice, ...]:
    """Read the advice that holds in a state, in the file's order."""
    text = resources.files(__package__).joinpath("advice.yml").read_text("utf-8")
    advice = [Advice.model_validate(entry) for entry in strict_yaml.read_data(text)]
    return tuple(entry for entry in advice if entry.state_code in (None, state_code))


PERSONS: Mapping[str, frozenset[str]] = {
    "child": frozenset({"students", "applicants"}),
    "former_student": frozenset({"former_students"}),
    "adult": frozenset({"parents_guardians", "residents"}),
    "staff": frozenset({"staff", "former_staff"}),
}
"""Who reads a notice, and the groups of people that are about them."""
EVERYONE = "everyone"


def advice_by_person(notice: Notice, advice: Iterable[Advice]) -> dict[str, tuple[Advice, ...]]:
    """Return what each person can do, from the data of that person’s own groups, in the file’s order.

    What helps all persons of a notice that has several stands once, last, for `EVERYONE`.
    """
    fitting: dict[str, list[Advice]] = {
        person: [] for person in PERSONS if any(group.who in PERSONS[person] for group in notice.affected)
    }
    shared: list[Advice] = []
    for entry in advice:
        persons = [person for person in fitting if _fits(entry, notice, PERSONS[person])]
        if len(persons) == len(fitting) > 1:
            shared.append(entry)
            continue
        for person in persons:
            fitting[person].append(entry)
    return {person: tuple(entries) for person, entries in {**fitting, EVERYONE: shared}.items() if entries}


def _fits(entry: Advice, notice: Notice, groups: frozenset[str]) -> bool:
    return any(
        entry.data & set(group.data) and (entry.people is None or group.who in entry.people)
        for group in notice.affected
        if group.who in groups
    )
