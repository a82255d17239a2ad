"""Say which facts from elsewhere nobody has looked at for a year, and fail if one has no source or no day.

A fact is what mkdocs.yml and the law's files cite (`citation`, `source`, `checked_on`), and what a page of docs/ links
to or cites by its section (§). A page says the day on its source's line: `[Source](https://…). {{ pages.checked("…") }}`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
_CITED = {"citation", "source", "checked_on"}
_LINK = re.compile(r"\[([^\]]*)\]\((https?://[^)\s]+)\)")
_DAY = re.compile(r'pages\.checked\("(\d{4}-\d\d-\d\d)"\)')
_SECTION = re.compile(r"§ (\d+\w*-\d+[a-z]*)")


@dataclass(frozen=True)
class Fact:
    """Something that another publisher says, and when it was last looked at."""

    place: str
    """File and line."""
    name: str
    source: str | None
    checked_on: date | None

    def faults(self) -> list[str]:
        """Say what it lacks."""
        lacking = [("a source", self.source), ("a day on which it was checked", self.checked_on)]
        return [f"{self.place}: {self.name} must have {what}." for what, found in lacking if not found]

    def is_old(self, today: date) -> bool:
        """Whether more than a year has passed since somebody looked."""
        day = self.checked_on
        return day is not None and (day.year + 1, day.month, day.day) < (today.year, today.month, today.day)


def all_facts() -> list[Fact]:
    """Return the facts of the settings, of the law's files, and of the pages in each language."""
    data = [ROOT / "mkdocs.yml", *sorted((ROOT / "hooks" / "noticeboard" / "law").rglob("*.yml"))]
    # The staff's page has an address as an example only.
    pages = [path for path in sorted((ROOT / "docs").rglob("*.md")) if path.name != "posting.md"]
    return [
        fact
        for paths, read in ((data, facts_in_data), (pages, facts_in_page))
        for path in paths
        for fact in read(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())
    ]


class _Loader(yaml.SafeLoader):
    """Notes the line of each mapping, and leaves MkDocs' own tags alone."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        return {**super().construct_mapping(node, deep), None: node.start_mark.line + 1}


_Loader.add_multi_constructor("", lambda *_: None)


def facts_in_data(text: str, file: str) -> Iterator[Fact]:
    """Return whatever cites something in a YAML file."""
    yield from _cited(yaml.load(text, Loader=_Loader), file, "")


def _cited(data: Any, file: str, name: str) -> Iterator[Fact]:
    if isinstance(data, list):
        for item in data:
            yield from _cited(item, file, name)
    elif isinstance(data, dict):
        name = str(data.get("id") or name)
        if data.keys() & _CITED:
            day = data.get("checked_on")
            yield Fact(f"{file}:{data[None]}", name, data.get("source"), day if isinstance(day, date) else None)
        for key, value in data.items():
            yield from _cited(value, file, str(key))


def facts_in_page(text: str, file: str) -> Iterator[Fact]:
    """Return each source of a page, and each link and section that none of its sources has."""
    lines = [(f"{file}:{number}", line, _DAY.search(line)) for number, line in enumerate(text.splitlines(), 1)]
    dated = [
        Fact(place, name, address, date.fromisoformat(day[1]))
        for place, line, day in lines
        if day
        for name, address in _LINK.findall(line) or [("what was checked", None)]
    ]
    yield from dated
    addresses = {fact.source for fact in dated}
    sections = {section for fact in dated for section in _SECTION.findall(fact.name)}
    for place, line, day in lines:
        if not day:
            yield from (Fact(place, name, url, None) for name, url in _LINK.findall(line) if url not in addresses)
            yield from (Fact(place, f"§ {each}", None, None) for each in _SECTION.findall(line) if each not in sections)


def warnings(facts: Iterable[Fact], today: date) -> list[str]:
    """Name the facts that are to be looked at again."""
    return [
        f"WARNING {fact.place}: {fact.name} was checked on {fact.checked_on}. Look again, then set the day."
        for fact in facts
        if fact.is_old(today)
    ]


def main() -> int:
    facts = all_facts()
    faults = [fault for fact in facts for fault in fact.faults()]
    old = warnings(facts, datetime.now(UTC).date())
    print("\n".join([*old, *faults, f"facts: {len(facts)}, {len(old)} older than a year, {len(faults)} faults"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
