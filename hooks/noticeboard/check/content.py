"""What must hold between the other fields of one notice: one generator a rule, its docstring is the rule.

A rule looks at everything and says everything; it skips what could not be read (None).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from noticeboard.check.context import RuleContext
from noticeboard.law import clocks
from noticeboard.notice.model import TEXTS
from noticeboard.notice.problem import Problem
from noticeboard.notice.strict_yaml import Path
from noticeboard.text import safe_markdown, web_addresses

# In brackets as the template has it; a link in Markdown goes on behind them.
_BLANK = re.compile(r"\[[A-Z][A-Z ’'-]{2,40}\](?![(\[:])")


def received_unless_own(context: RuleContext) -> Iterator[Problem]:
    """A contractor's breach has `received`: the district's clocks start there."""
    notice = context.notice
    if notice.contractor and notice.has_contractor and context.document.data.get("received") is None:
        yield context.problem(
            "error",
            "required",
            ("received",),
            "is required: the day and time, like 2026-09-14 16:45, when the contractor’s notice reached the district. "
            "Only with ‘contractor: none’ (the district’s own systems) it may be left out",
        )


def withdrawn_says_why(context: RuleContext) -> Iterator[Problem]:
    """A withdrawn notice stays up and says why."""
    updates = context.notice.updates or []
    if context.notice.status == "withdrawn" and not any(
        update is None or update.kind == "withdrawal" for update in updates
    ):
        yield context.problem(
            "error",
            "withdrawal",
            ("status",),
            "must come with an update of ‘kind: withdrawal’ that says why; add one at the end of updates",
        )


def only_corrections_correct(context: RuleContext) -> Iterator[Problem]:
    """Only a correction corrects fields, each once."""
    for index, update in enumerate(context.notice.updates or []):
        if not update or not update.corrects:
            continue
        path = ("updates", index, "corrects")
        if update.kind != "correction":
            message = f"must stand with ‘kind: correction’, not with ‘kind: {update.kind}’; delete it, or set that kind"
            yield context.problem("error", "corrects", path, message)
        for number, name in enumerate(update.corrects):
            if name in update.corrects[:number]:
                message = f"must not name {name} again; delete it"
                yield context.problem("error", "code-twice", (*path, number), message)


def contacts_can_be_reached(context: RuleContext) -> Iterator[Problem]:
    """Each contact has a phone, an email or a url."""
    for index, contact in enumerate(context.notice.contacts or []):
        if contact and not (contact.phone or contact.email or contact.url):
            yield context.problem(
                "error", "no-way", ("contacts", index), "must have a phone, an email or a url; add one"
            )


def codes_stand_once(context: RuleContext) -> Iterator[Problem]:
    """A list names each kind of data once, and `unknown` only by itself."""
    for path, codes in _code_lists(context.document.data):
        seen: set[str] = set()
        for index, code in enumerate(codes):
            if code in seen:
                yield context.problem("error", "code-twice", (*path, index), f"must not name {code} again; delete it")
            seen.add(code)
        if "unknown" in codes and len(set(codes)) > 1:
            yield context.problem(
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


def not_involved_is_not_affected(context: RuleContext) -> Iterator[Problem]:
    """No kind of data is both taken and not taken."""
    taken = {
        code: index + 1 for index, group in enumerate(context.notice.affected or []) if group for code in group.data
    }
    for index, code in enumerate(context.notice.not_involved or []):
        if code in {"unknown", "other"}:
            message = f"must name only what is confirmed, not {code}; delete it"
            yield context.problem("error", "not-involved", ("not_involved", index), message)
        if code in taken:
            yield context.problem(
                "error",
                "not-involved",
                ("not_involved", index),
                f"must not name {code}, which affected[{taken[code]}].data names too; delete it in one of the two",
            )


def texts_lose_nothing(context: RuleContext) -> Iterator[Problem]:
    """A text holds paragraphs, emphasis, lists, https links, tables and small headings, and nothing else."""
    for path, text in _texts(context.notice):
        for loss in safe_markdown.unsupported_markup(text):
            yield context.problem(
                "error", "markdown", path, f"must not hold {loss.what}; {loss.fix}", text_line=loss.line
            )


def _texts(notice: Any) -> Iterator[tuple[Path, str]]:
    """Walk every Markdown text of a notice, in each language."""
    yield from _texts_of(notice, (), "text")
    for language, translation in (notice.translations or {}).items():
        yield from _texts_of(translation, ("translations", language), None)


def _texts_of(texts: Any, path: Path, key: str | None) -> Iterator[tuple[Path, str]]:
    """Walk the texts of a notice or a translation; an update's text is in its field `key`, or is the item itself."""
    for name in TEXTS:
        if text := getattr(texts, name):
            yield (*path, name), text
    for index, update in enumerate(texts.updates or []):
        text = getattr(update, key, None) if key else update
        if text:
            yield (*path, "updates", index, *([key] if key else [])), text


def links_lead_where_they_say(context: RuleContext) -> Iterator[Problem]:
    """The words of a link name no other address than its own."""
    notice = context.notice
    steps = [step.url if step else None for step in notice.steps or []]
    linked: list[tuple[Path, str, str]] = [
        (("links", index, "title"), link.title, link.url) for index, link in enumerate(notice.links or []) if link
    ]
    linked += [
        (("steps", index, "do"), step.do, step.url or "") for index, step in enumerate(notice.steps or []) if step
    ]
    for language, translation in (notice.translations or {}).items():
        for index, (message, url) in enumerate(zip(translation.steps or [], steps, strict=False)):
            linked.append((("translations", language, "steps", index), message or "", url or ""))
    for path, message, url in linked:
        if url and (other := web_addresses.conflicting_address(message, url)):
            fix = "write the same one in both, or say in words where it leads"
            yield context.problem(
                "error", "other-address", path, f"must not name another address ({other}) than url; {fix}"
            )


def titles_hold_no_address(context: RuleContext) -> Iterator[Problem]:
    """A title leads nowhere: in a text message, an address in it would stand before the district's."""
    notice = context.notice
    companies = f"{notice.contractor} {notice.product}".casefold()
    names = {address for address in web_addresses.addresses_in(companies) if "/" not in address}
    titles: list[tuple[Path, str | None]] = [(("title",), notice.title)]
    titles += [
        (("translations", language, "title"), translation.title)
        for language, translation in (notice.translations or {}).items()
    ]
    for path, title in titles:
        for address in web_addresses.addresses_in(title or ""):
            if address.casefold() not in names:
                message = f"must not hold a web address ({address}); delete it here, and add it to links"
                yield context.problem("error", "address-in-title", path, message)


def translations_fit(context: RuleContext) -> Iterator[Problem]:
    """A translated list has no more items than the English one."""
    english = {
        "cohort": "affected", "steps": "steps", "updates": "updates",
        "contacts": "contacts", "contact_hours": "contacts", "links": "links",
    }  # fmt: skip
    for language, translation in (context.notice.translations or {}).items():
        for name, source in english.items():
            here, there = len(getattr(translation, name) or []), len(getattr(context.notice, source) or [])
            if here > there and source in context.document.data | {"steps": None, "updates": None, "links": None}:
                yield context.problem(
                    "error",
                    "translation-length",
                    ("translations", language, name),
                    f"must have at most as many items as {source} ({there}), not {here}",
                )


def protection_is_long_enough(context: RuleContext) -> Iterator[Problem]:
    """Where certain numbers were taken, the law asks for identity protection."""
    protection, rule = context.notice.protection, clocks.protection_due(context.notice, context.law)
    if rule is None or (protection is None and context.document.data.get("protection") is not None):
        return
    if protection is None or protection.months < rule.months:
        names = ", ".join(code for code in _taken(context) if code in rule.data)
        offered = f"it offers {protection.months}" if protection else "it is missing"
        message = f"should offer {rule.months} months where {names} was taken, as {rule.citation} asks; {offered}"
        yield context.problem("warning", "protection-months", ("protection",), message)


def protection_is_explained(context: RuleContext) -> Iterator[Problem]:
    """Where the law asks for identity protection, the texts say that it is free, and how to place a credit freeze."""
    rule = clocks.protection_due(context.notice, context.law)
    if rule is None or context.is_template:
        return
    texts = " ".join(text for path, text in context.document.texts if path[0] not in {"translations", "updates"})
    protection = context.notice.protection
    missing = [what for what, pattern in _ASKED_FOR.items() if not pattern.search(texts)]
    if protection and not (protection.url or protection.phone):
        missing.append("how to enroll")
    if missing:
        message = f"should say {'; '.join(missing)}; {rule.citation} asks for it"
        yield context.problem("warning", "protection-explained", ("what_you_can_do",), message)


_ASKED_FOR = {
    "that the protection costs nothing": re.compile(
        r"\bfree\b|\bno (?:cost|charge|fee)\b|without (?:cost|charge)", re.I
    ),
    "how to place a credit freeze": re.compile(
        r"\b(?:credit|security) freeze|\bfreeze (?:your|their|the|a|his|her)\b", re.I
    ),
}


def _taken(context: RuleContext) -> list[str]:
    groups = [group for group in context.notice.affected or [] if group]
    return sorted({code for group in groups for code in group.data})


def blanks_are_filled_in(context: RuleContext) -> Iterator[Problem]:
    """What the template leaves to fill in, such as [CONTRACTOR], is filled in."""
    if context.is_template:
        return
    for path, text in context.document.texts:
        for match in _BLANK.finditer(text) if "[" in text else ():
            yield context.problem(
                "warning", "blank", path, f"still holds the template’s {match[0]}; write what belongs there",
                text.count("\n", 0, match.start()),
            )  # fmt: skip


_NOT_REAL = re.compile(r"\b555-01\d\d\b|\bexample\.(?:org|com|net)\b")


def nothing_is_made_up(context: RuleContext) -> Iterator[Problem]:
    """No number or address that belongs to nobody is left from the template; samples may have them."""
    if context.is_template or context.settings.samples:
        return
    for path, text in context.document.texts:
        # A search that begins with a word's edge takes long.
        is_odd = "555-01" in text or "example." in text
        for match in dict.fromkeys(_NOT_REAL.findall(text)) if is_odd else ():
            yield context.problem(
                "warning", "made-up", path, f"holds {match}, which belongs to nobody; write the real one"
            )
    for name in ("received", "posted"):
        when = getattr(context.notice, name)
        if when and when.text.startswith("2000-01-01"):
            yield context.problem(
                "warning", "blank", (name,), f"is still the template’s {when.text}; write the real time"
            )
