"""Every form of a date, and what each is refused for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticeboard.notice import dates
from tests.support import ZONE


@pytest.mark.parametrize(
    ("text", "form", "first", "last"),
    [
        ("2025-01-07", "day", "2025-01-07T05:00:00", "2025-01-08T04:59:59"),
        ("2025-01-07 15:40", "time", "2025-01-07T20:40:00", "2025-01-07T20:40:00"),
        ("2025-01-07T15:40:30", "time", "2025-01-07T20:40:30", "2025-01-07T20:40:30"),
        ("2025-01-07 15:40Z", "time", "2025-01-07T15:40:00", "2025-01-07T15:40:00"),
        ("2025-01-07 15:40 -05:00", "time", "2025-01-07T20:40:00", "2025-01-07T20:40:00"),
        ("2025-01-07T15:40+01:00", "time", "2025-01-07T14:40:00", "2025-01-07T14:40:00"),
        ("2024-12", "month", "2024-12-01T05:00:00", "2025-01-01T04:59:59"),
        ("2024", "year", "2024-01-01T05:00:00", "2025-01-01T04:59:59"),
        ("2024-12-19 to 2024-12-28", "range", "2024-12-19T05:00:00", "2024-12-29T04:59:59"),
        ("2024-12 to 2025", "range", "2024-12-01T05:00:00", "2026-01-01T04:59:59"),
        ("2024-12-19 to 2024-12-19", "day", "2024-12-19T05:00:00", "2024-12-20T04:59:59"),
        ("2026-11-01 01:30 -05:00", "time", "2026-11-01T06:30:00", "2026-11-01T06:30:00"),
    ],
)
def test_forms(text: str, form: str, first: str, last: str) -> None:
    when = dates.parse_partial(text, ZONE)
    assert (when.precision, when.first, when.last) == (
        form,
        datetime.fromisoformat(first).replace(tzinfo=UTC),
        datetime.fromisoformat(last).replace(tzinfo=UTC),
    )


def test_unknown_has_no_instants() -> None:
    when = dates.parse_partial("unknown", ZONE)
    assert (when.precision, when.first, when.last) == ("unknown", None, None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2025-02-29", "there is no 29 February in 2025"),
        ("2025-04-31", "there is no 31 April in 2025"),
        ("2025-00-10", "there is no month 00"),
        ("0001-01-01", "a year from 1900 to 2100"),
        ("2025-01-07 24:00", "there is no 24:00"),
        ("2025-01-07 15:60", "there is no 15:60"),
        ("2025-01-07 15:40+99:00", "a real offset"),
        ("2026-03-08 02:30", "the clocks skip 02:30"),
        ("2026-11-01 01:30", "the clocks show it twice"),
        ("1/7/2025", "write 2025-01-07"),
        ("1/7/2025 3:40 PM", "write 2025-01-07 15:40"),
        ("2025-01-07 9:05", "write 2025-01-07 09:05"),
        ("January 7 2025 12am", "write 2025-01-07 00:00"),
        ("2025-01-07 15:40 EST", "write 2025-01-07 15:40"),
        ("Sept. 14, 2026", "write 2026-09-14"),
        ("14.9.2026", "must be a day like"),
        ("2025-01-09 to 2025-01-08", "from the earlier to the later"),
        ("unknown to 2025-01-08", "unknown may only stand alone"),
        ("2025-1-7", "must be a day like"),
        ("２０２５-01-07", "must be a day like"),
        ("", "must be a day like"),
    ],
)
def test_refusals(text: str, said: str) -> None:
    with pytest.raises(dates.DateError, match=said.replace(".", r"\.")):
        dates.parse_partial(text, ZONE)


@pytest.mark.parametrize("text", ["2024-12", "2024", "2024-01-01 to 2024-01-02", "unknown"])
def test_a_moment_is_never_partial(text: str) -> None:
    with pytest.raises(dates.DateError):
        dates.parse_moment(text, ZONE)


@given(st.text(max_size=30))
def test_nothing_raises_but_a_date_error(text: str) -> None:
    for parse in (dates.parse_partial, dates.parse_moment, dates.parse_delay):
        try:
            when = parse(text, ZONE)
        except dates.DateError:
            continue
        assert when.first is None or when.last is None or when.first <= when.last


@given(st.datetimes(datetime(1900, 1, 2), datetime(2100, 12, 30)))
def test_a_written_time_comes_back(moment: datetime) -> None:
    aware = moment.replace(microsecond=0, tzinfo=UTC)
    for text in (aware.isoformat(), aware.astimezone(ZONE).isoformat().replace("T", " ")):
        assert dates.parse_moment(text, ZONE).first == aware
