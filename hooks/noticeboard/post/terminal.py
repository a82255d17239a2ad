"""Questions in a terminal, with the library questionary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import questionary

from noticeboard.post.form import Field

_LONG = {"markdown", "lines"}


class Cancelled(Exception):  # noqa: N818 (a person's wish, not an error)
    """The person ended the questions."""


class Terminal:
    """Asks a person; an answer is looked at before the next question comes."""

    def __init__(self, problem: Callable[[Field, str], str]) -> None:
        self._problem = problem

    def text(self, question: Field, default: str) -> str:
        """Ask for a line; for several, Escape and then Enter ends them."""
        hint = f" ({question.hint})" if question.hint else ""
        example = f" [{question.example}]" if question.example and not default else ""
        must = "" if question.is_required else " – Enter to leave out"
        asked = questionary.text(
            f"{question.title}{hint}{example}{must}",
            default=default,
            multiline=question.kind in _LONG,
            validate=lambda text: self._problem(question, text) or True,
        )
        return str(_answer(asked)).strip()

    def choice(self, question: Field, default: str) -> str:
        """Ask for one of the options."""
        choices = [questionary.Choice(name, value) for value, name in question.options.items()]
        return str(_answer(questionary.select(question.title, choices=choices, default=default)))

    def choices(self, question: Field) -> list[str]:
        """Ask for any of the options; the space bar marks one."""
        choices = [questionary.Choice(name, value) for value, name in question.options.items()]
        asked = questionary.checkbox(
            question.title,
            choices=choices,
            validate=lambda marked: bool(marked) or not question.is_required or "Mark at least one with the space bar.",
        )
        return [str(choice) for choice in _answer(asked)]

    def yes(self, question: str) -> bool:
        """Ask whether."""
        return bool(_answer(questionary.confirm(question, default=False)))

    def say(self, words: str) -> None:
        """Write a heading."""
        questionary.print(f"\n{words}", style="bold")


def _answer(question: Any) -> Any:
    answer = question.unsafe_ask() if hasattr(question, "unsafe_ask") else None
    if answer is None:
        raise Cancelled
    return answer
