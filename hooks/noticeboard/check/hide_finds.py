"""No message shows personal data: what other rules quote of a place that holds some is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from noticeboard.check import personal_data
from noticeboard.notice.problem import Problem, field_name
from noticeboard.notice.strict_yaml import Path

HIDDEN = "•••"

_QUOTE = re.compile("‘([^’]*)’")


def hide_finds(problems: Iterable[Problem], text: str, texts: Iterable[tuple[Path, str]], rule: str) -> list[Problem]:
    """Return the problems of a file without what must not be shown.

    `text` is the whole file and `texts` its values with their paths. A problem of a line or a field that holds
    personal data quotes nothing of it: a cut or disguised number can't be recognized in the quote itself.
    `rule` is the one that names the finds, which masks them.
    """
    problems = list(problems)
    # Most files hold nothing.
    if not any(problem.rule == rule or _holds_any(problem.message + problem.field) for problem in problems):
        return problems
    lines = set(_lines(text))
    fields = {field_name(path) for path, value in texts if _holds_any(value)}
    plain = " ".join(text.split())
    return [_shown(problem, problem.line in lines or problem.field in fields, plain, rule) for problem in problems]


def _shown(problem: Problem, is_private: bool, plain: str, rule: str) -> Problem:
    field, message = problem.field, problem.message
    if _holds_any(field):
        field = HIDDEN
        message = message.replace(problem.field, HIDDEN)
    if problem.rule != rule and (is_private or _holds_any(message)):
        message = _QUOTE.sub(lambda quoted: f"‘{HIDDEN}’" if _is_from(quoted[1], plain) else quoted[0], message)
    if problem.rule != rule and _holds_any(message):
        message = re.sub(r"\d", "•", message)
    return replace(problem, field=field, message=message)


def _is_from(quoted: str, plain: str) -> bool:
    """Whether a quote is of the file, whole or cut, and not of the message's own advice."""
    return " ".join(quoted.removesuffix("…").split()) in plain


def _holds_any(text: str) -> bool:
    return any(match.kind not in personal_data.CONTACT_KINDS for match in personal_data.find_all(text))


def _lines(text: str) -> Iterator[int]:
    """Return the lines that hold personal data, counted from 1."""
    for match in personal_data.find_all(text):
        if match.kind not in personal_data.CONTACT_KINDS:
            yield match.line + 1
