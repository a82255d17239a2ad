"""Texts beside the notices are as public as they are: the guide, a README, a hidden file, and every file's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from noticeboard.check import personal_data
from noticeboard.check.personal_data_rules import RULE, describe
from noticeboard.check.runner import Source
from noticeboard.notice.problem import Problem
from noticeboard.settings import Settings


def problems(files: Iterable[Source], settings: Settings) -> Iterator[Problem]:
    """Find what points at one person in these files and in their names; only what must not stand there at all."""
    for file in files:
        for match in personal_data.find_all(PurePosixPath(file.file).stem):
            yield Problem(file.file, 1, 1, match.severity, RULE, "", f"The file’s name {describe(match)}.")
        text = (file.content or b"").decode("utf-8", "replace")
        for match in personal_data.find_all(text, settings.published_contacts, settings.published):
            if match.severity == "error":
                yield Problem(file.file, match.line + 1, 1, "error", RULE, "", f"The line {describe(match)}.")
