"""A built site is looked at as a whole before it is published: each thing that may break, broken once."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from noticeboard.settings import Settings
from tests.support import NOTICE, build, run


@pytest.mark.parametrize("site", ["demo", "empty"])
def test_a_whole_site_may_be_published(site: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(site)
    done = run("inspect", str(folder), "--before", str(folder / "notices.json"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(" files inspected: 0 errors.\n")


def test_each_thing_that_breaks_is_told(demo: Path, tmp_path: Path, site_settings: Settings) -> None:
    site = tmp_path / "site"
    shutil.copytree(demo, site)

    def change(name: str, old: str, new: str) -> None:
        text = (site / name).read_text("utf-8")
        assert old in text
        (site / name).write_text(text.replace(old, new, 1), "utf-8")

    gone = "es/notices/2025-03-07-cleo"
    (site / gone / "index.html").unlink()
    (site / "notices/2019-08-02-aimsweb/index.html").write_text("", "utf-8")
    shutil.copy(site / "notices/2022-05-02-illuminate/index.html", site / "notices/2020-09-08-ransomware/index.html")
    (site / "feed.xml").write_bytes((site / "feed.xml").read_bytes()[:-100])
    change("es/atom.xml", "2025-01-09-powerschool/es/update-1</id>", "2025-01-09-powerschool/es/other</id>")
    change("feed.json", "2025-01-09-powerschool/en/posted", "2025-01-09-powerschool/en/x")
    (site / "pt/feed.json").unlink()
    (site / "pt/sitemap.xml").write_text("<urlset>", "utf-8")
    change("sitemap.xml", "board/faq/", "board/questions/")
    change(
        "faq/index.html", "</h1>", '</h1><a href="../nowhere/">x</a><a href="../../x/">x</a><a href="../#none">x</a>'
    )
    board = (site / "notices/index.html").read_text("utf-8")
    (site / "notices/index.html").write_text(
        board.replace("2026-11-20-reading-app/", "2026-11-12-bus-routes/"), "utf-8"
    )
    for list_ in (site / "pt/notices").rglob("index.html"):
        if "2019-08" not in list_.parent.name:
            list_.write_text(list_.read_text("utf-8").replace("2019-08-02-aimsweb/", "2020-09-08-ransomware/"), "utf-8")
    (site / "pt/notices/rows.json").write_bytes((site / "pt/notices/rows.json").read_bytes()[:-2])
    calendar = site / "notices/2025-03-07-cleo/deadlines.ics"
    calendar.write_bytes(calendar.read_bytes()[:-5])
    about = site / "verify/index.html"
    about.write_bytes(about.read_bytes()[:-300])
    # A link to elsewhere is not followed; one with a query leads to its page.
    change(
        "guide/index.html", "</h1>", '</h1><a href="https://example.org/none">x</a><a href="../verify/?code=1">x</a>'
    )
    done = run("inspect", str(site))
    assert done.returncode == 1
    cleo, one = "es/notices/2025-03-07-cleo/index.html", "It stands in faq/index.html.  [link]"
    *told, count = done.stdout.splitlines()
    assert count.endswith(" files inspected: 19 errors.")
    assert [re.sub(r" and \d+ more", " and more", each) for each in told] == [
        "feed.xml: error: The feed is missing, or can’t be read. Build the site anew.  [feed]",
        f"feed.json: error: The event {site_settings.feed_ids}/2025-01-09-powerschool/en/posted of notices.json is not in this feed.  [feed-id]",
        f"es/atom.xml: error: The event {site_settings.feed_ids}/2025-01-09-powerschool/es/update-1 of notices.json is not in this feed.  [feed-id]",
        "pt/feed.json: error: The feed is missing, or can’t be read. Build the site anew.  [feed]",
        "sitemap.xml: error: The site map names https://example.github.io/board/questions/, and this page is not there.  [sitemap]",
        "pt/sitemap.xml: error: The site map is missing, or can’t be read. Build the site anew.  [sitemap]",
        f"{cleo}: error: The notice is in notices.json, and its page is not there.  [page]",
        "notices/2019-08-02-aimsweb/index.html: error: The page is empty or cut off, or can’t be read. Build the site anew.  [page]",
        "notices/2020-09-08-ransomware/index.html: error: The page says ‘Illuminate Education records breach’, and its notice ‘Ransomware on district servers’.  [page]",
        "verify/index.html: error: The page is empty or cut off, or can’t be read. Build the site anew.  [page]",
        "notices/2026-11-20-reading-app/index.html: error: No list of the board leads to this notice. Build the site anew.  [unlisted]",
        "pt/notices/2019-08-02-aimsweb/index.html: error: No list of the board leads to this notice. Build the site anew.  [unlisted]",
        f"faq/index.html: error: The link ‘../../x/’ leads out of the site. {one}",
        f"es/notices/2025/index.html: error: A link leads to {cleo}, which is not there. It stands in es/notices/2025/index.html and more.  [link]",
        f"faq/index.html: error: A link leads to index.html#none; nothing has that id. {one}",
        f"faq/index.html: error: A link leads to nowhere/index.html, which is not there. {one}",
        "pt/breach-process/index.html: error: A link leads to pt/feed.json, which is not there. It stands in pt/breach-process/index.html and more.  [link]",
        "notices/2025-03-07-cleo/deadlines.ics: error: The file is cut off, or holds something else. Build the site anew.  [data]",
        "pt/notices/rows.json: error: The file is cut off, or holds something else. Build the site anew.  [data]",
    ]  # fmt: skip


def test_a_new_address_does_not_stop_the_publishing(demo: Path, tmp_path: Path) -> None:
    """A district that gets a domain of its own keeps every page below it; whoever moves is told what that takes."""
    former = tmp_path / "before.json"
    text = (demo / "notices.json").read_text("utf-8")
    former.write_text(text.replace("https://example.github.io/board/", "https://old.example.org/"), "utf-8")
    done = run("inspect", str(demo), "--before", str(former))
    said = done.stdout.splitlines()
    assert (done.returncode, len(said)) == (0, 2), said
    assert said[0].startswith(
        "The site’s address changes from https://old.example.org/ to https://example.github.io/board/."
    )


def test_an_address_without_https_is_not_published(demo: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(demo, site)
    text = (site / "notices.json").read_text("utf-8")
    (site / "notices.json").write_text(text.replace("https://example.github.io", "http://example.github.io"), "utf-8")
    done = run("inspect", str(site))
    assert done.returncode == 1
    assert "must begin with https://, not ‘http://example.github.io/board/’" in done.stdout


def test_what_was_posted_may_not_vanish(demo: Path, tmp_path: Path, site_settings: Settings) -> None:
    """A page, a code or a feed id that the site had stops the publishing: fewer notices than before never go up."""
    before = json.loads((demo / "notices.json").read_text("utf-8"))
    added = json.loads(json.dumps(before["notices"][3]).replace(before["notices"][3]["id"], "2026-01-01-more"))
    added["code"] = "0000-0000"
    before["notices"].append(added)
    former = tmp_path / "before.json"
    former.write_text(json.dumps(before), "utf-8")
    done = run("inspect", str(demo), "--before", str(former))
    assert done.returncode == 1
    gone = [line.partition(" was on the site")[0] for line in done.stdout.splitlines()[:-1]]
    ids = f"feed id {site_settings.feed_ids}/2026-01-01-more"
    assert gone == [
        *(f"notices.json: error: {each}" for each in ("notice 2026-01-01-more", "code 0000-0000")),
        *(f"notices.json: error: page {path}notices/2026-01-01-more/" for path in ("", "es/", "pt/")),
        *(f"notices.json: error: {ids}/{code}/{event}" for event in ("posted", "update-1") for code in ("en", "es", "pt-BR")),
    ]  # fmt: skip


def test_a_newest_notice_that_is_past_need_not_be_on_the_board(tmp_path: Path) -> None:
    """Where there are too many past notices for the board, their year's page lists the others."""
    notices = tmp_path / "notices"
    notices.mkdir()
    for number in range(55):
        (notices / f"2026-09-18-n{number}.yml").write_text(NOTICE.replace("investigating", "resolved"), "utf-8")
    done = build(tmp_path / "site", notices, LANGUAGES="en", SEARCH="false")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site/notices/index.html").read_text("utf-8").count('href="../notices/2026-09-18-n') == 50
    done = run("inspect", str(tmp_path / "site"))
    assert (done.returncode, done.stdout.count("error:")) == (0, 0), done.stdout[-500:]


def test_without_its_list_a_site_is_none(tmp_path: Path) -> None:
    """Whatever stands there: a message, no traceback."""
    for content in (
        None,
        b"",
        b"[]",
        b"{}",
        b'{"home": 1}',
        b'{"home": "https://x/notices/", "notices": [{}]}',
        b"\xff",
    ):
        if content is not None:
            (tmp_path / "notices.json").write_bytes(content)
        done = run("inspect", str(tmp_path))
        assert done.returncode == 1, content
        assert done.stdout.startswith("notices.json: error: The list of notices is missing, or can’t be read."), content
        assert done.stderr == "", content


def test_a_wrong_call(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "no.json").write_text("[]", "utf-8")
    assert run("inspect", str(demo), "--before", str(tmp_path / "no.json")).returncode == 2
    assert run("inspect", str(tmp_path / "none")).returncode == 2
