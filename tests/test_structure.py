"""The shape of the code: what imports what, and who owns which library."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

HOOKS = ROOT / "hooks"
CORE = HOOKS / "noticeboard"
MODULES = sorted(path for path in HOOKS.rglob("*.py"))

# Lower layers never import higher ones.
LAYERS = [
    {
        "problem",
        "addresses",
        "forbidden",
        "dates",
        "yaml_words",
        "notice_file",
        "stencil",
        "cache",
        "workers",
        "markdown_tokens",
        "catalogs",
    },
    {
        "yaml_file",
        "search_index",
        "reference",
        "reading_grade",
        "cohorts",
        "site_folder",
        "policy",
        "menu",
        "text_message",
    },
    {"data_codes", "language", "fragments", "business_days", "personal_data"},
    {"fields", "words", "statutes"},
    {"notice_parts", "notice_text", "settings"},
    {"notice", "readable_text"},
    {"advice", "clocks", "check", "localized"},
    {"board", "folder", "published"},
    {"wording"},
    {"post_form", "letter", "due", "watch"},
    {"new_notice", "terminal", "feed_items", "feeds", "calendar", "facets", "lists", "tables"},
    {"snippets", "prose"},
    {"pages", "open_data", "summary", "record"},
    {"tool_pages", "inspection", "batches"},
    {"site", "notice_files", "site_files"},
    {"cli", "mkdocs_hooks"},
    {"__main__"},
]
OWNERS = {
    "mkdocs": {"mkdocs_hooks"},
    "feedgen": {"feed_items", "feeds"},
    "jinja2": {"fragments", "prose"},
    "yaml": {"yaml_file", "yaml_words"},
    "nh3": {"notice_text"},
    "pyromark": {"markdown_tokens"},
    "holidays": {"business_days"},
    "babel": {"language"},
    "click": {"cli"},
    "pagefind_bin": {"search_index"},
    "readability": {"reading_grade"},
    "lxml": {"feed_items", "feeds", "inspection"},
    "zxingcpp": {"tool_pages"},
    "questionary": {"terminal"},
}


def name(path: Path) -> str:
    return "check" if path.parent.name == "check" else path.stem


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def own_imports(path: Path) -> set[str]:
    parts = {each.split(".")[1] for each in imports(path) if each.startswith("noticeboard.")}
    return parts & {layer for layers in LAYERS for layer in layers}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOOKS)))
def test_imports_point_one_way(path: Path) -> None:
    if path.name == "__init__.py" and path.parent == CORE:
        return
    level = next(index for index, layer in enumerate(LAYERS) if name(path) in layer)
    allowed = set().union(*LAYERS[: level + 1])
    assert own_imports(path) <= allowed, own_imports(path) - allowed


@pytest.mark.parametrize("library", OWNERS)
def test_each_library_has_one_owner(library: str) -> None:
    users = {name(path) for path in MODULES if any(each.split(".")[0] == library for each in imports(path))}
    assert users == OWNERS[library]


def test_the_core_reads_no_clock_and_prints_nothing() -> None:
    for path in MODULES:
        if path.stem in {"cli", "mkdocs_hooks", "folder"}:
            continue
        code = path.read_text("utf-8")
        assert not re.search(r"(?<![.\w])(datetime\.now|date\.today|time\.time|print|input|open)\(", code), path


def test_no_number_of_days_outside_the_statutes() -> None:
    """A limit in law stands in statutes.yml and nowhere else in the code or its templates."""
    for path in [*MODULES, *CORE.glob("templates/*.html")]:
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
    for each in files:
        if each.endswith((".png", ".svg")) or each == "tests/test_structure.py":
            continue
        content = (ROOT / each).read_bytes().decode("utf-8", "replace")
        for word in ("/work/", "../shared", "--index-url", "--find-links", "pypi.org", "/root/"):
            assert word not in content, (each, word)
