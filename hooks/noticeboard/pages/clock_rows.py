"""What a notice’s page says of each duty: who owes whom, by when, what is on record, and how days were counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from noticeboard.i18n import labels
from noticeboard.law.clocks import Clock
from noticeboard.notice.model import Notice
from noticeboard.render.formatter import Formatter
from noticeboard.render.html import HtmlHelpers


@dataclass(frozen=True)
class ClockRow:
    """One duty of one notice, in words."""

    clock: Clock
    began: str
    due: str
    """The last time for it, or why there is none."""
    on_record: str
    open_until: str
    """ISO; empty unless the duty is still waited for."""
    count: tuple[str, ...]
    """How the last day was found; empty if there is none."""
    skipped: tuple[str, ...]
    """The days that the count left out, and why."""
    notes: tuple[str, ...]
    """What else the dates rest on."""


def clock_rows(clocks: tuple[Clock, ...], notice: Notice, html: HtmlHelpers) -> list[ClockRow]:
    """Return the rows of a notice, in the order of its clocks."""
    return [_row(clock, notice, html) for clock in clocks]


def duties_summary(clocks: tuple[Clock, ...], formatter: Formatter) -> str:
    """Say how many duties are done, by what the notice has on record: a count that time alone doesn’t change."""
    language = formatter.language
    done = [clock for clock in clocks if clock.state in {"met", "met_late"}]
    late = len([clock for clock in done if clock.state == "met_late"])
    words = language.ngettext(
        "%(done)s of %(num)s duty done", "%(done)s of %(num)s duties done", len(clocks), done=language.number(len(done))
    )
    return language.gettext("%(duties)s, %(late)s late", duties=words, late=language.number(late)) if late else words


def _row(clock: Clock, notice: Notice, html: HtmlHelpers) -> ClockRow:
    formatter = html.formatter
    is_counted = clock.due_at and clock.starts_at and clock.statutory_due_at
    return ClockRow(
        clock,
        _began(clock, html),
        _due(clock, notice, html),
        formatter.state_text(clock),
        formatter.language.iso(clock.due_at) if clock.state == "running" and clock.due_at else "",
        tuple(_count(clock, html)) if is_counted else (),
        tuple(_skipped(clock, html)) if is_counted else (),
        tuple(_notes(clock, html)) if is_counted else (),
    )


def _began(clock: Clock, html: HtmlHelpers) -> str:
    gettext = html.formatter.language.gettext
    if clock.start_date and clock.start_date.first:
        return html.date(clock.start_date)
    return gettext("not yet") if clock.state == "not_started" else gettext("not known yet")


def _due(clock: Clock, notice: Notice, html: HtmlHelpers) -> str:
    formatter, gettext = html.formatter, html.formatter.language.gettext
    if clock.due_at:
        write = html.time if clock.met_at else html.due_time
        due = write(clock.due_at, not clock.ends_with_day)
        if not clock.estimated:
            return due
        return due + Markup(' <span class="nb-estimated">{}</span>').format(gettext("estimated"))
    if clock.state == "paused" and notice.police_delay:
        when = formatter.when(notice.police_delay)
        return gettext("no date yet: police asked to wait %(when)s", when=when)
    if notice.status == "withdrawn":
        return gettext("no date: the notice was withdrawn")
    if clock.state == "not_started":
        return gettext("the end of the day on which the people affected are told")
    return gettext("no date: it is not known when this began")


def _count(clock: Clock, html: HtmlHelpers) -> Iterator[str]:
    formatter, language = html.formatter, html.formatter.language
    gettext, limit = language.gettext, clock.rule.limit
    assert clock.starts_at
    assert clock.statutory_due_at
    start = language.full_date(clock.starts_at.astimezone(language.zone).date())
    last = formatter.instant(clock.statutory_due_at, not clock.ends_with_day)
    if limit.kind == "calendar_days":
        yield gettext(
            "%(start)s is day 0 and isn’t counted. Day %(num)s is %(last)s, and it is counted to its end. "
            "Weekends and holidays count, and a last day is never moved.",
            start=start,
            num=limit.count,
            last=last,
        )
    elif limit.kind == "business_days":
        yield gettext(
            "%(start)s is day 0 and isn’t counted. Business day %(num)s is %(last)s, and it is counted to its end.",
            start=start,
            num=limit.count,
            last=last,
        )
        left_out = gettext("Not counted, because they are not business days:")
        yield left_out if clock.skipped else gettext("No weekend and no holiday fell in between.")
    elif limit.kind == "hours":
        yield gettext(
            "%(num)s hours after %(start)s it is %(last)s. Every hour counts, at night and on weekends too.",
            start=language.moment(clock.starts_at),
            num=limit.count,
            last=last,
        )
        local = [moment.astimezone(language.zone) for moment in (clock.starts_at, clock.statutory_due_at)]
        if local[0].utcoffset() != local[1].utcoffset():
            yield gettext("The clocks changed in between, so the time of day differs.")
    else:
        yield gettext(
            "This must be done no later than when the people affected are told. They were told on %(start)s.",
            start=start,
        )


def _skipped(clock: Clock, html: HtmlHelpers) -> Iterator[str]:
    for skipped in clock.skipped:
        day = html.formatter.language.full_date(skipped.day)
        is_weekend = skipped.reason in labels.WEEKEND
        yield day if is_weekend else f"{day}: {html.formatter.reason(skipped.reason)}"


def _notes(clock: Clock, html: HtmlHelpers) -> Iterator[str]:
    gettext = html.formatter.language.gettext
    if clock.start_date and not clock.start_date.is_exact:
        yield gettext("The start is not known to the day, so the earliest possible day was taken.")
    if clock.due_at != clock.statutory_due_at:
        yield gettext("Police asked to wait. The date is the later of the date in the law and the end of the wait.")
