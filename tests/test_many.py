"""A large board: the fast way gives the slow way's bytes, what is kept is never old, and no page grows without end."""

from __future__ import annotations

import os
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.bench import made_notices
from tests.conftest import NOW, ROOT, build, files

COUNT = 70
IN_TWO = {"LANGUAGES": "en,es", "SITE_URL": "https://example.github.io/board/"}


def built(target: Path, notices: Path, now: datetime = NOW, **environment: str) -> dict[str, bytes]:
    done = build(target, notices, now, **{**IN_TWO, **environment})
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    return files(target)


def assert_same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert set(one) ^ set(other) == set()
    assert [name for name in one if one[name] != other[name]] == []


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many") / "notices"
    made_notices.write(folder, COUNT)
    # Beside those that are closed, one whose clocks run and which is translated.
    shutil.copy(Path(__file__).parent / "examples" / "2026-11-20-reading-app.yml", folder)
    return folder


@pytest.fixture(scope="module")
def site(notices: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built with nothing kept from before."""
    target = tmp_path_factory.mktemp("cold") / "site"
    built(target, notices, NOTICEBOARD_CACHE="")
    return target


STRAIGHT = """
from dataclasses import replace

from mkdocs.plugins import event_priority

@event_priority(-100)
def on_config(config):
    made = tuple(replace(page, shape="") for page in config.extra["made"])
    build = replace(config.extra["build"], filled=())
    config.extra |= {"made": made, "build": build, "files": replace(config.extra["files"], site=build)}
    return config
"""
"""A hook behind the project's own: each page is the only one of its shape, so that MkDocs renders it in full."""


@pytest.mark.xdist_group("many")
def test_a_filled_page_is_the_page_that_mkdocs_renders(site: Path, notices: Path, project: Path) -> None:
    """Every page straight through MkDocs and its theme has the bytes of the page that was filled in."""
    (project / "straight.py").write_text(STRAIGHT, "utf-8")
    config = (project / "mkdocs.yml").read_text("utf-8")
    hook = "  - hooks/mkdocs_hooks.py\n"
    (project / "mkdocs.yml").write_text(config.replace(hook, f"{hook}  - straight.py\n"), "utf-8")
    done = build(project / "site", notices, cwd=project, NOTICEBOARD_CACHE="", **IN_TWO)
    assert done.returncode == 0, done.stderr
    # “Edit this page” names the notice’s file from the project’s root, and this project is a copy elsewhere.
    here, there = (os.path.relpath(notices, each).encode() for each in (ROOT, project))
    straight = {name: content.replace(there, here) for name, content in files(project / "site").items()}
    assert_same(files(site), straight)
    assert sum(name.endswith("index.html") for name in straight) > 2 * COUNT


@pytest.mark.xdist_group("many")
def test_what_is_kept_is_never_old(notices: Path, tmp_path: Path) -> None:
    """A build that finds an earlier one's work is the build that finds none: after a change, later, and in samples."""
    own = tmp_path / "notices"
    shutil.copytree(notices, own)
    kept = {"NOTICEBOARD_CACHE": str(tmp_path / "kept"), "LANGUAGES": "en", "SEARCH": "false"}
    built(tmp_path / "site", own, **kept)
    path = sorted(own.glob("*.yml"))[30]
    path.write_text(path.read_text("utf-8").replace("title: '", "title: 'Changed: "), "utf-8")
    sorted(own.glob("*.yml"))[41].unlink()
    changes: tuple[tuple[datetime, dict[str, str]], ...] = (
        (NOW, {}),
        (NOW + timedelta(days=3), {}),  # the sample's clocks pass their dates meanwhile
        (
            NOW - timedelta(hours=12),
            {"SAMPLES": "true", "SITE_URL": "https://example.org/"},
        ),  # and the clock is set back
    )
    for number, (now, more) in enumerate(changes):
        again = built(tmp_path / "site", own, now, **{**kept, **more})
        anew = built(tmp_path / f"anew-{number}", own, now, **{**kept, "NOTICEBOARD_CACHE": "", **more})
        assert_same(again, anew)


@pytest.mark.xdist_group("many")
def test_a_broken_cache_is_made_anew(site: Path, notices: Path, tmp_path: Path) -> None:
    cache = tmp_path / "kept"
    kept = {"NOTICEBOARD_CACHE": str(cache)}
    built(tmp_path / "site", notices, **kept)
    for number, path in enumerate(sorted(path for path in cache.rglob("*") if path.is_file())):
        path.write_bytes([b"", b"garbage", path.read_bytes()[:-20]][number % 3])
    assert_same(files(site), built(tmp_path / "site", notices, **kept))
    (tmp_path / "file").write_text("no folder")
    assert_same(files(site), built(tmp_path / "site", notices, NOTICEBOARD_CACHE=str(tmp_path / "file")))


@pytest.mark.xdist_group("many")
def test_no_page_has_more_than_fifty_rows(site: Path) -> None:
    """Every notice is on its year's pages, once; the board and each list keep to fifty rows and lead on."""
    pages = {name: content.decode() for name, content in files(site).items() if name.endswith("index.html")}
    rows = {
        name: re.findall(r'<li class="nb-row" data-pagefind-ignore.*?href="([^"]+)"', text, re.DOTALL)
        for name, text in pages.items()
    }
    assert max(map(len, rows.values())) == 50
    by_year = [row for name, found in rows.items() if re.match(r"notices/20\d\d/(\d+/)?index", name) for row in found]
    found = sorted(row.rstrip("/").rpartition("/")[2] for row in by_year)
    assert found == sorted(path.stem for path in _notices(site))
    about_all = sorted(name for name in rows if name.startswith("notices/by/school/-/"))
    assert len(about_all) == 2
    assert 'rel="next" href="../../../../notices/by/school/-/2/"' in pages["notices/by/school/-/index.html"]
    assert 'rel="prev" href="../../../../../notices/by/school/-/"' in pages["notices/by/school/-/2/index.html"]
    by = {name.split("/")[2] for name in rows if name.startswith("notices/by/")}
    assert by == {"school", "contractor"}


def _notices(site: Path) -> list[Path]:
    return [path.parent for path in site.glob("notices/*/notice.yml")]


@pytest.mark.xdist_group("many")
def test_a_choice_and_what_is_open_are_all(site: Path, notices: Path) -> None:
    """What names a school is on its list; what is about all of them has a list, where the two are long."""
    page = (site / "notices/by/school/north-school/index.html").read_text("utf-8")
    listed = {row.rpartition("/")[2] for row in re.findall(r'pagefind-ignore><h3><a href="([^"]+)/"', page)}
    named = {path.stem for path in notices.glob("*.yml") if "North School" in path.read_text("utf-8")}
    assert listed == named
    assert len(named) > 3
    assert f'href="../../../../notices/by/school/-/">{COUNT} notices</a> are about all' in page
