"""Every fact from elsewhere has its source and the day on which somebody looked."""

from __future__ import annotations

from datetime import date

import pytest

from noticeboard.notice import strict_yaml
from noticeboard.settings import from_config
from tests.support import ROOT
from tests.tools.check_facts import Fact, all_facts, facts_in_data, facts_in_page, warnings


def test_every_fact_has_a_source_and_a_day() -> None:
    assert [fault for fact in all_facts() for fault in fact.faults()] == []


def test_no_file_is_left_out() -> None:
    site_settings = from_config(strict_yaml.read_settings((ROOT / "mkdocs.yml").read_text("utf-8"), {}))
    found = [(fact.place.rpartition(":")[0], fact.name) for fact in all_facts()]
    cited = {name for file, name in found if file == "mkdocs.yml"}
    dated = {key for key, place in site_settings.places.items() if place.source}
    guide = {"municipal_guide"} if site_settings.municipal_guide else set()
    assert cited == dated | site_settings.policies.keys() | guide
    assert {file for file, _ in found} >= {
        f"docs/{folder}{page}" for folder in ("", "es/", "pt/") for page in ("breach-process.md", "faq.md")
    } | {"hooks/noticeboard/law/states/CT.yml", "hooks/noticeboard/law/advice.yml"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("places:\n  it: {source: x, checked_on: 2026-11-24}", []),
        ("places:\n  it: {source: x}", ["f:2: it must have a day on which it was checked."]),
        ("places:\n  it: {source: x, checked_on: soon}", ["f:2: it must have a day on which it was checked."]),
        ("- id: rule\n  citation: §\n  checked_on: 2026-11-24", ["f:1: rule must have a source."]),
        ("a: &a {source: x, checked_on: 2026-11-24}\nb: {<<: *a, citation: y}\nc: !ENV [A, b]", []),
    ],
)
def test_data_without_a_source_or_a_day(text: str, said: list[str]) -> None:
    assert [fault for fact in facts_in_data(text, "f") for fault in fact.faults()] == said


SOURCE = 'By law (§ 1-4(a)).\n[Statute § 1-4](https://a.org). {{ pages.checked("2026-11-24") }}\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SOURCE, []),
        (f"{SOURCE}See [it](https://a.org) again.", []),
        (f"{SOURCE}See [there](https://b.org).", ["f:3: there must have a day on which it was checked."]),
        (
            f"{SOURCE}By § 10-234dd(b).",
            ["f:3: § 10-234dd must have a source.", "f:3: § 10-234dd must have a day on which it was checked."],
        ),
        ('A book. {{ pages.checked("2026-11-24") }}', ["f:1: what was checked must have a source."]),
    ],
)
def test_a_page_without_a_source_or_a_day(text: str, said: list[str]) -> None:
    assert [fault for fact in facts_in_page(text, "f") for fault in fact.faults()] == said


def test_what_nobody_looked_at_for_a_year() -> None:
    fact = Fact("mkdocs.yml:7", "police", "https://a.org", date(2024, 2, 29))
    assert warnings([fact], date(2025, 2, 28)) == []
    assert warnings([fact], date(2025, 3, 1)) == [
        "WARNING mkdocs.yml:7: police was checked on 2024-02-29. Look again, then set the day."
    ]
