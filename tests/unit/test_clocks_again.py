"""The clocks, counted a second time from the statutes' text: plain loops over days, and no code or data of the project.

The tables follow §§ 10-234aa, 10-234dd, 36a-701b and 1-4 as they were read, and the readings that the board states.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noticeboard.law import clocks
from noticeboard.law.statutes import Law
from noticeboard.notice.model import Notice
from tests.support import LATER, ZONE


def words(text: str) -> set[str]:
    return set(text.split())


DIRECTORY = words("name home_address phone email photo grade_level school activities_awards enrollment_dates")
STUDENT_MADE = {"essay", "portfolio", "artwork_audio"}
RECORDS = words(
    "date_of_birth parent_contact student_id login_name gender race_ethnicity home_language schedule attendance "
    "transport meal_purchases socioeconomic_status grades test_results evaluations discipline behavior_assessment "
    "survey_responses immigration_related special_education disability counseling health_record health_insurance_id "
    "biometric"
)
PERSONAL = {
    date(1, 1, 1): words("ssn drivers_license state_id payment_card bank_account_with_code"),
    date(2021, 10, 1): words(
        "taxpayer_id irs_pin passport military_id other_government_id health_record health_insurance_id biometric "
        "special_education disability counseling password security_question_answer"
    ),
    date(2023, 10, 1): {"precise_location"},
}
OTHER_INFORMATION = words("messages search_activity voice_recording video device_identifier ip_address")
OF_NO_LAW = {"staff_personnel", "staff_payroll", "vendor_business"}
NOT_KNOWN = {"unknown", "other"}
INFORMATION = RECORDS | OTHER_INFORMATION | set().union(*PERSONAL.values())
PEOPLE = ["students", "former_students", "parents_guardians", "applicants", "staff", "former_staff", "residents"]
STUDENTS = set(PEOPLE[:4])


def holidays(year: int) -> Iterator[date]:
    """§ 1-4, with the Monday for a Sunday and the Friday for a Saturday."""
    fixed = [(1, 1), (2, 12), (7, 4), (11, 11), (12, 25), *([(6, 19)] if year >= 2023 else [])]
    for month, day in fixed:
        named = date(year, month, day)
        yield named
        if named.weekday() == 6:
            yield named + timedelta(days=1)
        if named.weekday() == 5:
            yield named - timedelta(days=1)
    for month, weekday, first in [(1, 0, 15), (2, 0, 15), (9, 0, 1), (10, 0, 8), (11, 3, 22), (5, 0, 25)]:
        day = date(year, month, first)
        while day.weekday() != weekday:
            day += timedelta(days=1)
        yield day
    if year == 2024:
        yield date(2024, 3, 29)


def end(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), ZONE)


def after_days(start: date, count: int) -> datetime:
    day = start
    for _ in range(count):
        day += timedelta(days=1)
    return end(day)


def after_business_days(start: date, count: int) -> datetime:
    day = start
    off = {holiday for year in (start.year, start.year + 1, start.year + 2) for holiday in holidays(year)}
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in off:
            count -= 1
    return end(day)


def expected(case: dict[str, Any]) -> dict[str, datetime | None]:
    """Return each clock of a breach with its last moment; None: there is no date."""
    return {**student_data_clocks(case), **personal_information_clocks(case)}


def student_data_clocks(case: dict[str, Any]) -> dict[str, datetime | None]:
    """§ 10-234dd: a contractor's breach only."""
    found: dict[str, datetime | None] = {}
    discovered, received = case["discovered"], case["received"]
    if not received:
        return found
    of_students = [set(codes) for who, codes in case["groups"] if who in STUDENTS]
    identified = any(codes & INFORMATION or (codes & STUDENT_MADE and codes - STUDENT_MADE) for codes in of_students)
    sixty = any(codes & (DIRECTORY | RECORDS | STUDENT_MADE) for codes in of_students)
    not_known = any(codes & NOT_KNOWN for codes in of_students)
    if discovered >= date(2016, 10, 1):
        if identified or not_known:
            found["ct-10-234dd-contractor-30"] = after_days(discovered, 30)
        if sixty:
            found["ct-10-234dd-contractor-60"] = after_days(discovered, 60)
    if received.date() >= date(2016, 10, 1) and (identified or sixty or not_known):
        hours = (received.astimezone(UTC) + timedelta(hours=48)).astimezone(ZONE)
        found["ct-10-234dd-families"] = found["ct-10-234dd-posting"] = hours
        if received.date() >= date(2017, 7, 1):
            found["ct-10-234dd-families"] = found["ct-10-234dd-posting"] = after_business_days(received.date(), 2)
            found["district-48-hours"] = hours
    return found


def personal_information_clocks(case: dict[str, Any]) -> dict[str, datetime | None]:
    """§ 36a-701b: anybody's data."""
    found: dict[str, datetime | None] = {}
    start = case["received"].date() if case["received"] else case["discovered"]
    codes = {code for _, codes in case["groups"] for code in codes}
    if not any(since <= start and codes & named for since, named in PERSONAL.items()):
        return found
    if start >= date(2015, 10, 1):
        found["ct-36a-701b-residents"] = after_days(start, 60 if start >= date(2021, 10, 1) else 90)
    if start >= date(2012, 10, 1):
        found["ct-36a-701b-attorney-general"] = end(case["told"]) if case["told"] else None
    return found


some_codes = st.lists(
    st.sampled_from(sorted(DIRECTORY | STUDENT_MADE | INFORMATION | OF_NO_LAW | {"other"})),
    min_size=1, max_size=3, unique=True,
)  # fmt: skip
made_codes = st.lists(st.sampled_from(sorted(STUDENT_MADE)), min_size=1, max_size=3, unique=True)
groups = st.tuples(st.sampled_from(PEOPLE), st.one_of(some_codes, some_codes, made_codes, st.just(["unknown"])))


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    edges = [date(2016, 10, 1), date(2017, 7, 1), date(2021, 10, 1), date(2023, 10, 1), date(2022, 6, 17)]
    near = st.sampled_from(edges).flatmap(lambda day: st.dates(day - timedelta(days=9), day + timedelta(days=9)))
    discovered = draw(st.one_of(st.dates(date(2016, 1, 4), date(2028, 6, 1)), near))
    received = None
    if draw(st.booleans()) or draw(st.booleans()):
        day = discovered + timedelta(days=draw(st.integers(1, 20)))
        # By day: at night the clocks may change, and the file must say which of two times it means.
        received = datetime.combine(day, time(draw(st.integers(3, 23)), draw(st.integers(0, 59))), ZONE)
    posted = (received.date() if received else discovered) + timedelta(days=draw(st.integers(1, 70)))
    told = draw(st.one_of(st.none(), st.just(posted)))
    return {
        "discovered": discovered,
        "received": received,
        "told": told,
        "posted": posted,
        "groups": draw(st.lists(groups, min_size=1, max_size=3)),
    }


def compare(case: dict[str, Any], make_notice: Callable[..., Notice], law: Law) -> None:
    told = {"families_notified": case["told"].isoformat()} if case["told"] else {}
    notice = make_notice(
        **told,
        contractor="Company" if case["received"] else "none",
        discovered=case["discovered"].isoformat(),
        received=case["received"].strftime("%Y-%m-%d %H:%M") if case["received"] else None,
        posted=case["posted"].isoformat(),
        affected="".join(f"\n  - who: {who}\n    data: [{', '.join(codes)}]" for who, codes in case["groups"]),
    )
    found = {
        clock.rule.id: clock.due_at and clock.due_at.astimezone(ZONE)
        for clock in clocks.clocks_for("id", notice, law, LATER)
    }
    assert found == expected(case)


@given(case=cases())
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_both_counts_agree(case: dict[str, Any], make_notice: Callable[..., Notice], law: Law) -> None:
    compare(case, make_notice, law)


@pytest.mark.long
@given(case=cases())
@settings(max_examples=2000, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_both_counts_agree_often(case: dict[str, Any], make_notice: Callable[..., Notice], law: Law) -> None:
    compare(case, make_notice, law)
