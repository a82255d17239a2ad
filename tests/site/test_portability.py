"""The same bytes anywhere: whatever the machine's clock, zone, language, folders and line ends, and without MkDocs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import NOW, PROJECT, ROOT, files

STRANGE_CLOCK = """\
import time
real = time.time
time.time = lambda: real() - 40 * 365 * 86400
"""

pytestmark = pytest.mark.long


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The project elsewhere, its texts and notices with the line ends of Windows, and nothing to write to."""
    target = tmp_path / "another folder"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if not (ROOT / name).is_file():
            continue
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target / name)
    shutil.copy(PROJECT / "mkdocs.yml", target)
    for path in [*target.glob("docs/**/*.md"), *target.glob("tests/examples/*.yml")]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    for path in target.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    target.chmod(0o555)
    return target


def test_the_same_bytes_on_a_strange_machine(demo: Path, checkout: Path, tmp_path: Path) -> None:
    """All at once: a clock of another century, no zone data but the library's, another language, zone, folder, mask."""
    (tmp_path / "strange").mkdir()
    (tmp_path / "strange" / "sitecustomize.py").write_text(STRANGE_CLOCK, "utf-8")
    before = files(checkout)
    target = tmp_path / "site"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(checkout / "mkdocs.yml"), "-d", str(target)],
        cwd=tmp_path,
        env={
            **{key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG"))},
            "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())),
            "NOTICES_DIR": str(checkout / "tests" / "examples"),
            "SAMPLES": "true",
            "SITE_URL": "https://example.github.io/board/",
            "NO_MKDOCS_2_WARNING": "1",
            "LC_ALL": "C",
            "LANGUAGE": "tr_TR:de_DE",
            "TZ": "Asia/Kolkata",
            "PYTHONTZPATH": "",
            "PYTHONHASHSEED": "7",
            "PYTHONOPTIMIZE": "2",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(tmp_path / "strange"),
        },
        umask=0o077,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert files(demo) == files(target)
    assert files(checkout) == before, "the build wrote into the checkout"


def test_a_checkout_has_one_kind_of_line_ends() -> None:
    """On Windows, too: git is told so for every text that a build reads."""
    told = subprocess.run(
        ["git", "ls-files", "--eol", "notices", "docs", "hooks", "mkdocs.yml"], cwd=ROOT, capture_output=True, text=True, check=True
    )  # fmt: skip
    for line in told.stdout.splitlines():
        index, _, attributes, name = line.split(maxsplit=3)
        if index != "i/-text":
            assert index in {"i/lf", "i/none"}, line
            assert "eol=lf" in attributes + name, line


WITHOUT_MKDOCS = """\
import importlib, pkgutil, sys

class Gone:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"mkdocs", "material", "properdocs"}:
            raise ModuleNotFoundError(f"No module named {name!r}")

sys.meta_path.insert(0, Gone())
import noticeboard
for module in pkgutil.walk_packages(noticeboard.__path__, "noticeboard."):
    importlib.import_module(module.name)

from datetime import UTC, datetime
from pathlib import Path
from noticeboard.check.runner import FileChecker
from noticeboard.i18n.language import Language
from noticeboard.notice import strict_yaml
from noticeboard.render.formatter import Formatter
from noticeboard.render.renderer import Renderer
from noticeboard.settings import from_config
from noticeboard.site.files import SiteFiles, Target
from noticeboard.site.load import load_board
from noticeboard.site.output_folder import write
from noticeboard.site.page_template import PageTemplate
from noticeboard.site.site import Site
from noticeboard.site.sources import sources

folder, target, now = Path("tests/examples"), Path(sys.argv[1]), datetime.fromtimestamp(int(sys.argv[2]), UTC)
settings = from_config(strict_yaml.read_settings(Path("mkdocs.yml").read_text("utf-8")))
law = settings.law()
board, problems = load_board(sources(folder), FileChecker(settings, law, now), 1)
assert not problems, problems
languages = tuple(Renderer(Formatter(settings, law, Language(code, settings.zone))) for code in settings.languages)
files = SiteFiles(Site(languages, board, (), "Board", ""), {path.stem: path.read_bytes() for path in folder.glob("*.yml")}, "notices")
background, single_pages = files.begin(target, 1)
for page, content in single_pages:
    write(target / page.path, str(content().html))
background.result(-1)
# An engine's own page around the notice's text.
templates = {page.kind.name: PageTemplate(("", "text", "")) for page in files.filled_pages}
files.collect(files.render_notices(templates, Target(target, target / "search"), 1), templates, target, 1)
assert not {"mkdocs", "material", "properdocs"} & set(sys.modules)
"""


def test_the_core_needs_no_mkdocs(demo: Path, tmp_path: Path) -> None:
    """Every module loads without it, and makes the pages' words, feeds, calendars and data of the built site."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            WITHOUT_MKDOCS,
            str(tmp_path / "made"),
            str(int(NOW.timestamp())),
        ],
        cwd=PROJECT,
        env={**os.environ, "SAMPLES": "true", "SITE_URL": "https://example.github.io/board/"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made, built = files(tmp_path / "made"), files(demo)
    for name in (
        "feed.xml",
        "es/atom.xml",
        "pt/feed.json",
        "deadlines.ics",
        "notices.json",
        "notices.csv",
        "record.csv",
    ):
        assert made[name] == built[name], name
    page = "notices/2025-01-09-powerschool/index.html"
    assert made[page] in built[page]
