"""What happens on GitHub, case by case, is what OPERATIONS.md says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import ROOT
from tests.workflows.cases import CASES, Case, published, row, verdict
from tests.workflows.expressions import evaluate, fill
from tests.workflows.simulator import GitHub

TOLD = [line for line in (ROOT / "OPERATIONS.md").read_text("utf-8").splitlines() if line.startswith("| `")]


@pytest.mark.parametrize("each", CASES, ids=[f"{case.flow}: {case.name}" for case in CASES])
def test_case(each: Case, tmp_path: Path) -> None:
    assert row(each, verdict(each, tmp_path)) in TOLD


def test_no_case_is_told_that_is_not_run() -> None:
    told = [line.split(" | ")[1] for line in TOLD if line.split("`")[1] in {case.flow for case in CASES}]
    assert told == [case.name for case in CASES]


@pytest.mark.parametrize("commit", ["main", "HEAD~1", "0" * 40, "; touch x", "--help"])
def test_only_a_commit_of_main_can_be_gone_back_to(commit: str, tmp_path: Path) -> None:
    github = GitHub.make(tmp_path)
    said = "Not published: The commit must be one of main, by its 40 digits. The issue is opened"
    assert published(github, "workflow_dispatch", commit=commit) == said


def test_not_one_of_another_branch(tmp_path: Path) -> None:
    github = GitHub.make(tmp_path)
    github.git("checkout", "-q", "-b", "other")
    other = github.commit("Not reviewed")
    github.git("checkout", "-q", "main")
    assert published(github, "workflow_dispatch", commit=other).startswith(
        "Not published: The commit must be one of main"
    )


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("github.base_ref || github.sha", "abc"),
        ("steps.a.outputs.b == 'true'", True),
        ("steps.a.outputs.b != 'true'", False),
        ("steps.none.outputs.b != '0'", True),
        ("always() && github.sha == 'abc'", True),
        ("github.event.schedule == '1 2' || ''", ""),
    ],
)
def test_the_simulators_expressions(expression: str, value: object) -> None:
    contexts = {"github": {"sha": "abc"}, "steps": {"a": {"outputs": {"b": "true"}}}}
    assert evaluate(expression, contexts) == value


def test_an_expression_in_a_text() -> None:
    assert fill("x ${{ a.b }}/${{ a.c }}", {"a": {"b": True}}) == "x true/"
