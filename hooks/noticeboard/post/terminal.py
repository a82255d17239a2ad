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

    def __init__(self, problem: Callable[[Field, str], str], normalize: Callable[[Field, str], str]) -> None:
        self._problem = problem
        self._normalize = normalize

    def text(self, question: Field, default: str) -> str:
        """Ask for a line, where Enter takes the default in brackets; for several, Escape and then Enter ends them."""
        is_long = question.kind in _LONG
        about = "; ".join(filter(None, (question.hint, question.example and f"such as {question.example}")))
        hint = f" ({about})" if about and not default else ""
        brackets = f" [{default}]" if default and not is_long else ""
        must = "" if question.is_required or default else " – Enter to leave out"

        def read(text: str) -> str:
            return self._normalize(question, text) or ("" if is_long else default)

        asked = questionary.text(
            f"{question.title}{hint}{brackets}{must}",
            default=default if is_long else "",
            multiline=is_long,
            validate=lambda text: self._problem(question, read(text)) or True,
        )
        typed = str(_answer(asked)).strip()
        answer = read(typed)
        if typed and answer != typed:
            questionary.print(f"  Read as {answer}")
        return answer

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

    def yes(self, question: str, *, default: bool = False) -> bool:
        """Ask whether; Enter takes the default."""
        return bool(_answer(questionary.confirm(question, default=default)))

    def say(self, words: str) -> None:
        """Write a heading."""
        questionary.print(f"\n{words}", style="bold")


def _answer(question: Any) -> Any:
    answer = question.unsafe_ask() if hasattr(question, "unsafe_ask") else None
    if answer is None:
        raise Cancelled
    return answer
