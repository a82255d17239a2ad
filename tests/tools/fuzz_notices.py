"""Read many mutated notices, texts and dates: none may raise or take over a second (`make fuzz`; a few in the tests).

What passes is written in every form that a notice has, alone and compared with what it was mutated from.

Seeded: a number on the command line says how many, a second one the seed.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nh3
from lxml import etree

from noticeboard import settings
from noticeboard.board.board import Board, PostedNotice
from noticeboard.check import file_name, runner
from noticeboard.check.runner import Source
from noticeboard.i18n.language import Language
from noticeboard.law.statutes import Law
from noticeboard.notice import dates, strict_yaml
from noticeboard.notice.model import Notice
from noticeboard.outputs import csv_tables, feeds, ical, json_data
from noticeboard.outputs.feed_entries import entries_for
from noticeboard.outputs.letters import Letter
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.render.formatter import Formatter
from noticeboard.settings import Settings
from noticeboard.text import plain_text, safe_markdown
from tests.browser.hostile import strings
from tests.browser.hostile.strings import OBEYED
from tests.support import EXAMPLES, NOW, ROOT, ZONE

CASES = ROOT / "tests" / "cases"
SNIPPETS = [
    b"\n", b": ", b"- ", b"  ", b"|\n", b">-\n", b"'", b'"', b"[", b"]", b"{", b"}", b"&a ", b"*a", b"!!str ", b"#", b"%", b"\t", b"\x00", b"\xff",
    "\u202e".encode(), "\u200b".encode(), b"2026-02-30", b"unknown", b"~", b"null", b"9" * 40, b"412-88-9013", b"<script>", b"[a](javascript:x)",
    b"updates:\n  - at: 2026-09-20\n", b"---\n", b"<<: ", b"a" * 300, b"|---|", b"* " * 40, b"](" * 20, b"2025-03-09 02:30", b"-05:00",
]  # fmt: skip


def seeds() -> list[bytes]:
    return [path.read_bytes() for folder in (EXAMPLES, CASES) for path in sorted(folder.glob("*.yml"))]


def mutated(rng: random.Random, files: list[bytes], start: bytes) -> bytes:
    """Change a file in a few places: cut, double, swap, insert, or cross it with another."""
    data = bytearray(start)
    for _ in range(rng.randint(1, 6)):
        start = rng.randrange(len(data) + 1)
        end = min(len(data), start + int(rng.expovariate(1 / 20)))
        match rng.randrange(6):
            case 0:
                del data[start:end]
            case 1:
                data[start:start] = data[start:end]
            case 2:
                data[start:end] = bytes(rng.randrange(256) for _ in range(min(4, end - start)))
            case 3:
                data[start:start] = rng.choice(SNIPPETS)
            case 4:
                lines = bytes(data).split(b"\n")
                one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
                lines[one], lines[other] = lines[other], lines[one]
                data = bytearray(b"\n".join(lines))
            case _:
                with_ = rng.choice(files)
                cut = rng.randrange(len(with_) + 1)
                data[start:end] = with_[cut : cut + 200]
    return bytes(data)


def run(count: int, seed: int) -> tuple[int, float, bytes]:
    """Read so many files; give how many, the slowest one's seconds, and that file."""
    rng, files, site = random.Random(seed), seeds(), _site()
    law = site.law()
    slowest, worst = 0.0, b""
    for number in range(count):
        first = rng.choice(files)
        content = mutated(rng, files, first)
        posted = [first, mutated(rng, files, first), mutated(rng, files, content), b""][number % 4]
        before = [Source("notices/2026-09-18-x.yml", posted)] if posted else []
        start = time.perf_counter()
        try:
            checked = runner.check_files(
                [Source("notices/2026-09-18-x.yml", content)], runner.FileChecker(site, law, NOW), before
            )
            taken = time.perf_counter() - start
            for notice in checked.notices.values():
                written(notice, site, law)
        except Exception as error:
            Path("fuzz-failure.yml").write_bytes(content)
            raise AssertionError(f"seed {seed}, file {number} raised; it is in fuzz-failure.yml") from error
        assert all(problem.message and problem.line >= 1 for problem in checked.problems)
        assert not any(OBEYED.search(problem.as_text()) for problem in checked.problems)
        if taken > slowest:
            slowest, worst = taken, content
    return count, slowest, worst


def written(notice: Notice, site: Settings, law: Law) -> None:
    """Write a notice in all forms but its page, which needs all of the site."""
    posted = PostedNotice.build("2026-09-18-x", notice, law, NOW)
    formatter = Formatter(site, law, Language("en", law.zone))
    board, view = Board((posted,), law.zone, NOW), NoticeView(posted, formatter)
    letter = Letter(view)
    assert not OBEYED.search(letter.text()), letter.text()
    assert letter.text().count("{{") == 1
    assert b"\nBcc:" not in letter.email().partition(b"\r\n\r\n")[0]
    assert letter.sms()
    for name, content in feeds.feeds(board, formatter, {posted.id: entries_for(view)}):
        json.loads(content) if name.endswith(".json") else etree.fromstring(content)
    events = b"".join(ical.vevents(view).values()).replace(b"\r\n ", b"")
    assert len(events.decode().splitlines()) == events.count(b"\r\n")
    json.loads(json_data.notice_json([view]))
    csv_tables.notices_csv(board, formatter)


TAGS = re.compile(
    r'<(?:/?(?:p|br|em|strong|ul|ol|li|h3|h4|h5|h6|table|thead|tbody|tr|th|td)|ol start="\d+"|/a|a(?: href="(?:https://|mailto:|tel:)[^"<>]*")?(?: title="[^"<>]*")?)>'
)
KEPT = {"a": {"href", "title"}, "ol": {"start"}, "*": set[str]()}
PIECES = [piece.decode("utf-8", "replace") for piece in SNIPPETS] + ["\n\n", "- ", "1. ", "| a | b |\n|---|---|\n", "[a](", "[a]: ", "https://example.com", ")", "*", "**", "_", "\\", "&#", ";", "&", "<a ", "/>", "javascript:", "### ", "    ", "\r\n"]  # fmt: skip


def run_texts(count: int, seed: int) -> tuple[int, float, bytes]:
    """Write so many texts as HTML: only our tags, whatever the text, and clean text stays as it is."""
    rng, hostile = random.Random(seed), strings.everything()
    slowest, worst = 0.0, ""
    for number in range(count):
        text = "".join(rng.choice(hostile if rng.random() < 0.2 else PIECES) for _ in range(rng.randint(1, 60)))
        start = time.perf_counter()
        made, losses = str(safe_markdown.html(text)), safe_markdown.unsupported_markup(text)
        safe_markdown.plain(text)
        plain_text.to_text(text)
        taken = time.perf_counter() - start
        assert "<" not in TAGS.sub("", made), f"seed {seed}, text {number}: {text!r}"
        assert (
            losses
            or nh3.clean(
                made, tags=nh3.ALLOWED_TAGS, link_rel=None, attributes=KEPT, url_schemes={"https", "mailto", "tel"}
            )
            == made
        ), repr(text)
        if taken > slowest:
            slowest, worst = taken, text
    return count, slowest, worst.encode("utf-8", "replace")


def run_dates(count: int, seed: int) -> tuple[int, float, bytes]:
    """Read so many texts as dates and as names of files: each is one, or is refused in words."""
    rng = random.Random(seed)
    seeds = [
        "2026-09-18",
        "2026-09-18 15:40",
        "2026-09",
        "2026",
        "unknown",
        "2026-09-18 to unknown",
        "2024-12 to 2025",
        "2026-11-01 01:30",
        "2026-03-08 02:30 -05:00",
        "2026-09-18T15:40:00Z",
        "90 days from your letter",
    ]
    signs = "0123456789-: TZ+.,/to½²٣９unkow\u00a0\u2013\n"
    slowest, worst = 0.0, ""
    for _ in range(count):
        text = list(rng.choice(seeds))
        for _ in range(rng.randint(0, 4)):
            at = rng.randrange(len(text) + 1)
            text[at : at + rng.randint(0, 3)] = [rng.choice(signs) for _ in range(rng.randint(0, 3))]
        found = "".join(text)
        start = time.perf_counter()
        for parse in (dates.parse_partial, dates.parse_moment, dates.parse_delay):
            try:
                when = parse(found, ZONE)
            except dates.DateError:
                continue
            assert when.first is None or when.last is None or when.first <= when.last, found
        list(file_name.problems(f"notices/{found}-x.yml"))
        if (taken := time.perf_counter() - start) > slowest:
            slowest, worst = taken, found
    return count, slowest, worst.encode()


def _site() -> Settings:
    return settings.from_config(
        strict_yaml.read_settings((ROOT / "mkdocs.yml").read_text("utf-8"), {"LANGUAGES": "en"})
    )


def shares(count: int, seed: int) -> Iterator[tuple[int, int]]:
    each = 1000
    for number in range(0, count, each):
        yield min(each, count - number), seed + number


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20261122
    with multiprocessing.Pool() as pool:
        found = (
            pool.starmap(run, shares(count, seed))
            + pool.starmap(run_texts, shares(count, seed))
            + pool.starmap(run_dates, shares(count, seed))
        )
    slowest = max(seconds for _, seconds, _ in found)
    print(
        f"{sum(each for each, _, _ in found)} files, texts and dates read, no traceback, the slowest in {slowest * 1000:.0f} ms."
    )
    return int(slowest > 1)


if __name__ == "__main__":
    sys.exit(main())
