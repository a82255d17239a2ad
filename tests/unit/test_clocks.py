"""The law's arithmetic: the worked examples as a table, and what must hold for every start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticeboard.law import clocks
from noticeboard.law.statutes import Law
from noticeboard.notice import dates
from noticeboard.notice.model import Notice
from tests.support import LATER, STUDENTS, ZONE, golden


def due(notice: Notice, law: Law, now: datetime = LATER) -> dict[str, str | None]:
    """Return each clock's due time by the district's clocks."""
    return {
        clock.rule.id: clock.due_at.astimezone(ZONE).isoformat() if clock.due_at else None
        for clock in clocks.clocks_for("id", notice, law, now)
    }


@pytest.mark.parametrize("example", golden("worked_examples"), ids=lambda example: example["name"])
def test_worked_example(example: dict[str, Any], make_notice: Callable[..., Notice], law: Law) -> None:
    expected = example["due"]
    found = due(make_notice(**example["notice"], affected=STUDENTS.format(example["data"])), law)
    assert {clock: found.get(clock) for clock in expected} == expected


OWN_STAFF = {
    "contractor": "none",
    "received": None,
    "discovered": "2027-01-05",
    "posted": "2027-02-01",
    "affected": "\n  - who: staff\n    data: [name, ssn]",
}


def test_worked_example_23_own_staff(make_notice: Callable[..., Notice], law: Law) -> None:
    """The Attorney General's date hangs on the letters, not on day 60."""
    before = clocks.clocks_for("id", make_notice(**OWN_STAFF), law, datetime(2027, 1, 20, tzinfo=UTC))
    assert [(clock.rule.id, clock.state) for clock in before] == [
        ("ct-36a-701b-residents", "running"),
        ("ct-36a-701b-attorney-general", "not_started"),
    ]
    told = make_notice(**OWN_STAFF, families_notified="2027-02-01")
    assert due(told, law) == {
        "ct-36a-701b-residents": "2027-03-06T23:59:59-05:00",
        "ct-36a-701b-attorney-general": "2027-02-01T23:59:59-05:00",
    }


def test_worked_example_24_police_ask_to_wait(make_notice: Callable[..., Notice], law: Law) -> None:
    """Only § 36a-701b stands still; when the wait is over, the later of the two days counts, as an estimate."""
    changes = {**OWN_STAFF, "contractor": "Company", "received": "2027-01-05", "discovered": "2027-01-04"}
    changes["affected"] = "\n  - who: students\n    data: [name, ssn]"
    waiting = make_notice(**changes, police_delay="2027-01-20 to unknown")
    found = {clock.rule.id: clock for clock in clocks.clocks_for("id", waiting, law, datetime(2027, 2, 1, tzinfo=UTC))}
    residents = found["ct-36a-701b-residents"]
    assert (residents.state, residents.due_at) == ("paused", None)
    assert found["ct-10-234dd-families"].state == "overdue"

    lifted = make_notice(**changes, police_delay="2027-01-20 to 2027-03-15")
    found = {
        clock.rule.id: clock for clock in clocks.clocks_for("id", lifted, law, datetime(2027, 3, 16, 12, tzinfo=UTC))
    }
    residents = found["ct-36a-701b-residents"]
    assert residents.due_at == dates.end_of_day(date(2027, 3, 15), ZONE)
    assert (residents.state, residents.estimated) == ("overdue", True)
    # Before the wait is over it is paused, though its end is known.
    early = clocks.clocks_for("id", lifted, law, datetime(2027, 2, 1, tzinfo=UTC))
    assert next(clock for clock in early if clock.rule.id == "ct-36a-701b-residents").state == "paused"


# Which clocks start: contractor and data of a group → ids.
STUDENT_CLOCKS = ["ct-10-234dd-contractor-30", "ct-10-234dd-contractor-60"]
AFTER_RECEIPT = ["ct-10-234dd-families", "ct-10-234dd-posting", "district-48-hours"]
PERSONAL = ["ct-36a-701b-residents", "ct-36a-701b-attorney-general"]


@pytest.mark.parametrize(
    ("who", "data", "expected"),
    [
        ("students", "name", ["ct-10-234dd-contractor-60", *AFTER_RECEIPT]),
        ("students", "name, grades", [*STUDENT_CLOCKS, *AFTER_RECEIPT]),
        ("students", "essay", ["ct-10-234dd-contractor-60", *AFTER_RECEIPT]),
        ("students", "essay, name", [*STUDENT_CLOCKS, *AFTER_RECEIPT]),
        ("students", "messages", ["ct-10-234dd-contractor-30", *AFTER_RECEIPT]),
        ("students", "unknown", ["ct-10-234dd-contractor-30", *AFTER_RECEIPT]),
        ("students", "ssn", ["ct-10-234dd-contractor-30", *AFTER_RECEIPT, *PERSONAL]),
        ("students", "health_record", [*STUDENT_CLOCKS, *AFTER_RECEIPT, *PERSONAL]),
        ("parents_guardians", "password", ["ct-10-234dd-contractor-30", *AFTER_RECEIPT, *PERSONAL]),
        ("applicants", "grades", [*STUDENT_CLOCKS, *AFTER_RECEIPT]),
        ("staff", "name, grades", []),
        ("staff", "ssn", PERSONAL),
        ("staff", "unknown", []),
        ("staff", "staff_payroll", []),
        ("residents", "payment_card", PERSONAL),
    ],
)
def test_which_clocks_start(
    who: str, data: str, expected: list[str], make_notice: Callable[..., Notice], law: Law
) -> None:
    notice = make_notice(affected=f"\n  - who: {who}\n    data: [{data}]")
    assert list(due(notice, law)) == expected


def test_unknown_data_is_an_estimate_and_leaves_known_clocks_alone(
    make_notice: Callable[..., Notice], law: Law
) -> None:
    notice = make_notice(affected="\n  - who: students\n    data: [unknown]\n  - who: applicants\n    data: [name]")
    assert {clock.rule.id: clock.estimated for clock in clocks.clocks_for("id", notice, law, LATER)} == {
        "ct-10-234dd-contractor-30": True,
        "ct-10-234dd-contractor-60": False,
        "ct-10-234dd-families": False,
        "ct-10-234dd-posting": False,
        "district-48-hours": False,
    }


def test_own_systems_have_no_student_data_clocks(make_notice: Callable[..., Notice], law: Law) -> None:
    notice = make_notice(contractor="none", received=None)
    assert clocks.clocks_for("id", notice, law, LATER) == []


def test_unknown_discovery_gives_no_date(make_notice: Callable[..., Notice], law: Law) -> None:
    found = {clock.rule.id: clock for clock in clocks.clocks_for("id", make_notice(discovered="unknown"), law, LATER)}
    assert (found["ct-10-234dd-contractor-30"].due_at, found["ct-10-234dd-contractor-30"].state) == (None, "no_date")
    assert found["ct-10-234dd-families"].due_at


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2016-09-30", {}),
        ("2016-10-01", {"ct-10-234dd-families": "hours", "ct-10-234dd-posting": "hours"}),
        ("2017-06-30", {"ct-10-234dd-families": "hours", "ct-10-234dd-posting": "hours"}),
        (
            "2017-07-01",
            {
                "ct-10-234dd-families": "business_days",
                "ct-10-234dd-posting": "business_days",
                "district-48-hours": "hours",
            },
        ),
    ],
)
def test_law_of_the_day(received: str, expected: dict[str, str], make_notice: Callable[..., Notice], law: Law) -> None:
    """A clock runs by the version of the law in force on the day that it starts."""
    notice = make_notice(discovered="2016-09-01", received=received, posted="2018-01-01")
    assert {clock.rule.id: clock.rule.limit.kind for clock in clocks.clocks_for("id", notice, law, LATER)} == expected


@pytest.mark.parametrize(("received", "days"), [("2021-09-30", 90), ("2021-10-01", 60)])
def test_ninety_days_before_october_2021(
    received: str, days: int, make_notice: Callable[..., Notice], law: Law
) -> None:
    notice = make_notice(
        discovered="2021-09-01", received=received, posted="2022-01-01", affected=STUDENTS.format("ssn")
    )
    clock = next(
        each for each in clocks.clocks_for("id", notice, law, LATER) if each.rule.id == "ct-36a-701b-residents"
    )
    assert clock.rule.limit.count == days


@pytest.mark.parametrize(
    ("code", "received", "count"),
    [
        ("precise_location", "2023-09-30", 0),
        ("precise_location", "2023-10-01", 2),
        ("passport", "2021-09-30", 0),
        ("passport", "2021-10-01", 2),
        ("password", "2021-09-30", 0),
        ("password", "2021-10-01", 2),
        ("disability", "2021-09-30", 0),
        ("disability", "2021-10-01", 2),
        ("ssn", "2021-09-30", 2),
        ("ssn", "2015-09-30", 1),
    ],
)
def test_what_is_personal_information_grew(
    code: str, received: str, count: int, make_notice: Callable[..., Notice], law: Law
) -> None:
    """Before October 2015 the law gave no number of days for residents; the Attorney General was told with them."""
    notice = make_notice(
        discovered="2015-09-01", received=received, posted="2024-01-01", affected=STUDENTS.format(code)
    )
    assert sum(clock.rule.id.startswith("ct-36a") for clock in clocks.clocks_for("id", notice, law, LATER)) == count


@pytest.mark.parametrize(
    ("data", "has_30"),
    [("essay", False), ("essay, portfolio", False), ("essay, portfolio, artwork_audio", False), ("essay, name", True)],
)
def test_student_made_work_alone_has_sixty_days(
    data: str, has_30: bool, make_notice: Callable[..., Notice], law: Law
) -> None:
    """§ 10-234aa(4) asks whether it tells who the student is; the number of kinds plays no part."""
    found = due(make_notice(affected=STUDENTS.format(data)), law)
    assert "ct-10-234dd-contractor-60" in found
    assert ("ct-10-234dd-contractor-30" in found) is has_30


@pytest.mark.parametrize(
    ("code", "discovered", "months"),
    [
        ("ssn", "2015-09-30", None),
        ("ssn", "2015-10-01", 12),
        ("ssn", "2018-10-01", 24),
        ("taxpayer_id", "2021-09-30", None),
        ("taxpayer_id", "2021-10-01", 24),
        ("grades", "2026-09-14", None),
    ],
)
def test_protection_by_the_law_of_the_day(
    code: str, discovered: str, months: int | None, make_notice: Callable[..., Notice], law: Law
) -> None:
    notice = make_notice(contractor="none", received=None, discovered=discovered, affected=STUDENTS.format(code))
    rule = clocks.protection_due(notice, law)
    assert (rule.months if rule else None) == months


def test_the_attorney_general_waits_with_the_residents(make_notice: Callable[..., Notice], law: Law) -> None:
    """A wait that is over moves the residents' date; the Attorney General's is the day on which they are told."""
    notice = make_notice(**OWN_STAFF, police_delay="2027-01-10 to 2027-01-20", families_notified="2027-02-01")
    found = {clock.rule.id: clock for clock in clocks.clocks_for("id", notice, law, LATER)}
    clock = found["ct-36a-701b-attorney-general"]
    assert (clock.due_at, clock.estimated) == (dates.end_of_day(date(2027, 2, 1), ZONE), False)


@pytest.mark.parametrize(
    ("now", "told", "state"),
    [
        ("2026-11-24T23:59:59-05:00", None, "running"),
        ("2026-11-25T00:00:00-05:00", None, "overdue"),
        ("2026-12-24T00:00:00-05:00", "2026-11-24 23:59:59", "met"),
        ("2026-12-24T00:00:00-05:00", "2026-11-25", "met_late"),
    ],
)
def test_state_turns_with_the_second(
    now: str, told: str | None, state: str, make_notice: Callable[..., Notice], law: Law
) -> None:
    changes = {"families_notified": told} if told else {}
    notice = make_notice(received="2026-11-20 16:45", posted="2026-11-20 18:00", **changes)
    found = {clock.rule.id: clock for clock in clocks.clocks_for("id", notice, law, datetime.fromisoformat(now))}
    assert found["ct-10-234dd-families"].state == state


def test_withdrawn_notice_owes_nothing(make_notice: Callable[..., Notice], law: Law) -> None:
    notice = make_notice(
        status="withdrawn",
        updates="\n  - at: 2026-09-19 10:00\n    kind: withdrawal\n    text: Not a breach.",
    )
    found = {clock.rule.id: clock for clock in clocks.clocks_for("id", notice, law, LATER)}
    assert {clock.state for clock in found.values()} == {"met", "no_date"}
    assert found["ct-10-234dd-families"].due_at is None


def test_skipped_days_are_named(make_notice: Callable[..., Notice], law: Law) -> None:
    notice = make_notice(received="2027-02-11", posted="2027-02-12", discovered="2027-02-10")
    clock = next(each for each in clocks.clocks_for("id", notice, law, LATER) if each.rule.id == "ct-10-234dd-families")
    assert [(day.day.day, day.reason) for day in clock.skipped] == [
        (12, "Lincoln's Birthday"),
        (13, "Saturday"),
        (14, "Sunday"),
        (15, "Washington's Birthday"),
    ]


@pytest.mark.parametrize(
    ("directory", "data", "has_30"),
    [(None, "name", False), (["email"], "name", True), (["name", "date_of_birth"], "date_of_birth", False)],
)
def test_directory_list_of_the_district_decides(
    directory: list[str] | None, data: str, has_30: bool, make_notice: Callable[..., Notice], site_settings
) -> None:
    own_law = site_settings.model_copy(update={"directory_information": directory}).law()
    notice = make_notice(affected=STUDENTS.format(data))
    assert ("ct-10-234dd-contractor-30" in due(notice, own_law)) is has_30


starts = st.datetimes(datetime(2017, 7, 1), datetime(2028, 12, 1)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC)
)


def count(law: Law, rule_id: str, start: datetime) -> datetime:
    rule = law.version(rule_id)
    assert rule
    moment, _ = clocks.due_after(rule, start, law)
    assert moment
    return moment


@given(start=starts)
def test_48_hours_never_end_after_two_business_days(start: datetime, law: Law) -> None:
    assert count(law, "district-48-hours", start) <= count(law, "ct-10-234dd-families", start)


@given(start=starts, later=st.integers(0, 10_000))
def test_a_later_start_is_never_due_earlier(start: datetime, later: int, law: Law) -> None:
    for rule in ("ct-10-234dd-contractor-30", "ct-10-234dd-families", "district-48-hours", "ct-36a-701b-residents"):
        assert start < count(law, rule, start) <= count(law, rule, start + timedelta(minutes=later))


@given(start=starts, days=st.integers(1, 30))
def test_more_business_days_never_end_earlier(start: datetime, days: int, law: Law) -> None:
    day = start.astimezone(ZONE).date()
    first, _ = clocks.add_business_days(day, days, "US-CT", law)
    second, _ = clocks.add_business_days(day, days + 1, "US-CT", law)
    assert day < first < second
    assert first.weekday() < 5
    assert law.calendars["US-CT"].holiday(first) is None


@given(start=starts)
def test_a_day_ends_with_its_last_second_in_new_york(start: datetime, law: Law) -> None:
    local = count(law, "ct-10-234dd-contractor-30", start).astimezone(ZONE)
    assert local.time() == time(23, 59, 59)
    assert local.date() - start.astimezone(ZONE).date() == timedelta(days=30)


PERSONAL_DATA = {
    "affected": "\n  - who: staff\n    data: [ssn]",
    "discovered": "2025-01-05",
    "received": "2025-01-07",
    "posted": "2025-05-02",
}


def residents(notice: Notice, law: Law, now: datetime = LATER) -> clocks.Clock:
    return next(
        clock for clock in clocks.clocks_for("id", notice, law, now) if clock.rule.id == "ct-36a-701b-residents"
    )


def test_whoever_waited_for_the_police_is_not_late(make_notice: Callable[..., Notice], law: Law) -> None:
    """The end of the wait was never recorded; it ended when people were told."""
    notice = make_notice(**PERSONAL_DATA, police_delay="2025-01-10 to unknown", families_notified="2025-05-01")
    clock = residents(notice, law)
    assert (clock.state, clock.due_at, clock.estimated) == ("met", dates.end_of_day(date(2025, 5, 1), ZONE), True)
    assert clock.statutory_due_at == dates.end_of_day(date(2025, 3, 8), ZONE)


def test_a_wait_that_begins_after_the_last_day_changes_nothing(make_notice: Callable[..., Notice], law: Law) -> None:
    clock = residents(make_notice(**PERSONAL_DATA, police_delay="2025-04-01 to unknown"), law)
    assert (clock.state, clock.due_at) == ("overdue", dates.end_of_day(date(2025, 3, 8), ZONE))


@pytest.mark.parametrize(
    ("discovered", "estimated"),
    [
        ("2026-09-14 to 2026-09-14", False),
        ("2026-09-14 09:00 to 2026-09-14 12:00", False),
        ("2026-09-13 to 2026-09-14", True),
        ("2026-09", True),
    ],
)
def test_only_what_may_be_several_days_is_an_estimate(
    discovered: str, estimated: bool, make_notice: Callable[..., Notice], law: Law
) -> None:
    found = {clock.rule.id: clock for clock in clocks.clocks_for("id", make_notice(discovered=discovered), law, LATER)}
    assert found["ct-10-234dd-contractor-30"].estimated is estimated
