"""What families are sent: the same facts in each form, in each language."""

from __future__ import annotations

import email
import re
from email import policy
from functools import cache
from html.parser import HTMLParser

import pytest

from noticeboard.board.board import Board, PostedNotice
from noticeboard.check import runner
from noticeboard.check.runner import Source
from noticeboard.i18n.language import Language
from noticeboard.notice import strict_yaml
from noticeboard.outputs.letters import Letter
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.render.formatter import Formatter
from noticeboard.settings import Settings, from_config
from noticeboard.text import sms
from tests.support import EXAMPLES, NOW, PROJECT, ZONE, bent, run

AT = ["--now", "2026-11-21 12:00"]
LANGUAGES = ["en", "es", "pt-BR"]
IDS = sorted(path.stem for path in EXAMPLES.glob("*.yml"))


@cache
def posted() -> dict[str, PostedNotice]:
    site = settings()
    law = site.law()
    sources = [Source(path.as_posix(), path.read_bytes()) for path in sorted(EXAMPLES.glob("*.yml"))]
    checked = runner.check_files(sources, runner.FileChecker(site, law, NOW))
    return {posted.id: posted for posted in Board.build(checked.notices, law, NOW).notices}


@cache
def settings() -> Settings:
    environment = {"SAMPLES": "true"}
    return from_config(strict_yaml.read_settings((PROJECT / "mkdocs.yml").read_text("utf-8"), environment))


def made(notice: str, kind: str, language: str = "en") -> str:
    site = settings()
    letter = Letter(NoticeView(posted()[notice], Formatter(site, site.law(), Language(language, ZONE))))
    found = getattr(letter, kind)()
    return found.decode() if isinstance(found, bytes) else str(found)


@pytest.mark.parametrize("kind", ["text", "html", "email", "sms"])
def test_command_prints_the_letter(kind: str) -> None:
    arguments = ["letter", "2025-01-09-powerschool", "--as", kind, "--lang", "es", *AT]
    done = run(*arguments, folder=EXAMPLES, SAMPLES="true", LANGUAGES="en,es,pt-BR")
    expected = made("2025-01-09-powerschool", kind, "es")
    assert done.stdout.replace("\r\n", "\n").rstrip("\n") == expected.replace("\r\n", "\n").rstrip("\n"), done.stderr


class Words(HTMLParser):
    """The words of a page, with the addresses of its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.is_hidden = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_hidden = tag in {"style", "title", "svg"}
        self.found += [re.sub(r"^(?:mailto|tel):", "", value or "") for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self.is_hidden = False

    def handle_data(self, data: str) -> None:
        if not self.is_hidden:
            self.found.append(data)


def words(text: str) -> set[str]:
    return set(re.findall(r"[\w@:/.{}-]*\w", text))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("notice", IDS)
def test_all_forms_say_the_same(notice: str, language: str) -> None:
    """Text, HTML and both halves of the e-mail have the same words, addresses and dates."""
    text, html = made(notice, "text", language), made(notice, "html", language)
    in_text, in_html = words(text), words(" ".join(Words(html).found))
    # A link's address stands in the text in brackets, and a table's cells apart.
    assert in_text - in_html == set()
    assert in_html - in_text == set()
    message = email.message_from_string(made(notice, "email", language), policy=policy.default)
    assert message.defects == []
    plain, rich = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert rich is not None
    assert plain.get_content().replace("\r\n", "\n").strip() == text.strip()
    assert rich.get_content().replace("\r\n", "\n").strip() == html.strip()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("notice", IDS)
def test_text_message_fits(notice: str, language: str) -> None:
    """At most 160 characters of the alphabet of text messages, with the address and the code."""
    message = made(notice, "sms", language).rstrip("\n")
    assert sms.length(message) <= 160
    assert sms.to_gsm(message) == message
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}$", message)
    assert code
    assert code[0] in made(notice, "text", language)
    assert f"/notices/{notice}/" in message


def test_letter_has_every_fact_of_its_notice() -> None:
    text = " ".join(made("2025-01-09-powerschool", "text").split())
    data = strict_yaml.read((EXAMPLES / "2025-01-09-powerschool.yml").read_bytes(), "x").data
    for fact in (
        data["title"], data["summary"], "PowerSchool SIS", "Saturday, December 28, 2024", "Tuesday, January 7, 2025, 3:40 PM",
        "from December 19, 2024 to December 28, 2024", "Experian", "24 months", "Thursday, July 31, 2025", "1-800-555-0100",
        "Friday, January 31, 2025", "https://example.org/portal", "Social Security number", "credit or debit card number",
        "203-555-0105", "https://www.ic3.gov/", "identity protection and credit monitoring", "Stopped",
    ):  # fmt: skip
        assert str(fact) in text, fact
    assert text.count("{{") == 1
    assert "Hello {{name}}," in text


@pytest.mark.parametrize(("language", "said"), [("en", "en"), ("es", "es"), ("pt-BR", "pt-BR")])
def test_email_says_its_language(language: str, said: str) -> None:
    message = email.message_from_string(made("2025-01-09-powerschool", "email", language), policy=policy.default)
    assert message["Content-Language"] == said


def test_email_is_a_draft_with_a_sender() -> None:
    message = email.message_from_string(made("2025-01-09-powerschool", "email"), policy=policy.default)
    assert message["X-Unsent"] == "1"
    assert message["From"] == "privacy@example.org"
    assert message["Subject"] == "SAMPLE: Notice of data breach: PowerSchool student records breach"
    assert message["Date"].datetime.isoformat() == "2025-05-08T18:00:00+00:00"
    assert made("2025-01-09-powerschool", "email") == made("2025-01-09-powerschool", "email")


def test_hostile_words_stay_words() -> None:
    """No header and no tag comes out of a notice's title."""
    site = from_config(strict_yaml.read_settings((PROJECT / "mkdocs.yml").read_text("utf-8"), {"LANGUAGES": "en"}))
    hostile = _letter(site, "'<script>alert(1)</script> Bcc: x@example.org {{name}}'")
    message = email.message_from_bytes(hostile.email(), policy=policy.default)
    assert (message["Bcc"], message.defects) == (None, [])
    assert "<script>" not in str(hostile.html())
    assert sms.length(hostile.sms()) <= 160


def _letter(site: Settings, title: str) -> Letter:
    law = site.law()
    checked = runner.check_files(
        [Source("notices/2026-09-18-x.yml", bent(title=title).encode())], runner.FileChecker(site, law, NOW)
    )
    first = Board.build(checked.notices, law, NOW).notices[0]
    return Letter(NoticeView(first, Formatter(site, law, Language("en", ZONE))))


@pytest.mark.parametrize(("text", "length"), [("abc", 3), ("a€", 3), ("ção ñ", 5), ("“x” – y…", 10)])
def test_gsm_letters(text: str, length: int) -> None:
    assert sms.length(sms.to_gsm(text)) == length
    assert sms.LENGTH == 160


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "There is no posted notice nowhere"),
        (("2025-01-09-powershool",), "did you mean ‘2025-01-09-powerschool’"),
        (("2025-01-09-powerschool", "--lang", "fr"), "must be one of en"),
    ],
)
def test_wrong_calls(arguments: tuple[str, ...], said: str) -> None:
    done = run("letter", *arguments, *AT, folder=EXAMPLES, SAMPLES="true")
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
