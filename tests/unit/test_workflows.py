"""The workflows: what a fork's pull request can reach, what is pinned, and what the scripts in them do."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import ROOT

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
        "check": {"pull_request", "push", "schedule"},
        "notices": {"pull_request", "push"},
        "publish": {"push", "schedule", "workflow_dispatch"},
        "upkeep": {"schedule", "workflow_dispatch"},
        "watch": {"schedule", "workflow_dispatch"},
    }
    assert all(events["push"]["branches"] == ["main"] for events in started.values() if "push" in events)
    # A pull request that gets another base is checked against that; ticking its boxes starts no browser.
    assert started["notices"]["pull_request"] == {"types": ["opened", "synchronize", "reopened", "edited"]}
    # An urgent notice waits for the notices and the site alone.
    assert started["check"]["pull_request"] == {"paths-ignore": ["notices/*.yml"]}
    assert {name for name in FLOWS if load(name)["defaults"] == {"run": {"shell": "bash"}}} == set(FLOWS)


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
        ("upkeep", "keep-alive"): {"actions"},
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


def test_runs_that_publish_wait_for_each_other_and_build_main_as_it_is() -> None:
    flow = load("publish")
    assert flow["concurrency"] == {"group": "publish", "cancel-in-progress": False, "queue": "max"}
    (checkout,) = [
        step for step in flow["jobs"]["build"]["steps"] if step.get("uses", "").startswith("actions/checkout")
    ]
    assert checkout["with"]["ref"] == "main"


def test_what_judges_takes_nothing_from_a_cache() -> None:
    """A job that runs a pull request's own code could have filled it."""
    assert "cache" not in FLOWS["notices"]
    assert {name for name in FLOWS if load(name).get("env") == {"REQUIREMENTS": "requirements-site.txt"}} == {
        "notices", "publish", "watch",
    }  # fmt: skip


SCHEMAS = {
    **dict.fromkeys(sorted(f"workflows/{path.name}" for path in FOLDER.glob("*.yml")), "github-workflows"),
    "dependabot.yml": "dependabot",
    "ISSUE_TEMPLATE/breach.yml": "github-issue-forms",
    "ISSUE_TEMPLATE/config.yml": "github-issue-config",
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_file_is_as_github_publishes_its_format(name: str) -> None:
    checker = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{SCHEMAS[name]}"]
    done = subprocess.run([*checker, str(ROOT / ".github" / name)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_of_githubs_is_left_out() -> None:
    there = {path.relative_to(ROOT / ".github").as_posix() for path in (ROOT / ".github").rglob("*.yml")}
    assert there == set(SCHEMAS)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-site.txt", "requirements-upkeep.txt"])
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
    assert not any("continue-on-error" in step for step in jobs["build"]["steps"])
    conditions = {step.get("uses", "").partition("@")[0]: step["if"] for step in jobs["build"]["steps"] if "if" in step}
    assert conditions == {"actions/upload-pages-artifact": "steps.news.outputs.changed == 'true'"}


def test_nothing_red_is_taken_for_green() -> None:
    """A job or step that may fail is the signer's alone, and the site goes up with its hidden files."""
    assert [name for name in FLOWS for step in steps(name) if "continue-on-error" in step] == []
    jobs = {(name, key): job for name in FLOWS for key, job in load(name)["jobs"].items()}
    assert [key for key, job in jobs.items() if job.get("continue-on-error")] == [("publish", "attest")]
    (kept,) = [step for step in steps("publish") if step.get("uses", "").startswith("actions/upload-pages-artifact@")]
    assert kept["with"]["include-hidden-files"] is True


@pytest.mark.parametrize(
    ("build", "deploy", "changed", "said"),
    [
        ("success", "success", "true", "closes"),
        ("success", "skipped", "false", "leaves it"),
        ("success", "skipped", "", "tells"),
        ("success", "cancelled", "true", "tells"),
        ("success", "failure", "true", "tells"),
        ("failure", "skipped", "", "tells"),
        ("cancelled", "skipped", "", "tells"),
    ],
)
def test_what_is_told_of_a_run(build: str, deploy: str, changed: str, said: str, tmp_path: Path) -> None:
    (script,) = [step["run"] for step in load("publish")["jobs"]["report"]["steps"] if "run" in step]
    assert load("publish")["jobs"]["report"]["if"] == "always()"
    (tmp_path / ".github").mkdir()
    stub = tmp_path / ".github" / "one-issue.sh"
    stub.write_text('#!/bin/sh\n[ -s "$2" ] && echo tells || echo closes\n', "utf-8")
    stub.chmod(0o755)
    environment = {"BUILD": build, "DEPLOY": deploy, "CHANGED": changed, "RUN": "https://github.com/a/b/actions/runs/1"}
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )  # fmt: skip
    assert done.stdout.strip() == said.replace("leaves it", "")


def test_only_the_judge_is_set_up_before_the_notices_are_checked() -> None:
    scripts = [step["run"] for step in load("notices")["jobs"]["notices"]["steps"] if "run" in step]
    assert all(not re.search(r"(?<!judge )(?<!judge/)\.venv|make (?!-C judge)", script) for script in scripts), scripts
