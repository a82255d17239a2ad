"""The workflows: what a fork's pull request can reach, what is pinned, and what the scripts in them do."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import NOTICE, ROOT

FOLDER = ROOT / ".github" / "workflows"
FLOWS = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.yml"))}


def load(name: str) -> dict[Any, Any]:
    flow: dict[Any, Any] = yaml.safe_load(FLOWS[name])
    return flow


def steps(name: str) -> Iterator[dict[str, Any]]:
    for job in load(name)["jobs"].values():
        yield from job["steps"]


def test_what_starts_each_workflow() -> None:
    """Nothing that a stranger can start runs with the rights of main: no pull_request_target, no workflow_run."""
    started = {name: load(name)[True] for name in FLOWS}
    assert {name: set(events) for name, events in started.items()} == {
        "check": {"pull_request", "push"},
        "publish": {"push", "schedule", "workflow_dispatch"},
        "upkeep": {"schedule", "workflow_dispatch"},
        "watch": {"schedule", "workflow_dispatch"},
    }
    assert all(events["push"] == {"branches": ["main"]} for events in started.values() if "push" in events)
    # A pull request that gets another base is checked against that.
    assert started["check"]["pull_request"] == {"types": ["opened", "synchronize", "reopened", "edited"]}


@pytest.mark.parametrize("name", FLOWS)
def test_each_job_has_its_own_small_rights(name: str) -> None:
    flow = load(name)
    assert flow["permissions"] == {}
    for job in flow["jobs"].values():
        assert job["name"]
        assert job["timeout-minutes"] <= 30
        assert set(job["permissions"].values()) <= {"read", "write"}
        if "pull_request" in flow[True]:
            assert job["permissions"] == {"contents": "read"}, "a fork's pull request may read, and nothing else"
    if "pull_request" in flow[True]:
        assert not re.search(r"secrets\.|github\.token|GH_TOKEN|environment:|actions/cache", FLOWS[name])


def test_only_the_deploying_job_may_deploy() -> None:
    """Nothing that runs a library of the build may deploy, sign or write."""
    found = {
        (name, job): {right for right, how in about["permissions"].items() if how == "write"}
        for name in FLOWS
        for job, about in load(name)["jobs"].items()
    }
    assert {key: rights for key, rights in found.items() if rights - {"issues"}} == {
        ("publish", "deploy"): {"pages", "id-token"},
        ("publish", "attest"): {"id-token", "attestations"},
        ("publish", "keep-alive"): {"actions"},
        ("watch", "keep-alive"): {"actions"},
    }
    for job in ("deploy", "attest"):
        assert [sorted(step) for step in load("publish")["jobs"][job]["steps"]] in (
            [["id", "uses"]],
            [["uses", "with"]],
        ), "one action, no script"


def test_every_action_is_pinned_to_one_commit() -> None:
    pins: dict[str, set[str]] = {}
    for text in FLOWS.values():
        for line in re.findall(r"uses: (.*)", text):
            found = re.fullmatch(r"([\w/-]+)@([0-9a-f]{40}) # v\d+(\.\d+)*", line)
            assert found, line
            pins.setdefault(found[1], set()).add(found[2])
    assert all(len(commits) == 1 for commits in pins.values()), pins
    assert len(pins) >= 8


@pytest.mark.parametrize("name", FLOWS)
def test_no_step_leaves_or_takes_what_it_should_not(name: str) -> None:
    for step in steps(name):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
        script = step.get("run", "")
        assert "${{" not in script, "an expression in a script could become a command"
        assert "npm install" not in script
        assert all("--require-hashes" in line for line in script.splitlines() if "pip install" in line)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-upkeep.txt"])
def test_every_library_is_locked_with_hashes(name: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8").strip())
    assert len(entries) > 30
    for entry in entries:
        assert re.match(r"[\w.-]+(\[\w+\])?==\S+", entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]


def test_updates_come_after_a_week() -> None:
    """For everything that is pinned: libraries, actions, the HTML checker."""
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text("utf-8"))["updates"]
    assert {(each["package-ecosystem"], each["directory"]) for each in updates} == {
        ("pip", "/"),
        ("github-actions", "/"),
        ("npm", "/tests/tools/html"),
    }
    assert all(each["cooldown"]["default-days"] >= 7 for each in updates)


def test_nothing_is_published_uninspected() -> None:
    jobs = load("publish")["jobs"]
    scripts = [step.get("run", step.get("uses", "")) for step in jobs["build"]["steps"]]
    (built,) = [index for index, script in enumerate(scripts) if script == "make site"]
    (looked,) = [index for index, script in enumerate(scripts) if "noticeboard inspect site" in script]
    (kept,) = [index for index, script in enumerate(scripts) if script.startswith("actions/upload-pages-artifact@")]
    assert built < looked < kept
    assert jobs["deploy"]["needs"] == "build"
    assert not any("continue-on-error" in step or "if" in step for step in jobs["build"]["steps"])


def test_a_pull_request_cannot_replace_what_judges_it(tmp_path: Path) -> None:
    """It deletes a posted notice, and brings a checker of its own that finds nothing, and a ready `.venv`."""
    proposed, judge = tmp_path / "proposed", tmp_path / "judge"
    for name in ("hooks", "notices"):
        shutil.copytree(ROOT / name, proposed / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", proposed)
    (proposed / "notices" / "2026-09-18-x.yml").write_text(NOTICE, "utf-8")
    git = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-C", str(proposed)]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "posted"], check=True)
    shutil.copytree(proposed / "hooks", judge / "hooks")
    subprocess.run([*git, "checkout", "-q", "-b", "proposal"], check=True)
    (proposed / "notices" / "2026-09-18-x.yml").unlink()
    planted = "print('1 file checked: 0 errors, 0 warnings.')\nraise SystemExit(0)\n"
    (proposed / "hooks" / "noticeboard" / "cli.py").write_text(planted, "utf-8")
    for name in ("sitecustomize.py", "noticeboard.py"):
        (proposed / name).write_text(planted, "utf-8")
    (proposed / ".venv" / "bin").mkdir(parents=True)
    stub(proposed / ".venv" / "bin", "noticeboard", "echo '1 file checked: 0 errors, 0 warnings.'")
    subprocess.run([*git, "add", "-A", "--force"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "proposed"], check=True)
    (judge / ".venv" / "bin").mkdir(parents=True)
    # The judge's command as its environment has it: its own code, in the folder of the proposal.
    judging = f'PYTHONPATH={judge / "hooks"} exec {sys.executable} -P -m noticeboard "$@"'
    stub(judge / ".venv" / "bin", "noticeboard", judging)
    checked = load("check")["jobs"]["notices"]["steps"]
    (step,) = [step for step in checked if step.get("name") == "Check the notices"]
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        cwd=tmp_path / step["working-directory"],
        env={**os.environ, "AGAINST": "main"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "2026-09-18-x.yml must not be deleted" in done.stdout
    assert "The repository must not hold .venv" in done.stdout


def test_only_the_judge_is_set_up_before_the_notices_are_checked() -> None:
    scripts = [step["run"] for step in load("check")["jobs"]["notices"]["steps"] if "run" in step]
    assert all(not re.search(r"(?<!judge )(?<!judge/)\.venv|make (?!-C judge)", script) for script in scripts), scripts


def stub(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


CURL = """while [ $# -gt 0 ]; do
  if [ "$1" = --output ]; then echo '{live}' > "$2"; fi
  shift
done
printf %s '{status}'
exit {ends}"""


class TestGoingBack:
    """The step that chooses what is built, run in a repository with a first and a second version of the code."""

    @pytest.fixture
    def project(self, tmp_path: Path) -> Path:
        project = tmp_path / "project"
        (project / "notices").mkdir(parents=True)
        self.git(project, "init", "-q", "-b", "main")
        for number in ("1", "2"):
            (project / "code").write_text(number, "utf-8")
            (project / "notices" / f"{number}.yml").write_text(number, "utf-8")
            self.git(project, "add", "-A")
            self.git(project, "commit", "-q", "-m", number)
        return project

    def git(self, project: Path, *arguments: str) -> str:
        who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
        done = subprocess.run(["git", "-C", str(project), *who, *arguments], check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def choose(
        self, project: Path, event: str, commit: str = "", live: str = "", status: str = "", ends: int = 0
    ) -> tuple[int, str, str]:
        """Run it; give its exit code, the code that is built, and what it notes; `status` is the live site's answer."""
        (script,) = [step["run"] for step in steps("publish") if step.get("id") == "choose"]
        stub(project.parent, "curl", CURL.format(live=live, status=status or ("200" if live else "404"), ends=ends))
        output = project.parent / "output"
        output.write_text("", "utf-8")
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            cwd=project,
            env={
                **os.environ,
                "PATH": f"{project.parent}:{os.environ['PATH']}",
                "COMMIT": commit,
                "SITE_URL": "https://example.org/",
                "GITHUB_EVENT_NAME": event,
                "GITHUB_OUTPUT": str(output),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        notes = output.read_text("utf-8").strip() or done.stdout.strip()
        return done.returncode, (project / "code").read_text("utf-8"), notes

    def test_main_is_built(self, project: Path) -> None:
        for event in ("push", "schedule", "workflow_dispatch"):
            assert self.choose(project, event) == (0, "2", "")

    def test_an_earlier_commit_keeps_the_notices_of_today(self, project: Path) -> None:
        main, first = self.git(project, "rev-parse", "HEAD"), self.git(project, "rev-parse", "HEAD~1")
        assert self.choose(project, "workflow_dispatch", first) == (0, "1", f"back={main} {first}")
        assert sorted(path.name for path in (project / "notices").iterdir()) == ["1.yml", "2.yml"]

    def test_it_lasts_until_main_moves_on(self, project: Path) -> None:
        main, first = self.git(project, "rev-parse", "HEAD"), self.git(project, "rev-parse", "HEAD~1")
        assert self.choose(project, "schedule", live=f"{main} {first}")[:2] == (0, "1")
        self.git(project, "checkout", "-q", "-f", "main")
        assert self.choose(project, "push", live=f"{main} {first}")[:2] == (0, "2")
        assert self.choose(project, "workflow_dispatch", live=f"{main} {first}")[:2] == (0, "2")
        self.git(project, "commit", "-q", "--allow-empty", "-m", "the cure")
        assert self.choose(project, "schedule", live=f"{main} {first}")[:2] == (0, "2")

    @pytest.mark.parametrize(("status", "ends"), [("500", 0), ("503", 0), ("403", 0), ("000", 28), ("200", 18)])
    def test_a_site_that_does_not_answer_is_left_alone(self, project: Path, status: str, ends: int) -> None:
        """It may have gone back: only a 404 says that it didn't."""
        code, built, said = self.choose(project, "schedule", live="<html>", status=status, ends=ends)
        assert (code, built) == (1, "2")
        assert said == (
            f"::error::The site answered {'nothing' if ends else status}, so nothing says whether it went back. "
            "It stays as it is."
        )
        assert self.choose(project, "push", status=status, ends=ends) == (0, "2", ""), "nobody asks it at a change"

    @pytest.mark.parametrize("commit", ["main", "HEAD~1", "0" * 40, "; touch x", "--help"])
    def test_only_a_commit_of_main(self, project: Path, commit: str) -> None:
        assert self.choose(project, "workflow_dispatch", commit)[:2] == (1, "2")

    def test_not_one_of_another_branch(self, project: Path) -> None:
        self.git(project, "checkout", "-q", "-b", "other")
        self.git(project, "commit", "-q", "--allow-empty", "-m", "not reviewed")
        other = self.git(project, "rev-parse", "HEAD")
        self.git(project, "checkout", "-q", "main")
        assert self.choose(project, "workflow_dispatch", other)[:2] == (1, "2")


OURS = {"number": 7, "title": "A title", "author": {"is_bot": True, "login": "app/github-actions"}}
NOT_OURS = [
    {"number": 5, "title": "A title", "author": {"is_bot": False, "login": "github-actions"}},
    {"number": 6, "title": "A title", "author": {"is_bot": True, "login": "app/another"}},
    {"number": 8, "title": "A title of more words", "author": {"is_bot": True, "login": "app/github-actions"}},
]


def keep_issue(script: str, issues: list[dict[str, Any]], folder: Path, **environment: str) -> str:
    """Run a script with a stub of gh that knows these open issues, and give what it did with them."""
    (folder / "issues.json").write_text(json.dumps(issues), "utf-8")
    # As the real one does, it filters what it lists by the expression after --jq, its last argument.
    stub(
        folder,
        "gh",
        f'if [ "$2" = list ]; then for last; do :; done; jq -r "$last" "{folder}/issues.json"; '
        f'else echo "$2 $3" >> "{folder}/did"; fi',
    )
    subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", **environment},
        check=True,
    )
    return (folder / "did").read_text("utf-8").strip() if (folder / "did").exists() else ""


needs_jq = pytest.mark.skipif(
    not shutil.which("jq"), reason="jq stands in for the one inside gh; GitHub’s machines have it"
)


@needs_jq
@pytest.mark.parametrize(
    ("text", "there", "done"),
    [
        ("found", [], "create --title"),
        ("found", [OURS], "edit 7"),
        ("", [OURS], "close 7"),
        ("", [], ""),
        ("found", NOT_OURS, "create --title"),
        ("found", [*NOT_OURS, OURS], "edit 7"),
        ("", NOT_OURS, ""),
    ],
)
def test_one_issue_of_a_title(text: str, there: list[dict[str, Any]], done: str, tmp_path: Path) -> None:
    """It is opened once, written anew at each run that finds something, and closed when nothing is found.

    An issue of that title that somebody else opened is left alone.
    """
    (tmp_path / "found.md").write_text(text, "utf-8")
    assert keep_issue(f"'{ROOT}/.github/one-issue.sh' 'A title' found.md", there, tmp_path) == done


@needs_jq
@pytest.mark.parametrize(
    ("there", "done"), [([], "create --title"), (NOT_OURS, "create --title"), ([*NOT_OURS, OURS], "comment 7")]
)
def test_a_failure_to_publish_has_one_issue(there: list[dict[str, Any]], done: str, tmp_path: Path) -> None:
    (step,) = load("publish")["jobs"]["report-failure"]["steps"]
    assert keep_issue(step["run"], there, tmp_path, TITLE="A title", RUN="https://example.org/") == done


@pytest.mark.parametrize(("code", "done"), [("0", True), ("3", True), ("1", False), ("2", False)])
def test_the_watch_tells_only_what_it_saw(code: str, done: bool, tmp_path: Path) -> None:
    """Notices that could not be read neither open nor close the issue about duties."""
    (script,) = [step["run"] for step in load("watch")["jobs"]["look"]["steps"] if "one-issue" in step.get("run", "")]
    (tmp_path / ".github").mkdir()
    stub(tmp_path / ".github", "one-issue.sh", 'echo "$@" > did')
    subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, env={**os.environ, "CODE": code}, check=True)
    assert (tmp_path / "did").exists() == done
