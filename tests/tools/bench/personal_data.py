"""How well personal data is found: `python -m tests.tools.bench.personal_data` prints the table of RESULTS.md."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from noticeboard.check import personal_data

HERE = Path(__file__).parent
FILES = {"first": HERE / "personal_data.yml", "unseen": HERE / "personal_data_unseen.yml"}
SEVERITY = {each["kind"]: each["severity"] for each in personal_data.browser_patterns()}


def items(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(FILES[name].read_text("utf-8"))
    return found


def measure(name: str) -> dict[str, tuple[int, int, int]]:
    """Return for each kind: found rightly, missed, found wrongly."""
    right, missed, wrong = Counter[str](), Counter[str](), Counter[str]()
    for item in items(name):
        found, wanted = {each.kind for each in personal_data.find_all(item["text"])}, set(item["finds"])
        right.update(found & wanted)
        missed.update(wanted - found)
        wrong.update(found - wanted)
    return {kind: (right[kind], missed[kind], wrong[kind]) for kind in SEVERITY}


def harmless(name: str) -> tuple[int, int]:
    """Return how many harmless texts are stopped by an error, and how many harmless texts there are."""
    texts = [item["text"] for item in items(name) if not item["finds"]]
    stopped = sum(any(each.severity == "error" for each in personal_data.find_all(text)) for text in texts)
    return stopped, len(texts)


def table() -> str:
    lines = [
        "| kind | severity | recall | precision | recall, second set | precision, second set |",
        "|---|---|---|---|---|---|",
    ]
    first, unseen = measure("first"), measure("unseen")
    for kind, severity in SEVERITY.items():
        cells = [f"{right}/{right + other}" for figures in (first[kind], unseen[kind]) for right, other in
                 ((figures[0], figures[1]), (figures[0], figures[2]))]  # fmt: skip
        lines.append(f"| {kind} | {severity} | {' | '.join(cells)} |")
    stops = [harmless(name) for name in FILES]
    lines.append(f"| harmless texts stopped | | {stops[0][0]} of {stops[0][1]} | | {stops[1][0]} of {stops[1][1]} | |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
