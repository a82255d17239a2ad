"""A notice file's name, which is its id for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC
from pathlib import PurePath

from noticeboard.notice import dates
from noticeboard.notice.problem import Problem

PATTERN = re.compile(r"(\d{4}-\d{2}-\d{2})-[a-z0-9]+(?:-[a-z0-9]+)*")


def problems(file: str) -> Iterator[Problem]:
    """A file is YYYY-MM-DD-short-name.yml, of a real day; one that starts with `_` is never published."""
    path = PurePath(file)

    def problem(rule: str, message: str) -> Problem:
        return Problem(file, 1, 1, "error", rule, "", message)

    if path.suffix != ".yml":
        yield problem(
            "file-ending",
            f"The file’s name must end in .yml, not ‘{path.suffix}’; rename it to {path.stem}.yml.",
        )
    if path.name.startswith("_"):
        return
    match = PATTERN.fullmatch(path.stem)
    if not match:
        yield problem(
            "file-name",
            f"The file’s name must be a day and a short name in lower case letters, digits and single hyphens, "
            f"like 2026-09-14-short-name.yml, not ‘{path.name}’; rename it.",
        )
        return
    try:
        dates.parse_moment(match[1], UTC)
    except dates.DateError as error:
        yield problem("file-name", f"The day in the file’s name {error}; rename the file.")
