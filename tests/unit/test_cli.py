"""The command as people and workflows meet it: what it prints and its exit codes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from noticeboard.settings import Settings
from tests.support import EXAMPLES, NOTICE, PROJECT, ROOT, bent, run, shell

NOW = ["--now", "2026-11-21 12:00"]
SOON = ["--now", "2026-09-19 12:00"]
"""A day after the plain notice was posted: nothing about it is late yet."""


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    """Two wrong notices and a right one."""
    (tmp_path / "2026-09-18-b.yml").write_text(bent(received="Sept 14"), "utf-8")
    (tmp_path / "2026-09-18-a.yml").write_text(NOTICE.replace("title", "titel"), "utf-8")
    (tmp_path / "2026-09-18-c.yml").write_text(NOTICE, "utf-8")
    return tmp_path


def test_check_prints_everything_in_file_order_and_counts(notices: Path) -> None:
    done = run("check", *SOON, folder=notices)
    assert done.stdout.replace(str(notices), "N").splitlines() == [
        "N/2026-09-18-a.yml:1:1: error: title is required: one line, at most 100 characters.  [required]",
        "N/2026-09-18-a.yml:1:1: error: titel is not a field that the format knows (did you mean ‘title’?).  [unknown-field]",
        "N/2026-09-18-b.yml:6:1: error: received must be a day like 2026-09-14, or a day and time like 2026-09-14 16:45, not ‘Sept 14’.  [date]",
        "3 files checked: 3 errors, 0 warnings.",
    ]
    assert (done.returncode, done.stderr) == (1, "")


def test_check_json(notices: Path) -> None:
    done = run("check", "--format", "json", *SOON, str(notices / "2026-09-18-b.yml"))
    assert json.loads(done.stdout) == {
        "problems": [
            {
                "file": str(notices / "2026-09-18-b.yml"),
                "line": 6,
                "column": 1,
                "severity": "error",
                "rule": "date",
                "field": "received",
                "message": "received must be a day like 2026-09-14, or a day and time like 2026-09-14 16:45, not ‘Sept 14’.",
            }
        ]
    }
    assert done.returncode == 1


def test_check_github_marks_lines_and_prints_the_list(notices: Path) -> None:
    done = run("check", "--format", "github", *SOON, folder=notices)
    lines = done.stdout.replace(str(notices), "N").splitlines()
    assert lines[2] == (
        "::error file=N/2026-09-18-b.yml,line=6,col=1,title=date::received must be a day like 2026-09-14, "
        "or a day and time like 2026-09-14 16:45, not ‘Sept 14’."
    )
    assert lines[-1] == "3 files checked: 3 errors, 0 warnings."


def test_marks_of_what_changed_come_first(tmp_path: Path) -> None:
    """GitHub shows ten: of the files that changed, errors before warnings; then the rest."""
    folder = tmp_path / "notices"
    folder.mkdir()
    git = ["git", "-C", str(folder), "-c", "user.name=Test", "-c", "user.email=test@example.org"]
    (folder / "2026-09-01-old.yml").write_text(NOTICE, "utf-8")
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "posted"], check=True)
    (folder / "2026-09-18-new.yml").write_text(NOTICE.replace("phone: 203-555-2368", "phone: 203-555-0100") + "x: y\n")
    done = run("check", "--format", "github", "--against", "HEAD", *SOON, folder=folder)
    marks = [line for line in done.stdout.splitlines() if line.startswith("::")]
    order = [("new" if "-new.yml" in mark else "old", mark.partition(" ")[0].strip(":")) for mark in marks]
    assert len({file for file, _ in order}) == 2
    assert order == sorted(order, key=lambda mark: (mark[0] != "new", mark[1] != "error"))


def test_a_time_that_is_near_says_when_it_passes(tmp_path: Path) -> None:
    path = tmp_path / "2026-09-18-x.yml"
    path.write_text(NOTICE, "utf-8")
    for now, said in (
        ("2026-09-18 17:10", "; it will pass from 2026-09-18 17:15 on."),
        ("2025-09-18 17:10", "17:10)."),
    ):
        line = next(
            line for line in run("check", "--now", now, str(path)).stdout.splitlines() if "error: posted" in line
        )
        assert line.removesuffix("  [future]").endswith(said)


def test_github_commands_cannot_be_broken_out_of(tmp_path: Path) -> None:
    """What stands in a notice must not end a workflow command and begin another."""
    path = tmp_path / "2026-09-18-x.yml"
    path.write_text(bent(status='"%0A::set-output name=x::y"'), "utf-8")
    done = run("check", "--format", "github", *SOON, str(path))
    assert "%250A::set-output" in done.stdout
    assert sum(line.startswith("::") for line in done.stdout.splitlines()) == 1


def test_warnings_do_not_fail(tmp_path: Path) -> None:
    path = tmp_path / "2026-09-19-x.yml"
    path.write_text(NOTICE, "utf-8")
    done = run("check", *SOON, str(path))
    assert done.returncode == 0
    assert done.stdout.endswith("1 file checked: 0 errors, 1 warning.\n")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2026-09-18-x.yaml", "must end in .yml, not ‘.yaml’; rename it to 2026-09-18-x.yml"),
        ("2026-02-30-x.yml", "there is no 30 February in 2026"),
        ("Company.yml", "like 2026-09-14-short-name.yml"),
        ("2026-09-18-Company.yml", "like 2026-09-14-short-name.yml"),
        ("2026-09-18-.yml", "like 2026-09-14-short-name.yml"),
    ],
)
def test_file_names(name: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(NOTICE, "utf-8")
    done = run("check", *NOW, str(path))
    assert said in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--format", "xml"),
        ("check", "nowhere.yml"),
        ("check", "--now", "later"),
        ("due", "--notices", "/nowhere"),
        ("dew",),
    ],
)
def test_called_wrongly(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["check", "check --format json", "due", "check nowhere.yml 2>/dev/full"])
def test_a_full_disk_is_told_in_one_line(command: str) -> None:
    done = shell(f"noticeboard {command} > /dev/full")
    assert done.returncode == 2
    assert done.stderr == ("" if "2>" in command else "Error: The output: No space left on device.\n")


def test_ctrl_c_while_it_loads_is_no_traceback(tmp_path: Path) -> None:
    """Stopped while it loads its first library."""
    # What runs in a shell's background ignores Ctrl-C.
    stop = "signal.signal(signal.SIGINT, signal.default_int_handler); os.kill(os.getpid(), signal.SIGINT)"
    (tmp_path / "click.py").write_text(f"import os, signal\n{stop}\n", "utf-8")
    done = shell("noticeboard check", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "Aborted!\n")


def test_template_and_examples_pass() -> None:
    assert run("check", *NOW).stdout == "1 file checked: 0 errors, 0 warnings.\n"
    done = run("check", *NOW, folder=EXAMPLES, SAMPLES="true")
    # The samples are of other years: some are silent, one shows what a translation looks like that is older.
    found = {line.rpartition("[")[2] for line in done.stdout.splitlines()[:-1]}
    assert found == {"translation-older]", "silent]", "resolved]", "acronym]", "passive]"}
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("day", "code", "said"),
    [
        ("2027-08-30", 0, "0 errors, 0 warnings"),
        ("2027-09-01", 0, "warning: security_until must be a day ahead, and 2027-09-30 is near."),
        ("2027-09-30", 0, "warning: security_until must be a day ahead, and 2027-09-30 has passed."),
    ],
)
def test_the_contact_for_weaknesses_is_looked_at_again(day: str, code: int, said: str) -> None:
    """It is warned of a month before; a look at some notices alone asks for nothing else."""
    done = run("check", "--now", day)
    assert said in done.stdout
    assert done.returncode == code
    if "security" in said:
        line = (PROJECT / "mkdocs.yml").read_text("utf-8").splitlines()[int(done.stdout.split(":")[1]) - 1]
        assert line.strip() == "security_until: 2027-09-30"
        assert done.stdout.startswith("mkdocs.yml:")
    assert "security" not in run("check", "--now", day, "notices/_template.yml").stdout


def test_copy_of_the_template_only_asks_for_what_is_blank(tmp_path: Path) -> None:
    path = tmp_path / "2026-09-18-company.yml"
    path.write_text((ROOT / "notices" / "_template.yml").read_text("utf-8"), "utf-8")
    done = run("check", *NOW, str(path))
    assert done.returncode == 0
    assert {line.rpartition("[")[2] for line in done.stdout.splitlines()[:-1]} == {
        "blank]",
        "made-up]",
        "file-name-day]",
        "families-not-told]",
        "silent]",
        "personal-data]",
    }


def test_due_json_is_the_contract(site_settings: Settings) -> None:
    done = run("due", "--format", "json", "--notices", str(EXAMPLES), "--now", "2026-11-21 12:00")
    answer = json.loads(done.stdout)
    assert answer["as_of"] == "2026-11-21T12:00:00-05:00"
    rows = {(row["notice"], row["clock"]): row for row in answer["clocks"]}
    assert rows["2026-11-20-reading-app", "district-48-hours"] == {
        "notice": "2026-11-20-reading-app",
        "clock": "district-48-hours",
        "owed_by": "district",
        "owed_to": "families",
        "starts": "2026-11-20T16:45:00-05:00",
        "due": "2026-11-22T16:45:00-05:00",
        "met": None,
        "state": "running",
        "estimated": False,
        "citation": site_settings.policies["district-48-hours"].citation,
    }
    assert {row["state"] for row in answer["clocks"]} <= {
        "not_started",
        "running",
        "overdue",
        "met",
        "met_late",
        "paused",
        "no_date",
    }
    # The sample of the bus routes has not told the Attorney General.
    assert rows["2026-11-12-bus-routes", "ct-36a-701b-attorney-general"]["state"] == "overdue"
    assert done.returncode == 3


def test_due_without_overdue_duties(tmp_path: Path) -> None:
    (tmp_path / "2026-09-18-c.yml").write_text(NOTICE, "utf-8")
    assert run("due", "--notices", str(tmp_path), "--now", "2026-09-18 18:00").returncode == 0
    late = run("due", "--notices", str(tmp_path), "--now", "2026-09-20 15:41")
    assert late.returncode == 3
    assert "overdue, due Sun 2026-09-20 15:40" in late.stdout


def test_due_with_a_wrong_notice_says_so(notices: Path) -> None:
    done = run("due", "--notices", str(notices), *NOW)
    assert done.returncode == 1
    assert "received must be" in done.stderr


def test_epoch_is_the_clock(tmp_path: Path) -> None:
    (tmp_path / "2026-09-18-c.yml").write_text(NOTICE, "utf-8")
    done = run("due", "--notices", str(tmp_path), SOURCE_DATE_EPOCH="1790000000")
    assert done.stdout.startswith("As of Mon 2026-09-21 10:13")


@pytest.mark.parametrize("command", ["check", "due"])
@pytest.mark.parametrize("now", ["2025-03-09 02:30", "2025-11-02 01:30", "soon"])
def test_a_time_that_does_not_exist_is_a_wrong_call(command: str, now: str) -> None:
    done = run(command, "--now", now)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("epoch", ["abc", "99999999999999999"])
def test_a_wrong_epoch_is_told_plainly(epoch: str) -> None:
    done = run("due", SOURCE_DATE_EPOCH=epoch)
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH must be seconds since 1970" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_in_the_folder_goes_unseen(tmp_path: Path) -> None:
    """A slip in a file's name must not mean that a notice is never published and nobody knows."""
    for name in ("2026-09-18-a.YML", "2026-09-18-b.yml.txt", "2026-09-18-c.yml"):
        (tmp_path / name).write_text(NOTICE, "utf-8")
    (tmp_path / "2026").mkdir()
    (tmp_path / "2026-09-18-d.yml").mkdir()
    (tmp_path / "2026-09-18-e.yml").symlink_to("nowhere")
    (tmp_path / "README.md").write_text("About this folder.", "utf-8")
    done = run("check", *NOW, folder=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    wrong = {
        line.split(": error")[0].rpartition("/")[2].split(":")[0]
        for line in done.stdout.splitlines()
        if ": error" in line
    }
    assert wrong == {"2026", "2026-09-18-a.YML", "2026-09-18-b.yml.txt", "2026-09-18-d.yml", "2026-09-18-e.yml"}


@pytest.mark.parametrize(
    "content",
    [
        b"\0" * 250_000,
        b"title: " + b"x" * 250_000,
        bent(what_happened="|\n  " + "[^" * 120_000).encode(),
        bent(what_happened="|\n  " + "{." * 120_000).encode(),
        bent(what_happened="|\n  " + "-" * 250_000).encode(),
        bent(what_happened="|\n  " + "*a " * 80_000).encode(),
        bent(what_happened="|\n  " + "[a](" * 60_000).encode(),
        bent(affected="\n  - who: students\n    data: [" + ", ".join(["x"] * 60_000) + "]").encode(),
        b"[" * 250_000,
        b"".join(b"k%d: 1\n" % number for number in range(25_000)),
    ],
    ids=["nul", "long-line", "footnotes", "braces", "dashes", "stars", "links", "codes", "brackets", "keys"],
)
def test_no_hostile_file_takes_long(content: bytes, law, site_settings) -> None:
    """A quarter of a mebibyte is read within a second or so on any machine; no pull request can stop the checks."""
    import time

    from noticeboard.check import runner
    from noticeboard.check.runner import Source
    from tests.support import NOW as NOON

    start = time.perf_counter()
    runner.check_files([Source("notices/2026-09-18-x.yml", content)], runner.FileChecker(site_settings, law, NOON))
    # A second and a half at most on a quiet machine; what it guards against ran for minutes.
    assert time.perf_counter() - start < 10


def test_mutated_notices_raise_nothing() -> None:
    """A thousand here; `make fuzz` reads a hundred thousand."""
    from tests.tools.fuzz_notices import run as fuzz

    count, slowest, _ = fuzz(1000, 7)
    assert count == 1000
    assert slowest < 5


def test_a_law_that_cannot_be_ends_each_command(tmp_path: Path) -> None:
    """As a process of its own: the law's file is found beside the code."""
    shutil.copytree(ROOT / "hooks", tmp_path / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "notices"):
        (tmp_path / name).symlink_to(PROJECT / name)
    law = tmp_path / "hooks/noticeboard/law/states/CT.yml"
    law.write_text(law.read_text("utf-8").replace("owed_to: families", "owed_to: nobody", 1), "utf-8")
    for command in (
        ["check"],
        ["due"],
        ["watch"],
        ["letter", "x"],
        ["report", "x"],
        ["new", "--from-answers", "mkdocs.yml"],
    ):
        done = subprocess.run(
            [sys.executable, "-P", "-m", "noticeboard", *command],
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path / "hooks")}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 2, command
        assert done.stderr.endswith(
            "Error: hooks/noticeboard/law/states/CT.yml: rule ct-10-234dd-families: owed_to must be among "
            "attorney_general, district, families, public, residents, not nobody.\n"
        ), (command, done.stderr)
