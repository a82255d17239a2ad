"""A large board: filled pages are what MkDocs renders, and no page grows without end."""

from __future__ import annotations

import os
import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from tests.support import EXAMPLES, NOW, PROJECT, build, files
from tests.tools.bench import made_notices

COUNT = 70
IN_TWO = {"LANGUAGES": "en,es", "SITE_URL": "https://example.github.io/board/"}


def built(target: Path, notices: Path, now: datetime = NOW, **environment: str) -> dict[str, bytes]:
    done = build(target, notices, now, **{**IN_TWO, **environment})
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    return files(target)


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many") / "notices"
    made_notices.write(folder, COUNT)
    # Beside those that are closed, one whose clocks run and which is translated.
    shutil.copy(EXAMPLES / "2026-11-20-reading-app.yml", folder)
    return folder


@pytest.fixture(scope="module")
def site(notices: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("cold") / "site"
    built(target, notices)
    return target


@pytest.mark.xdist_group("many")
def test_a_filled_page_is_the_page_that_mkdocs_renders(
    site: Path, notices: Path, project: Path, tmp_path: Path
) -> None:
    """For each kind of page, one page straight through MkDocs and its theme has the bytes of the filled one."""
    config = (project / "mkdocs.yml").read_text("utf-8")
    hook = "  - hooks/mkdocs_hooks.py\n"
    straight_through = Path(__file__).with_name("straight_through.py")
    (project / "mkdocs.yml").write_text(config.replace(hook, f"{hook}  - {straight_through}\n"), "utf-8")
    straight = tmp_path / "straight"
    done = build(project / "site", notices, cwd=project, STRAIGHT_THROUGH=str(straight), SEARCH="false", **IN_TWO)
    assert done.returncode == 0, done.stderr
    # “Edit this page” names the notice’s file from the project’s root, and this project is a copy elsewhere.
    here, there = (os.path.relpath(notices, each).encode() for each in (PROJECT, project))
    rendered = {name: content.replace(there, here) for name, content in files(straight).items()}
    filled = files(site)
    assert [name for name in rendered if rendered[name] != filled[name]] == []
    # In two languages: notices with and without updates, lists by year, and lists by school or company.
    assert len(rendered) == 8, list(rendered)


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
