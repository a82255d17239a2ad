"""Measure this project's builds against the same notices as plain Material pages and as a Hugo site (`make bench`).

    python -m tests.tools.bench.builds [--count 0 100 1000 5000] [--languages en all] [--rounds 3] [--without-search]
                                 [--only ours hugo material] [--lists]

Hugo does the same work, in English: see `hugo_site`. Each round builds with each tool in turn; a ratio is the median of
the rounds' own ratios, so that a busy machine slows both sides of it. Nothing is kept from one build to the next. Hugo
and this project are searched with Pagefind, plain Material with its own search plugin. `--lists` gives plain Material
the board's lists, too, so that it has as many pages. The peak is that of the largest single process, so the search's
own memory shows in the difference to a run without it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import distribution, version
from pathlib import Path
from statistics import median

from pagefind_bin import get_executable

from tests.tools.bench import measured
from tests.tools.bench.measured import FREE, Cost

LANGUAGES = {"en": "en", "all": "en,es,pt-BR"}
HUGO = distribution("hugo").locate_file("hugo/binaries/hugo")
TOOLS = ("ours", "hugo", "material")
LARGE = 5000
"""From so many notices on there are fewer rounds: plain Material takes minutes for one."""
WEIGHT = 0.1
"""How far a notice's page may be from ours in Hugo, as a part of its bytes."""


@dataclass(frozen=True)
class Case:
    """One comparison: so many notices, in these languages, with a search or without one."""

    folder: Path
    count: int
    languages: str
    is_searched: bool
    has_lists: bool = False

    @cached_property
    def notices(self) -> Path:
        return measured.make_notices(self.folder / "notices", self.count)

    @cached_property
    def probe(self) -> Path:
        """This project's site with a few notices: Hugo's templates are made of its files."""
        notices = measured.make_notices(self.folder / "probe", 30)
        measured.ours(notices, self.folder / "built", "en", is_searched=True)
        return self.folder / "built"

    def site(self, tool: str) -> Path:
        return self.folder / tool / {"hugo": "public"}.get(tool, "site")

    def prepare(self, tool: str) -> None:
        """Write the tool's project, where it needs one."""
        (self.folder / tool).mkdir()
        if tool != "ours":
            name = {"hugo": "hugo_site", "material": "plain_material"}[tool]
            extra = (
                [str(self.probe)]
                if tool == "hugo"
                else [self.languages, *["search"] * self.is_searched, *["lists"] * self.has_lists]
            )
            made = [str(self.notices), str(self.folder / tool), *extra]
            measured.run([sys.executable, "-m", f"tests.tools.bench.{name}", *made])

    def build(self, tool: str) -> tuple[Cost, Cost]:
        """Build from nothing; tell the whole cost, and that of a Pagefind that runs apart."""
        project, site = self.folder / tool, self.site(tool)
        shutil.rmtree(site, ignore_errors=True)
        if tool == "ours":
            return measured.ours(self.notices, site, LANGUAGES[self.languages], self.is_searched), FREE
        if tool == "material":
            return measured.run([*measured.MKDOCS, "--quiet"], project, NO_MKDOCS_2_WARNING="1"), FREE
        with tempfile.TemporaryDirectory() as cache:
            made = measured.run([str(HUGO), "--quiet"], project, HUGO_CACHEDIR=cache)
        found = pagefind(site) if self.is_searched else FREE
        return made + found, found


def pagefind(site: Path) -> Cost:
    return measured.run([str(get_executable()), "--site", str(site), "--silent"])


def weight(site: Path) -> float:
    """Return the mean bytes of a notice's page."""
    sizes = [page.stat().st_size for page in site.glob("**/notices/*-case-*/index.html")]
    return sum(sizes) / max(len(sizes), 1)


def rounds_of(tool: str, count: int, rounds: int) -> int:
    if count < LARGE:
        return rounds
    return 1 if tool == "material" else min(rounds, 2)


def compare(case: Case, tools: list[str], rounds: int) -> Iterator[str]:
    """Build with each tool in turn, round by round, and give the table's rows."""
    costs: dict[str, list[Cost]] = {tool: [] for tool in tools}
    search: dict[str, Cost] = {}
    for tool in tools:
        case.prepare(tool)
    for number in range(rounds):
        for tool in tools:
            if number < rounds_of(tool, case.count, rounds):
                cost, search[tool] = case.build(tool)
                costs[tool].append(cost)
    for tool in tools:
        yield row(case, tool, costs, search[tool])


def row(case: Case, tool: str, costs: dict[str, list[Cost]], search: Cost) -> str:
    site, cost = case.site(tool), measured.middle(costs[tool])
    files = [path for path in site.rglob("*") if path.is_file()]
    cells = [
        f"{case.count:,}",
        case.languages,
        "yes" if case.is_searched else "no",
        tool,
        f"{len(costs[tool])}",
        f"{cost.wall:.1f}",
        f"{cost.cpu:.1f}",
        f"{cost.peak:.0f}",
        f"{search.cpu:.1f} / {search.peak:.0f}" if search.wall else "",
        f"{sum(path.suffix == '.html' for path in files):,}",
        f"{len(files):,}",
        f"{sum(path.stat().st_size for path in files) / 1e6:.0f}",
        f"{checked_weight(case, tool) / 1000:.1f}",
        ratio(costs, tool, "wall"),
        ratio(costs, tool, "cpu"),
    ]
    return f"| {' | '.join(cells)} |"


def checked_weight(case: Case, tool: str) -> float:
    """Return the mean bytes of a notice's page; Hugo's must be near ours, or the comparison is worth nothing."""
    mean = weight(case.site(tool))
    if tool == "hugo" and case.count:
        own = weight(case.site("ours")) or weight(case.probe)
        if abs(mean / own - 1) > WEIGHT:
            sys.exit(f"Hugo's page of a notice has {mean:.0f} bytes, ours {own:.0f}: that is no fair comparison.")
    return mean


def ratio(costs: dict[str, list[Cost]], tool: str, figure: str) -> str:
    pairs = zip(costs.get("ours", []), costs[tool], strict=False)
    ratios = [getattr(our, figure) / getattr(their, figure) for our, their in pairs]
    return f"{median(ratios):.2f}" if ratios else ""


HEAD = """\
| notices | languages | search | build | rounds | wall s | CPU s | peak MB | of it Pagefind, where it runs apart: CPU s / MB | pages | files | MB written | KB a notice | ours ÷ this: wall | CPU |
|--:|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"""


def about(arguments: list[str]) -> str:
    """Say with what the table was made."""
    tools = [f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material", "pagefind", "hugo")]
    command = " ".join(["python -m tests.tools.bench.builds", *arguments])
    return f"\n`{command}`: Python {sys.version.split()[0]}, {', '.join(tools)}; {os.cpu_count()} cores."


def options(arguments: list[str]) -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m tests.tools.bench.builds")
    asked.add_argument("--count", type=int, nargs="+", default=[0, 100, 1000, 5000])
    asked.add_argument("--languages", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--without-search", action="store_true")
    asked.add_argument("--lists", action="store_true")
    asked.add_argument("--only", nargs="+", choices=TOOLS, default=list(TOOLS))
    return asked.parse_args(arguments)


def main(arguments: list[str]) -> None:
    asked = options(arguments)
    print(HEAD, flush=True)
    for languages in asked.languages:
        for count in asked.count:
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                case = Case(Path(folder), count, languages, not asked.without_search, asked.lists)
                # Hugo's site is in English.
                tools = [tool for tool in TOOLS if tool in asked.only and (languages == "en" or tool != "hugo")]
                for line in compare(case, tools, asked.rounds):
                    print(line, flush=True)
    print(about(arguments))


if __name__ == "__main__":
    main(sys.argv[1:])
