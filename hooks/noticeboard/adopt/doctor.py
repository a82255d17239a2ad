"""What on GitHub must be as the workflows and the checks rely on, and how to see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

State = Literal["right", "wrong", "unseen"]
Ask = Callable[[str], "Answer"]
"""Asks GitHub's API for a path below `repos/OWNER/NAME`, such as `pages`."""

REQUIRED_CHECKS = frozenset({"The notices", "The site"})
"""The jobs of notices.yml that a pull request waits for."""


@dataclass(frozen=True)
class Answer:
    """What GitHub says: 200 with data, another status without, 0 if it could not be asked."""

    status: int
    data: Any = None


@dataclass(frozen=True)
class Item:
    """One thing that must hold."""

    must: str
    fix: str
    """Where on GitHub it is set."""
    is_right: Callable[[Ask], bool | None]
    """None: GitHub didn't say, as for somebody who doesn't administer the repository."""


@dataclass(frozen=True)
class Finding:
    """What was seen of one item."""

    state: State
    item: Item


def look(ask: Ask) -> list[Finding]:
    """Look at everything, in the order in which a new district sets it."""
    states: dict[bool | None, State] = {True: "right", False: "wrong", None: "unseen"}
    return [Finding(states[item.is_right(ask)], item) for item in ITEMS]


def _pages(ask: Ask) -> bool | None:
    answer = ask("pages")
    return False if answer.status == 404 else _has(answer, build_type="workflow", https_enforced=True)


def _environment(ask: Ask) -> bool | None:
    """Whether only the main branch may deploy; GitHub makes the environment with Pages."""
    answer = ask("environments/github-pages")
    if answer.status == 404:
        return False
    is_told = answer.status == 200 and isinstance(answer.data, dict)
    return bool(answer.data.get("deployment_branch_policy")) if is_told else None


def _issues(ask: Ask) -> bool | None:
    return _has(ask(""), has_issues=True)


def _reporting(ask: Ask) -> bool | None:
    return _has(ask("private-vulnerability-reporting"), enabled=True)


def _forks(ask: Ask) -> bool | None:
    return _has(ask("actions/permissions/fork-pr-contributor-approval"), approval_policy="all_external_contributors")


def _owners(ask: Ask) -> bool | None:
    """Whether GitHub finds every name of CODEOWNERS, with the right to write."""
    return _has(ask("codeowners/errors"), errors=[])


def _rules(ask: Ask) -> Iterator[tuple[str, Mapping[str, Any]]] | None:
    answer = ask("rules/branches/main")
    if answer.status != 200 or not isinstance(answer.data, list):
        return None
    rules = [rule for rule in answer.data if isinstance(rule, dict)]
    return ((str(rule.get("type")), rule.get("parameters") or {}) for rule in rules)


def _rule(*types: str) -> Callable[[Ask], bool | None]:
    def is_right(ask: Ask) -> bool | None:
        rules = _rules(ask)
        return None if rules is None else {*types} <= {name for name, _ in rules}

    return is_right


def _approval(ask: Ask) -> bool | None:
    rules = _rules(ask)
    if rules is None:
        return None
    return any(
        name == "pull_request"
        and parameters.get("required_approving_review_count", 0) >= 1
        and parameters.get("require_code_owner_review")
        and parameters.get("dismiss_stale_reviews_on_push")
        for name, parameters in rules
    )


def _checks(ask: Ask) -> bool | None:
    rules = _rules(ask)
    if rules is None:
        return None
    required = [parameters for name, parameters in rules if name == "required_status_checks"]
    named = {check["context"] for parameters in required for check in parameters.get("required_status_checks", ())}
    return named >= REQUIRED_CHECKS and any(
        parameters.get("strict_required_status_checks_policy") for parameters in required
    )


def _has(answer: Answer, **wanted: Any) -> bool | None:
    if answer.status != 200 or not isinstance(answer.data, dict):
        return None
    return all(answer.data.get(name) == value for name, value in wanted.items())


_RULESET = "Settings → Rules → Rulesets, a ruleset for main"
ITEMS: tuple[Item, ...] = (
    Item("Pages are published by GitHub Actions, over https", "Settings → Pages → Source: GitHub Actions", _pages),
    Item(
        "Only main may deploy to the environment github-pages",
        "Settings → Environments → github-pages → Deployment branches",
        _environment,
    ),
    Item("Issues are on: the workflows tell of duties and failures there", "Settings → General → Features", _issues),
    Item(
        "Weaknesses can be reported privately",
        "Settings → Advanced Security → Private vulnerability reporting",
        _reporting,
    ),
    Item(
        "Every name in CODEOWNERS is known and may write",
        "Settings → Collaborators and teams, or .github/CODEOWNERS",
        _owners,
    ),
    Item(
        "A change of main needs an approval by a code owner, given anew after each push",
        f"{_RULESET}: require a pull request, one approval, review from code owners, dismiss stale approvals",
        _approval,
    ),
    Item(
        f"A change of main needs the checks {' and '.join(sorted(REQUIRED_CHECKS))} on an up-to-date branch",
        f"{_RULESET}: require status checks",
        _checks,
    ),
    Item(
        "Nobody can delete main or rewrite its history",
        f"{_RULESET}: restrict deletions, block force pushes",
        _rule("deletion", "non_fast_forward"),
    ),
    Item(
        "Workflows of pull requests from outside wait for an approval",
        "Settings → Actions → General → Approval for running fork pull request workflows: all external contributors",
        _forks,
    ),
)
"""In the order in which a new district sets them."""
