"""What the prose of docs/ can ask for between double braces, in one language: `{{ pages.duties([…]) }}`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from noticeboard.board.board import Board
from noticeboard.law.statutes import Rule
from noticeboard.pages import board_pages
from noticeboard.render.renderer import Renderer
from noticeboard.settings import Place


@dataclass(frozen=True)
class GuideFunctions:
    """The functions, for one page of the guide. What they return as HTML never goes through the prose's Markdown."""

    renderer: Renderer
    board: Board
    root: str
    """The relative URL of the page's language home."""
    _shown: list[Place] = field(default_factory=list)
    """The contacts that the page has shown so far."""
    _days: set[str] = field(default_factory=set)
    """The days that the page has said so far."""

    def duties(self, rows: Iterable[Iterable[str]]) -> Markup:
        """Show duties as one table, as they stand today: each row has the ids of the rules that share it."""
        law = self.renderer.formatter.law
        versions = [[law.version(rule_id) for rule_id in rule_ids] for rule_ids in rows]
        shown = [[rule for rule in rules if rule] for rules in versions]
        return self.renderer.render("rules.html", rows=[rules for rules in shown if rules])

    def history(self, rule_id: str) -> Markup:
        """Show every version of one rule, newest first, with the days on which each was in force."""
        versions = [rule for rule in self.renderer.formatter.law.rules if rule.id == rule_id]
        return self.renderer.render("history.html", rules=versions)

    def rule_limit(self, rule_id: str) -> str:
        """Return the limit of a rule that stands today, for the prose around it."""
        return self.renderer.formatter.rule_limit(rule_id)

    def law_limit(self, owed_to: str) -> str:
        """Return the limit that the law sets today for a duty of the district, by whom it is owed to; empty: none."""
        formatter = self.renderer.formatter
        rules = (rule for rule in formatter.law.rules if rule.basis == "statute" and rule.is_current and rule.has_clock)
        found = (rule for rule in rules if (rule.owed_by, rule.owed_to) == ("district", owed_to))
        return next((formatter.limit(rule) for rule in found), "")

    def promise(self) -> Rule | None:
        """Return what the district itself promises families; None: nothing beyond the law."""
        rules = self.renderer.formatter.law.rules
        promises = (rule for rule in rules if rule.basis == "policy" and rule.owed_to == "families")
        return next((rule for rule in promises if rule.is_current), None)

    def promise_limit(self) -> str:
        """Return the limit within which the district itself promises to tell families; empty: it promises none."""
        promise = self.promise()
        return self.renderer.formatter.limit(promise) if promise else ""

    def promise_note(self) -> str:
        """Return what else the page with the district's promise says of it."""
        formatter, promise = self.renderer.formatter, self.promise()
        return formatter.setting(formatter.settings.policies[promise.id].note) if promise else ""

    def checked(self, day: str) -> str:
        """Say on which day (2026-11-24) the sources of a line were read: once a page for each day."""
        if day in self._days:
            return ""
        self._days.add(day)
        language = self.renderer.formatter.language
        words = language.gettext("checked %(day)s", day=language.short_date(date.fromisoformat(day)))
        return f"({words})"

    def contacts(self, *keys: str) -> Markup:
        """Show whom people can turn to as rows, by the keys of `places` in mkdocs.yml."""
        places = [self._place(key) for key in keys]
        self._shown.extend(places)
        return self.renderer.render("contacts.html", places=places)

    def contacts_checked(self) -> Markup:
        """Say, below the page's contacts, since when none of them was looked at anew, and where they were found."""
        days = [place.checked_on for place in self._shown if place.checked_on]
        return self.renderer.render("contacts_checked.html", day=min(days), root=self.root) if days else Markup()

    def sources(self) -> Markup:
        """List where each contact was found."""
        places = self.renderer.formatter.settings.places.values()
        return self.renderer.render("sources.html", places=[place for place in places if place.source])

    def _place(self, key: str) -> Place:
        places = self.renderer.formatter.settings.places
        if key not in places:
            raise KeyError(f"mkdocs.yml has no place {key!r}")
        return places[key]

    def code_table(self) -> Markup:
        """List every data code with its name, for staff."""
        return self.renderer.render("code_table.html", codes=self.renderer.formatter.law.codes.values())

    def active_notices(self) -> Markup:
        """Show what is happening now."""
        return board_pages.active_notices(self.board, self.renderer, self.root)

    def active_count(self) -> Markup:
        """Say in a line whether notices are active."""
        return board_pages.active_count(self.board, self.renderer, self.root)
