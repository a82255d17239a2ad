"""One notice in one language, laid out: what its page, its letters, its feed items and the search say, in order.

The layout is made once. Each output prints it in its own form; a new fact about a notice is added here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from noticeboard.board.board import FamilyDeadline, PostedNotice
from noticeboard.i18n import labels
from noticeboard.i18n.catalogs import N_
from noticeboard.i18n.language import Language
from noticeboard.notice import causes, short_code
from noticeboard.notice.dates import PartialDate
from noticeboard.notice.field_types import TRANSLATION
from noticeboard.notice.localized import LocalContact, LocalizedNotice, LocalLink, LocalMarkdown, LocalText
from noticeboard.notice.model import Notice
from noticeboard.notice.parts import Group
from noticeboard.render.formatter import Formatter


@dataclass(frozen=True)
class Fact:
    """Something known about the breach: words, or a date."""

    label: str
    value: str = ""
    date: PartialDate | None = None
    added: str = ""
    """In words, when it was written down, if that was days later."""


@dataclass(frozen=True)
class AffectedGroup:
    """One group of people."""

    people: str
    schools: str
    """Their names, or that it is all of them; empty if it isn't known."""
    are_all_schools: bool
    cohort: LocalText | None
    """Which of them."""
    count: str
    """How many; empty if it isn't known."""
    data: tuple[str, ...]
    """Kinds of data in plain words."""
    is_known: bool
    """Whether it is known which data were taken."""

    @property
    def details(self) -> tuple[str | LocalText, ...]:
        """Schools, which of them, and how many, as far as they are known."""
        return tuple(detail for detail in (self.schools, self.cohort, self.count) if detail)


@dataclass(frozen=True)
class ProtectionOffer:
    """Identity protection."""

    title: str
    duration: str
    deadline: FamilyDeadline | None
    last_day: str
    """In words, where it is no date."""
    contact: LocalContact
    """How to enroll: a web page and a phone, with its hours."""


@dataclass(frozen=True)
class DatedStep:
    """Something that people can do."""

    text: LocalText
    deadline: FamilyDeadline | None
    url: str


@dataclass(frozen=True)
class PostedUpdate:
    """What became known later."""

    id: str
    kind: str
    """update, correction or withdrawal."""
    label: str
    at: PartialDate
    text: LocalMarkdown
    corrects: tuple[str, ...]
    """What it corrects, in words."""
    added: str
    """In words, when it was written down, if that was days later."""


@dataclass(frozen=True)
class Section:
    """One section of a notice: its heading, its text, and what stands under it."""

    id: str
    heading: str
    text: LocalMarkdown | None = None
    facts: tuple[Fact, ...] = ()
    groups: tuple[AffectedGroup, ...] = ()
    not_involved: tuple[str, ...] = ()
    protection: ProtectionOffer | None = None
    steps: tuple[DatedStep, ...] = ()
    contacts: tuple[LocalContact, ...] = ()
    contract: str = ""
    """Where the district posts its contract with the company."""
    links: tuple[LocalLink, ...] = ()
    updates: tuple[PostedUpdate, ...] = ()
    """Newest first."""


@dataclass(frozen=True)
class NoticeView:
    """A posted notice as one language's outputs show it."""

    posted: PostedNotice
    formatter: Formatter

    @cached_property
    def local(self) -> LocalizedNotice:
        """What the notice says in this language."""
        return LocalizedNotice(self.posted.notice, self.formatter.language.code)

    @property
    def title(self) -> LocalText:
        """The title, in one line."""
        return self.local.title

    @property
    def summary(self) -> LocalText:
        """The summary."""
        return self.local.summary

    @property
    def url(self) -> str:
        """Its page's whole address."""
        return f"{self.formatter.settings.site_url}{self.formatter.language.path}{self.posted.relative_url}"

    @cached_property
    def code(self) -> str:
        """The short code that letters carry."""
        return short_code.code_for(self.posted.id)

    @property
    def status(self) -> str:
        """Where it stands, in words."""
        return self.formatter.translate(labels.STATUS[self.posted.notice.status])

    @property
    def system(self) -> str:
        """Whose system it was."""
        return self.posted.contractor or self.formatter.translate(N_("The district’s own systems"))

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Its sections, in their order."""
        notice, data_names = self.posted.notice, self.formatter.data_names
        groups = tuple(self._group(index, group) for index, group in enumerate(notice.affected))
        updates = tuple(self._updates())[::-1]
        return (
            self._section("what-happened", facts=tuple(self._facts())),
            self._section("what-information", groups=groups, not_involved=tuple(data_names(notice.not_involved or []))),
            self._section("what-we-are-doing"),
            self._section("what-you-can-do", protection=self._protection(), steps=tuple(self._steps())),
            self._section(
                "more-information",
                contacts=tuple(map(self.local.contact, range(len(notice.contacts)))),
                contract=notice.contract or "",
                links=tuple(map(self.local.link, range(len(notice.links or [])))),
            ),
            *([self._section("updates", updates=updates)] if updates else []),
        )

    @cached_property
    def texts(self) -> Mapping[str, LocalMarkdown]:
        """Its Markdown texts, by field."""
        return {field: text for field in labels.SECTION_TEXTS.values() if (text := self.local.text(field))}

    def update_text(self, index: int) -> LocalMarkdown:
        """Return an update's text, counted from 0."""
        return self.sections[-1].updates[-1 - index].text

    def _section(self, section_id: str, **details: Any) -> Section:
        text = self.texts.get(labels.SECTION_TEXTS.get(section_id, ""))
        return Section(section_id, self.formatter.translate(labels.SECTION_HEADINGS[section_id]), text, **details)

    def _facts(self) -> Iterator[Fact]:
        notice, translate = self.posted.notice, self.formatter.translate
        product = f" ({notice.product})" if notice.product else ""
        yield Fact(translate(N_("Whose system")), f"{self.system}{product}")
        if notice.cause:
            yield Fact(translate(N_("How it happened")), translate(causes.causes()[notice.cause].name))
        if notice.found_by:
            yield Fact(translate(N_("Who found it")), translate(causes.finders()[notice.found_by].name))
        for field, label in labels.FACTS.items():
            is_own = field == "discovered" and not notice.has_contractor
            if date := getattr(notice, field):
                label = labels.DISCOVERED_OWN if is_own else label
                yield Fact(translate(label), date=date, added=self.added(field))

    def added(self, name: str) -> str:
        """Say when a time was written down, if that was days later; `name` is as in `PostedNotice.late`."""
        if name not in self.posted.late:
            return ""
        language = self.formatter.language
        day = self.posted.late[name].astimezone(language.zone).date()
        return language.gettext("added here %(day)s", day=language.short_date(day))

    def _group(self, index: int, group: Group) -> AffectedGroup:
        formatter = self.formatter
        schools = group.schools or []
        names = formatter.translate(N_("all schools")) if schools == "all" else formatter.language.join(schools)
        return AffectedGroup(
            formatter.translate(labels.PEOPLE[group.who]),
            names,
            schools == "all",
            self.local.cohort(index),
            formatter.count(group),
            tuple(formatter.data_names(group.data)),
            group.data != ["unknown"],
        )

    def _protection(self) -> ProtectionOffer | None:
        protection, contact = self.posted.notice.protection, self.local.protection
        if protection is None or contact is None:
            return None
        language = self.formatter.language
        return ProtectionOffer(
            language.gettext("Identity protection from %(provider)s", provider=protection.provider),
            language.ngettext("It lasts for %(num)s month.", "It lasts for %(num)s months.", protection.months),
            next((deadline for deadline in self.posted.family_deadlines if deadline.kind == "enroll"), None),
            protection.enroll_by if isinstance(protection.enroll_by, str) else "",
            contact,
        )

    def _steps(self) -> Iterator[DatedStep]:
        deadlines = {deadline.step: deadline for deadline in self.posted.family_deadlines if deadline.kind == "step"}
        for index, step in enumerate(self.posted.notice.steps or []):
            yield DatedStep(self.local.step(index), deadlines.get(index), step.url or "")

    def _updates(self) -> Iterator[PostedUpdate]:
        for index, update in enumerate(self.posted.notice.updates or []):
            label = self.formatter.translate(labels.UPDATE[update.kind])
            corrects = tuple(map(self._corrected, update.corrects or ()))
            text, added = self.local.update(index), self.added(f"update-{index + 1}")
            yield PostedUpdate(f"update-{index + 1}", update.kind, label, update.at, text, corrects, added)

    def _corrected(self, name: str) -> str:
        """Name what a correction corrects; a translation is called by its language."""
        if name.startswith(TRANSLATION):
            return Language(name.removeprefix(TRANSLATION), self.posted.zone).name
        return self.formatter.translate(Notice.model_fields[name].title or name)
