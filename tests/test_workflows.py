"""The workflows: what a fork's pull request can reach, what is pinned, and what the scripts in them do."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

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
    assert len(pins) >= 9


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
        ("npm", "/tests/html"),
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


def stub(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


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

    def choose(self, project: Path, event: str, commit: str = "", live: str | None = None) -> tuple[int, str, str]:
        """Run it; give its exit code, the code that is built, and what it notes."""
        (script,) = [step["run"] for step in steps("publish") if step.get("id") == "choose"]
        stub(project.parent, "curl", f"echo '{live}'" if live else "exit 22")
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
        return done.returncode, (project / "code").read_text("utf-8"), output.read_text("utf-8").strip()

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

    @pytest.mark.parametrize("commit", ["main", "HEAD~1", "0" * 40, "; touch x", "--help"])
    def test_only_a_commit_of_main(self, project: Path, commit: str) -> None:
        assert self.choose(project, "workflow_dispatch", commit)[:2] == (1, "2")

    def test_not_one_of_another_branch(self, project: Path) -> None:
        self.git(project, "checkout", "-q", "-b", "other")
        self.git(project, "commit", "-q", "--allow-empty", "-m", "not reviewed")
        other = self.git(project, "rev-parse", "HEAD")
        self.git(project, "checkout", "-q", "main")
        assert self.choose(project, "workflow_dispatch", other)[:2] == (1, "2")


@pytest.mark.parametrize(
    ("text", "there", "done"),
    [("found", "", "create"), ("found", "7", "edit 7"), ("", "7", "close 7"), ("", "", "")],
)
def test_one_issue_of_a_title(text: str, there: str, done: str, tmp_path: Path) -> None:
    """It is opened once, written anew at each run that finds something, and closed when nothing is found."""
    stub(tmp_path, "gh", f'if [ "$2" = list ]; then echo "{there}"; else echo "$2 $3" >> "{tmp_path}/did"; fi')
    (tmp_path / "found.md").write_text(text, "utf-8")
    subprocess.run(
        [str(ROOT / ".github" / "one-issue.sh"), "A title", str(tmp_path / "found.md")],
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        check=True,
    )
    did = (tmp_path / "did").read_text("utf-8") if (tmp_path / "did").exists() else ""
    assert did.startswith(done)
    assert bool(did) == bool(done)
