"""What is wrong in a notice file, and where."""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from noticeboard.text.unsafe_characters import replace_unsafe

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: the place that an editor can jump to, and a sentence that says the fix."""

    file: str
    """The file's path as the caller gave it."""
    line: int
    """Counted from 1."""
    column: int
    """Counted from 1, in characters."""
    severity: Severity
    rule: str
    """The rule's name, such as `unknown-field`: stable, for people who search."""
    field: str
    """Where in the notice, such as `affected[2].data[1]`; empty for the file as a whole."""
    message: str
    """The whole sentence, the field's name included."""

    def as_text(self) -> str:
        """Return the line that `noticeboard check` prints: `file:line:column: error: message  [rule]`."""
        problem = self._in_one_line()
        return (
            f"{problem.file}:{problem.line}:{problem.column}: {problem.severity}: {problem.message}  [{problem.rule}]"
        )

    def as_data(self) -> dict[str, Any]:
        """Return the entry of `noticeboard check --format json`."""
        return asdict(self._in_one_line())

    def _in_one_line(self) -> Problem:
        """Take out what a terminal or a workflow would obey: a file's name and its fields can hold anything."""
        return replace(self, file=_line(self.file), field=_line(self.field), message=_line(self.message))


def _line(text: str) -> str:
    # GitHub obeys `##[…]` wherever it stands in a line.
    return replace_unsafe(text.replace("\n", " ")).replace("##[", "## [")


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Keep the problems that stop a notice from being posted."""
    return [problem for problem in problems if problem.severity == "error"]


def quote(value: object, longest: int = 60) -> str:
    """Show what was found, cut to a readable length."""
    text = " ".join(str(value).split())
    return f"‘{text if len(text) <= longest else text[: longest - 1] + '…'}’"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the known words that look most like this one: ` (did you mean ‘x’ or ‘y’?)`, or nothing."""
    matches = difflib.get_close_matches(word.lower(), list(known), n=2, cutoff=0.6)
    return f" (did you mean {' or '.join(f'‘{match}’' for match in matches)}?)" if matches else ""


def field_name(path: Iterable[str | int]) -> str:
    """Write a path as staff count: `('affected', 0, 'data')` is `affected[1].data`."""
    name = ""
    for step in path:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name


def as_github(problem: Problem) -> str:
    """Return the workflow command that puts the problem on its line in a pull request."""
    data = problem.as_data()
    place = {"file": data["file"], "line": problem.line, "col": problem.column, "title": problem.rule}
    where = ",".join(f"{key}={_escaped(str(value), _IN_PROPERTY)}" for key, value in place.items())
    return f"::{problem.severity} {where}::{_escaped(data['message'], _IN_MESSAGE)}"


# GitHub reads a line break or a `::` in a command as its end.
_IN_MESSAGE: dict[str, int | str | None] = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY: dict[str, int | str | None] = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def _escaped(text: str, table: dict[str, int | str | None]) -> str:
    return text.translate(str.maketrans(table))


def as_report(problems: Sequence[Problem], output_format: str, files: int, changed: Collection[str] = ()) -> str:
    """Write all problems of some files as `text`, `github` or `json`; all but the last end with a count.

    Marks on the lines of `changed` files come first.
    """
    if output_format == "json":
        return json.dumps({"problems": [problem.as_data() for problem in problems]}, ensure_ascii=False, indent=2)
    # GitHub shows ten annotations a step, so the full list is printed too.
    ranked = sorted(problems, key=lambda problem: (problem.file not in changed, problem.severity != "error"))
    annotations = [as_github(problem) for problem in ranked] if output_format == "github" else []
    wrong = len(errors(problems))
    count = f"{plural(wrong, 'error')}, {plural(len(problems) - wrong, 'warning')}"
    lines = [problem.as_text() for problem in problems]
    return "\n".join([*annotations, *lines, f"{plural(files, 'file')} checked: {count}."])


def plural(count: int, word: str) -> str:
    """Write a count with its English noun."""
    return f"{count} {word}{'' if count == 1 else 's'}"
