"""Builds the site as `mkdocs build` does, but for notices of hostile strings, which go around `check`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath
from typing import Any

from mkdocs.__main__ import cli

from noticeboard.board import board as boards
from noticeboard.board.board import Board
from noticeboard.check.runner import Source
from noticeboard.law.statutes import Law
from noticeboard.settings import Settings
from noticeboard.site import load
from tests.hostile import notices, strings

_checked = load.board


def _board(sources: Iterable[Source], site: Settings, law: Law, now: datetime, *more: Any) -> tuple[Board, Any]:
    seen = [each for each in sources if not PurePath(each.file).stem.endswith(notices.UNCHECKED)]
    board, problems = _checked(seen, site, law, now, *more)
    assert len(board.posted) == notices.LETTING_THROUGH or problems
    unseen = notices.unchecked(strings.everything(), site, law)
    every = [*board.posted, *(boards.posted(name, notice, law, now, name) for name, notice in unseen.items())]
    return Board(boards.ordered(every), board.zone, board.now), problems


if __name__ == "__main__":
    load.board = _board
    cli(["build", "--strict", "--site-dir", sys.argv[1]])
