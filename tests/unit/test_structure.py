"""The shape of the code: what imports what, and who owns which library."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.support import ROOT

HOOKS = ROOT / "hooks"
CORE = HOOKS / "noticeboard"
MODULES = sorted(HOOKS.rglob("*.py"))

OWNERS = {
    "mkdocs": {"mkdocs_hooks"},
    "feedgen": {"outputs.feed_entries", "outputs.feeds"},
    "jinja2": {"render.environment", "render.renderer"},
    "yaml": {"adopt.settings_file", "notice.strict_yaml", "notice.yaml_errors"},
    "nh3": {"text.safe_markdown"},
    "pyromark": {"text.markdown"},
    "holidays": {"law.business_days"},
    "babel": {"i18n.language"},
    "click": {
        "cli",
        "cli.adopt",
        "cli.check",
        "cli.doctor",
        "cli.duties",
        "cli.inspect",
        "cli.letters",
        "cli.new",
        "cli.project",
    },
    "pagefind_bin": {"site.search_index"},
    "readability": {"check.sentences"},
    "lxml": {"outputs.feeds", "site.inspect"},
    "stdnum": {"check.personal_data_patterns"},
    "zxingcpp": {"pages.qr_code"},
    "questionary": {"post.terminal"},
}


def name(path: Path) -> str:
    return (
        ".".join(path.relative_to(HOOKS).with_suffix("").parts).removeprefix("noticeboard.").removesuffix(".__init__")
    )


@cache
def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("library", OWNERS)
def test_each_library_has_one_owner(library: str) -> None:
    users = {name(path) for path in MODULES if any(each.split(".")[0] == library for each in imports(path))}
    assert users == OWNERS[library]


def test_the_core_reads_no_clock_and_prints_nothing() -> None:
    for path in MODULES:
        if path.stem in {"mkdocs_hooks", "sources"} or path.parent.name == "cli":
            continue
        code = path.read_text("utf-8")
        assert not re.search(r"(?<![.\w])(datetime\.now|date\.today|time\.time|print|input|open)\(", code), path


def test_no_number_of_days_outside_the_statutes() -> None:
    """A limit in law stands in law/states/ and nowhere else in the code or its templates."""
    for path in [*MODULES, *CORE.glob("render/templates/*.html")]:
        code = path.read_text("utf-8")
        assert not re.search(
            r"\b(30|60|90|48|two|thirty|sixty)[ -](calendar |business )?(days?|hours?)\b", _without_comments(code)
        ), path


def _without_comments(code: str) -> str:
    return re.sub(r'""".*?"""|#.*|\{#.*?#\}', "", code, flags=re.DOTALL)


TOOLS = sorted(set(re.findall(r"python -m (tests\.[\w.]+)", (ROOT / "Makefile").read_text("utf-8"))))


@pytest.mark.parametrize("name", TOOLS)
def test_what_make_runs_can_be_loaded(name: str) -> None:
    """What only people run, no other test would see break."""
    assert callable(importlib.import_module(name).main)


def test_docstrings_and_sizes() -> None:
    for path in MODULES:
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path
        assert path.read_text("utf-8").count("\n") <= 350, path


def test_the_project_speaks_only_of_itself() -> None:
    """No path of a machine, and no package index, in anything that is committed."""
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    # What another district has taken out is listed until it is committed.
    for each in (name for name in files if (ROOT / name).is_file()):
        if each.endswith((".png", ".svg")) or each == "tests/unit/test_structure.py":
            continue
        content = (ROOT / each).read_bytes().decode("utf-8", "replace")
        for word in ("/work/", "../shared", "--index-url", "--find-links", "pypi.org", "/root/"):
            assert word not in content, (each, word)
