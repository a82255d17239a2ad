"""Notices full of hostile strings: as files that `check` lets through, and as notices that never saw it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from noticeboard.check import runner
from noticeboard.check.runner import CheckResult, Source
from noticeboard.law.statutes import Law
from noticeboard.notice.model import Notice
from noticeboard.notice.problem import field_name
from noticeboard.settings import Settings
from noticeboard.text.web_addresses import addresses_in
from tests.support import NOW

UNCHECKED = "-unchecked"
"""Ends the names of the notices that go around `check`."""
LETTING_THROUGH = 36
"""Notices that `check` sees."""
TOGETHER = 40
"""Strings in each field of a notice that goes around `check`."""
Fill = Callable[[tuple[str | int, ...]], str]

_MARKDOWN = {"what_happened", "what_we_are_doing", "what_you_can_do", "more_information", "text", "updates"}
_LINES = {"title", "summary", "contractor", "product", "schools", "cohort", "provider", "enroll_by", "hours", "do", "name", "steps"}  # fmt: skip
_WORDS = "Words of a notice."
_VALID = {"url": "https://www.ed.gov/", "phone": "203-797-4700", "email": "office@danbury.k12.ct.us"}


def plain(number: int, updates: int = 2) -> dict[str, Any]:
    """Return a notice with a text in every field; the number tells when it was posted."""
    posted = datetime(2026, 9, 1, 8) + timedelta(hours=6 * number)
    texts = dict.fromkeys(("what_happened", "what_we_are_doing", "what_you_can_do", "more_information"), _WORDS)
    told = {
        "title": _WORDS,
        "summary": _WORDS,
        **texts,
        "cohort": [_WORDS],
        "steps": [_WORDS],
        "updates": [_WORDS] * updates,
    }
    return {
        "title": _WORDS, "status": "investigating" if number % 2 else "resolved", "summary": _WORDS, "contractor": "Company", "product": _WORDS,
        "discovered": "2026-08-14", "received": "2026-08-31", "families_notified": "2026-08-31", "posted": f"{posted:%Y-%m-%d %H:%M}",
        "affected": [{"who": "students", "schools": [_WORDS, "Hill School"], "cohort": _WORDS, "data": ["name"]}], **texts,
        "protection": {"provider": _WORDS, "months": "24", "enroll_by": _WORDS, "url": "https://www.ed.gov/", "phone": "203-797-4700", "hours": _WORDS},
        "steps": [{"do": _WORDS, "by": f"{posted + timedelta(days=90):%Y-%m-%d}", "url": "https://www.ed.gov/"}],
        "contacts": [{"name": _WORDS, "phone": "203-797-4700", "email": "office@danbury.k12.ct.us", "url": "https://www.ed.gov/", "hours": _WORDS}],
        "links": [{"title": _WORDS, "url": "https://www.ed.gov/"}],
        "updates": [{"at": f"{posted + timedelta(minutes=each + 1):%Y-%m-%d %H:%M}", "kind": "update", "text": _WORDS} for each in range(updates)],
        "translations": {"es": told, "pt-BR": told},
    }  # fmt: skip


def name(number: int, end: str = "") -> str:
    return f"{plain(number)['posted'][:10]}-hostile-{number}{end}"


def bent(value: Any, fill: Fill, path: tuple[str | int, ...] = ()) -> Any:
    """Put other words into every text of a notice, be it plain data or the model."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        return value.model_copy(update={each: bent(getattr(value, each), fill, (*path, each)) for each in fields})
    if isinstance(value, Mapping):
        return {key: bent(each, fill, (*path, key)) for key, each in value.items()}
    if isinstance(value, list):
        return [bent(each, fill, (*path, index)) for index, each in enumerate(value)]
    return fill(path) if isinstance(value, str) and kind(path) in _MARKDOWN | _LINES | set(_VALID) else value


def kind(path: Iterable[str | int]) -> str:
    return [each for each in path if isinstance(each, str)][-1]


def paths() -> list[tuple[str | int, ...]]:
    """Return every place of a notice where a text can stand."""
    found: list[tuple[str | int, ...]] = []
    bent(plain(0), lambda path: found.append(path) or "")
    return found


def as_file(data: Mapping[str, Any]) -> bytes:
    # All JSON is YAML; a line for each place, as one find a line is told of.
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


_LIKE = {
    "cohort": "product",
    "hours": "product",
    "name": "product",
    "provider": "product",
    "steps": "do",
}
"""Places where the same may stand as in another."""


def place(path: Sequence[str | int]) -> str:
    """Name a kind of place: where it stands makes no difference to what may stand there, except for titles of links."""
    own = "what_happened" if kind(path) in _MARKDOWN else kind(path)
    return "do" if path[0] == "links" and own == "title" else _LIKE.get(own, own)


@dataclass(frozen=True)
class Judged:
    """What `check` says of strings, each in every kind of place of a notice of its own."""

    allowed: dict[str, list[str]]
    """Kind of place → the strings that may stand there."""
    refused: list[str]
    """Strings that may stand nowhere."""
    checked: CheckResult

    @classmethod
    def of(cls, strings: Sequence[str], site: Settings, law: Law) -> Judged:
        """Judge strings; the number of each notice is its string's."""
        once = {place(path): path for path in paths()[::-1] if kind(path) not in _VALID}
        made = plain(0, 0) | {"translations": {}, "more_information": ""}
        files = {
            f"notices/2026-09-01-x{number}.yml": bent(
                made, lambda path, text=text: text if once.get(place(path)) == path else _VALID.get(kind(path), _WORDS)
            )
            for number, text in enumerate(strings)
        }
        checked = runner.check_files(
            [Source(file, as_file(data)) for file, data in files.items()], runner.FileChecker(site, law, NOW)
        )
        wrong: dict[str, set[str]] = {}
        for problem in checked.problems:
            if problem.severity == "error":
                wrong.setdefault(problem.file, set()).add(problem.field)
        allowed: dict[str, list[str]] = {each: [] for each in once}
        refused = []
        for file, text in zip(files, strings, strict=True):
            found = wrong.get(file, set())
            good = [each for each, path in once.items() if not any(field_name(path).startswith(each) for each in found)]
            # A title may name a company's host; here, the company is another one.
            if addresses_in(text):
                good = [each for each in good if each != "title"]
            for each in good:
                allowed[each].append(text)
            if not good:
                refused.append(text)
        return cls(allowed, refused, checked)


def let_through(judged: Judged) -> dict[str, bytes]:
    """Return files that `check` lets through, by name: every string that may stand somewhere stands somewhere."""
    waiting = {each: iter(found) for each, found in judged.allowed.items()}
    again = {each: cycle(found) for each, found in judged.allowed.items()}
    shown: set[str] = set()

    def fill(path: tuple[str | int, ...]) -> str:
        here = place(path)
        if here not in waiting:
            return _VALID[here]
        text = next((each for each in waiting[here] if each not in shown), None) or next(again[here])
        shown.add(text)
        return text

    made = {name(number): as_file(bent(plain(number), fill)) for number in range(LETTING_THROUGH)}
    assert shown == {text for found in judged.allowed.values() for text in found}
    return made


def groups(strings: Sequence[str]) -> Iterator[list[str]]:
    """Group strings so that each group has some of several families, and another string first."""
    count = -(-len(strings) // TOGETHER)
    yield from (list(strings[start::count]) for start in range(count))


def fill_all(group: Sequence[str]) -> Fill:
    """Put every string of a group into each place; into a Markdown text one, as a second could hide in the first."""
    turn = 0

    def fill(path: tuple[str | int, ...]) -> str:
        nonlocal turn
        turn += 1
        if kind(path) in _MARKDOWN:
            return group[turn % len(group)]
        at = turn % len(group)
        return ("" if kind(path) in _VALID else " ").join(
            [*group[at:], *group[:at]][: 1 if kind(path) in _VALID else None]
        )

    return fill


def unchecked(strings: Sequence[str], site: Settings, law: Law) -> dict[str, Notice]:
    """Return notices that `check` would refuse, by name."""
    made = {}
    for number, group in enumerate(groups(strings), LETTING_THROUGH):
        file = Source(f"notices/{name(number)}.yml", as_file(plain(number, 3)))
        (notice,) = runner.check_files([file], runner.FileChecker(site, law, NOW)).notices.values()
        made[name(number, UNCHECKED)] = bent(notice, fill_all(group))
    return made


def write(folder: Path, judged: Judged, strings: Sequence[str]) -> None:
    folder.mkdir()
    for each, content in let_through(judged).items():
        (folder / f"{each}.yml").write_bytes(content)
    for number, group in enumerate(groups(strings), LETTING_THROUGH):
        (folder / f"{name(number, UNCHECKED)}.yml").write_bytes(as_file({"strings": group}))
