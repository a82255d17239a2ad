"""Whatever stops a build, the last good site stays served, and the command says in plain words what was wrong."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from noticeboard.site.output_folder import OutputFolder
from tests.support import EXAMPLES, NOTICE, NOW, PROJECT, Counted, bent, build, files

pytestmark = pytest.mark.long

SMALL = {"LANGUAGES": "en", "SEARCH": "false", "SITE_URL": "https://example.github.io/board/"}
KILLS = 50


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    folder = tmp_path / "notices"
    folder.mkdir()
    (folder / "2026-09-18-x.yml").write_text(NOTICE, "utf-8")
    return folder


@pytest.fixture
def site(tmp_path: Path, notices: Path) -> Path:
    """A good site, alone in its folder."""
    target = tmp_path / "served" / "site"
    done = build(target, notices, **SMALL)
    assert done.returncode == 0, done.stderr
    return target


Refused = Callable[[subprocess.CompletedProcess[str], str], None]


@pytest.fixture
def assert_refused(counted: Counted) -> Refused:
    def check(done: subprocess.CompletedProcess[str], words: str) -> None:
        assert done.returncode == 1, done.stderr
        assert words in done.stderr, done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        counted("builds that failed; each told why in plain words, and the last site stayed", 1)

    return check


def test_a_build_killed_at_any_moment_leaves_a_whole_site(site: Path, notices: Path, counted: Counted) -> None:
    """Killed with all its processes at seeded moments, from its first instant to past its end."""
    before = files(site)
    for number, name in enumerate(sorted(path.name for path in EXAMPLES.glob("*.yml"))):
        shutil.copy(EXAMPLES / name, notices / f"{name[:-4]}-{number}.yml")
    environment = {
        **os.environ,
        **SMALL,
        "NOTICES_DIR": str(notices),
        "SAMPLES": "true",
        "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())),
    }

    def start(target: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(target)]
        return subprocess.Popen(
            command, cwd=PROJECT, env=environment, start_new_session=True, stderr=subprocess.DEVNULL
        )

    started = time.monotonic()
    assert start(site.parent / "other" / "site").wait() == 0
    took = time.monotonic() - started
    after = files(site.parent / "other" / "site")
    rng = random.Random(7)
    killed, tries = 0, 0
    while killed < KILLS and tries < 4 * KILLS:
        process = start(site)
        time.sleep(took * rng.uniform(0.02, 1.05))
        tries += 1
        if process.poll() is None:
            killed += 1
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        now = files(site)
        assert now in (before, after), f"kill {killed}: {len(now)} files"
    assert killed == KILLS
    counted("builds killed; each time a whole site was still there", killed)
    # What the killed ones left behind goes once it is old.
    beside = [path for path in site.parent.iterdir() if path.name.startswith(".site-")]
    assert beside
    for path in beside:
        os.utime(path, (0, 0))
    assert start(site).wait() == 0
    assert files(site) == after
    assert sorted(path.name for path in site.parent.iterdir()) == ["other", "site"]


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        pytest.param({}, "File too large", id="written by the theme"),
        pytest.param({"LIMIT": "200000"}, "File too large", id="written by a worker"),
    ],
)
def test_what_cannot_be_written(
    site: Path, notices: Path, setting: dict[str, str], words: str, assert_refused: Refused
) -> None:
    """A limit on the size of files stands for a full disk: the system refuses to write on."""
    before = files(site)
    limit = int(setting.get("LIMIT", "20000"))
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        cwd=PROJECT,
        env={**os.environ, **SMALL, "NOTICES_DIR": str(notices)},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert_refused(done, words)
    assert files(site) == before
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_a_site_that_a_killed_build_moved_away(site: Path, notices: Path, assert_refused: Refused) -> None:
    """It is put back by the next build, even by one that fails."""
    before = files(site)
    remains = site.with_name(".site-killed")
    remains.mkdir()
    site.rename(remains / "old")
    (notices / "2026-09-19-y.yml").write_text(bent(status="open"), "utf-8")
    assert_refused(build(site, notices, **SMALL), "status must be")
    assert files(site) == before


@pytest.mark.parametrize("error", [PermissionError, KeyboardInterrupt])
def test_a_site_that_cannot_be_put_in_place(
    error: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stops a build between its two renames, the old site is there again."""
    target = tmp_path / "site"
    target.mkdir()
    (target / "index.html").write_text("old", "utf-8")
    output = OutputFolder(target)
    (output.path / "index.html").write_text("new", "utf-8")
    rename = Path.rename

    def fail_for_the_new_site(path: Path, to: Path) -> Path:
        if path == output.path:
            raise error
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", fail_for_the_new_site)
    with pytest.raises(error):
        output.swap_in()
    output.cleanup()
    assert files(target) == {"index.html": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_cannot_be_made(tmp_path: Path, notices: Path, assert_refused: Refused) -> None:
    (tmp_path / "file").write_text("")
    assert_refused(build(tmp_path / "file" / "site", notices, **SMALL), "File exists")


def test_an_unreadable_notice(site: Path, notices: Path, assert_refused: Refused) -> None:
    before = files(site)
    (notices / "2026-09-19-y.yml").symlink_to("2026-09-19-y.yml")
    assert_refused(build(site, notices, **SMALL), "2026-09-19-y.yml")
    assert files(site) == before


def test_a_broken_notice(site: Path, notices: Path, assert_refused: Refused) -> None:
    before = files(site)
    (notices / "2026-09-19-y.yml").write_text(bent(status="open"), "utf-8")
    assert_refused(build(site, notices, **SMALL), "status must be")
    assert files(site) == before


def built(project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=project,
        env={**os.environ, **SMALL, "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_site_with_a_warning_is_not_published(project: Path, assert_refused: Refused) -> None:
    """MkDocs counts a broken link as a warning, and fails on it only when all is written."""
    assert built(project).returncode == 0
    before = files(project / "site")
    faq = project / "docs" / "faq.md"
    good = faq.read_text("utf-8")
    faq.write_text(good + "\n[Nowhere](nowhere.md)\n", "utf-8")
    assert_refused(built(project), "nowhere.md")
    assert files(project / "site") == before
    faq.unlink()
    faq.symlink_to("faq.md")
    assert_refused(built(project), "faq.md")
    assert files(project / "site") == before
    assert not list(project.glob(".site-*"))


def test_a_site_folder_that_is_a_link(tmp_path: Path, notices: Path) -> None:
    """What the link leads to is replaced, where a server may look; the link stays."""
    (tmp_path / "www").mkdir()
    (tmp_path / "site").symlink_to("www")
    assert build(tmp_path / "site", notices, **SMALL).returncode == 0
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "www" / "index.html").is_file()


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("faq.md", "{{ nope }}", "docs/faq.md: error: between double braces"),
        ("faq.md", "{{ unclosed", "docs/faq.md: error: between double braces stands what can’t be filled in, line"),
        ("faq.md", "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "is unsafe"),
        ("faq.md", "{% for i in range(100000000) %}{% endfor %}", "Range too big"),
        ("es/faq.md", b"caf\xe9", "must be UTF-8"),
        ("assets/board.js", "", "docs/assets/board.js: error: docs/ must hold pages and pictures only"),
        ("x.svg", "<svg/>", "docs/x.svg: error: docs/ must hold pages and pictures only"),
        ("notices/2026-11-01-other.md", "# Other", "notices/ must hold what the build makes only"),
        ("es/verify/x.md", "# Other", "verify/ must hold what the build makes only"),
    ],
)
def test_a_page_that_must_not_be(
    name: str, text: str | bytes, words: str, project: Path, assert_refused: Refused
) -> None:
    """Prose can ask for names and contacts, and for nothing else; docs/ can't replace what the build makes."""
    path = project / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.exists() else b"# Title\n\n"
    path.write_bytes(before + b"\n\n" + (text if isinstance(text, bytes) else text.encode()) + b"\n")
    environment = {"LANGUAGES": "en,es"} if name.startswith("es/") else {}
    done = built(project, **environment)
    assert_refused(done, words)
    assert not (project / "site").exists()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SITE_URL", "https://example.org/board/?x=1", "site_url: "),
        ("SITE_URL", "https://user:pw@example.org/", "site_url: "),
        ("SITE_URL", "ftp://example.org/", "site_url: "),
        ("REPOSITORY_URL", "javascript:alert(1)", "repository: "),
        ("LANGUAGES", "en,en", "languages: "),
        ("SOURCE_DATE_EPOCH", "-1", "SOURCE_DATE_EPOCH must be"),
        ("SOURCE_DATE_EPOCH", "253402300799", "SOURCE_DATE_EPOCH must be"),
    ],
)
def test_settings_that_cannot_be(name: str, value: str, words: str, project: Path, assert_refused: Refused) -> None:
    assert_refused(built(project, **{name: value}), words)


def test_names_that_servers_know(project: Path) -> None:
    """`index` is what servers and MkDocs call a folder's own page; a notice, a company or a school may be called so."""
    notice = bent(contractor="Index", posted="2026-09-18 17:30")
    (project / "notices" / "2026-09-18-cost-index.yml").write_text(notice, "utf-8")
    done = built(project, SOURCE_DATE_EPOCH=str(int(NOW.timestamp())))
    assert done.returncode == 0, done.stderr
    assert (project / "site/notices/2026-09-18-cost-index/index.html").is_file()
    command = [str(Path(sys.executable).with_name("noticeboard")), "inspect", "site"]
    inspected = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert inspected.returncode == 0, inspected.stdout + inspected.stderr


@pytest.mark.parametrize("kind", ["fifo", "device", "hidden"])
def test_what_is_no_file_of_a_notice(kind: str, notices: Path, site: Path, assert_refused: Refused) -> None:
    """Nothing is waited for, and nothing goes unseen."""
    name = ".2026-09-19-y.yml" if kind == "hidden" else "2026-09-19-y.yml"
    path = notices / name
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        path.write_text(NOTICE, "utf-8")
    assert_refused(build(site, notices, **SMALL), name)
