"""Personal data never goes up: the bench, and what the command says of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noticeboard.check import personal_data, personal_data_patterns, personal_data_rules, runner
from noticeboard.check.personal_data_patterns import Pattern, Search, SearchedText
from noticeboard.check.runner import Source
from noticeboard.law.statutes import Law
from noticeboard.settings import Settings
from noticeboard.text.disguises import normalized
from tests.support import NOTICE, NOW, ROOT, bent, golden
from tests.tools.bench import personal_data as bench


def test_bench_is_large_enough() -> None:
    """At least two hundred texts a set, none of them twice."""
    assert all(len(bench.items(name)) >= 200 for name in bench.SETS)
    texts = [item.text for name in bench.SETS for item in bench.items(name)]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("name", bench.SETS)
def test_what_is_found_of_the_bench(name: str) -> None:
    """The least that is accepted; RESULTS.md has the figures, and those at first sight."""
    figures = bench.measure(name)
    errors, names, contacts, right, stopped = (part / whole for part, whole in figures)
    assert (errors >= 0.97, names >= 0.85, contacts >= 0.9, right >= 0.95, stopped <= 0.01) == (True,) * 5, figures


def test_the_published_figures_are_todays() -> None:
    assert bench.table() in (ROOT / "tests" / "tools" / "bench" / "RESULTS.md").read_text("utf-8")


def problems(text: str, law: Law, settings: Settings, file: str = "notices/2026-09-18-x.yml") -> list[str]:
    checked = runner.check_files([Source(file, text.encode())], runner.FileChecker(settings, law, NOW))
    return [each.as_text() for each in checked.problems if each.rule == "personal-data"]


FOUND = golden("personal_data_in_notices")


@pytest.mark.parametrize(
    ("text", "said"), [(case["notice"], case["message"]) for case in FOUND], ids=[case["name"] for case in FOUND]
)
def test_it_is_found_everywhere(text: str, said: str, law: Law, site_settings: Settings) -> None:
    found = problems(text, law, site_settings)
    assert len(found) == 1, found
    assert said in found[0]


def test_file_names_too(law: Law, site_settings: Settings) -> None:
    found = problems(NOTICE, law, site_settings, "notices/2026-09-18-412-88-9013.yml")
    assert ["must not hold a Social Security number" in each for each in found] == [True]


def test_no_message_shows_a_find(law: Law, site_settings: Settings) -> None:
    """Not even the rules that quote what somebody wrote into the wrong field."""
    text = bent(
        received="412-88-9013", status="412-88-9013", contacts="\n  - name: Office\n    email: 412-88-9013\n    phone: SSN 412889013"
    )  # fmt: skip
    checked = runner.check_files(
        [Source("notices/2026-09-18-x.yml", text.encode())], runner.FileChecker(site_settings, law, NOW)
    )
    assert len(checked.problems) >= 6
    assert not [each.message for each in checked.problems if "9013" in each.message]


def test_what_offices_publish_is_welcome(law: Law, site_settings: Settings) -> None:
    """Contacts of the notice, of the site, and of the district's list."""
    own = site_settings.model_copy(update={"published": ["1-877-555-0142"]})
    text = bent(what_happened="|\n  Call (203) 555-2368, 203-555-2305 or 877 555 0142, or write to ctic@ct.gov.")
    assert problems(text, law, own) == []
    assert len(problems(text, law, site_settings)) == 1


def test_only_the_whole_entry_is_allowed() -> None:
    """What looks like an office's address, or is a part of it, may be somebody else's."""
    pairs = golden("published_contacts")
    assert [
        pair for pair in pairs["alike"] if not personal_data.find_all(f"Call or write to {pair[1]}.", [pair[0]])
    ] == []
    assert [pair for pair in pairs["same"] if personal_data.find_all(f"Call or write to {pair[1]}.", [pair[0]])] == []


def test_hostile_text_is_searched_in_time() -> None:
    """A quarter of a mebibyte of anything takes a second or two, never minutes."""
    import time

    for unit in ("1 ", "Aa ", "born of the ", "account a ", "Maria, de de ", "a.", "&#49;", "calle De de ", "ssn 1 "):
        start = time.perf_counter()
        personal_data.find_all((unit * 260_000)[:260_000])
        assert time.perf_counter() - start < 12, unit


def test_template_asks_for_nothing_personal(law: Law, site_settings: Settings) -> None:
    template = ROOT / "notices" / "_template.yml"
    checked = runner.check_files(
        [Source(str(template), template.read_bytes())], runner.FileChecker(site_settings, law, NOW)
    )
    assert checked.problems == ()


def test_a_letter_that_is_no_latin_one_stops_nothing() -> None:
    assert personal_data.find_all("İE29AIBK93115212345678") == []


SEARCHES = [(kind, search) for kind in personal_data_patterns.all_kinds() for search in kind.searches]


def _is_looked_for(kind: Pattern, text: SearchedText) -> bool:
    """Whether the quick looks let a text through to the patterns of a kind."""
    return personal_data.longest_number(text.text) >= kind.digits and kind.may_be_in(text)


@pytest.mark.parametrize(
    ("kind", "search"), SEARCHES, ids=[f"{kind.kind}-{number}" for number, (kind, _) in enumerate(SEARCHES)]
)
def test_quick_looks_hide_nothing(kind: Pattern, search: Search) -> None:
    """Whatever a pattern matches gets through the quick looks of its kind."""
    # The signs of a check's lower edge stand in no code page.
    is_odd = "⑆" in search.pattern.pattern
    alphabet = st.characters(codec=None if is_odd else "cp1252", exclude_categories=["Cc", "Cs"])
    parts = [st.from_regex(search.pattern, fullmatch=False, alphabet=alphabet)]
    if search.label:
        label = st.from_regex(personal_data_patterns.label_pattern(search.label), fullmatch=True, alphabet=alphabet)
        parts.insert(0 if search.is_behind else 1, label)

    @settings(max_examples=40, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(st.tuples(*parts).map("".join), st.sampled_from([str, str.upper, str.title]))
    def look(made: str, case: Callable[[str], str]) -> None:
        text = SearchedText(normalized(made if kind.has_cases else case(made)))
        if list(search.matches(text)):
            assert _is_looked_for(kind, text)

    look()


@pytest.mark.parametrize("name", bench.SETS)
def test_quick_looks_hide_nothing_of_the_bench(name: str) -> None:
    for item in bench.items(name):
        text = SearchedText(normalized(item.text).replace("\n", " "))
        for kind, search in SEARCHES:
            if list(search.matches(text)):
                assert _is_looked_for(kind, text), (kind.kind, search, item.text)


@given(st.from_regex(personal_data_rules._PLAIN_DATE, fullmatch=True, alphabet=st.characters(codec="ascii")))
def test_a_plain_date_holds_nothing_else(text: str) -> None:
    """What is passed over as a date would stop no notice."""
    assert [match for match in personal_data.find_all(text) if match.severity == "error"] == []
