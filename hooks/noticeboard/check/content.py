"""What must hold between the other fields of one notice: one generator a rule, its docstring is the rule.

A rule looks at everything and says everything; it skips what could not be read (None).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from noticeboard.check.context import NoticeFile
from noticeboard.notice.model import TEXTS
from noticeboard.notice.problem import Problem
from noticeboard.notice.strict_yaml import Path
from noticeboard.text import safe_markdown, web_addresses

# In brackets as the template has it; a link in Markdown goes on behind them.
_BLANK = re.compile(r"\[[A-Z][A-Z ’'-]{2,40}\](?![(\[:])")


def received_unless_own(file: NoticeFile) -> Iterator[Problem]:
    """A contractor's breach has `received`: the district's clocks start there."""
    notice = file.notice
    if notice.contractor and notice.has_contractor and file.document.data.get("received") is None:
        yield file.problem(
            "error",
            "required",
            ("received",),
            "is required: the day and time, like 2026-09-14 16:45, when the contractor’s notice reached the district. "
            "Only with ‘contractor: none’ (the district’s own systems) it may be left out",
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
        seen: set[str] = set()
        for index, code in enumerate(codes):
            if code in seen:
                yield file.problem("error", "code-twice", (*path, index), f"must not name {code} again; delete it")
            seen.add(code)
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
        if code in {"unknown", "other"}:
            words = f"must name only what is confirmed, not {code}; delete it"
            yield file.problem("error", "not-involved", ("not_involved", index), words)
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
        for loss in safe_markdown.losses(text):
            yield file.problem("error", "markdown", path, f"must not hold {loss.what}; {loss.fix}", text_line=loss.line)


def _texts(notice: Any) -> Iterator[tuple[Path, str]]:
    """Walk every Markdown text of a notice, in each language."""
    yield from _texts_of(notice, (), "text")
    for language, translation in (notice.translations or {}).items():
        yield from _texts_of(translation, ("translations", language), None)


def _texts_of(words: Any, path: Path, key: str | None) -> Iterator[tuple[Path, str]]:
    """Walk the texts of a notice or a translation; an update's text is in its field `key`, or is the item itself."""
    for name in TEXTS:
        if text := getattr(words, name):
            yield (*path, name), text
    for index, update in enumerate(words.updates or []):
        text = getattr(update, key, None) if key else update
        if text:
            yield (*path, "updates", index, *([key] if key else [])), text


def links_lead_where_they_say(file: NoticeFile) -> Iterator[Problem]:
    """The words of a link name no other address than its own."""
    notice = file.notice
    steps = [step.url if step else None for step in notice.steps or []]
    linked: list[tuple[Path, str, str]] = [
        (("links", index, "title"), each.title, each.url) for index, each in enumerate(notice.links or []) if each
    ]
    linked += [
        (("steps", index, "do"), each.do, each.url or "") for index, each in enumerate(notice.steps or []) if each
    ]
    for language, translation in (notice.translations or {}).items():
        for index, (words, url) in enumerate(zip(translation.steps or [], steps, strict=False)):
            linked.append((("translations", language, "steps", index), words or "", url or ""))
    for path, words, url in linked:
        if url and (other := web_addresses.named_elsewhere(words, url)):
            fix = "write the same one in both, or say in words where it leads"
            yield file.problem(
                "error", "other-address", path, f"must not name another address ({other}) than url; {fix}"
            )


def titles_hold_no_address(file: NoticeFile) -> Iterator[Problem]:
    """A title leads nowhere: in a text message, an address in it would stand before the district's."""
    notice = file.notice
    companies = f"{notice.contractor} {notice.product}".casefold()
    names = {each for each in web_addresses.named(companies) if "/" not in each}
    titles: list[tuple[Path, str | None]] = [(("title",), notice.title)]
    titles += [
        (("translations", language, "title"), each.title) for language, each in (notice.translations or {}).items()
    ]
    for path, title in titles:
        for found in web_addresses.named(title or ""):
            if found.casefold() not in names:
                words = f"must not hold a web address ({found}); delete it here, and add it to links"
                yield file.problem("error", "address-in-title", path, words)


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


def protection_is_long_enough(file: NoticeFile) -> Iterator[Problem]:
    """Where certain numbers were taken, the law asks for identity protection."""
    taken = {code for group in file.notice.affected or [] if group for code in group.data}
    protection = file.notice.protection
    if protection is None and file.document.data.get("protection") is not None:
        return
    for rule in file.law.protections:
        found = ", ".join(sorted(rule.data & taken))
        if found and (protection is None or protection.months < rule.months):
            offered = f"it offers {protection.months}" if protection else "it is missing"
            words = f"should offer {rule.months} months where {found} was taken, as {rule.citation} asks; {offered}"
            yield file.problem("warning", "protection-months", ("protection",), words)


def blanks_are_filled_in(file: NoticeFile) -> Iterator[Problem]:
    """What the template leaves to fill in, such as [CONTRACTOR], is filled in."""
    if file.id.startswith("_"):
        return
    for path, text in file.document.texts:
        for match in _BLANK.finditer(text) if "[" in text else ():
            yield file.problem(
                "warning", "blank", path, f"still holds the template’s {match[0]}; write what belongs there",
                text.count("\n", 0, match.start()),
            )  # fmt: skip


_NOT_REAL = re.compile(r"\b555-01\d\d\b|\bexample\.(?:org|com|net)\b")


def nothing_is_made_up(file: NoticeFile) -> Iterator[Problem]:
    """No number or address that belongs to nobody is left from the template; samples may have them."""
    if file.id.startswith("_") or file.site.samples:
        return
    for path, text in file.document.texts:
        # A search that begins with a word's edge takes long.
        is_odd = "555-01" in text or "example." in text
        for found in dict.fromkeys(_NOT_REAL.findall(text)) if is_odd else ():
            yield file.problem(
                "warning", "made-up", path, f"holds {found}, which belongs to nobody; write the real one"
            )
    for name in ("received", "posted"):
        when = getattr(file.notice, name)
        if when and when.text.startswith("2000-01-01"):
            yield file.problem("warning", "blank", (name,), f"is still the template’s {when.text}; write the real time")
