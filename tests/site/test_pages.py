"""The built site, as files."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import html5lib
import pytest

from noticeboard.text import unsafe_characters
from tests.support import BASE, EXAMPLES, NOTICE, NOW, ROOT, all_pages, bent, build, files, page, text


@pytest.mark.parametrize("site", ["demo", "empty"])
def test_pages_are_valid_html(site: str, request: pytest.FixtureRequest) -> None:
    for path in all_pages(request.getfixturevalue(site)):
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        parser.parse(path.read_text("utf-8"))
        assert not parser.errors, (path, parser.errors)


def test_nothing_is_fetched_from_elsewhere(demo: Path) -> None:
    for path in all_pages(demo):
        tree = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        for element in tree.iter():
            if element.tag in {"script", "img", "iframe", "source"} or (
                element.tag == "link" and element.attrib.get("rel") in {"stylesheet", "icon", "preconnect"}
            ):
                assert not element.attrib.get("src", element.attrib.get("href", "")).startswith(("http", "//")), path
    styles = (demo / "assets" / "board.css").read_text("utf-8")
    assert "url(" not in styles
    assert "@import" not in styles


def test_every_page_has_title_description_and_feed(demo: Path) -> None:
    for path in all_pages(demo):
        tree = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        titles = [element.text for element in tree.iter("title") if element.text]
        assert titles[0].startswith(("SAMPLE · ", "MUESTRA · ", "EXEMPLO · ")), path
        assert "{{" not in path.read_text("utf-8").replace("{{version}}", ""), path
        feeds = [element for element in tree.iter("link") if element.attrib.get("type") == "application/rss+xml"]
        assert len(feeds) == 1, path
        descriptions = [
            element.attrib["content"] for element in tree.iter("meta") if element.attrib.get("name") == "description"
        ]
        assert len(descriptions) == 1, path
        assert descriptions[0]
        assert len(list(tree.iter("h1"))) == 1, path


def test_every_page_has_the_banners_and_the_sample_mark(demo: Path) -> None:
    for path in all_pages(demo):
        words = path.read_text("utf-8")
        assert "nb-ribbon" in words, path
        is_notice = path.parent.name in {each.stem for each in EXAMPLES.glob("*.yml")}
        if not is_notice and path.relative_to(demo).parts[0] not in {"es", "pt"}:
            assert words.count('<li class="nb-banner">') == 3, path
            assert "and 3 more" in words, path  # for a wide screen
            assert "and 5 more" in words, path  # for a phone, which shows one


def test_a_notices_page_has_no_banner(demo: Path) -> None:
    for name in ("2025-01-09-powerschool", "2020-09-08-ransomware"):
        assert '<li class="nb-banner">' not in page(demo, f"notices/{name}/")


def test_no_banner_speaks_of_a_duty(demo: Path) -> None:
    """What the district must do is no date that a family can miss."""
    for path in all_pages(demo):
        banner = path.read_text("utf-8").partition("nb-banners")[2].partition("</section>")[0]
        assert "must be told" not in banner, path
    assert "Last day to sign up: Jan 29, 2027" in page(demo, "").partition("nb-banners")[2].partition("</section>")[
        0
    ].replace("\u202f", " ")


def test_empty_board_says_when_it_looked(empty: Path) -> None:
    for address in ("", "notices/"):
        words = page(empty, address)
        assert "No notices are posted, as of" in words
        assert 'datetime="2026-11-21T12:00:00-05:00"' in words
    assert "SAMPLE" not in page(empty, "")
    assert not [path for path in (empty / "notices").iterdir() if path.is_dir()]


def test_board_has_active_notices_first_then_past_ones(demo: Path) -> None:
    found = re.findall(r'<h2 id="([^"]+)"', page(demo, "notices/"))
    assert found == ["find", "active", "past", "ask", "follow"]
    rows = re.findall(
        r'href="\.\./notices/([^"/]+)/"', page(demo, "notices/").partition('id="active"')[2].partition("<details")[0]
    )
    assert rows == ["2026-11-20-reading-app", "2026-11-12-bus-routes", "2026-10-20-staff-payroll", "2026-09-22-portal-passwords", "2025-01-09-powerschool", "2022-09-05-own-systems", "2026-04-15-grade-sheet", "2026-03-02-wrong-list", "2025-03-07-cleo", "2022-05-02-illuminate", "2020-09-08-ransomware", "2019-08-02-aimsweb"]  # fmt: skip


def test_notice_page_has_the_headings_families_know(demo: Path) -> None:
    """What to do before what happened; all kinds of data and the law last."""
    words = page(demo, "notices/2025-01-09-powerschool/")
    found = re.findall(r'<h2 id="[^"]+">([^<]+)</h2>', words)
    assert found == ["Latest update", "What you can do", "What happened", "What we are doing", "For more information", "What information was involved", "What the law requires"]  # fmt: skip
    assert re.findall(r"<h2>([^<]+)</h2>", words) == ["Is it my child?", "What was taken or seen", "Do this now"]


def test_notice_page_says_all_of_its_file(demo: Path) -> None:
    words = text(demo, "notices/2025-01-09-powerschool/")
    for said in (
        "PowerSchool (PowerSchool SIS)", "from December 19, 2024 to December 28, 2024", "Tuesday, January 7, 2025, 3:40 PM",
        "all schools · enrolled since 2005-06 · number not known yet", "health or medical record", "Social Security number",
        "Not taken credit or debit card number, password, and grades.",
        "Identity protection from Experian", "It lasts for 24 months.", "Thursday, July 31, 2025", "sign-up closed on Jul 31, 2025", "Monday to Friday, 9 a.m. to 9 p.m. ET",
        "Change the password of your parent portal account", "Friday, January 31, 2025", "Multilingual office", "The contractor’s own notice",
        "Other districts", "We got none.", "PowerSchool now offers two years", "Freeze your credit", "7 of 7 duties done",
    ):  # fmt: skip
        assert said in words.replace("\u202f", " "), said
    # Newest first.
    assert words.index("We got none.") < words.index("PowerSchool now offers two years")
    raw = page(demo, "notices/2025-01-09-powerschool/")
    assert 'href="tel:2035550100"' in raw
    assert 'href="mailto:privacy@example.org"' in raw
    assert 'href="https://github.com/example/board/edit/main/tests/examples/2025-01-09-powerschool.yml"' in raw


def test_no_page_shows_markup_as_text(demo: Path) -> None:
    shown = [
        path.relative_to(demo).as_posix() for path in demo.rglob("*.html") if "&lt;a href" in path.read_text("utf-8")
    ]
    assert shown == []


def test_ledger_shows_the_count(demo: Path) -> None:
    words = text(demo, "notices/2026-11-20-reading-app/").replace("\u202f", " ")
    for said in (
        "The district tells students and their parents or guardians electronically: 2 business days",
        "Friday, November 20, 2026 is day 0 and isn’t counted. Business day 2 is Tuesday, November 24, 2026",
        "Saturday, November 21, 2026", "Sunday, November 22, 2026",
        "48 hours after Friday, November 20, 2026, 4:45 PM it is Sunday, November 22, 2026, 4:45 PM.",
        "A promise, not a law.", "Not yet recorded here", "estimated", "November 2026",
    ):  # fmt: skip
        assert said in words, said


def test_where_no_clock_was_found_the_page_says_so(demo: Path) -> None:
    words = text(demo, "notices/2026-04-15-grade-sheet/")
    assert "No deadline in Connecticut law was found for this kind of breach. This notice is voluntary." in words
    assert "immediately after it finds out" in text(demo, "notices/2026-11-12-bus-routes/")


@pytest.mark.parametrize(
    ("notice", "limit"), [("2020-09-08-ransomware", "90 calendar days"), ("2026-11-20-reading-app", "60 calendar days")]
)
def test_unknown_data_never_make_a_notice_voluntary(notice: str, limit: str, demo: Path) -> None:
    """What may turn out to be due is told, by the law of the day on which it would have begun."""
    words = text(demo, f"notices/{notice}/")
    assert "voluntary" not in words
    assert f"state law sets a further limit of {limit} for telling the people affected" in words


def test_withdrawn_notice_stays_with_its_reason(demo: Path) -> None:
    words = text(demo, "notices/2026-03-02-wrong-list/")
    assert "This notice was withdrawn." in words
    assert "made-up names for a training" in words


def test_static_pages_hold_no_words_that_time_makes_false(demo: Path) -> None:
    """Without scripts a page must stay true: no “today”, “tomorrow”, “in 2 days”, “has until”.

    A duty that was overdue without a date when the page was built is so until the notice changes.
    """
    pattern = re.compile(
        r"\b(today|tomorrow|yesterday|days? left|has until|overdue(?!: no date posted)|in \d+ (?:days|hours))\b",
        re.IGNORECASE,
    )
    for path in all_pages(demo):
        # These two speak of what the words mean, not of a day.
        if {"posting", "data"} & set(path.parts):
            continue
        tree = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        for element in list(tree.iter("script")):
            element.text = ""
        found = pattern.findall(" ".join(tree.itertext()))
        assert not found, (path, found)


def test_two_builds_at_the_same_time_are_the_same(demo: Path, tmp_path: Path) -> None:
    done = build(tmp_path / "site", EXAMPLES, SAMPLES="true", SITE_URL=BASE)
    assert done.returncode == 0, done.stderr
    first, second = files(demo), files(tmp_path / "site")
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_broken_notice_fails_the_build_and_leaves_the_old_site(tmp_path: Path) -> None:
    notices, target = tmp_path / "notices", tmp_path / "site"
    notices.mkdir()
    target.mkdir()
    (target / "index.html").write_text("the old site", "utf-8")
    (notices / "2026-09-18-x.yml").write_text(bent(status="open"), "utf-8")
    done = build(target, notices)
    assert done.returncode == 1
    assert "2026-09-18-x.yml:2:1: error: status must be investigating, contained, resolved or withdrawn" in done.stderr
    assert "Traceback" not in done.stderr
    assert (target / "index.html").read_text("utf-8") == "the old site"


HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}"
MARKDOWN = "*stars* [x](javascript:alert(1)) {: onclick=alert(1) } --8<-- x"


def test_a_notices_words_never_go_through_the_sites_markdown(tmp_path: Path) -> None:
    """Nor do they on the home page, which lists notices within the guide's prose."""
    notices = tmp_path / "notices"
    notices.mkdir()
    (notices / "2026-09-18-x.yml").write_text(bent(title=f"'{MARKDOWN}'", summary=f"'{MARKDOWN}'"), "utf-8")
    assert build(tmp_path / "site", notices).returncode == 0
    for address in ("", "notices/", "notices/2026-09-18-x/", "es/", "pt/notices/"):
        tree = html5lib.parse(page(tmp_path / "site", address), namespaceHTMLElements=False)
        assert MARKDOWN in " ".join("".join(tree.itertext()).split()), address
        assert not [element for element in tree.iter("a") if "javascript" in element.attrib.get("href", "")]


def test_hostile_fields_stay_text_everywhere(tmp_path: Path) -> None:
    notices = tmp_path / "notices"
    notices.mkdir()
    fields = {
        "title": f"'{HOSTILE}'", "summary": f"'{HOSTILE}'", "contractor": f"'{HOSTILE}'", "product": f"'{HOSTILE}'",
        "affected": f"\n  - who: students\n    data: [name, ssn]\n    cohort: '{HOSTILE}'\n    schools: ['{HOSTILE}']",
        "protection": f"\n  provider: '{HOSTILE}'\n  months: 24\n  hours: '{HOSTILE}'\n  enroll_by: 'x {HOSTILE}'",
        "steps": f"\n  - do: '{HOSTILE}'\n    by: 2027-01-31",
        "contacts": f"\n  - name: '{HOSTILE}'\n    phone: 203-555-0100\n    hours: '{HOSTILE}'",
        "links": f"\n  - title: '{HOSTILE}'\n    url: 'https://example.org/?a=%22%27()'",
    }  # fmt: skip
    assert len(HOSTILE) < 100
    (notices / "2026-09-18-x.yml").write_text(bent(**fields), "utf-8")
    done = build(tmp_path / "site", notices)
    assert done.returncode == 0, done.stderr
    for path in all_pages(tmp_path / "site"):
        words = path.read_text("utf-8")
        assert "<script>alert" not in words, path
        assert "<img src=x" not in words, path
        assert "49" not in re.findall(r"onerror=alert\(1\)&gt;(\S*)", words), path
        tree = html5lib.parse(words, namespaceHTMLElements=False)
        assert not [
            element
            for element in tree.iter()
            if isinstance(element.tag, str) and any(name.startswith("on") for name in element.attrib)
        ], path
    title = ET.parse(tmp_path / "site" / "feed.xml").findtext(".//item/title", "")
    assert HOSTILE.replace("{{ 7*7 }}", "") in html.unescape(title)


def test_english_and_another_address(tmp_path: Path) -> None:
    """`SITE_URL` and `LANGUAGES` are the build's; a folder may be any."""
    done = build(tmp_path / "site", EXAMPLES, SITE_URL="https://notices.example.org", LANGUAGES="en")
    assert done.returncode == 0, done.stderr
    assert "<link>https://notices.example.org/notices/</link>" in (tmp_path / "site" / "feed.xml").read_text("utf-8")
    assert 'href="/assets/board.css"' in page(tmp_path / "site", "404.html")


def test_unknown_language_is_told_plainly(tmp_path: Path) -> None:
    done = build(tmp_path / "site", EXAMPLES, LANGUAGES="xx")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "languages" in done.stderr


def test_the_real_board_ships_with_no_notice() -> None:
    assert [path.name for path in sorted((ROOT / "notices").glob("*.yml"))] == ["_template.yml"]


def test_no_hidden_characters_in_the_projects_text() -> None:
    for path in [*ROOT.glob("docs/**/*.md"), *ROOT.glob("hooks/noticeboard/**/*.yml"), *EXAMPLES.glob("*.yml")]:
        assert not list(unsafe_characters.forbidden_characters(path.read_text("utf-8"))), path


def test_notice_from_the_contract_builds(tmp_path: Path) -> None:
    (tmp_path / "2026-09-18-x.yml").write_text(NOTICE, "utf-8")
    assert build(tmp_path / "site", tmp_path, NOW).returncode == 0
