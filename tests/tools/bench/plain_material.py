"""The same notices as plain Material pages: what an office has that writes each notice as Markdown, without this project.

python -m tests.tools.bench.plain_material NOTICES FOLDER en|all [search] [lists]

`lists` adds the pages that this project's board has beside its notices: by school, company and year.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import yaml

from noticeboard.pages.lists import PAGE_SIZE
from tests.support import ROOT

# Names and rules that this project's hooks fill into the guide; plain Material would show them as they are.
FILLED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
FOLDERS = {"en": "", "es": "es/", "pt-BR": "pt/"}
THEME: dict[str, Any] = {
    "name": "material",
    "font": False,
    "features": ["content.action.edit", "navigation.tabs", "navigation.indexes", "navigation.top", "toc.follow"],
    "palette": [
        {"media": "(prefers-color-scheme: light)", "scheme": "default", "toggle": {"icon": "material/brightness-7", "name": "Dark"}},
        {"media": "(prefers-color-scheme: dark)", "scheme": "slate", "toggle": {"icon": "material/brightness-4", "name": "Light"}},
    ],
}  # fmt: skip
GUIDE = ["index", "who-must-report", "first-steps", "how-to-report", "evidence", "penalties", "forms"]
DUTIES = {
    "The contractor tells the district": ("discovered", 30),
    "The contractor tells the district, with what it found": ("discovered", 60),
    "The district tells students and their parents or guardians electronically": ("received", 2),
    "The district posts a notice on its website": ("received", 2),
    "The district tells students and families (its own promise)": ("received", 2),
}


def config(languages: list[str], is_searched: bool) -> dict[str, Any]:
    """Make the settings: this project's menu, theme and extensions, and the theme's own search."""
    short = [code[:2] for code in languages]
    return {
        "site_name": "Danbury breach notices and incident guide",
        "site_url": "https://example.github.io/board/",
        "theme": THEME,
        "plugins": [{"search": {"lang": short}}] if is_searched else [],
        "markdown_extensions": [
            "admonition",
            "attr_list",
            "md_in_html",
            "tables",
            "pymdownx.details",
            {"toc": {"permalink": False}},
        ],
        "not_in_nav": "*",
        "nav": [
            "index.md",
            {"Breach notices": "notices/index.md"},
            {"Report an incident": [f"guide/{name}.md" for name in GUIDE]},
            "breach-process.md",
            "faq.md",
            "resources.md",
        ],
    }


def guide(languages: list[str]) -> dict[str, str]:
    """Return the guide's pages, by their paths, without what the hooks would fill in."""
    kept = tuple(FOLDERS[code] for code in languages if FOLDERS[code])
    paths = {path.relative_to(ROOT / "docs").as_posix(): path for path in sorted((ROOT / "docs").rglob("*.md"))}
    return {
        name: FILLED.sub("", path.read_text("utf-8"))
        for name, path in paths.items()
        if name.startswith(kept) or not name.startswith(("es/", "pt/"))
    }


def said(at: str) -> str:
    form = "%A, %B %-d, %Y, %-I:%M %p" if " " in at else "%A, %B %-d, %Y"
    return f"{datetime.fromisoformat(at):{form}}"


def duty(name: str, notice: dict[str, Any]) -> str:
    """Say one duty of the law at the length at which this project says it."""
    field, days = DUTIES[name]
    began = str(notice[field])
    last = said(f"{datetime.fromisoformat(began) + timedelta(days=days):%Y-%m-%d}")
    law = "[Conn. Gen. Stat. § 10-234dd](https://www.cga.ct.gov/current/pub/chap_170.htm#sec_10-234dd)"
    return f"""\
### {name}: {days} days

{notice["contractor"]} or the schools owe this. It must be done without unreasonable delay; the date is the latest one.

| | |
|---|---|
| Began | {said(began)} |
| No later than | {last} |
| On record | Done on {said(str(notice["posted"]))} |
| Law | {law} |

??? "How this was counted"
    {said(began)} is day 0 and isn’t counted. Day {days} is {last}, and it is counted to its end. Weekends and holidays count, and a last day is never moved.

    The rule was read in a stored copy of [this source](https://www.cga.ct.gov/2017/SUM/2017SUM00200-R01HB-07207-SUM.htm) on November 21, 2026.
"""


def page(notice: dict[str, Any], code: str) -> str:
    """Write one notice as Markdown."""
    words = {**notice, **(notice.get("translations") or {}).get(code, {})}
    groups = "\n".join(
        f"| {each['who']} | {each['schools'] if each['schools'] == 'all' else ', '.join(each['schools'])} "
        f"| {each.get('count', '')} | {', '.join(each['data'])} |"
        for each in notice["affected"]
    )
    dates = "\n".join(
        f"| {field.replace('_', ' ')} | {said(str(notice[field]))} |"
        for field in ("discovered", "received", "families_notified", "attorney_general_notified", "posted")
    )
    updates = "\n".join(f"### Update, {said(str(each['at']))}\n\n{each['text']}" for each in notice.get("updates", ()))
    steps = "\n".join(f"1. [{each['do']}]({each['url']})" for each in notice["steps"])
    contacts = "\n".join(f"- {each['name']}: [{each['phone']}](tel:{each['phone']})" for each in notice["contacts"])
    return f"""\
---
title: "{words["title"]}"
description: "{words["summary"]}"
---

# {words["title"]}

**{notice["status"]}** · posted {said(str(notice["posted"]))}

{words["summary"]}

## What happened

{words["what_happened"]}

| | |
|---|---|
| Whose system | {notice["contractor"]} ({notice["product"]}) |
| When it happened | {notice["occurred"]} |
{dates}

## What information was involved

| who | schools | people | data |
|---|---|---|---|
{groups}

Not involved: {", ".join(notice["not_involved"])}.

## What we are doing

{words["what_we_are_doing"]}

## What you can do

{words["what_you_can_do"]}

Identity protection from {notice["protection"]["provider"]}: <{notice["protection"]["url"]}>

{steps}

## For more information

{contacts}

## Updates

{updates}

## What the law requires

{"".join(duty(name, notice) for name in DUTIES)}
"""


def read(path: Path) -> dict[str, Any]:
    """Read one notice; dates and numbers stay text, as the notice format has it."""
    return yaml.load(path.read_bytes(), Text)


class Text(yaml.CSafeLoader):
    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


def listing(title: str, notices: Iterable[tuple[str, dict[str, Any]]], up: str = "") -> str:
    rows = [f"| {each['posted']} | [{each['title']}]({up}{name}.md) | {each['summary']} |" for name, each in notices]
    return "\n".join([f"# {title}", "", "| posted | notice | |", "|---|---|---|", *rows, ""])


def lists(notices: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Return the lists by school, company and year, as many to a page as this project's have."""
    groups: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for name, each in notices.items():
        schools = [school for group in each["affected"] if group["schools"] != "all" for school in group["schools"]]
        values = {"school": ["all", *schools], "contractor": [each["contractor"]], "year": [each["posted"][:4]]}
        for kind, value in ((kind, value) for kind, found in values.items() for value in dict.fromkeys(found)):
            groups.setdefault(f"{kind}/{value.lower().replace(' ', '-')}", []).append((name, each))
    made = {}
    for path, found in groups.items():
        for start in range(0, len(found), PAGE_SIZE):
            number = start // PAGE_SIZE + 1
            made[f"by/{path}/{number}.md"] = listing(path, found[start : start + PAGE_SIZE], "../../../")
    return made


def write_all(folder: Path, made: dict[str, str]) -> None:
    for name, text in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def write(notices: Path, folder: Path, languages: list[str], *, is_searched: bool, has_lists: bool) -> None:
    """Write the whole MkDocs project."""
    found = {path.stem: read(path) for path in sorted(notices.glob("*.yml"))}
    made = {"mkdocs.yml": yaml.safe_dump(config(languages, is_searched))}
    made |= {f"docs/{name}": text for name, text in guide(languages).items()}
    for code in languages:
        made[f"docs/{FOLDERS[code]}notices/index.md"] = listing("Breach notices", found.items())
        if has_lists:
            made |= {f"docs/{FOLDERS[code]}notices/{path}": text for path, text in lists(found).items()}
        made |= {f"docs/{FOLDERS[code]}notices/{name}.md": page(each, code) for name, each in found.items()}
    write_all(folder, made)


if __name__ == "__main__":
    chosen = list(FOLDERS) if sys.argv[3] == "all" else ["en"]
    parts = {"is_searched": "search" in sys.argv, "has_lists": "lists" in sys.argv}
    write(Path(sys.argv[1]), Path(sys.argv[2]), chosen, **parts)
