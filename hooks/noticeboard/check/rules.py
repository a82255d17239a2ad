"""What must hold between the fields of one notice: one generator a rule, its docstring is the rule.

A rule looks at everything and says everything; it skips what could not be read (None).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import PurePath
from typing import Any

from noticeboard import dates, notice_text
from noticeboard.check.file import NoticeFile
from noticeboard.dates import When
from noticeboard.notice import TEXTS
from noticeboard.problem import Problem
from noticeboard.yaml_file import Path

GRACE = timedelta(minutes=15)
"""How far in the future a time may lie: clocks differ."""

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-[a-z0-9]+(?:-[a-z0-9]+)*")
Rule = Callable[[NoticeFile], Iterator[Problem]]


def name_problems(file: str) -> Iterator[Problem]:
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
    match = _NAME.fullmatch(path.stem)
    if not match:
        yield problem(
            "file-name",
            f"The file’s name must be a day and a short name in lower case letters, digits and hyphens, "
            f"like 2026-09-14-short-name.yml, not ‘{path.name}’; rename it.",
        )
        return
    try:
        dates.parse_moment(match[1], UTC)
    except dates.DateError as error:
        yield problem("file-name", f"The day in the file’s name {error}; rename the file.")


def received_unless_own(file: NoticeFile) -> Iterator[Problem]:
    """A contractor's breach has `received`: the district's clocks start there."""
    notice = file.notice
    if notice.contractor and notice.has_contractor and notice.received is None and "received" not in file.document.data:
        yield file.problem(
            "error",
            "required",
            ("received",),
            "is required: the day and time, like 2026-09-14 16:45, when the contractor’s notice reached the district. "
            "Only with ‘contractor: none’ (the district’s own systems) it may be left out",
        )


def dates_in_order(file: NoticeFile) -> Iterator[Problem]:
    """It happened, was discovered, reached the district and was posted, in this order."""
    names = ("occurred", "discovered", "received", "posted")
    known = [(name, when) for name in names if (when := getattr(file.notice, name)) and when.form != "unknown"]
    for (early_name, early), (late_name, late) in zip(known, known[1:], strict=False):
        if late.is_certainly_before(early):
            yield file.problem(
                "error",
                "date-order",
                (late_name,),
                f"must not be before {early_name} ({early.text}), but is {late.text}; check both dates",
            )


def updates_in_order(file: NoticeFile) -> Iterator[Problem]:
    """Each update is later than the notice and than the update before it."""
    before, before_name = file.notice.posted, "posted"
    for index, update in enumerate(file.notice.updates or []):
        if update is None:
            continue
        if before and (update.at.is_certainly_before(before) or update.at.last == before.first):
            yield file.problem(
                "error",
                "update-order",
                ("updates", index, "at"),
                f"must be after {before_name} ({before.text}), not {update.at.text}; add new updates at the end",
            )
        before, before_name = update.at, f"updates[{index + 1}].at"


_PAST = ("occurred", "discovered", "received", "confirmed", "families_notified", "attorney_general_notified")


def nothing_in_future(file: NoticeFile) -> Iterator[Problem]:
    """What a notice tells has happened."""
    notice = file.notice
    told: list[tuple[Path, When | None]] = [((name,), getattr(notice, name)) for name in (*_PAST, "posted")]
    told += [(("updates", index, "at"), update.at) for index, update in enumerate(notice.updates or []) if update]
    for language, translation in (notice.translations or {}).items():
        told.append((("translations", language, "reviewed"), translation.reviewed))
    for path, when in told:
        if when and when.first and when.first > file.now + GRACE:
            yield file.problem(
                "error",
                "future",
                path,
                f"must not be in the future, but is {when.text} (it is now {_now(file)})",
            )


def _now(file: NoticeFile) -> str:
    now: datetime = file.now.astimezone(file.law.zone)
    return f"{now:%Y-%m-%d %H:%M}"


def families_after_receipt(file: NoticeFile) -> Iterator[Problem]:
    """Families are told after the district was, unless the contractor wrote to them first."""
    told, received = file.notice.families_notified, file.notice.received
    if told and received and told.is_certainly_before(received):
        yield file.problem(
            "warning",
            "families-first",
            ("families_notified",),
            f"is before received ({received.text}): right only if the contractor wrote to families first",
        )


def withdrawn_says_why(file: NoticeFile) -> Iterator[Problem]:
    """A withdrawn notice stays up and says why."""
    updates = file.notice.updates or []
    if file.notice.status == "withdrawn" and not any(each is None or each.kind == "withdrawal" for each in updates):
        yield file.problem(
            "error",
            "withdrawal",
            ("status",),
            "must come with an update of ‘kind: withdrawal’ that says why; add one at the end of updates",
        )


def contacts_can_be_reached(file: NoticeFile) -> Iterator[Problem]:
    """Each contact has a phone, an email or a url."""
    for index, contact in enumerate(file.notice.contacts or []):
        if contact and not (contact.phone or contact.email or contact.url):
            yield file.problem("error", "no-way", ("contacts", index), "must have a phone, an email or a url; add one")


def codes_stand_once(file: NoticeFile) -> Iterator[Problem]:
    """A list names each kind of data once, and `unknown` only by itself."""
    for path, codes in _code_lists(file.document.data):
        for index, code in enumerate(codes):
            if code in codes[:index]:
                yield file.problem("error", "code-twice", (*path, index), f"must not name {code} again; delete it")
        if "unknown" in codes and len(set(codes)) > 1:
            yield file.problem(
                "error", "unknown-alone", path, "must be [unknown] alone, or the known codes without unknown"
            )


def _code_lists(data: Any) -> Iterator[tuple[Path, list[str]]]:
    """Find the lists of codes as they stand in the file, wrong codes too."""
    groups = data.get("affected")
    lists = [
        (("affected", index, "data"), group.get("data"))
        for index, group in enumerate(groups if isinstance(groups, list) else [])
        if isinstance(group, dict)
    ]
    for path, codes in [*lists, (("not_involved",), data.get("not_involved"))]:
        if isinstance(codes, list):
            yield path, [code.strip() if isinstance(code, str) else "" for code in codes]


def not_involved_is_not_affected(file: NoticeFile) -> Iterator[Problem]:
    """No kind of data is both taken and not taken."""
    taken = {code: index + 1 for index, group in enumerate(file.notice.affected or []) if group for code in group.data}
    for index, code in enumerate(file.notice.not_involved or []):
        if code in taken:
            yield file.problem(
                "error",
                "not-involved",
                ("not_involved", index),
                f"must not name {code}, which affected[{taken[code]}].data names too; delete it in one of the two",
            )


def texts_lose_nothing(file: NoticeFile) -> Iterator[Problem]:
    """A text holds paragraphs, emphasis, lists, https links, tables and small headings, and nothing else."""
    for path, text in _texts(file.notice):
        for loss in notice_text.losses(text):
            yield file.problem("error", "markdown", path, f"must not hold {loss.what}; {loss.fix}", text_line=loss.line)


def _texts(notice: Any) -> Iterator[tuple[Path, str]]:
    for name in TEXTS:
        if text := getattr(notice, name):
            yield (name,), text
    for index, update in enumerate(notice.updates or []):
        if update:
            yield ("updates", index, "text"), update.text
    for language, translation in (notice.translations or {}).items():
        for name in TEXTS:
            if text := getattr(translation, name):
                yield ("translations", language, name), text
        for index, text in enumerate(translation.updates or []):
            if text:
                yield ("translations", language, "updates", index), text


def translations_fit(file: NoticeFile) -> Iterator[Problem]:
    """A translated list has no more items than the English one."""
    english = {"cohort": "affected", "steps": "steps", "updates": "updates"}
    for language, translation in (file.notice.translations or {}).items():
        for name, source in english.items():
            here, there = len(getattr(translation, name) or []), len(getattr(file.notice, source) or [])
            if here > there and source in file.document.data | {"steps": None, "updates": None}:
                yield file.problem(
                    "error",
                    "translation-length",
                    ("translations", language, name),
                    f"must have at most as many items as {source} ({there}), not {here}",
                )


def name_has_day_of_posting(file: NoticeFile) -> Iterator[Problem]:
    """The day in a file's name is the day on which the notice went up."""
    match, posted = _NAME.fullmatch(file.id), file.notice.posted
    if match and posted and match[1] != posted.day(file.law.zone).isoformat():
        yield file.problem(
            "warning", "file-name-day", ("posted",), f"is {posted.text}, but the file’s name says {match[1]}"
        )


def protection_is_long_enough(file: NoticeFile) -> Iterator[Problem]:
    """Where certain numbers were taken, the law asks for identity protection."""
    taken = {code for group in file.notice.affected or [] if group for code in group.data}
    protection = file.notice.protection
    for rule in file.law.protections:
        found = sorted(rule.data & taken)
        if found and (protection is None or protection.months < rule.months) and "protection" not in _wrong(file):
            offered = f"offers {protection.months} months" if protection else "is missing"
            yield file.problem(
                "warning",
                "protection-months",
                ("protection",) if protection else ("affected",),
                f"names {', '.join(found)}, and protection {offered}: {rule.citation} asks for {rule.months} months"
                if not protection
                else f"{offered}, and the data include {', '.join(found)}: {rule.citation} asks for {rule.months} months",
            )


def _wrong(file: NoticeFile) -> set[str]:
    """Give the fields that stand in the file and could not be read."""
    return {name for name in file.document.data if getattr(file.notice, name, name) is None}


_BLANK = re.compile(r"\[[A-Z][A-Z ’'-]{2,}\]")


def blanks_are_filled_in(file: NoticeFile) -> Iterator[Problem]:
    """What the template leaves to fill in, such as [CONTRACTOR], is filled in."""
    if file.id.startswith("_"):
        return
    for path, text in _plain_texts(file.document.data):
        for match in _BLANK.finditer(text):
            yield file.problem(
                "warning", "blank", path, f"still holds the template’s {match[0]}; write what belongs there",
                text.count("\n", 0, match.start()),
            )  # fmt: skip


def _plain_texts(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _plain_texts(item, (*path, key))


RULES: tuple[Rule, ...] = (
    received_unless_own,
    dates_in_order,
    updates_in_order,
    nothing_in_future,
    families_after_receipt,
    withdrawn_says_why,
    contacts_can_be_reached,
    codes_stand_once,
    not_involved_is_not_affected,
    texts_lose_nothing,
    translations_fit,
    name_has_day_of_posting,
    protection_is_long_enough,
    blanks_are_filled_in,
)
