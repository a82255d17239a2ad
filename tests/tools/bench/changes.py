"""Measure what a small change costs, and how the whole grows, without the search (`make bench` runs this, too).

    python -m tests.tools.bench.changes [--count 1000 5000] [--languages en] [--rounds 3]

Each round builds every size from nothing with an empty cache folder, changes one notice, and builds again. The ratios
are the medians of the rounds' own.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.tools.bench import measured
from tests.tools.bench.builds import LANGUAGES
from tests.tools.bench.measured import Cost

TEXT = "what_happened: |\n"


def change(notices: Path, number: int) -> None:
    """Add a sentence to the text of the notice in the middle."""
    every = sorted(notices.glob("*.yml"))
    path = every[len(every) // 2]
    path.write_text(
        path.read_text("utf-8").replace(TEXT, f"{TEXT}  We asked again, for time {number}.\n\n", 1), "utf-8"
    )


def round_of(folder: Path, notices: Path, languages: str, number: int) -> tuple[Cost, Cost]:
    """Build from nothing, then once more after a change."""
    shutil.rmtree(folder, ignore_errors=True)
    target, cache = folder / "site", folder / "cache"
    cache.mkdir(parents=True)
    full = measured.ours(notices, target, languages, is_searched=False, cache=cache)
    change(notices, number)
    return full, measured.ours(notices, target, languages, is_searched=False, cache=cache)


def show(name: str, costs: list[Cost], of: list[Cost], what: str) -> str:
    cost = measured.middle(costs)
    wall = median(one.wall / other.wall for one, other in zip(costs, of, strict=True))
    cpu = median(one.cpu / other.cpu for one, other in zip(costs, of, strict=True))
    return f"| {name} | {cost.wall:.1f} | {cost.cpu:.1f} | {cost.peak:.0f} | {what} | {wall:.2f} | {cpu:.2f} |"


def main(arguments: list[str]) -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.tools.bench.changes")
    asked.add_argument("--count", type=int, nargs="+", default=[1000, 5000])
    asked.add_argument("--languages", choices=LANGUAGES, default="en")
    asked.add_argument("--rounds", type=int, default=3)
    options = asked.parse_args(arguments)
    full: dict[int, list[Cost]] = {count: [] for count in options.count}
    changed: dict[int, list[Cost]] = {count: [] for count in options.count}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        notices = {count: measured.make_notices(Path(folder) / str(count), count) for count in options.count}
        for number in range(options.rounds):
            for count in options.count:
                work = Path(folder) / "work"
                costs = round_of(work, notices[count], LANGUAGES[options.languages], number)
                full[count].append(costs[0])
                changed[count].append(costs[1])
    print("| build | wall s | CPU s | peak MB | ÷ | wall | CPU |\n|---|--:|--:|--:|---|--:|--:|")
    first = options.count[0]
    for count in options.count:
        print(show(f"{count:,} notices, from nothing", full[count], full[first], f"{first:,} from nothing"))
        print(show(f"{count:,} notices, one changed", changed[count], full[count], f"{count:,} from nothing"))


if __name__ == "__main__":
    main(sys.argv[1:])
