"""How well personal data is found: `python -m tests.tools.bench.personal_data` prints the table of RESULTS.md.

Each set of made-up texts was written by somebody who had not seen the patterns. All but the last were then used to
mend them, so that only a set's figures at first sight, which RESULTS.md keeps, say what to expect of other texts.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from noticeboard.check import personal_data, personal_data_patterns

HERE = Path(__file__).parent
_BY_KIND = {"first": "personal_data.yml", "second": "personal_data_unseen.yml"}
_BY_SEVERITY = "personal_data_sets.jsonl"
SETS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
SEVERITY = {
    pattern["kind"]: pattern["severity"] for pattern in reversed(personal_data_patterns.browser_data()["patterns"])
}
_SPLIT = "~~"
"""Stands in what only looks like a key of a well-known service, so that no search for leaked keys stops the file."""


class Item(NamedTuple):
    """A text, and what should be said of it."""

    text: str
    kind: str
    expect: str
    """error, warning or none."""


class Figures(NamedTuple):
    """What was found in a set, each as a part of how many."""

    errors: tuple[int, int]
    """Texts that must be stopped, and are."""
    names: tuple[int, int]
    """Names with a fact."""
    contacts: tuple[int, int]
    """Private contacts and devices."""
    right: tuple[int, int]
    """Finds that are one."""
    stopped: tuple[int, int]
    """Harmless texts that are stopped by an error."""


@cache
def items(name: str) -> tuple[Item, ...]:
    if name in _BY_KIND:
        rows = yaml.safe_load((HERE / _BY_KIND[name]).read_text("utf-8"))
        return tuple(Item(row["text"], *_expected(row["finds"])) for row in rows)
    rows = map(json.loads, (HERE / _BY_SEVERITY).read_text("utf-8").splitlines())
    return tuple(
        Item(row["text"].replace(_SPLIT, ""), row["kind"], row["expect"]) for row in rows if row["set"] == name
    )


def _expected(finds: list[str]) -> tuple[str, str]:
    worst = min(finds, key=lambda kind: SEVERITY[kind], default="harmless")
    return {"name": "name_fact"}.get(worst, worst), SEVERITY.get(worst, "none")


def is_found(item: Item) -> bool:
    """Whether at least as much is said of a text as should be."""
    found = {match.severity for match in personal_data.find_all(item.text)}
    return "error" in found or (item.expect == "warning" and "warning" in found)


@cache
def measure(name: str) -> Figures:
    every = items(name)
    errors = [item for item in every if item.expect == "error"]
    names = [item for item in every if item.kind == "name_fact"]
    contacts = [item for item in every if item.expect == "warning" and item.kind != "name_fact"]
    harmless = [item for item in every if item.expect == "none"]
    finds = [item for item in every if personal_data.find_all(item.text)]
    stopped = [
        item for item in harmless if any(match.severity == "error" for match in personal_data.find_all(item.text))
    ]
    return Figures(
        *((sum(map(is_found, group)), len(group)) for group in (errors, names, contacts)),
        (sum(item.expect != "none" for item in finds), len(finds)),
        (len(stopped), len(harmless)),
    )


def table() -> str:
    lines = [
        "| set | must be stopped | names with a fact | contacts, devices | finds that are right | harmless texts stopped |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name in SETS:
        cells = " | ".join(f"{part} of {whole}" for part, whole in measure(name))
        lines.append(f"| {name} | {cells} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
