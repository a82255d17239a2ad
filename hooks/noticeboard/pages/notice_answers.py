"""What a notice’s page says first: is it my child, what was taken, what to do now, whom to call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from noticeboard.board.board import FamilyDeadline
from noticeboard.i18n import labels
from noticeboard.law.advice import EVERYONE, Advice
from noticeboard.notice import data_codes
from noticeboard.notice.parts import Group
from noticeboard.outputs.notice_view import AffectedGroup, NoticeView
from noticeboard.render.html import HtmlHelpers

MAX_ACTIONS = 3
"""How many things to do the top of a page names."""
MAX_DATA = 3
"""How many kinds of data of a group the top of a page names."""

_STUDENTS = frozenset({"students", "former_students", "applicants"})


@dataclass(frozen=True)
class ExposedData:
    """What was taken of one group, the worst first."""

    people: str
    """Empty where the notice has one group only."""
    names: str
    more: int
    """How many other kinds there are."""


@dataclass(frozen=True)
class Dated:
    """Something that people can do up to a day, and what is said of it once that day is over."""

    text: Markup
    over: Markup
    deadline: FamilyDeadline | None
    is_over: bool
    """Whether its day had passed when the site was built; board.js goes on from there."""
    url: str = ""

    @property
    def ends(self) -> datetime | None:
        """The last second for it (UTC)."""
        return self.deadline.due_at if self.deadline else None


@dataclass(frozen=True)
class Answers:
    """The four answers, and the sentence of status above them."""

    status: str
    question: str
    """“Is it my child?”, or who else is affected."""
    groups: tuple[AffectedGroup, ...]
    schools_note: str
    """What is said of the schools that the notice doesn’t name; empty if it is about all of them."""
    exposed: tuple[ExposedData, ...]
    offer: Dated | None
    """Identity protection."""
    steps: tuple[Dated, ...]
    actions: tuple[Dated, ...]
    """What to do now."""


def answers_for(
    view: NoticeView, advice: Mapping[str, tuple[Advice, ...]], html: HtmlHelpers, now: datetime
) -> Answers:
    """Return what stands at the top of a notice’s page; `advice` is from `advice_by_person`."""
    notice, sections = view.posted.notice, {section.id: section for section in view.sections}
    groups = sections["what-information"].groups
    offer, steps = _offer(view, html, now), tuple(_steps(view, html, now))
    open_now = [dated for dated in (offer, *steps) if dated and not dated.is_over]
    actions = [*sorted(open_now, key=_first_to_end), *_advice(advice, html)]
    return Answers(
        _status(view),
        _question(notice.affected, html),
        groups,
        _schools_note(notice.affected, html),
        exposed_data(view, html, is_short=True),
        offer,
        steps,
        tuple(actions[:MAX_ACTIONS]),
    )


def _status(view: NoticeView) -> str:
    notice, gettext = view.posted.notice, view.formatter.language.gettext
    open_question = ""
    if notice.is_active and any(group.data == ["unknown"] for group in notice.affected):
        open_question = gettext("We do not know yet which information was involved.")
    elif notice.is_active and any(group.count == "unknown" for group in notice.affected):
        open_question = gettext("We are still finding out who is affected.")
    return f"{view.formatter.translate(labels.STATUS_SENTENCE[notice.status])} {open_question}".strip()


def _question(groups: list[Group], html: HtmlHelpers) -> str:
    gettext = html.formatter.language.gettext
    is_family = any(group.who in {*_STUDENTS, "parents_guardians"} for group in groups)
    return gettext("Is it my child?") if is_family else gettext("Who is affected")


def _schools_note(groups: list[Group], html: HtmlHelpers) -> str:
    """A notice never says “no”: what it doesn’t name is only not named."""
    gettext = html.formatter.language.gettext
    schools = [group.schools for group in groups if group.who in _STUDENTS]
    if not schools or "all" in schools:
        return ""
    if all(schools):
        return gettext("Other schools: none named.")
    return gettext("The notice does not name every school, so it could be any of them.")


def exposed_data(view: NoticeView, html: HtmlHelpers, *, is_short: bool = False) -> tuple[ExposedData, ...]:
    """Return what was taken of each group; groups of the same data stand together.

    `is_short` leaves out the name of the only group.
    """
    people: dict[tuple[str, ...], list[str]] = {}
    for group in view.posted.notice.affected:
        codes = tuple(data_codes.worst_first(dict.fromkeys(group.data), view.formatter.law.codes))
        people.setdefault(codes, []).append(view.formatter.translate(labels.PEOPLE[group.who]))
    return tuple(
        _exposed(codes, "" if is_short and len(people) == 1 else _join(who), html) for codes, who in people.items()
    )


def _join(people: Sequence[str]) -> str:
    """Write several groups as the beginning of a line: “Staff, former staff”."""
    return ", ".join([people[0], *(name[0].lower() + name[1:] for name in people[1:])])


def _exposed(worst: Sequence[str], people: str, html: HtmlHelpers) -> ExposedData:
    formatter = html.formatter
    if worst == ("unknown",):
        return ExposedData(people, formatter.language.gettext("not known yet"), 0)
    # “And 1 more” would take the room of the one.
    shown_codes = worst if len(worst) == MAX_DATA + 1 else worst[:MAX_DATA]
    names, more = formatter.data_names(shown_codes), len(worst) - len(shown_codes)
    return ExposedData(people, ", ".join(names) if more else formatter.language.join(names), more)


def _offer(view: NoticeView, html: HtmlHelpers, now: datetime) -> Dated | None:
    protection, gettext = view.posted.notice.protection, html.formatter.language.gettext
    if protection is None:
        return None
    deadline = next((deadline for deadline in view.posted.family_deadlines if deadline.kind == "enroll"), None)
    text = gettext("Sign up for identity protection from %(provider)s", provider=protection.provider)
    what = escape(gettext("Identity protection from %(provider)s", provider=protection.provider))
    over = _over(what, gettext("sign-up closed on %(day)s", day=_day(deadline, html)), deadline)
    return Dated(escape(text), over, deadline, _is_over(deadline, now), protection.url or "")


def _steps(view: NoticeView, html: HtmlHelpers, now: datetime) -> Iterator[Dated]:
    section = next(section for section in view.sections if section.id == "what-you-can-do")
    for step in section.steps:
        text = html.local_text(step.text)
        closed = html.formatter.language.gettext("the last day was %(day)s", day=_day(step.deadline, html))
        over = _over(text, closed, step.deadline)
        yield Dated(text, over, step.deadline, _is_over(step.deadline, now), step.url)


def _over(what: Markup, closed: str, deadline: FamilyDeadline | None) -> Markup:
    """Say that a day is over; empty for what has none."""
    return what + Markup(": ") + closed if deadline else Markup("")


def _advice(advice: Mapping[str, tuple[Advice, ...]], html: HtmlHelpers) -> Iterator[Dated]:
    """What to do by kind of data: the first thing for each person, then the others."""
    translate = html.formatter.translate
    persons = [person for person in advice if person != EVERYONE]
    ranked = sorted(
        (entries.index(entry), person == EVERYONE, list(advice).index(person), person, entry)
        for person, entries in advice.items()
        for entry in entries
    )
    for *_, person, entry in ranked:
        title = translate(entry.title)
        is_said = person == EVERYONE or len(persons) == 1
        text = escape(title if is_said else f"{translate(labels.PERSONS[person])}: {title}")
        yield Dated(text, Markup(""), None, is_over=False, url=f"#{person}")


def _first_to_end(dated: Dated) -> tuple[bool, float]:
    return (False, dated.ends.timestamp()) if dated.ends else (True, 0)


def _is_over(deadline: FamilyDeadline | None, now: datetime) -> bool:
    return deadline is not None and deadline.due_at < now


def _day(deadline: FamilyDeadline | None, html: HtmlHelpers) -> str:
    return html.formatter.language.brief(deadline.due_at, deadline.has_time) if deadline else ""
