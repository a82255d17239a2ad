"""`noticeboard doctor`: what GitHub says of a repository, and what is not as it must be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import run

RULES = [
    {
        "type": "pull_request",
        "parameters": {
            "required_approving_review_count": 1,
            "require_code_owner_review": True,
            "dismiss_stale_reviews_on_push": True,
        },
    },
    {
        "type": "required_status_checks",
        "parameters": {
            "strict_required_status_checks_policy": True,
            "required_status_checks": [{"context": "The notices"}, {"context": "The site"}],
        },
    },
    {"type": "deletion"},
    {"type": "non_fast_forward"},
]
RIGHT: dict[str, Any] = {
    "": {"has_issues": True},
    "pages": {"build_type": "workflow", "https_enforced": True},
    "environments/github-pages": {"deployment_branch_policy": {"protected_branches": True}},
    "private-vulnerability-reporting": {"enabled": True},
    "codeowners/errors": {"errors": []},
    "rules/branches/main": RULES,
    "actions/permissions/fork-pr-contributor-approval": {"approval_policy": "all_external_contributors"},
}
MUST = [
    "Pages are published by GitHub Actions, over https.",
    "Only main may deploy to the environment github-pages.",
    "Issues are on: the workflows tell of duties and failures there.",
    "Weaknesses can be reported privately.",
    "Every name in CODEOWNERS is known and may write.",
    "A change of main needs an approval by a code owner, given anew after each push.",
    "A change of main needs the checks The notices and The site on an up-to-date branch.",
    "Nobody can delete main or rewrite its history.",
    "Workflows of pull requests from outside wait for an approval.",
    "CODEOWNERS names who approves.",
]


@pytest.fixture
def github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with owners, and a stand-in for gh that answers from files: PATH → status and body."""
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "CODEOWNERS").write_text("* @a/b\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answers(folder: Path, monkeypatch: pytest.MonkeyPatch, said: dict[str, Any]) -> None:
    """Let gh say this; a number is a status without an answer."""
    (folder / "said.json").write_text(json.dumps(said), "utf-8")
    gh = folder / "bin" / "gh"
    gh.parent.mkdir()
    gh.write_text(
        "#!/usr/bin/env python3\nimport json, sys\n"
        f"said = json.load(open({str(folder / 'said.json')!r}))\n"
        "assert sys.argv[1:3] == ['api', '--include'], sys.argv\n"
        "path = sys.argv[3].removeprefix('repos/{owner}/{repo}').strip('/')\n"
        "found = said.get(path, 404)\n"
        "status = found if isinstance(found, int) else 200\n"
        "print(f'HTTP/2.0 {status} X\\r\\nA: b\\r\\n\\r')\n"
        "print(json.dumps({} if status != 200 else found))\n"
        "sys.exit(status != 200)\n",
        "utf-8",
    )
    gh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{gh.parent}:/usr/bin:/bin")


def test_all_is_right(github: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(github, monkeypatch, RIGHT)
    done = run("doctor")
    assert (done.returncode, done.stdout.splitlines()) == (0, [f"[x] {line}" for line in MUST])


CASES: list[tuple[int, dict[str, Any]]] = [
    (0, {"pages": 404}),
    (0, {"pages": {"build_type": "legacy", "https_enforced": True}}),
    (0, {"pages": {"build_type": "workflow", "https_enforced": False}}),
    (1, {"environments/github-pages": 404}),
    (1, {"environments/github-pages": {"deployment_branch_policy": None}}),
    (2, {"": {"has_issues": False}}),
    (3, {"private-vulnerability-reporting": {"enabled": False}}),
    (4, {"codeowners/errors": {"errors": [{"kind": "Unknown owner"}]}}),
    (5, {"rules/branches/main": [{**RULES[0], "parameters": {"required_approving_review_count": 0}}, *RULES[1:]]}),
    (6, {"rules/branches/main": [RULES[0], *RULES[2:]]}),
    (7, {"rules/branches/main": RULES[:3]}),
    (8, {"actions/permissions/fork-pr-contributor-approval": {"approval_policy": "first_time_contributors"}}),
]


@pytest.mark.parametrize(("number", "said"), CASES, ids=[f"{number}-{next(iter(said))}" for number, said in CASES])
def test_one_thing_is_wrong(number: int, said: dict[str, Any], github: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is marked, with where it is set; all else is right."""
    answers(github, monkeypatch, {**RIGHT, **said})
    done = run("doctor")
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert [line for line in lines if line.startswith("[ ]")] == [f"[ ] {MUST[number]}"]
    assert lines[lines.index(f"[ ] {MUST[number]}") + 1].startswith("    Settings → ")
    assert len([line for line in lines if line.startswith("[x]")]) == len(MUST) - 1


def test_who_may_not_see_is_told(github: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(github, monkeypatch, {**RIGHT, "pages": 403, "private-vulnerability-reporting": 401})
    done = run("doctor")
    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if line.startswith("[?]")] == [f"[?] {MUST[0]}", f"[?] {MUST[3]}"]
    assert done.stdout.endswith(
        "\n2 could not be seen. Run `gh auth login` as somebody who administers the repository.\n"
    )


def test_without_gh_it_is_a_list_to_tick(github: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (github / ".github" / "CODEOWNERS").write_text("# nobody\n", "utf-8")
    monkeypatch.setenv("PATH", str(github))
    done = run("doctor")
    assert done.returncode == 1
    assert done.stdout.startswith("GitHub’s command gh is not here, so nothing was looked at.")
    assert [line for line in done.stdout.splitlines() if line.startswith("[")] == [f"[ ] {line}" for line in MUST]
    assert "as it is, nobody is asked" in done.stdout


def test_a_repository_that_cannot_be(github: Path) -> None:
    assert run("doctor", "--repository", "a b").returncode == 2


def test_what_github_never_says_is_not_taken_for_an_answer(github: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(
        github, monkeypatch, {**RIGHT, "pages": [], "rules/branches/main": {"message": "x"}, "codeowners/errors": "x"}
    )
    done = run("doctor")
    unseen = [f"[?] {MUST[number]}" for number in (0, 4, 5, 6, 7)]
    assert (done.returncode, [line for line in done.stdout.splitlines() if line.startswith("[?]")]) == (1, unseen)
