"""The page of a notice, and what the search looks through.

`root` is the relative URL of a page's language home, such as `../../`, so that the site works below any path.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from noticeboard.i18n import labels
from noticeboard.law import advice, clocks
from noticeboard.law.advice import Advice
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.pages.clock_rows import clock_rows, duties_summary
from noticeboard.pages.content import Heading, PageContent
from noticeboard.pages.notice_answers import answers_for
from noticeboard.pages.qr_code import qr_code
from noticeboard.render.formatter import Formatter
from noticeboard.render.renderer import Renderer

RuleVersion = tuple[str, date | None]
"""A rule's id, and the first day of one of its versions."""


@dataclass(frozen=True)
class RuleHtml:
    """What stands the same on the page of every notice that starts a rule."""

    title: str
    owed_to: str
    remarks: Markup
    law: Markup
    source: Markup


@dataclass(frozen=True)
class NoticePages:
    """What the pages of all notices of a language share."""

    renderer: Renderer
    rules: Mapping[RuleVersion, RuleHtml]
    advice: Mapping[Advice, Markup]
    """Each piece of advice, as every page has it."""
    now: datetime

    @classmethod
    def load(cls, renderer: Renderer, now: datetime) -> NoticePages:
        """Render what every notice says of a rule, and the advice."""
        formatter = renderer.formatter
        rules = {
            (rule.id, rule.effective_from): RuleHtml(
                f"{formatter.translate(rule.name)}: {formatter.limit(rule)}",
                formatter.translate(formatter.law.recipients[rule.owed_to].name),
                renderer.render("rule_remarks.html", rule=rule),
                renderer.render("rule_law.html", rule=rule),
                renderer.render("rule_source.html", rule=rule),
            )
            for rule in formatter.law.rules
            if rule.has_clock
        }
        shown = {
            entry: renderer.render("advice.html", entry=entry) for entry in advice.load(formatter.settings.state_code)
        }
        return cls(renderer, rules, shown, now)

    def notice_page(self, view: NoticeView, root: str) -> PageContent:
        """Return the page of one notice."""
        posted, law, helpers = view.posted, self.renderer.formatter.law, self.renderer.html
        by_person = advice.advice_by_person(posted.notice, self.advice)
        html = self.renderer.render(
            "notice.html",
            view=view,
            posted=posted,
            notice=posted.notice,
            local=view.local,
            root=root,
            root_english=site_root(root, self.renderer.formatter),
            rules=self.rules,
            sections={section.id: section for section in view.sections},
            answers=answers_for(view, by_person, helpers, self.now),
            clock_rows=clock_rows(posted.clocks, posted.notice, helpers),
            duties=duties_summary(posted.clocks, self.renderer.formatter),
            advice={person: [self.advice[entry] for entry in entries] for person, entries in by_person.items()},
            has_readings=any(clock.rule.readings for clock in posted.clocks),
            possible_duties=clocks.possible_duties(posted.notice, law),
            undated_duties=clocks.undated_duties(posted.notice, law),
            protection_rule=clocks.protection_due(posted.notice, law),
            qr_code=qr_code(view.url),
        )
        headings = notice_headings(self.renderer.formatter, has_updates=bool(posted.notice.updates))
        return PageContent(str(view.title), str(view.summary), html, headings)

    def search_document(self, view: NoticeView) -> str:
        """Return what the search looks through: the notice's own words, without what every notice says."""
        return str(self.renderer.render("search_document.html", view=view, posted=view.posted))


def notice_headings(formatter: Formatter, *, has_updates: bool) -> tuple[Heading, ...]:
    """Return the headings of a notice's page: all notices have the same, but for the updates."""
    gettext = formatter.language.gettext
    first = [Heading("updates", gettext("Latest update"))] if has_updates else []
    texts = [Heading(id, formatter.translate(labels.SECTION_HEADINGS[id])) for id in labels.PAGE_SECTIONS]
    return (*first, *texts, Heading("deadlines", gettext("What the law requires")))


def site_root(root: str, formatter: Formatter) -> str:
    """Return the relative URL of the site's root, past the language's folder."""
    return "../" * formatter.language.path.count("/") + root
