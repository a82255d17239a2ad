"""Read many mutated notices: none may raise, and none may take over a second (`make fuzz`; a few of them in the tests).

Seeded: a number on the command line says how many, a second one the seed.
"""

from __future__ import annotations

import multiprocessing
import random
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from noticeboard import check, settings, yaml_file
from noticeboard.check import Source
from noticeboard.settings import Settings
from tests.conftest import EXAMPLES, NOW, ROOT

CASES = ROOT / "tests" / "cases"
SNIPPETS = [
    b"\n", b": ", b"- ", b"  ", b"|\n", b">-\n", b"'", b'"', b"[", b"]", b"{", b"}", b"&a ", b"*a", b"!!str ", b"#", b"%", b"\t", b"\x00", b"\xff",
    "\u202e".encode(), "\u200b".encode(), b"2026-02-30", b"unknown", b"~", b"null", b"9" * 40, b"412-88-9013", b"<script>", b"[a](javascript:x)",
    b"updates:\n  - at: 2026-09-20\n", b"---\n", b"<<: ", b"a" * 300, b"|---|", b"* " * 40, b"](" * 20, b"2025-03-09 02:30", b"-05:00",
]  # fmt: skip


def seeds() -> list[bytes]:
    return [path.read_bytes() for folder in (EXAMPLES, CASES) for path in sorted(folder.glob("*.yml"))]


def mutated(rng: random.Random, files: list[bytes]) -> bytes:
    """Change a file in a few places: cut, double, swap, insert, or cross it with another."""
    data = bytearray(rng.choice(files))
    for _ in range(rng.randint(1, 6)):
        start = rng.randrange(len(data) + 1)
        end = min(len(data), start + int(rng.expovariate(1 / 20)))
        match rng.randrange(6):
            case 0:
                del data[start:end]
            case 1:
                data[start:start] = data[start:end]
            case 2:
                data[start:end] = bytes(rng.randrange(256) for _ in range(min(4, end - start)))
            case 3:
                data[start:start] = rng.choice(SNIPPETS)
            case 4:
                lines = bytes(data).split(b"\n")
                one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
                lines[one], lines[other] = lines[other], lines[one]
                data = bytearray(b"\n".join(lines))
            case _:
                with_ = rng.choice(files)
                cut = rng.randrange(len(with_) + 1)
                data[start:end] = with_[cut : cut + 200]
    return bytes(data)


def run(count: int, seed: int) -> tuple[int, float, bytes]:
    """Read so many files; give how many, the slowest one's seconds, and that file."""
    rng, files, site = random.Random(seed), seeds(), _site()
    law = site.law()
    slowest, worst = 0.0, b""
    for number in range(count):
        content = mutated(rng, files)
        before = [Source("notices/2026-09-18-x.yml", rng.choice(files))] if number % 4 == 0 else []
        start = time.perf_counter()
        try:
            checked = check.notices([Source("notices/2026-09-18-x.yml", content)], site, law, NOW, before)
        except Exception as error:
            Path("fuzz-failure.yml").write_bytes(content)
            raise AssertionError(f"seed {seed}, file {number} raised; it is in fuzz-failure.yml") from error
        taken = time.perf_counter() - start
        assert all(problem.message and problem.line >= 1 for problem in checked.problems)
        if taken > slowest:
            slowest, worst = taken, content
    return count, slowest, worst


def _site() -> Settings:
    return settings.from_config(yaml_file.read_settings((ROOT / "mkdocs.yml").read_text("utf-8"), {"LANGUAGES": "en"}))


def shares(count: int, seed: int) -> Iterator[tuple[int, int]]:
    each = 1000
    for number in range(0, count, each):
        yield min(each, count - number), seed + number


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20261122
    with multiprocessing.Pool() as pool:
        found = pool.starmap(partial(run), shares(count, seed))
    slowest = max(seconds for _, seconds, _ in found)
    print(f"{sum(each for each, _, _ in found)} files read, no traceback, the slowest in {slowest * 1000:.0f} ms.")
    return int(slowest > 1)


if __name__ == "__main__":
    sys.exit(main())
