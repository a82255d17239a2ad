"""Runs the workflows on this machine: each step's own script under bash, on a real git history, with stand-ins for GitHub.

What a script calls is real where it can be: git, bash, the build, `noticeboard`. Stand-ins are gh (issues in a file),
curl (the site as it stands, a folder), make (which would set up an environment) and the actions: checkout clones, the
Pages' actions keep and put up a folder, the signer may be down.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.support import PROJECT, ROOT
from tests.workflows.expressions import as_text, evaluate, fill

FLOWS = ROOT / ".github" / "workflows"
SITE = "https://board.example.org"
_CURL = """
for last; do :; done
output=/dev/null fails=
while [ $# -gt 0 ]; do
  case "$1" in --output) output=$2 ;; --fail) fails=yes ;; --write-out) writes=yes ;; esac
  shift
done
status=$LIVE_STATUS file=$LIVE/${last#"$LIVE_ADDRESS"/}
if [ "$status" = 200 ]; then
  if [ -f "$file" ]; then cp "$file" "$output"; else status=404; fi
fi
if [ -n "${writes:-}" ]; then printf %s "$status"; fi
if [ "$status" = 000 ]; then exit 6; fi
if [ -n "$fails" ] && [ "$status" != 200 ]; then exit 22; fi
"""
_MAKE = """
folder=.
if [ "$1" = -C ]; then folder=$2; shift 2; fi
cd "$folder"
mkdir -p .venv/bin
printf '#!/bin/sh\\nPYTHONPATH=%s exec {python} -P -m noticeboard "$@"\\n' "$PWD/hooks" > .venv/bin/noticeboard
chmod +x .venv/bin/noticeboard
case "$1" in
  .venv/ready) ;;
  site) PYTHONPATH=$PWD/hooks exec {python} -P -m mkdocs build --quiet --strict ;;
  *) echo "this stand-in makes no $1" >&2; exit 2 ;;
esac
"""


@dataclass
class GitHub:
    """A repository on GitHub: its branches, its site, its issues, and the time."""

    folder: Path
    live: Path
    """The site that stands; empty: none."""
    live_status: str = "200"
    """What the site's address answers."""
    address: str = SITE
    now: int = 1_795_600_000
    """In seconds since 1970; the builds' clock."""
    signer_is_up: bool = True
    deploys: bool = True
    did: list[str] = field(default_factory=list)
    """What became of issues, in order."""

    @classmethod
    def make(cls, folder: Path) -> GitHub:
        """Make a repository with the project in it, and no notice."""
        work = folder / "origin"
        for name in ("hooks", "docs", ".github"):
            shutil.copytree(PROJECT / name, work / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("mkdocs.yml", ".gitignore", "notices/_template.yml", "notices/notice.schema.json"):
            (work / name).parent.mkdir(exist_ok=True)
            shutil.copy(PROJECT / name, work / name)
        github = cls(folder, folder / "live")
        github.live.mkdir()
        github.git("init", "-q", "-b", "main")
        github.commit("The board")
        github.issues(are_on=True)
        return github

    @property
    def origin(self) -> Path:
        return self.folder / "origin"

    def git(self, *arguments: str) -> str:
        who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
        done = subprocess.run(
            ["git", *who, *arguments], cwd=self.origin, env={**os.environ, **self._dates()}, check=True, capture_output=True, text=True
        )  # fmt: skip
        return done.stdout.strip()

    def _dates(self) -> dict[str, str]:
        return {"GIT_AUTHOR_DATE": f"{self.now} +0000", "GIT_COMMITTER_DATE": f"{self.now} +0000"}

    def commit(self, message: str, files: Mapping[str, str | None] | None = None) -> str:
        """Commit files by their paths; None deletes one. Return the commit."""
        for name, text in (files or {}).items():
            self.write(name, text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def write(self, name: str, text: str | None) -> None:
        path = self.origin / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")

    def issues(self, *, are_on: bool) -> None:
        (self.folder / "gh.json").write_text(json.dumps({"are_on": are_on, "issues": [], "did": []}), "utf-8")

    def open_issues(self) -> dict[str, str]:
        """Return the open issues' texts by their titles."""
        state = json.loads((self.folder / "gh.json").read_text("utf-8"))
        return {issue["title"]: issue["body"] for issue in state["issues"] if issue["is_open"]}

    def issue_news(self) -> list[str]:
        """Return what was done with issues since it was last asked."""
        path = self.folder / "gh.json"
        state = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps({**state, "did": []}), "utf-8")
        did: list[str] = state["did"]
        return did


@dataclass
class Job:
    """What became of one job."""

    result: str
    outputs: dict[str, str]
    log: str
    summary: str


def run(
    github: GitHub,
    name: str,
    event: str,
    about: Mapping[str, Any] | None = None,
    inputs: Mapping[str, Any] | None = None,
) -> dict[str, Job]:
    """Run a workflow; `about` adds to the context `github`. Return its jobs by their keys."""
    flow = yaml.safe_load((FLOWS / f"{name}.yml").read_text("utf-8"))
    assert event in flow[True], f"{name}.yml does not start at {event}"
    contexts: dict[str, Any] = {
        "github": {
            "event_name": event, "server_url": "https://github.com", "repository": "district/board", "run_id": "1",
            "token": "token", "sha": github.git("rev-parse", "main"), **(about or {}),
        },
        "inputs": inputs or {},
    }  # fmt: skip
    jobs: dict[str, Job] = {}
    for key, job in flow["jobs"].items():
        needed = job.get("needs", [])
        needs = {each: jobs[each] for each in ([needed] if isinstance(needed, str) else needed)}
        seen = {
            **contexts,
            "needs": {each: {"result": done.result, "outputs": done.outputs} for each, done in needs.items()},
        }
        if not _starts(job, needs, seen):
            jobs[key] = Job("skipped", {}, "", "")
            continue
        jobs[key] = _Run(github, flow, job, seen).all()
    return jobs


def _starts(about: Mapping[str, Any], needs: Mapping[str, Job], contexts: Mapping[str, Any]) -> bool:
    condition = about.get("if", "")
    if "always()" not in condition and any(job.result != "success" for job in needs.values()):
        return False
    return not condition or bool(evaluate(condition, contexts))


class _Run:
    """One job on a machine of its own."""

    def __init__(
        self, github: GitHub, flow: Mapping[str, Any], about: Mapping[str, Any], contexts: dict[str, Any]
    ) -> None:
        self.github, self.about = github, about
        number = len(list(github.folder.glob("machine-*")))
        self.machine = github.folder / f"machine-{number}"
        self.work = self.machine / "work"
        self.work.mkdir(parents=True)
        self.contexts = {**contexts, "steps": {}}
        self.environment: dict[str, str] = {**flow.get("env", {}), **about.get("env", {})}
        self.log, self.summary = "", ""
        self._stand_ins()

    def all(self) -> Job:
        failed = False
        for step in self.about["steps"]:
            condition = step.get("if", "")
            if failed and "always()" not in condition:
                continue
            if condition and not evaluate(condition, self.contexts):
                continue
            failed = not self._step(step) or failed
        result = "failure" if failed and not self.about.get("continue-on-error") else "success"
        outputs = {name: fill(value, self.contexts) for name, value in self.about.get("outputs", {}).items()}
        return Job(result, outputs, self.log, self.summary)

    def _step(self, step: Mapping[str, Any]) -> bool:
        outputs: dict[str, str] = {}
        if "uses" in step:
            with_ = {name: fill(as_text(value), self.contexts) for name, value in step.get("with", {}).items()}
            is_done = self._action(step["uses"].partition("@")[0], with_, outputs)
        else:
            is_done = self._script(step, outputs)
        if "id" in step:
            self.contexts["steps"] = {**self.contexts["steps"], step["id"]: {"outputs": outputs}}
        return is_done

    def _action(self, name: str, with_: Mapping[str, str], outputs: dict[str, str]) -> bool:
        if name == "actions/checkout":
            self._check_out(self.work / with_.get("path", "."), with_)
        elif name == "actions/configure-pages":
            outputs["base_url"] = self.github.address
        elif name == "actions/upload-pages-artifact":
            shutil.copytree(self.work / with_["path"], self.github.folder / "artifact", dirs_exist_ok=True)
        elif name == "actions/deploy-pages":
            if not self.github.deploys:
                self.log += "the deployment failed\n"
                return False
            shutil.rmtree(self.github.live)
            shutil.move(self.github.folder / "artifact", self.github.live)
            self.github.live_status = "200"
        elif name == "actions/attest-build-provenance":
            return self.github.signer_is_up
        else:
            assert name in {"actions/setup-python", "actions/upload-artifact"}, f"the simulator knows no {name}"
        return True

    def _check_out(self, target: Path, with_: Mapping[str, str]) -> None:
        ref = with_.get("ref") or self.contexts["github"]["sha"]
        if target.exists() and not any(target.iterdir()):
            target.rmdir()
        subprocess.run(["git", "clone", "-q", str(self.github.origin), str(target)], check=True, capture_output=True)
        subprocess.run(["git", "checkout", "-q", ref], cwd=target, check=True, capture_output=True)
        if with_.get("fetch-depth") != "0":
            # As shallow as GitHub's: nothing of the history is there.
            subprocess.run(
                ["git", "checkout", "-q", "--orphan", "shallow"], cwd=target, check=True, capture_output=True
            )

    def _script(self, step: Mapping[str, Any], outputs: dict[str, str]) -> bool:
        files = {name: self.machine / name for name in ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STEP_SUMMARY")}
        for path in files.values():
            path.write_text("", "utf-8")
        own = {name: fill(as_text(value), self.contexts) for name, value in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.work / step.get("working-directory", "."),
            env={
                **os.environ,
                "PATH": f"{self.machine / 'bin'}{os.pathsep}{os.environ['PATH']}",
                "NO_MKDOCS_2_WARNING": "1",
                "SEARCH": "false",
                "LANGUAGES": "en",
                "SOURCE_DATE_EPOCH": str(self.github.now),
                "GITHUB_SHA": self.contexts["github"]["sha"],
                "GITHUB_EVENT_NAME": self.contexts["github"]["event_name"],
                "GH_STATE": str(self.github.folder / "gh.json"),
                "LIVE": str(self.github.live),
                "LIVE_STATUS": self.github.live_status,
                "LIVE_ADDRESS": self.github.address,
                **self.environment,
                **own,
                **{name: str(path) for name, path in files.items()},
            },
            capture_output=True,
            text=True,
            check=False,
        )
        self.log += done.stdout + done.stderr
        self.summary += files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
        self.environment.update(_pairs(files["GITHUB_ENV"]))
        outputs.update(_pairs(files["GITHUB_OUTPUT"]))
        return done.returncode == 0

    def _stand_ins(self) -> None:
        folder = self.machine / "bin"
        folder.mkdir()
        gh = f'PYTHONPATH={ROOT} exec {sys.executable} {ROOT}/tests/workflows/gh.py "$@"'
        date = 'if [ "$*" = +%s ]; then echo "$SOURCE_DATE_EPOCH"; else exec /bin/date "$@"; fi'
        scripts = {"gh": gh, "curl": _CURL, "make": _MAKE.format(python=sys.executable), "date": date}
        for name, script in scripts.items():
            (folder / name).write_text(f"#!/bin/bash\n{script}\n", "utf-8")
            (folder / name).chmod(0o755)


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text("utf-8").splitlines():
        name, _, value = line.partition("=")
        yield name, value
