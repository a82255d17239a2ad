"""What else is written of hostile notices: feeds, calendars, data, tables, letters, mails, summaries, terminals, workflows."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser
import html5lib
import icalendar
import pytest
from lxml import etree

from noticeboard.board.board import Board, slug
from noticeboard.check import runner
from noticeboard.check.changes import Change
from noticeboard.check.runner import Source
from noticeboard.i18n.language import Language
from noticeboard.law.statutes import Law
from noticeboard.notice.problem import as_github
from noticeboard.outputs import csv_tables, due, review_summary
from noticeboard.outputs.letters import MERGE_FIELD, Letter
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.render.formatter import Formatter
from noticeboard.settings import Settings
from noticeboard.site import sources
from tests.browser.hostile import notices, strings
from tests.browser.hostile.notices import Judged
from tests.browser.hostile.strings import OBEYED
from tests.support import MARKDOWN_TAGS, NOTICE, NOW, Counted, run

ATOM = "{http://www.w3.org/2005/Atom}"

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("hostile")]


@pytest.fixture(scope="module")
def board(site_settings: Settings, law: Law) -> Board:
    return Board.build(notices.unchecked(strings.everything(), site_settings, law), law, NOW)


@pytest.fixture(scope="module")
def formatters(site_settings: Settings, law: Law) -> list[Formatter]:
    return [Formatter(site_settings, law, Language(code, law.zone)) for code in site_settings.languages]


def test_every_feed_is_well_formed(hostile: Path) -> None:
    """Strict XML without entities, as many items as there should be, and no link that isn't the site's own."""
    feeds = sorted(path for path in hostile.rglob("*.xml") if path.name != "sitemap.xml")
    assert len(feeds) > 50
    items = 0
    for path in feeds:
        content = path.read_bytes()
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        assert b"<!" not in content.replace(b"<![CDATA[", b""), path
        entries = root.findall(".//item") or root.findall(".//{http://www.w3.org/2005/Atom}entry")
        links = [
            each.get("href") or each.text
            for each in root.iter()
            if isinstance(each.tag, str) and etree.QName(each).localname in {"link", "id", "url"}
        ]
        assert all(
            (link or "").startswith(("https://example.github.io/board/", "tag:", "http://www.w3.org", "https://"))
            and "evil" not in _host(link)
            for link in links
        ), path
        items += len(entries)
        if path in {hostile / "feed.xml", hostile / "es" / "atom.xml"}:
            read = feedparser.parse(content)
            assert not read.bozo, (path, read.get("bozo_exception"))
            assert len(read.entries) == len(entries)
            for entry in read.entries:
                assert "evil" not in _host(entry.link)
    assert items > 1000
    for path in hostile.rglob("feed*.json"):
        assert json.loads(path.read_text("utf-8"))["items"]


def test_nothing_in_a_feed_is_active_for_a_reader(hostile: Path, counted: Counted) -> None:
    """Each item as readers take it: title and description as HTML (RSS, JSON), or as their type says (Atom)."""
    texts = [read for path in sorted(hostile.rglob("*.xml")) for read in _xml_texts(path)]
    for path in hostile.rglob("feed*.json"):
        for item in json.loads(path.read_text("utf-8"))["items"]:
            texts += [(item["title"], ""), (item["summary"], ""), ("", item["content_html"])]
    plain, contents = {text for text, _ in texts}, {text for _, text in texts}
    assert min(len(plain), len(contents)) > 500
    counted("feed texts read as HTML", len(plain) + len(contents))
    assert [text for text in plain if _body(text)] == []
    for text in contents:
        for element in _body(text):
            assert element.tag in MARKDOWN_TAGS | {"div", "span"}, (element.tag, text)
            assert set(element.attrib) <= {"href", "lang", "title"}, (element.attrib, text)
            assert element.get("href", "https:").startswith(("https:", "mailto:", "tel:")), text


def _xml_texts(path: Path) -> Iterator[tuple[str, str]]:
    """Return the texts of a feed that must show as they stand, and those that are HTML."""
    root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    for item in root.iter("item"):
        content = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
        yield item.findtext("title") or "", content or ""
        # An item without a summary has its content there.
        description = item.findtext("description") or ""
        yield (description, "") if content else ("", description)
    for entry in root.iter(f"{ATOM}entry"):
        plain = [*entry.iter(f"{ATOM}title"), *entry.iter(f"{ATOM}summary")]
        assert {each.get("type", "text") for each in plain} == {"text"}
        yield "", entry.findtext(f"{ATOM}content") or ""


def _body(text: str) -> list[Any]:
    """Everything in a text that a browser would make an element of."""
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    return [element for part in tree for element in part.iter() if element is not part]


def _host(address: str | None) -> str:
    return (address or "").split("/")[2] if "//" in (address or "") else ""


def test_every_calendar_has_only_our_lines(hostile: Path) -> None:
    names = {
        "BEGIN",
        "END",
        "VERSION",
        "PRODID",
        "METHOD",
        "X-WR-CALNAME",
        "REFRESH-INTERVAL",
        "X-WR-TIMEZONE",
        "UID",
        "DTSTAMP",
        "LAST-MODIFIED",
        "SEQUENCE",
        "STATUS",
        "DTSTART",
        "DTEND",
    }
    names |= {"SUMMARY", "DESCRIPTION", "URL", "CATEGORIES", "TRANSP", "ACTION", "TRIGGER"}
    every = sorted(hostile.rglob("*.ics"))
    assert len(every) > 150
    for path in every:
        text = path.read_bytes().decode("utf-8")
        # However a reader ends its lines.
        assert (
            text.replace("\r\n ", "").replace("\r\n", "\n").splitlines() == text.replace("\r\n ", "").split("\r\n")[:-1]
        ), path
        lines = text.replace("\r\n ", "").splitlines()
        assert {re.split("[;:]", line)[0] for line in lines} <= names, path
        assert not OBEYED.search(text.replace("\r\n", "\n")), path
        assert all(line == "ACTION:DISPLAY" for line in lines if line.startswith("ACTION"))
    for path in every[::10]:
        assert icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")


def test_all_data_can_be_read(hostile: Path) -> None:
    every = [path for path in hostile.rglob("*.json") if "assets" not in path.parts and "pagefind" not in path.parts]
    assert len(every) > 60
    for path in every:
        json.loads(path.read_text("utf-8"))


def test_no_cell_is_a_formula(hostile: Path) -> None:
    """Not in a country either where a semicolon begins the next cell."""
    for name in ("notices.csv", "changes.csv", "record.csv"):
        text = (hostile / name).read_bytes().decode("utf-8")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert len({len(row) for row in rows}) == 1
        assert text.count("\n") == len(rows), name
        for cell in (cell for row in rows for cell in row):
            assert not OBEYED.search(cell), repr(cell)
            for part in [cell, *cell.split(";")]:
                assert not re.match(r"[-=+@|%＝＋－＠]", part.strip()), repr(cell[:80])


def test_formulas_one_by_one() -> None:
    for text in strings.families()["formulas"]:
        cell = csv_tables.escape_formula(text)
        assert not re.search(r"(?:^|;)\s*[-=+@|%＝＋－＠]", cell), (text, cell)
        assert "\n" not in cell
        assert "\t" not in cell


def test_letters_hold_words_only(board: Board, formatters: list[Formatter]) -> None:
    """No header is added, nothing for a terminal, one field for a mass mailer, and one message."""
    for number, posted in enumerate(board.notices):
        for formatter in formatters[number % 3 :][:1]:
            letter = Letter(NoticeView(posted, formatter))
            text = letter.text()
            assert not OBEYED.search(text), repr(OBEYED.search(text))
            assert text.count("{{") == text.count(MERGE_FIELD) == 1
            assert str(letter.html()).count("{{") == 1
            assert not re.search(r"[\x00-\x1f]", letter.sms())
            mail = email.message_from_bytes(letter.email(), policy=email.policy.default)
            assert sorted(mail.keys()) == [
                "Content-Language",
                "Content-Type",
                "Date",
                "From",
                "MIME-Version",
                "Subject",
                "X-Unsent",
            ]
            assert [part.get_content_type() for part in mail.walk()] == [
                "multipart/alternative",
                "text/plain",
                "text/html",
            ]
            assert not mail.defects
            assert not OBEYED.search(mail["Subject"])


def test_a_summary_is_one_fence_after_the_other(board: Board, formatters: list[Formatter], judged: Judged) -> None:
    """Outside of the fences stand our own lines only."""
    changed = {
        posted.id: (Change(("title",), "changed", posted.notice.title, posted.notice.what_happened),)
        for posted in board.notices
    }
    said = [f"Setting publisher: {posted.notice.summary}, was {posted.notice.title}" for posted in board.notices]
    allowed = {posted.id: [f"title: {posted.notice.title}"] for posted in board.notices}
    review = review_summary.Review(
        board, changed, frozenset(changed), judged.checked.problems[:300], allowed, said[:300]
    )
    text = review_summary.markdown(review, formatters[:1])
    fence, outside = "", []
    for line in text.split("\n"):
        mark = re.match(r"(`{3,})(text)?$", line)
        if not fence and mark:
            fence = mark[1]
        elif fence and re.fullmatch(f" {{0,3}}{fence}`*\\s*", line):
            fence = ""
        elif not fence:
            outside.append(line)
    own = r"|# Notices|\d+ notices? changed\. .*|## Problems|## Settings and law|## Notice `[a-z0-9-]+` \(new\)|### What changed|### Allowed as public by mkdocs\.yml|### Clocks|</?details( open)?>(<summary>[^<>]*</summary>)?|… cut: .*"
    assert [line for line in outside if not re.fullmatch(own, line)] == []
    assert len(outside) > 100
    assert not OBEYED.search(
        due.as_text([clock for posted in board.notices for clock in posted.clocks], board.zone, NOW)
    )


def test_a_workflow_obeys_nothing_of_a_notice(site_settings: Settings, law: Law) -> None:
    """Each annotation is one line, which begins as we began it, and no older command stands in it: of what is quoted, too."""
    files = []
    for number, text in enumerate(strings.everything()[::2] + strings.families()["workflows"]):
        data = notices.plain(0, 0) | {"status": text, "links": [{"title": "Page", "url": text}], text: "x"}
        files.append(Source(f"notices/2026-09-01-x{number}.yml", notices.as_file(data)))
    found = runner.check_files(files, runner.FileChecker(site_settings, law, NOW)).problems
    assert sum("##" in problem.message for problem in found) > 3
    for problem in found:
        for line in (as_github(problem), problem.as_text()):
            assert len(line.splitlines()) == 1, repr(line)
            assert "##[" not in line
        assert as_github(problem).startswith(f"::{problem.severity} file=")


HEADS = [
    '"\\e[31mred\\a": x', '"a\\n::error::b": x', "x: !%1B%5B2J%0Ared y", "x: !<tag:%0A::add-mask::a> y", "x: &a%1B b", "x: *a##[add-mask]b", "? [a]\n: b", '"##[add-mask]a": x',
    '"\\u202eabc": x', '"\\x9b31m": x', "status: \"a\\e[2J\"", "%TAG ! tag:x,\x1b[2J:\n---", "title: '##[stop-commands]x'\nreceived: '\x7f'",
]  # fmt: skip


@pytest.mark.parametrize("line", HEADS)
def test_names_of_fields_and_tags_reach_no_terminal(line: str, site_settings: Settings, law: Law) -> None:
    checked = runner.check_files(
        [Source("notices/2026-09-18-x.yml", f"{NOTICE}{line}\n".encode())], runner.FileChecker(site_settings, law, NOW)
    )
    assert any(problem.severity == "error" for problem in checked.problems)
    for problem in checked.problems:
        for told in (problem.as_text(), as_github(problem), json.dumps(problem.as_data(), ensure_ascii=False)):
            assert not OBEYED.search(told), repr(told)
            assert "\n" not in told
            assert "##[" not in told


def test_file_names(tmp_path: Path) -> None:
    """A name that isn't a notice's is refused in one clean line, whatever bytes it is made of, and leads nowhere."""
    there = tmp_path / "notices"
    there.mkdir()
    names = [name for name in strings.IDS if "/" not in name]
    names += ["_x\n::error::y.yml", "_x\x1b[2J.yml"]
    for name in names:
        (there / os.fsdecode(name.encode("utf-8", "surrogateescape"))).write_bytes(b"title: [\n")
    wanted = [each for each in names if not each.startswith(".")]
    assert len(list(sources.sources(there))) == len(wanted)
    for form in ("text", "github", "json"):
        done = run("check", "--format", form, folder=there)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert not OBEYED.search(done.stdout.replace("\n", "")), repr(OBEYED.search(done.stdout))
        lines = done.stdout.splitlines()
        if form != "json":
            assert all(
                re.match(r"::error file=|::warning file=|.*hostile.*|.*/notices/|\d+ files checked", line)
                for line in lines
            ), lines
            refused = {line for line in lines if "[file-name]" in line or "[file-ending]" in line or "[yaml]" in line}
            assert len(refused) >= len(wanted)


def test_long_names_of_schools_and_companies_have_addresses() -> None:
    """No file system takes a folder's name of any length, and two long names must not share one."""
    for text in strings.everything():
        assert re.fullmatch(r"[a-z0-9-]{1,120}", slug(text)), text
    assert slug("a" * 400 + "b") != slug("a" * 400 + "c")
