"""A setting is changed, and nothing else of mkdocs.yml."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import yaml

from noticeboard.adopt.settings_file import SettingsFile
from tests.support import ROOT

VALUES: dict[str, Any] = {
    "null": None,
    "text": "x",
    "text that needs quotes": "a: b # c",
    "empty list": [],
    "list": ["a", "b, c"],
    "empty": {},
    "mapping": {"k": {"a": "1", "b": {"c": "é"}}, "l": ["m"]},
}
FILE = (
    "extra:\n  noticeboard:\n    # one\n    p: q   # two\n    # three\n    x: y\n\n    # four\n    z: 1\n    # five\n"
)


def changed(text: str, key: tuple[str, ...], value: Any) -> str:
    settings = SettingsFile(text)
    settings.change(key, value)
    return settings.text()


@pytest.mark.parametrize(("before", "value"), [*product(VALUES, VALUES)])
def test_whatever_it_becomes_all_else_stays(before: str, value: str) -> None:
    text = changed(changed(FILE, ("x",), VALUES[before]), ("x",), VALUES[value])
    assert SettingsFile(text).value(("x",)) == VALUES[value]
    head, _, rest = FILE.partition("    x: y")
    assert text.startswith(f"{head}    x:")
    assert text.endswith(rest)
    assert yaml.safe_load(text)["extra"]["noticeboard"].keys() == {"p", "x", "z"}


@pytest.mark.parametrize(
    ("key", "value", "line"),
    [
        (("publisher",), "A: B", "    publisher: 'A: B'\n"),
        (("feed_ids",), "tag:a.org,2026:notices", '    feed_ids: "tag:a.org,2026:notices"\n'),
        (("languages",), "en,es", '    languages: !ENV [LANGUAGES, "en,es"]   # the first is the notices’ own\n'),
        (("municipality",), "Town", "    municipality: Town   # or Town, or Borough: “the City’s IT department”\n"),
        (("places", "police", "phone"), "860-555-2311", "        phone: 860-555-2311\n"),
    ],
)
def test_of_the_real_file_one_line_changes(key: tuple[str, ...], value: str, line: str) -> None:
    before = (ROOT / "mkdocs.yml").read_text("utf-8")
    # In another district's file the police may have no phone yet.
    before = changed(before, ("places", "police", "phone"), "1")
    after = changed(before, key, value)
    gone = [each for each in before.splitlines(True) if each not in after.splitlines(True)]
    come = [each for each in after.splitlines(True) if each not in before.splitlines(True)]
    assert (len(gone), come) == (1, [line])
    assert SettingsFile(after).value(key) == value


def test_a_setting_that_is_not_there_is_added() -> None:
    text = "extra:\n  noticeboard:\n    a: 1\n    b:\n      c: 2\n# the end\n"
    assert changed(text, ("d",), {"e": "f"}) == (
        "extra:\n  noticeboard:\n    a: 1\n    b:\n      c: 2\n    d:\n      e: f\n# the end\n"
    )


def test_line_ends_of_windows_stay() -> None:
    text = changed(FILE.replace("\n", "\r\n"), ("x",), "new")
    assert text == FILE.replace("x: y", "x: new").replace("\n", "\r\n")
