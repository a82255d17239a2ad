"""Advice by kind of data (advice.yml): reviewed text, chosen by what was taken and whose it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    citation: str | None = None
    source: str | None = None
    checked_on: date | None = None


def load() -> tuple[Advice, ...]:
    """Read the advice that ships with the project, in its order."""
    text = resources.files(__package__).joinpath("advice.yml").read_text("utf-8")
    return tuple(Advice.model_validate(entry) for entry in strict_yaml.read_data(text))


def advice_for(notice: Notice, advice: Iterable[Advice]) -> Iterator[Advice]:
    """Return the advice that fits what was taken and whose it was, each once, in the file's order."""
    for entry in advice:
        if any(
            entry.data & set(group.data) and (entry.people is None or group.who in entry.people)
            for group in notice.affected
        ):
            yield entry
