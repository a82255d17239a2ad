"""One language of the site: its sentences (gettext catalogs), dates, numbers and plurals (Babel)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from functools import cached_property, lru_cache
from importlib import resources
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from noticeboard.i18n import catalogs
from noticeboard.i18n.catalogs import SOURCE


@dataclass(frozen=True)
class Language:
    """A language, in a district's time zone."""

    code: str
    """BCP 47, such as `pt-BR`: what `<html lang>` says."""
    zone: tzinfo

    @property
    def path(self) -> str:
        """The folder of its pages, from the site's root: nothing for English, else `es/` or `pt/`."""
        return "" if self.code == SOURCE else f"{self.code.partition('-')[0]}/"

    @property
    def name(self) -> str:
        """What its readers call it: Español."""
        return str(self.locale.get_language_name(self.locale)).capitalize()

    @property
    def locale(self) -> Locale:
        """Babel's name of it."""
        return _locale(self.code)

    @cached_property
    def catalog(self) -> NullTranslations:
        """Its sentences. Raises FileNotFoundError for a language without a catalog."""
        if self.code == SOURCE:
            return NullTranslations()
        folder = self.code.replace("-", "_")
        name = f"locales/{folder}/LC_MESSAGES/noticeboard.po"
        source = io.BytesIO(resources.files(__package__).joinpath(name).read_bytes())
        messages = read_po(source, locale=folder)
        compiled = io.BytesIO()
        write_mo(compiled, messages)
        compiled.seek(0)
        return Translations(compiled)

    @staticmethod
    def available() -> list[str]:
        """List the languages that have all their sentences."""
        return catalogs.available()

    def gettext(self, message: str, **values: object) -> str:
        """Say a sentence in this language."""
        # What is empty stands in a catalog for its head.
        text = self.catalog.gettext(message) if message else ""
        return text % values if values else text

    def ngettext(self, one: str, many: str, count: int, **values: object) -> str:
        """Say a sentence that depends on a number; `%(num)s` is the number."""
        text = self.catalog.ngettext(one, many, count)
        return text % {"num": self.number(count), **values}

    def number(self, number: int) -> str:
        """Write a whole number."""
        # Below a thousand, no language has a mark in it.
        return str(number) if 0 <= number < 1000 else _number(number, self.code)

    def decimal(self, number: float) -> str:
        """Write a number with at most one decimal."""
        return str(format_decimal(number, format="#,##0.#", locale=self.locale))

    def join(self, items: Iterable[str]) -> str:
        """Write a list: “a, b, and c”."""
        return _list(tuple(items), self.code)

    def full_date(self, day: date) -> str:
        """Write a day with its weekday."""
        return _date(day, "full", self.code)

    def short_date(self, day: date) -> str:
        """Write a day without its weekday."""
        return _date(day, "long", self.code)

    def brief(self, moment: datetime, has_time: bool) -> str:
        """Write an instant for a line that must stay short: “Nov 24, 2026”, with the time where it counts."""
        local = moment.astimezone(self.zone)
        day = _date(local.date(), "medium", self.code)
        return self.gettext("%(day)s, %(time)s", day=day, time=self.time(local)) if has_time else day

    def month(self, day: date) -> str:
        """Write the month of a day."""
        return _month(day, self.code)

    def time(self, moment: datetime) -> str:
        """Write an instant's time of day, by the district's clocks."""
        local = moment.astimezone(self.zone)
        return _time(local.hour, local.minute, self.code)

    def moment(self, moment: datetime) -> str:
        """Write an instant as day and time, by the district's clocks."""
        local = moment.astimezone(self.zone)
        return self.gettext("%(day)s, %(time)s", day=self.full_date(local.date()), time=self.time(local))

    def iso(self, moment: datetime) -> str:
        """Write an instant for machines, with the district's offset."""
        return moment.astimezone(self.zone).isoformat(timespec="seconds")


# Babel takes some 50 microseconds for a date; with three hundred notices that would be a tenth of a build.
_memoized = lru_cache(maxsize=8192)


@lru_cache
def _locale(code: str) -> Locale:
    # Spanish as it is written in the United States: “5:00 p.m.”, not “17:00”.
    return Locale.parse("es-US" if code == "es" else code, sep="-")


@_memoized
def _date(day: date, form: Literal["full", "long", "medium"], code: str) -> str:
    text = str(format_date(day, form, locale=_locale(code)))
    if code == "es":
        # Within a sentence: “el viernes 31 de enero”, not “el viernes, 31 de enero”.
        return re.sub(r"^(\w+), ", r"\1 ", text)
    # The first of a month is an ordinal in Portuguese: “1º de dezembro”.
    return re.sub(r"\b1 de ", "1º de ", text) if code == "pt-BR" and day.day == 1 else text


@_memoized
def _month(day: date, code: str) -> str:
    return str(format_skeleton("yMMMM", day, locale=_locale(code)))


@_memoized
def _time(hour: int, minute: int, code: str) -> str:
    return str(format_time(time(hour, minute), "short", locale=_locale(code)))


@_memoized
def _number(number: int, code: str) -> str:
    return str(format_decimal(number, locale=_locale(code)))


@_memoized
def _list(items: tuple[str, ...], code: str) -> str:
    return str(format_list(list(items), locale=_locale(code)))
