"""Personal data never goes up: one generator a rule, its docstring is the rule. No message shows what was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath

from noticeboard.check import personal_data
from noticeboard.check.context import NoticeFile
from noticeboard.check.personal_data import CONTACT_KINDS, Find
from noticeboard.notice.problem import Problem
from noticeboard.settings import Settings

RULE = "personal-data"
_CONTACT_FIELDS = {"phone", "email", "url"}
"""Where an office's own phone and addresses belong: nowhere else."""
_DATES = {"occurred", "discovered", "received", "confirmed", "posted", "families_notified"} | {
    "attorney_general_notified", "police_delay", "at", "by", "reviewed", "months",
}  # fmt: skip


def texts_name_nobody(file: NoticeFile) -> Iterator[Problem]:
    """No text, in any language, holds what points at one person."""
    for path, text in file.document.texts:
        if path[-1] in _DATES:
            continue
        is_contact = path[-1] in _CONTACT_FIELDS
        for found in personal_data.find(text, file.may_be_named):
            if not (is_contact and found.kind in CONTACT_KINDS):
                yield file.problem(found.severity, RULE, path, _words(found), text_line=found.line)


def comments_name_nobody(file: NoticeFile) -> Iterator[Problem]:
    """A comment is as public as the rest of the file."""
    if file.id == "_template":
        return
    name = file.document.file
    for number, line in enumerate(file.document.text.split("\n"), 1):
        if "#" in line and (match := _COMMENT.search(line)):
            for found in personal_data.find(match[1], file.may_be_named):
                yield Problem(
                    name, number, match.start(1) + 1, found.severity, RULE, "", f"The comment {_words(found)}."
                )


_COMMENT = re.compile(r"(?:^|\s)#(.*)")


def name_names_nobody(file: str) -> Iterator[Problem]:
    """A file's name is its address on the web."""
    stem = re.sub(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}-", "", PurePath(file).stem)
    for found in personal_data.find(stem):
        yield Problem(file, 1, 1, found.severity, RULE, "", f"The file’s name {_words(found)}.")


def unreadable_names_nobody(file: str, content: bytes, site: Settings) -> Iterator[Problem]:
    """A file that can't be read as a notice is public all the same."""
    text = content.decode("utf-8", "replace")
    for number, line in enumerate(text.split("\n"), 1):
        for found in personal_data.find(line, site.may_be_named):
            if found.severity == "error":
                yield Problem(file, number, 1, "error", RULE, "", f"The line {_words(found)}.")


def masked(problems: Iterable[Problem]) -> list[Problem]:
    """Mask what other rules quote: a mail address that isn't one may be a Social Security number."""
    return [
        each if each.rule == RULE else replace(each, message=personal_data.masked(each.message)) for each in problems
    ]


def once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Give each find once: a `#` in a text is no comment, and was looked at already."""
    seen: set[tuple[int, str]] = set()
    for each in problems:
        what = each.message.partition(" looks like ")[2] or each.message.partition(" must not hold ")[2]
        if each.rule != RULE or (each.line, what) not in seen:
            yield each
        if each.rule == RULE:
            seen.add((each.line, what))


def _words(found: Find) -> str:
    if found.severity == "error":
        return (
            f"must not hold {found.name} ({found.mask}); delete it. If it was already proposed on the web, it has been "
            "public: tell whoever is in charge of data privacy"
        )
    if found.kind not in CONTACT_KINDS:
        return f"holds what looks like {found.name} ({found.mask}); take the name out"
    return f"holds what looks like {found.name} ({found.mask}); keep it only if an office publishes it"
