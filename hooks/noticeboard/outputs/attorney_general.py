"""What the Attorney General has asked for, answered from a notice in that order; nothing is made up.

The questions are those of the office's instructions from before its form; what the form itself asks could not be read.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from noticeboard.i18n import labels
from noticeboard.i18n.catalogs import N_
from noticeboard.law import clocks
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.text import safe_markdown

STATE_CODE = "CT"
"""The state whose office asks this; what another state's asks is not known here."""
SOURCE = "https://portal.ct.gov/AG/General/Report-a-Breach-of-Security-Involving-Computerized-Data"
FORM = "https://portal.ct.gov/AG/Data-Breach-Form/Data-Breach-Report-Submission-Form"
QUESTIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "kind": (N_("First report, or an update to one?"), ()),
    "reporter": (N_("Who reports: name, phone, e-mail"), ()),
    "body": (N_("Which organization, its address and type"), ()),
    "event": (N_("What happened"), ("what_happened",)),
    "occurred": (N_("When it happened"), ("occurred",)),
    "discovered": (N_("When it was discovered"), ("discovered",)),
    "finder": (N_("How it was discovered"), ("found_by",)),
    "remedy": (N_("What was done about it"), ("what_we_are_doing",)),
    "residents": (N_("How many Connecticut residents are affected"), ()),
    "data": (N_("Which kinds of personal information"), ("affected",)),
    "told": (N_("When people were told"), ("families_notified",)),
    "letter": (N_("A sample of the letter"), ()),
    "police": (N_("Did the police ask to wait?"), ("police_delay",)),
    "protection": (N_("Identity protection that is offered"), ("protection",)),
    "substitute": (N_("For a substitute notice: its cost, the number of people, or which contacts are missing"), ()),
}
"""What is asked, in its order, and the fields of a notice that answer it."""

_WIDTH = 78
_MISSING = "NOT IN THE NOTICE: "


def report(view: NoticeView) -> str:
    """Return the questions with their answers, as plain text to copy; `view` is the notice in English."""
    formatter = view.formatter
    blocks = [
        formatter.with_sample_prefix(f"Report to the Attorney General: {view.title}"),
        _wrapped(
            "These questions are from the office’s instructions of the time before its form, read on 2026-11-24: "
            f"{SOURCE}. The form may ask other things: {FORM}. It is filled in at one sitting, and cannot be saved."
        ),
    ]
    for number, (key, answer) in enumerate(_answers(view), 1):
        blocks.append(f"{number}. {QUESTIONS[key][0]}\n{_indented(answer)}")
    return "\n\n".join(blocks) + "\n"


def _answers(view: NoticeView) -> Iterator[tuple[str, str]]:
    """Return the answers by the keys of QUESTIONS."""
    notice, formatter = view.posted.notice, view.formatter
    when, settings = formatter.when, formatter.settings
    yield "kind", _missing("say which; updates go to the office by e-mail")
    yield "reporter", _missing("your own")
    yield "body", f"{settings.publisher}\n{_missing('its address, and what kind of body it is')}"
    facts = {fact.label: fact.value for fact in view.sections[0].facts if fact.value}
    cause = facts.get("How it happened", "")
    yield "event", "\n".join([str(view.summary), cause, _plain(notice.what_happened)])
    yield "occurred", when(notice.occurred) if notice.occurred else _missing("occurred")
    finder = "the contractor" if notice.has_contractor else "the district"
    found = [f"Found out by {finder}: {when(notice.discovered)}"]
    found += [f"The contractor’s notice reached the district: {when(notice.received)}"] if notice.received else []
    found += [f"The district knew that its own data was in it: {when(notice.confirmed)}"] if notice.confirmed else []
    yield "discovered", "\n".join(found)
    yield "finder", facts.get("Who found it") or _missing("found_by")
    yield "remedy", _plain(notice.what_we_are_doing)
    yield from _people_and_data(view)
    told = notice.families_notified
    yield "told", f"{when(told)}\nPosted: {when(notice.posted)}" if told else _missing("families_notified")
    yield "letter", f"attach the output of: noticeboard letter {view.posted.id} --as html"
    delay = when(notice.police_delay) if notice.police_delay else "The notice records none."
    yield "police", delay
    yield "protection", _protection(view)
    yield "substitute", _missing("only if one is used (§ 36a-701b(e))")


def _people_and_data(view: NoticeView) -> Iterator[tuple[str, str]]:
    """Count and name only what § 36a-701b is about."""
    notice, formatter = view.posted.notice, view.formatter
    groups = [group for group in notice.affected if clocks.is_personal_information(group, notice, formatter.law)]
    lines = [f"{labels.PEOPLE[group.who]}: {formatter.count(group) or 'not said'}" for group in groups]
    resident = _missing("how many of them live in Connecticut")
    no_data = "None that § 36a-701b counts, by this notice."
    yield "residents", "\n".join([*lines, resident]) if groups else no_data
    codes = dict.fromkeys(
        code for group in groups for code in group.data if clocks.is_personal_code(code, notice, formatter.law)
    )
    yield "data", "\n".join(formatter.data_names(codes)) if codes else no_data


def _protection(view: NoticeView) -> str:
    rule = clocks.protection_due(view.posted.notice, view.formatter.law)
    offer = view.posted.notice.protection
    if offer is None:
        return _missing(f"protection; {rule.citation} asks for {rule.months} months") if rule else "None is recorded."
    return f"{offer.provider}, {offer.months} months"


def _missing(what: str) -> str:
    return f"{_MISSING}{what}"


def _plain(markdown: str) -> str:
    return safe_markdown.plain(markdown)


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _indented(answer: str) -> str:
    lines = [line for line in answer.split("\n") if line.strip()]
    return "\n".join(textwrap.indent(_wrapped(line), "   ") for line in lines)
