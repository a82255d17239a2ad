"""How dates, counts, duties and phones are written in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from noticeboard.i18n import labels
from noticeboard.i18n.catalogs import SOURCE
from noticeboard.i18n.language import Language
from noticeboard.law.clocks import Clock
from noticeboard.law.statutes import Law, Rule
from noticeboard.notice.dates import PartialDate
from noticeboard.notice.parts import Group
from noticeboard.settings import Sentence, Settings, languages_of


@dataclass(frozen=True)
class Formatter:
    """One language’s words for what the core computes."""

    settings: Settings
    law: Law
    language: Language

    def translate(self, message: str) -> str:
        """Say a sentence that is marked elsewhere: a code's name, a rule's, a piece of advice."""
        return self.language.gettext(message)

    def when(self, when: PartialDate) -> str:
        """Write a date as exactly as it is known, and no more exactly."""
        if when.precision == "unknown" or when.first is None:
            return self.language.gettext("not known yet")
        day = when.day(self.law.zone)
        if when.precision == "range":
            return self._range(when)
        if when.precision == "time":
            return self.language.moment(when.first)
        write = {"year": lambda day: str(day.year), "month": self.language.month}.get(
            when.precision, self.language.full_date
        )
        return write(day)

    def _range(self, when: PartialDate) -> str:
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
        return [self.translate(self.law.codes[code].name) for code in codes]

    def count(self, group: Group) -> str:
        """Write how many people a group has, as far as it is known."""
        if group.count is None:
            return ""
        if isinstance(group.count, int):
            return self.language.ngettext("%(num)s person", "%(num)s people", group.count)
        if group.count == "unknown":
            return self.language.gettext("number not known yet")
        return self.language.gettext("fewer than 10 people")

    def owed_by_name(self, rule: Rule, contractor: str | None = None) -> str:
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
        name = self.translate(labels.WEEKEND.get(base) or labels.HOLIDAYS.get(base, base))
        return name if base == reason else self.language.gettext("%(holiday)s (observed)", holiday=name)

    def setting(self, sentence: Sentence) -> str:
        """Say a sentence of the settings in this language, else in English, with the district's names."""
        said = languages_of(sentence)
        text = said.get(self.language.code) or self.translate(said[SOURCE])
        return self.settings.filled(text)

    def rule_limit(self, rule_id: str) -> str:
        """Write the limit of a rule that stands today, for the prose around it."""
        rule = self.law.version(rule_id)
        if rule is None:
            raise KeyError(f"there is no rule {rule_id!r}")
        return self.limit(rule)

    def state_text(self, clock: Clock) -> str:
        """Say how a duty stands in words that stay true: what is done, or that nothing is recorded."""
        gettext = self.language.gettext
        if clock.met_at and clock.state != "no_date":
            return self._done(clock)
        return {
            "not_started": gettext("Starts when the people affected are told"),
            "running": gettext("Not yet recorded here"),
            "overdue": gettext("Overdue: no date posted"),
            "paused": gettext("Police asked to wait"),
            "no_date": gettext("No date can be given"),
        }[clock.state]

    @property
    def sample_word(self) -> str:
        """What marks a sample; empty where notices are real."""
        return self.language.gettext("SAMPLE") if self.settings.samples else ""

    def with_sample_prefix(self, text: str) -> str:
        """Mark a text that leaves the site, where the notices are samples."""
        return f"{self.sample_word}: {text}" if self.settings.samples else text

    @staticmethod
    def tel(phone: str) -> str:
        """Return what a phone dials: letters by the keypad, the extension after a pause."""
        number, *extension = re.split(r",? ?(?:[Ee]xt(?:ension)?\.?|x) ?", phone, maxsplit=1)
        dialed = re.sub(r"[^0-9+]", "", number.translate(_KEYPAD))
        return f"tel:{dialed}" + "".join(f",{digits}" for digits in extension)

    def _done(self, clock: Clock) -> str:
        met = clock.met_at
        assert met is not None
        local = met.astimezone(self.law.zone)
        day = self.instant(met, has_time=(local.hour, local.minute, local.second) != (0, 0, 0))
        if clock.state == "met_late" and clock.estimated:
            return self.language.gettext("Done on %(day)s; it is not certain whether that was on time", day=day)
        if clock.state == "met_late":
            return self.language.gettext("Done late, on %(day)s", day=day)
        return self.language.gettext("Done on %(day)s", day=day)


_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
