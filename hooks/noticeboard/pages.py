"""The pages' own parts as HTML: notices, the board, banners, the rules. Autoescaped, one template for all languages.

Each function gives a fragment; what stands around it (head, navigation, footer) is the theme's.
`root` is the way from the page to the site's root, such as `../../`, so that the site works below any path.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from noticeboard import advice, clocks, data_codes, notice_text, words
from noticeboard.board import Board, Posted
from noticeboard.clocks import Clock
from noticeboard.dates import When
from noticeboard.language import N_, Language
from noticeboard.localized import Localized, Said
from noticeboard.notice import Group
from noticeboard.settings import Place, Settings
from noticeboard.statutes import Law, Rule

BANNERS = 3
"""How many notices a page's banner names before it says “and N more”."""


def template_cache(folder: Path) -> jinja2.BytecodeCache | None:
    """Keep compiled templates in a folder, for the theme's Jinja too: compiling is a third of a small build.

    A template's source, name and Jinja's version are in its key, so an old one is never used. None: no such folder.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return jinja2.FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None


@dataclass(frozen=True)
class Heading:
    """A heading of a page, for its table of contents."""

    id: str
    title: str


@dataclass(frozen=True)
class PageParts:
    """What the theme needs to make a page."""

    title: str
    """Plain text."""
    description: str
    html: Markup
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True)
class BannerLine:
    """One thing that a banner can say of a notice."""

    text: str
    due: datetime | None = None
    """The instant that it speaks of, if it is one that people wait for (UTC)."""
    has_time: bool = False
    """Whether the hour counts, not only the day."""


@dataclass(frozen=True)
class Pages:
    """The pages of one language."""

    settings: Settings
    law: Law
    language: Language

    @cached_property
    def _prose(self) -> dict[str, str]:
        """The project's own texts, by name: as templates with a name they are compiled once, not at every build."""
        return {}

    def fill(self, name: str, text: str, **values: Any) -> str:
        """Fill names, contacts and rules into the project's own prose."""
        self._prose[name] = text
        return self.environment.get_template(name).render(**values)

    @cached_property
    def environment(self) -> jinja2.Environment:
        """Our own Jinja, as the theme's does not escape."""
        environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader([jinja2.PackageLoader("noticeboard"), jinja2.DictLoader(self._prose)]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.install_gettext_callables(  # type: ignore[attr-defined]
            self.language.catalog.gettext, self.language.catalog.ngettext, newstyle=True
        )
        environment.globals.update(
            settings=self.settings, language=self.language, law=self.law, words=words, say=self.say, pages=self, N_=N_
        )
        environment.filters.update(
            {
                "markdown": notice_text.html,
                "tel": tel,
                "when": self.when,
                "data_names": self.data_names,
                "instant": self.instant,
            }
        )
        return environment

    def say(self, message: str) -> str:
        """Say a sentence that is marked elsewhere: a code's name, a rule's, a piece of advice."""
        return self.language.gettext(message)

    def _render(self, template: str, **values: Any) -> Markup:
        return Markup(self.environment.get_template(template).render(**values))  # noqa: S704 (autoescaped)

    # The words for data

    def when(self, when: When) -> str:
        """Write a date as exactly as it is known, and no more exactly."""
        if when.form == "unknown" or when.first is None:
            return self.language.gettext("not known yet")
        day = when.day(self.law.zone)
        if when.form == "range":
            return self._range(when)
        if when.form == "time":
            return self.language.moment(when.first)
        write = {"year": lambda each: str(each.year), "month": self.language.month}.get(
            when.form, self.language.full_date
        )
        return write(day)

    def _range(self, when: When) -> str:
        first = self.language.short_date(when.day(self.law.zone))
        if when.last is None:
            return self.language.gettext("from %(first)s, with no end known yet", first=first)
        last = self.language.short_date(when.last.astimezone(self.law.zone).date())
        return first if first == last else self.language.gettext("from %(first)s to %(last)s", first=first, last=last)

    def instant(self, moment: datetime, has_time: bool) -> str:
        """Write an instant as a day, or as a day and time."""
        if has_time:
            return self.language.moment(moment)
        return self.language.full_date(moment.astimezone(self.law.zone).date())

    def data_names(self, codes: Iterable[str]) -> list[str]:
        """Name kinds of data in plain words."""
        return [self.say(self.law.codes[code].name) for code in codes]

    def count(self, group: Group) -> str:
        """Write how many people a group has, as far as it is known."""
        if group.count is None:
            return ""
        if isinstance(group.count, int):
            return self.language.ngettext("%(num)s person", "%(num)s people", group.count)
        if group.count == "unknown":
            return self.language.gettext("number not known yet")
        return self.language.gettext("fewer than 10 people")

    def party(self, rule: Rule, contractor: str | None = None) -> str:
        """Name who owes a duty."""
        if rule.owed_by == "district":
            return self.settings.publisher
        return contractor or self.language.gettext("the contractor")

    def limit(self, rule: Rule) -> str:
        """Write how long a duty may take."""
        count, kind = rule.limit.count, rule.limit.kind
        ngettext, gettext = self.language.ngettext, self.language.gettext
        if kind == "calendar_days":
            return ngettext("%(num)s calendar day", "%(num)s calendar days", count)
        if kind == "business_days":
            return ngettext("%(num)s business day", "%(num)s business days", count)
        if kind == "hours":
            return ngettext("%(num)s hour", "%(num)s hours", count)
        if kind == "immediately":
            return gettext("immediately")
        return gettext("the day on which the people affected are told")

    def reason(self, reason: str) -> str:
        """Name why a day is no business day."""
        base = reason.removesuffix(" (observed)")
        name = self.say(words.WEEKEND.get(base) or words.HOLIDAYS.get(base, base))
        return name if base == reason else self.language.gettext("%(holiday)s (observed)", holiday=name)

    # The pages

    def local(self, posted: Posted) -> Localized:
        """Give what a notice says in this language."""
        return Localized(posted.notice, self.language.code)

    def notice(self, posted: Posted, root: str) -> PageParts:
        """Make the page of one notice."""
        local = self.local(posted)
        gettext = self.language.gettext
        headings = [
            Heading("what-happened", gettext("What happened")),
            Heading("what-information", gettext("What information was involved")),
            Heading("what-we-are-doing", gettext("What we are doing")),
            Heading("what-you-can-do", gettext("What you can do")),
            Heading("more-information", gettext("For more information")),
        ]
        if posted.notice.updates:
            headings.append(Heading("updates", gettext("Updates")))
        headings.append(Heading("deadlines", gettext("What the law requires")))
        html = self._render(
            "notice.html",
            posted=posted,
            notice=posted.notice,
            local=local,
            root=root,
            root_english="../" * self.language.path.count("/") + root,
            headings={heading.id: heading.title for heading in headings},
            advice=list(advice.fitting(posted.notice, self.advice)),
            has_unknown=any({"unknown", "other"} & set(group.data) for group in posted.notice.affected),
            untimed=clocks.untimed(posted.notice, self.law),
            protection_rules=[rule for rule in self.law.protections if rule.data & set(posted.notice.data)],
        )
        return PageParts(local.title.text, local.summary.text, html, tuple(headings))

    @cached_property
    def advice(self) -> tuple[advice.Advice, ...]:
        """The advice by kind of data."""
        return advice.load()

    def board(self, board: Board, root: str) -> PageParts:
        """Make the board: active notices first, then past ones by year."""
        gettext = self.language.gettext
        headings = [Heading("active", gettext("Active notices"))]
        headings += [Heading(f"year-{year}", str(year)) for year in board.past_by_year]
        html = self._render("board.html", board=board, root=root)
        description = gettext("Data-breach notices of %(publisher)s.", publisher=self.settings.publisher)
        return PageParts(gettext("Data-breach notices"), description, html, tuple(headings))

    def current(self, board: Board, root: str) -> Markup:
        """Show what is happening now, for the home page."""
        return self._render("current.html", board=board, root=root)

    def posted_now(self, board: Board, root: str) -> Markup:
        """Say in a line whether notices are posted, for pages about something else."""
        return self._render("posted_now.html", board=board, root=root)

    def banners(self, board: Board, root: str, notice_id: str | None = None) -> Markup:
        """Make the banner of a page; on a notice's own page, that notice's alone."""
        shown = [each for each in board.current if notice_id in {None, each.id}]
        return self._render("banners.html", shown=shown[:BANNERS], more=len(shown[BANNERS:]), root=root, now=board.now)

    def banner_lines(self, posted: Posted) -> list[BannerLine]:
        """Give what a banner says of a notice, best first.

        The first line whose time hasn't passed is shown; the last line has its turn when all others have passed,
        and stays true for ever.
        """
        gettext = self.language.gettext
        lines, last = [], None
        for date in posted.family_dates:
            day = self.language.brief(date.due, date.has_time)
            if date.kind == "enroll":
                text = gettext("Last day to enroll: %(day)s", day=day)
            elif date.kind == "step":
                # The day first: a long step may be cut at the line's end.
                step = self._marked(self.local(posted).step(date.step or 0))
                text = escape(gettext("No later than %(day)s: %(step)s")) % {"day": day, "step": step}
            else:
                text = gettext("Families must be told no later than %(day)s", day=day)
                last = BannerLine(text, date.due, date.has_time)
                continue
            lines.append(BannerLine(text, date.due, date.has_time))
        return [*lines, last or self._last_line(posted)]

    @staticmethod
    def _marked(said: Said) -> Markup:
        text = escape(said.text)
        return Markup('<span lang="{}">{}</span>').format(said.lang, text) if said.lang else text

    def _last_line(self, posted: Posted) -> BannerLine:
        day = self.language.brief(posted.notice.last_change.instant, has_time=False)
        if posted.notice.updates:
            return BannerLine(self.language.gettext("Last update: %(day)s", day=day))
        return BannerLine(self.language.gettext("Posted: %(day)s", day=day))

    def rules(self, rule_ids: Iterable[str]) -> Markup:
        """Show rules side by side, as they stand today, each with its citation."""
        found = [rule for each in rule_ids for rule in self.law.rules if rule.id == each and rule.is_current]
        return self._render("rules.html", rules=found)

    def history(self, rule_id: str) -> Markup:
        """Show every version of one rule, newest first, with the days on which each was in force."""
        versions = [rule for rule in self.law.rules if rule.id == rule_id]
        return self._render("history.html", rules=versions)

    def days(self, rule_id: str) -> str:
        """Write the limit of a rule that stands today, for the prose around it."""
        rule = self.law.version(rule_id)
        if rule is None:
            raise KeyError(f"there is no rule {rule_id!r}")
        return self.limit(rule)

    def place(self, *keys: str) -> Markup:
        """Show whom people can turn to, as cards."""
        return self._render("places.html", places=[self._place(key) for key in keys])

    def _place(self, key: str) -> Place:
        if key not in self.settings.places:
            raise KeyError(f"mkdocs.yml has no place {key!r}")
        return self.settings.places[key]

    def code_table(self) -> Markup:
        """List every data code with its name and what the law calls it, for staff."""
        entries = data_codes.with_directory(self.settings.directory_information).values()
        return self._render("codes.html", entries=entries)

    def chrome(self, name: str, **values: Any) -> Markup:
        """Make one of the pieces around a page: `head`, `search`, `footer`, `not_found`, `problems`."""
        return self._render(f"{name}.html", **values)

    def sitemap(self, addresses: Iterable[str]) -> Markup:
        """List a language's pages for search engines."""
        return self._render("sitemap.xml", addresses=addresses)

    def state(self, clock: Clock) -> str:
        """Say how a duty stands in words that stay true: what is done, or that nothing is recorded."""
        gettext = self.language.gettext
        if clock.met and clock.state != "no_date":
            return self._done(clock)
        return {
            "not_started": gettext("Starts when the people affected are told"),
            "running": gettext("Not yet recorded here"),
            "overdue": gettext("Not recorded here, and the date has passed"),
            "paused": gettext("Police asked to wait"),
            "no_date": gettext("No date can be given"),
        }[clock.state]

    def _done(self, clock: Clock) -> str:
        met = clock.met
        assert met is not None
        local = met.astimezone(self.law.zone)
        day = self.instant(met, has_time=(local.hour, local.minute, local.second) != (0, 0, 0))
        if clock.state == "met_late" and clock.estimated:
            return self.language.gettext("Done on %(day)s; whether that was in time is not certain", day=day)
        if clock.state == "met_late":
            return self.language.gettext("Done on %(day)s, later than this date", day=day)
        return self.language.gettext("Done on %(day)s", day=day)


_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")


def tel(phone: str) -> str:
    """Turn a published phone number into what a phone dials: letters by the keypad, the extension after a pause."""
    number, *extension = re.split(r",? ?(?:[Ee]xt(?:ension)?\.?|x) ?", phone, maxsplit=1)
    dialed = re.sub(r"[^0-9+]", "", number.translate(_KEYPAD))
    return f"tel:{dialed}" + "".join(f",{digits}" for digits in extension)
