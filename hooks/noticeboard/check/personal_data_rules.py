"""Personal data never goes up: one generator a rule, its docstring is the rule. No message shows what was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from noticeboard.check import personal_data
from noticeboard.check.context import RuleContext
from noticeboard.check.personal_data import CONTACT_KINDS, Match
from noticeboard.notice.problem import Problem, field_name
from noticeboard.notice.strict_yaml import Path
from noticeboard.settings import Settings

RULE = "personal-data"
_CONTACT_FIELDS = {"phone", "email", "url"}
"""Where an office's own phone and addresses belong: nowhere else."""
_DATES = {"occurred", "discovered", "received", "confirmed", "posted", "families_notified"} | {
    "attorney_general_notified", "police_delay", "at", "by", "reviewed", "months",
}  # fmt: skip

_PLAIN_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2}| to [0-9]{4}-[0-9]{2}-[0-9]{2})?|[0-9]{1,2}")
"""As most files have it: nothing else hides in it, so it needs no search."""


def texts_name_nobody(context: RuleContext) -> Iterator[Problem]:
    """No text, in any language, holds what points at one person."""
    for path, text in context.document.texts:
        if path[-1] in _DATES and _PLAIN_DATE.fullmatch(text):
            continue
        is_contact = path[-1] in _CONTACT_FIELDS
        for match in personal_data.find_all(text, context.published_contacts, context.settings.published):
            # A date is a date, and may look like other things; a number that isn't one must not stand there either.
            is_expected = is_contact and match.kind in CONTACT_KINDS
            is_date = path[-1] in _DATES and (match.severity == "warning" or match.kind == "birth_date")
            if not (is_expected or is_date):
                yield context.problem(match.severity, RULE, path, describe(match), text_line=match.line)


def keys_name_nobody(context: RuleContext) -> Iterator[Problem]:
    """What stands where a field's name belongs is as public as its value."""
    for path in context.document.marks:
        for match in personal_data.find_all(str(path[-1])) if isinstance(path[-1], str) else ():
            if match.severity == "error":
                yield context.problem("error", RULE, path, describe(match))


def comments_name_nobody(context: RuleContext) -> Iterator[Problem]:
    """A comment is as public as the rest of the file."""
    name = context.document.file
    for number, line in enumerate(context.document.text.split("\n"), 1):
        if "#" in line and (comment := _COMMENT.search(line)):
            for match in personal_data.find_all(comment[1], context.published_contacts, context.settings.published):
                if context.is_template and match.severity == "warning":
                    continue  # its examples have phones and addresses
                yield Problem(
                    name,
                    number,
                    comment.start(1) + 1,
                    match.severity,
                    RULE,
                    "",
                    f"The comment {describe(match)}.",
                )


_COMMENT = re.compile(r"(?:^|\s)#(.*)")


def name_names_nobody(file: str) -> Iterator[Problem]:
    """A file's name is its address on the web."""
    stem = re.sub(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}-", "", PurePath(file).stem)
    for match in personal_data.find_all(stem):
        yield Problem(file, 1, 1, match.severity, RULE, "", f"The file’s name {describe(match)}.")


def unreadable_names_nobody(file: str, content: bytes, site: Settings) -> Iterator[Problem]:
    """A file that can't be read as a notice is public all the same."""
    text = content.decode("utf-8", "replace")
    for number, line in enumerate(text.split("\n"), 1):
        for match in personal_data.find_all(line, site.published_contacts, site.published):
            if match.severity == "error":
                yield Problem(file, number, 1, "error", RULE, "", f"The line {describe(match)}.")


def deduplicate(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Return each find once: a `#` in a text is no comment, and was looked at already."""
    seen: set[tuple[int, str]] = set()
    for problem in problems:
        what = problem.message.partition(" looks like ")[2] or problem.message.partition(" must not hold ")[2]
        if problem.rule != RULE or (problem.line, what) not in seen:
            yield problem
        if problem.rule == RULE:
            seen.add((problem.line, what))


def describe(match: Match) -> str:
    """Say what must be done about a find, without showing it: the words after what holds it."""
    if match.severity == "error":
        return (
            f"must not hold {match.name} ({match.mask}); delete it. If it was already proposed on the web, it has been "
            f"public: tell whoever is in charge of data privacy. {_ALLOW}"
        )
    if match.kind not in CONTACT_KINDS:
        return f"holds what looks like {match.name} ({match.mask}); take it out. {_ALLOW}"
    return (
        f"holds what looks like {match.name} ({match.mask}); keep it only if an office publishes it, and add it to "
        "‘published’ in mkdocs.yml"
    )


_ALLOW = "If it is nobody’s, or public, add it to ‘published’ in mkdocs.yml"


def allowed_finds(texts: Iterable[tuple[Path, str]], settings: Settings) -> Iterator[str]:
    """Say what of a notice's texts looks like personal data, and is allowed because it is public."""
    for path, text in texts:
        found = personal_data.find_all(text, settings.published_contacts, settings.published)
        for match in personal_data.find_all(text):
            if match not in found and not (path[-1] in _CONTACT_FIELDS and match.kind in CONTACT_KINDS):
                yield f"{field_name(path)}: {match.found} (looks like {match.name})"
