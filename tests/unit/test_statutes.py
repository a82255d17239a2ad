"""The rules as the guide shows them."""

from __future__ import annotations

import re

import pytest

from noticeboard.law.statutes import Law
from tests.support import ROOT


@pytest.mark.parametrize("folder", ["", "es/", "pt/"])
def test_the_guide_shows_every_rule(folder: str, law: Law) -> None:
    text = (ROOT / "docs" / folder / "breach-process.md").read_text("utf-8")
    shown = [
        rule_id for ids in re.findall(r"pages\.duties\(\[(.*?)\]\) }}", text) for rule_id in re.findall(r'"(.*?)"', ids)
    ]
    assert sorted(shown) == sorted(rule.id for rule in law.rules if rule.is_current)
