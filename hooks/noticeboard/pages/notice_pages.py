"""The pages' own parts as HTML: notices, the board, banners, the rules. Autoescaped, one template for all languages.

Each function gives a fragment; what stands around it (head, navigation, footer) is the theme's.
`root` is the way from the page to the site's root, such as `../../`, so that the site works below any path.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from noticeboard.board import facets
from noticeboard.board.board import Board, Posted
from noticeboard.i18n import labels
from noticeboard.i18n.catalogs import N_
from noticeboard.law import advice, clocks
from noticeboard.law.statutes import Rule
from noticeboard.notice import data_codes, short_code
from noticeboard.notice.localized import Localized
from noticeboard.pages import lists
from noticeboard.pages.lists import NoticeList
from noticeboard.render import csp, prose
from noticeboard.render import environment as jinja
from noticeboard.render.formatter import Wording, tel
from noticeboard.render.html import Snippets
from noticeboard.settings import Place
from noticeboard.text import safe_markdown

BANNERS = 3
"""How many notices a page's banner names before it says “and N more”."""


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
class RuleWords:
    """What stands the same on the page of every notice that starts a rule."""

    title: str
    to: str
    """Whom it is owed to."""
    remarks: Markup
    law: Markup
    source: Markup


@dataclass(frozen=True)
class Pages(Wording):
    """The pages of one language."""

    compiled: Path | None = None
    """Where its compiled templates are kept; see `render.environment`."""

    @cached_property
    def _prose(self) -> dict[str, str]:
        """The project's own texts, by name: as templates with a name they are compiled once, not at every build."""
        return {}

    def fill(self, name: str, text: str, **values: Any) -> tuple[str, list[Markup]]:
        """Fill names, contacts and rules into the project's own prose.

        What is made as HTML (contacts, rules, notices) must not pass through the prose's Markdown: marks stand
        in for it, and `prose.set_in` puts it in their place
        afterwards. Raises ProseError if it asks for what isn't there.
        """
        self._prose[name] = text
        return prose.filled(self._prose_environment, name, self, values)

    @cached_property
    def environment(self) -> jinja.Environment:
        """Our own Jinja, as the theme's does not escape."""
        return self._equipped(jinja.environment(self.language, {}, self.compiled))

    @cached_property
    def _prose_environment(self) -> jinja.Environment:
        return self._equipped(jinja.environment(self.language, self._prose, self.compiled, is_prose=True))

    def _equipped(self, environment: jinja.Environment) -> jinja.Environment:
        """Give templates what they may ask for."""
        environment.globals.update(
            settings=self.settings,
            language=self.language,
            law=self.law,
            words=labels,
            say=self.say,
            pages=self,
            parts=self.parts,
            N_=N_,
            inline=csp.inline,
            example=short_code.EXAMPLE,
        )
        environment.filters.update(
            {
                "markdown": safe_markdown.html,
                "tel": tel,
                "when": self.when,
                "data_names": self.data_names,
                "instant": self.instant,
                "limit": self.limit,
                "say": self.say,
                "iso": self.language.iso,
                # As filters these are quicker than as functions, which Jinja asks what they want first.
                "said": self.parts.said,
                "english": self.parts.english,
                "day": self.parts.day,
                "due": self.parts.due,
                "prose": self.parts.prose,
                "outside": self.parts.outside,
            }
        )
        return environment

    def _render(self, template: str, **values: Any) -> Markup:
        return jinja.render(self.environment, template, values)

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
            code=short_code.code(posted.id),
            root=root,
            root_english=self._site_root(root),
            headings={heading.id: heading.title for heading in headings},
            advice=list(advice.fitting(posted.notice, self.advice)),
            feared=clocks.feared(posted.notice, self.law),
            untimed=clocks.untimed(posted.notice, self.law),
            protection_rules=[rule for rule in self.law.protections if rule.data & set(posted.notice.data)],
        )
        return PageParts(local.title.text, local.summary.text, html, tuple(headings))

    @cached_property
    def advice(self) -> tuple[advice.Advice, ...]:
        """The advice by kind of data."""
        return advice.load()

    def board(self, board: Board, root: str) -> PageParts:
        """Make the board: active notices first, then past ones by year, as far as they fit on a page."""
        gettext = self.language.gettext
        active = board.current[: lists.LONGEST]
        room, past = lists.LONGEST - len(active), {}
        for year, group in board.past_by_year.items():
            room -= len(group)
            past[year] = group if room >= 0 else ()
        headings = [Heading("active", gettext("Active notices"))]
        headings += [Heading(f"year-{year}", str(year)) for year, group in past.items() if group]
        html = self._render(
            "board.html",
            board=board,
            root=root,
            active=active,
            past={year: group for year, group in past.items() if group},
            is_cut=len(active) < len(board.current) or not all(past.values()),
            years=list(lists.by_year(board, self)),
            facets=facets.of(board, self),
            listed=lists.LISTED,
        )
        description = gettext("Data-breach notices of %(publisher)s.", publisher=self.settings.publisher)
        return PageParts(gettext("Data-breach notices"), description, html, tuple(headings))

    def listed(self, found: NoticeList, number: int, root: str) -> PageParts:
        """Make one page of a list of notices, counted from 1."""
        html = self._render("list.html", list=found, number=number, root=root)
        description = self.language.gettext("Data-breach notices of %(publisher)s.", publisher=self.settings.publisher)
        title = found.title
        if number > 1:
            title = self.language.gettext("%(title)s (page %(number)s)", title=title, number=number)
        return PageParts(title, description, html)

    @cached_property
    def _rows(self) -> dict[str, Markup]:
        """The brief rows that were made, by the notice's id: a large board shows each on many pages."""
        return {}

    def brief_row(self, posted: Posted, root: str) -> Markup:
        """Make a notice's row in a list."""
        if posted.id not in self._rows:
            title = self.local(posted).title
            self._rows[posted.id] = self._render("brief_row.html", posted=posted, title=title)
        start = f'<li class="nb-row" data-pagefind-ignore><h3>{self.parts.sample}<a href="{escape(root)}'
        return Markup(start) + self._rows[posted.id]  # noqa: S704 (our own way, escaped)

    @cached_property
    def _fixed(self) -> dict[tuple[str, date | None], RuleWords]:
        return {}

    def fixed(self, rule: Rule) -> RuleWords:
        """Give what every notice says of a rule."""
        version = (rule.id, rule.effective_from)
        if version not in self._fixed:
            self._fixed[version] = RuleWords(
                f"{self.say(rule.name)}: {self.limit(rule)}",
                self.say(labels.OWED_TO[rule.owed_to]),
                self._render("rule_remarks.html", rule=rule),
                self._render("rule_law.html", rule=rule),
                self._render("rule_source.html", rule=rule),
            )
        return self._fixed[version]

    @cached_property
    def parts(self) -> Snippets:
        """The small pieces, in this language."""
        return Snippets(self)

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
        for each in posted.family_dates:
            day = self.language.brief(each.due, each.has_time)
            if each.kind == "enroll":
                text = gettext("Last day to enroll: %(day)s", day=day)
            elif each.kind == "step":
                # The day first: a long step may be cut at the line's end.
                step = self.parts.said(self.local(posted).step(each.step or 0))
                text = escape(gettext("No later than %(day)s: %(step)s")) % {"day": day, "step": step}
            else:
                text = gettext("Families must be told no later than %(day)s", day=day)
                last = BannerLine(text, each.due, each.has_time)
                continue
            lines.append(BannerLine(text, each.due, each.has_time))
        return [*lines, last or self._last_line(posted)]

    def _last_line(self, posted: Posted) -> BannerLine:
        day = self.language.brief(posted.notice.last_change.instant, has_time=False)
        if posted.notice.updates:
            return BannerLine(self.language.gettext("Last update: %(day)s", day=day))
        return BannerLine(self.language.gettext("Posted: %(day)s", day=day))

    def _site_root(self, root: str) -> str:
        """Give the way to the site's root, past the language's folder."""
        return "../" * self.language.path.count("/") + root

    def rules(self, rule_ids: Iterable[str]) -> Markup:
        """Show rules side by side, as they stand today, each with its citation."""
        found = [rule for each in rule_ids for rule in self.law.rules if rule.id == each and rule.is_current]
        return self._render("rules.html", rules=found)

    def history(self, rule_id: str) -> Markup:
        """Show every version of one rule, newest first, with the days on which each was in force."""
        versions = [rule for rule in self.law.rules if rule.id == rule_id]
        return self._render("history.html", rules=versions)

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

    def sitemap(self, addresses: Iterable[tuple[str, date | None]]) -> Markup:
        """List a language's pages for search engines, with the day of the last change where it is known."""
        return self._render("sitemap.xml", addresses=addresses)
