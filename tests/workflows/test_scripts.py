"""The scripts that several workflows share: one issue of a title, and the site as it stands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT

BOT = {"is_bot": True, "login": "app/github-actions"}
OURS = {"number": 7, "title": "A title", "author": BOT, "is_open": True}
NOT_OURS = [
    {"number": 5, "title": "A title", "author": {"is_bot": False, "login": "github-actions"}, "is_open": True},
    {"number": 6, "title": "A title", "author": {"is_bot": True, "login": "app/another"}, "is_open": True},
    {"number": 8, "title": "A title of more words", "author": BOT, "is_open": True},
]
SAID = "As of 2026-09-20 10:00:\n\n- A duty.\n"


def stub(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/bash\n{script}\n", "utf-8")
    path.chmod(0o755)


def keep_issue(text: str, there: list[dict[str, Any]], folder: Path, *, are_on: bool = True) -> tuple[list[str], str]:
    """Keep one issue of a title; give what was done with issues, and whether it is news."""
    (folder / "gh.json").write_text(json.dumps({"are_on": are_on, "issues": there}), "utf-8")
    stub(folder, "gh", f'PYTHONPATH={ROOT} exec {sys.executable} {ROOT}/tests/workflows/gh.py "$@"')
    (folder / "found.md").write_text(text, "utf-8")
    environment = {"GH_STATE": str(folder / "gh.json"), "GITHUB_OUTPUT": str(folder / "out")}
    subprocess.run(
        [str(ROOT / ".github" / "one-issue.sh"), "A title", "found.md"],
        cwd=folder,
        env={**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", **environment},
        check=True,
    )
    state = json.loads((folder / "gh.json").read_text("utf-8"))
    others = [issue for issue in state["issues"] if issue in NOT_OURS]
    assert others == [issue for issue in there if issue in NOT_OURS], "another's issue was changed"
    return state["did"], (folder / "out").read_text("utf-8").strip()


@pytest.mark.parametrize(
    ("text", "there", "body", "done", "news"),
    [
        (SAID, [], "", ["opened"], "true"),
        (SAID, [OURS], SAID.replace("10:00", "09:00"), [], "false"),
        (SAID, [OURS], SAID + "- Another.\n", ["commented"], "true"),
        ("", [OURS], SAID, ["closed"], "false"),
        ("", [], "", [], "false"),
        (SAID, NOT_OURS, "", ["opened"], "true"),
        (SAID, [*NOT_OURS, OURS], SAID, [], "false"),
        ("", NOT_OURS, "", [], "false"),
    ],
)
def test_one_issue_of_a_title(
    text: str, there: list[dict[str, Any]], body: str, done: list[str], news: str, tmp_path: Path
) -> None:
    """It is opened once, written anew at each run, and closed when nothing is found; who follows it is told of news.

    An issue of that title that somebody else opened is left alone.
    """
    issues = [{**issue, "body": body} if issue is OURS else issue for issue in there]
    assert keep_issue(text, issues, tmp_path) == (done, f"news={news}")


@pytest.mark.parametrize(("text", "news"), [(SAID, "true"), ("", "false")])
def test_without_issues_nothing_fails(text: str, news: str, tmp_path: Path) -> None:
    assert keep_issue(text, [], tmp_path, are_on=False) == ([], f"news={news}")


@pytest.mark.parametrize(
    ("status", "ends", "said"),
    [
        ("200", 0, "there"),
        ("404", 0, "absent"),
        ("000", 6, "doesn’t answer: its name may not lead anywhere yet (DNS). If no site stands there yet, run"),
        ("200", 18, "doesn’t answer: "),
        ("301", 0, "leads elsewhere (301): the Pages may be private"),
        ("403", 0, "The site answered 403. It stays as it is"),
        ("500", 0, "The site answered 500. It stays as it is"),
    ],
)
def test_the_site_as_it_stands(status: str, ends: int, said: str, tmp_path: Path) -> None:
    """Only a 404 says that a file isn't there; a part of one (curl's 18) says nothing."""
    stub(tmp_path, "curl", f"printf %s {status}; exit {ends}")
    done = subprocess.run(
        [str(ROOT / ".github" / "ask-site.sh"), "notices.json", "file"],
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "SITE_URL": "https://board.example.org/"},
        capture_output=True,
        text=True,
        check=False,
    )
    if said in {"there", "absent"}:
        assert (done.returncode, done.stdout, done.stderr) == (0, f"{said}\n", "")
    else:
        assert (done.returncode, done.stdout, said in done.stderr) == (1, "", True), done.stderr
        assert done.stderr.startswith("::error::")
