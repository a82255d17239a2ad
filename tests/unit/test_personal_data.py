"""Personal data never goes up: the bench, and what the command says of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noticeboard.check import personal_data, runner
from noticeboard.check.runner import Source
from noticeboard.law.statutes import Law
from noticeboard.settings import Settings
from tests.support import NOTICE, NOW, ROOT, bent, golden
from tests.tools.bench import personal_data as bench


def test_bench_is_large_enough() -> None:
    assert len(bench.items("first")) >= 200
    texts = [item["text"] for name in bench.FILES for item in bench.items(name)]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("name", bench.FILES)
@pytest.mark.parametrize("kind", ["ssn", "student_number", "birth_date", "mail", "phone"])
def test_no_miss(name: str, kind: str) -> None:
    right, missed, _ = bench.measure(name)[kind]
    assert (missed, right >= 18) == (0, True)


@pytest.mark.parametrize("name", bench.FILES)
def test_harmless_sentences_pass(name: str) -> None:
    """An error on at most 2 in 100 harmless sentences."""
    stopped, every = bench.harmless(name)
    assert stopped / every <= 0.02


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
    text = bent(what_happened="|\n  Call (203) 555-2368, 203-790-2805 or 877 555 0142, or write to ctic@ct.gov.")
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


PATTERNS = [(kind, pattern) for kind in personal_data.all_kinds() for pattern in kind.patterns]


@pytest.mark.parametrize(
    ("kind", "pattern"), PATTERNS, ids=[f"{kind.kind}-{number}" for number, (kind, _) in enumerate(PATTERNS)]
)
def test_quick_looks_hide_nothing(kind: personal_data._Pattern, pattern: re.Pattern[str]) -> None:
    """Whatever a pattern matches has as many digits, and the words, that its kind asks for first."""

    @settings(max_examples=40, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(pattern, fullmatch=False, alphabet=st.characters(codec="cp1252", exclude_categories=["Cc"])))
    def look(text: str) -> None:
        text = personal_data.normalized(text)
        if pattern.search(text):
            assert personal_data.longest_number(text) >= kind.digits
            assert kind.words.search(text if kind.has_cases else text.lower())

    look()


def test_quick_looks_hide_nothing_of_the_bench() -> None:
    for name in bench.FILES:
        for item in bench.items(name):
            text = personal_data.normalized(item["text"])
            for kind, pattern in PATTERNS:
                if pattern.search(text):
                    assert personal_data.longest_number(text) >= kind.digits, text
                    assert kind.words.search(text if kind.has_cases else text.lower()), text
