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

from tests.support import NOTICE, PROJECT, ROOT

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
    shutil.copy(PROJECT / "mkdocs.yml", proposed)
    (proposed / "notices" / "2026-09-18-x.yml").write_text(NOTICE, "utf-8")
    git = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-C", str(proposed)]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "posted"], check=True)
    shutil.copytree(proposed / "hooks", judge / "hooks")
    subprocess.run([*git, "checkout", "-q", "-b", "proposal"], check=True)
    (proposed / "notices" / "2026-09-18-x.yml").unlink()
    planted = "print('1 file checked: 0 errors, 0 warnings.')\nraise SystemExit(0)\n"
    (proposed / "hooks" / "noticeboard" / "cli" / "__init__.py").write_text(planted, "utf-8")
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
    checked = load("notices")["jobs"]["notices"]["steps"]
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
    scripts = [step["run"] for step in load("notices")["jobs"]["notices"]["steps"] if "run" in step]
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
        assert self.choose(project, "workflow_dispatch", live=f"{main} {first}")[:2] == (0, "2")
        (project / "notices" / "3.yml").write_text("3", "utf-8")
        self.git(project, "add", "-A")
        self.git(project, "commit", "-q", "-m", "a notice")
        for event in ("push", "schedule"):
            assert self.choose(project, event, live=f"{main} {first}")[:2] == (0, "1"), "a notice cures nothing"
            assert sorted(path.name for path in (project / "notices").iterdir()) == ["1.yml", "2.yml", "3.yml"]
            self.git(project, "checkout", "-q", "-f", "main")
        (project / "code").write_text("3", "utf-8")
        self.git(project, "commit", "-q", "-a", "-m", "the cure")
        for event in ("push", "schedule"):
            assert self.choose(project, event, live=f"{main} {first}")[:2] == (0, "3")

    @pytest.mark.parametrize(("status", "ends"), [("500", 0), ("503", 0), ("403", 0), ("000", 28), ("200", 18)])
    def test_a_site_that_does_not_answer_is_left_alone(self, project: Path, status: str, ends: int) -> None:
        """It may have gone back: only a 404 says that it didn't."""
        for event in ("schedule", "push"):
            code, built, said = self.choose(project, event, live="<html>", status=status, ends=ends)
            assert (code, built) == (1, "2")
        assert said == (
            f"::error::The site answered {'nothing' if ends else status}, so nothing says whether it went back. "
            "It stays as it is."
        )
        assert self.choose(project, "workflow_dispatch", status=status, ends=ends) == (0, "2", ""), (
            "by hand nobody asks"
        )

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


def keep_issue(
    script: str, issues: list[dict[str, Any]], folder: Path, body: str = "", *, are_on: bool = True, **environment: str
) -> tuple[list[str], str]:
    """Run a script with a stub of gh that knows these open issues; give what it did with them, and whether it is news."""
    (folder / "issues.json").write_text(json.dumps(issues), "utf-8")
    (folder / "body").write_text(body, "utf-8")
    # As the real one does, it filters what it lists by the expression after --jq, its last argument.
    stub(
        folder,
        "gh",
        f'case "$1 $2" in "repo view") echo {str(are_on).lower()} ;; '
        f'"issue list") for last; do :; done; jq -r "$last" "{folder}/issues.json" ;; '
        f'"issue view") cat "{folder}/body" ;; *) echo "$2 $3" >> "{folder}/did" ;; esac',
    )
    subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{folder}:{os.environ['PATH']}",
            "GITHUB_OUTPUT": str(folder / "out"),
            **environment,
        },
        check=True,
    )
    did, out = (folder / name for name in ("did", "out"))
    return did.read_text("utf-8").splitlines() if did.exists() else [], out.read_text("utf-8").strip()


needs_jq = pytest.mark.skipif(
    not shutil.which("jq"), reason="jq stands in for the one inside gh; GitHub’s machines have it"
)


SAID = "As of 2026-09-20 10:00:\n\n- A duty.\n"


@needs_jq
@pytest.mark.parametrize(
    ("text", "there", "body", "done", "news"),
    [
        (SAID, [], "", ["create --title"], "true"),
        (SAID, [OURS], SAID.replace("10:00", "09:00"), ["edit 7"], "false"),
        (SAID, [OURS], SAID + "- Another.\n", ["edit 7", "comment 7"], "true"),
        ("", [OURS], SAID, ["close 7"], "false"),
        ("", [], "", [], "false"),
        (SAID, NOT_OURS, "", ["create --title"], "true"),
        (SAID, [*NOT_OURS, OURS], SAID, ["edit 7"], "false"),
        ("", NOT_OURS, "", [], "false"),
    ],
)
def test_one_issue_of_a_title(
    text: str, there: list[dict[str, Any]], body: str, done: list[str], news: str, tmp_path: Path
) -> None:
    """It is opened once, written anew at each run, and closed when nothing is found; who follows it is told of news.

    An issue of that title that somebody else opened is left alone.
    """
    (tmp_path / "found.md").write_text(text, "utf-8")
    script = f"'{ROOT}/.github/one-issue.sh' 'A title' found.md"
    assert keep_issue(script, there, tmp_path, body) == (done, f"news={news}")


@pytest.mark.parametrize(("text", "news"), [(SAID, "true"), ("", "false")])
def test_without_issues_nothing_fails(text: str, news: str, tmp_path: Path) -> None:
    (tmp_path / "found.md").write_text(text, "utf-8")
    script = f"'{ROOT}/.github/one-issue.sh' 'A title' found.md"
    assert keep_issue(script, [], tmp_path, are_on=False) == ([], f"news={news}")


@needs_jq
@pytest.mark.parametrize(
    ("build", "deploy", "there", "done"),
    [
        ("success", "success", [], []),
        ("success", "success", [OURS], ["close 7"]),
        ("failure", "skipped", [], ["create --title"]),
        ("success", "cancelled", [], ["create --title"]),
        ("success", "failure", [OURS], ["edit 7", "comment 7"]),
        ("failure", "skipped", [OURS], ["edit 7"]),
    ],
)
def test_a_failure_to_publish_has_one_issue(
    build: str, deploy: str, there: list[dict[str, Any]], done: list[str], tmp_path: Path
) -> None:
    """It names what failed, says another cause once, and is closed by the next site that is up."""
    job = load("publish")["jobs"]["report"]
    assert job["if"] == "always()", "a job that took too long reads as cancelled"
    (script,) = [step["run"] for step in job["steps"] if "run" in step]
    ours = [{**issue, "title": "The site could not be published"} for issue in there]
    before = (
        "The last site stays up, and grows older.\r\n\r\n- Build and inspect: failure\r\n- Put on GitHub Pages: skipped\r\n"
        "\r\nThe newest run that failed, step by step: https://github.com/a/b/actions/runs/1\r\n"
    )
    shutil.copytree(ROOT / ".github", tmp_path / ".github")
    run = "https://github.com/a/b/actions/runs/2"
    assert keep_issue(script, ours, tmp_path, before, BUILD=build, DEPLOY=deploy, RUN=run)[0] == done


@pytest.mark.parametrize(
    ("code", "news", "fails"), [("0", "false", False), ("3", "true", True), ("3", "false", False), ("1", "", True)]
)
def test_the_watch_fails_once_for_what_is_new(code: str, news: str, fails: bool) -> None:
    (step,) = [step for step in load("watch")["jobs"]["look"]["steps"] if step.get("name") == "Fail visibly"]
    if code == "0":
        assert step["if"] == "steps.look.outputs.code != '0'"
        return
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]], env={"CODE": code, "NEWS": news}, check=False, capture_output=True
    )
    assert bool(done.returncode) is fails


def test_a_push_is_compared_with_what_main_was_before(tmp_path: Path) -> None:
    """However many commits it has; the first of all, and one after a force push, are compared with what there is."""
    (step,) = [
        step for step in load("notices")["jobs"]["notices"]["steps"] if step.get("name") == "Find what is posted"
    ]
    git = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    hashes = []
    for number in range(3):
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", str(number)], check=True)
        hashes.append(
            subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
        )
    found = {}
    for name, base, before in (
        ("pull request", "main", ""),
        ("push of two commits", "", hashes[0]),
        ("first push", "", "0" * 40),
    ):
        output = tmp_path / "environment"
        output.write_text("", "utf-8")
        environment = {**os.environ, "BASE": base, "BEFORE": before, "GITHUB_ENV": str(output)}
        subprocess.run(["bash", "-eo", "pipefail", "-c", step["run"]], cwd=tmp_path, env=environment, check=True)
        found[name] = output.read_text("utf-8").strip()
    assert found == {
        "pull request": "AGAINST=origin/main",
        "push of two commits": f"AGAINST={hashes[0]}",
        "first push": f"AGAINST={hashes[2]}",
    }


@pytest.mark.parametrize(
    ("status", "ends", "first", "code", "said"),
    [
        ("200", 0, "", 0, "inspect site --before before.json"),
        ("404", 0, "", 0, "inspect site"),
        ("000", 6, "", 1, "doesn’t answer: its name may not lead anywhere yet (DNS)"),
        ("302", 0, "", 1, "leads elsewhere (302): the Pages may be private"),
        ("500", 0, "", 1, "The site answered 500, so nothing could be compared."),
        ("000", 6, "true", 0, "inspect site"),
    ],
)
def test_what_the_new_site_is_compared_with(
    status: str, ends: int, first: str, code: int, said: str, tmp_path: Path
) -> None:
    (step,) = [
        step for step in load("publish")["jobs"]["build"]["steps"] if step.get("name") == "Inspect what was built"
    ]
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    stub(tmp_path / ".venv" / "bin", "noticeboard", 'echo "$@"')
    stub(tmp_path, "curl", CURL.format(live="{}", status=status, ends=ends))
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "SITE_URL": "https://example.org/", "FIRST": first}
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        env={**os.environ, **environment},
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, said in done.stdout) == (code, True), done.stdout + done.stderr


@pytest.mark.parametrize(("code", "done"), [("0", True), ("3", True), ("1", False), ("2", False)])
def test_the_watch_tells_only_what_it_saw(code: str, done: bool, tmp_path: Path) -> None:
    """Notices that could not be read neither open nor close the issue about duties."""
    (script,) = [step["run"] for step in load("watch")["jobs"]["look"]["steps"] if "one-issue" in step.get("run", "")]
    (tmp_path / ".github").mkdir()
    stub(tmp_path / ".github", "one-issue.sh", 'echo "$@" > did')
    subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, env={**os.environ, "CODE": code}, check=True)
    assert (tmp_path / "did").exists() == done
