"""Builds the site as `mkdocs build` does, but for notices of hostile strings, which go around `check`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from mkdocs.__main__ import cli

from noticeboard.board.board import Board, PostedNotice, newest_first
from noticeboard.check.runner import FileChecker, Source
from noticeboard.site import load
from noticeboard.site.load import load_board
from tests.browser.hostile import notices, strings


def _load_board(sources: Iterable[Source], checker: FileChecker, workers: int) -> tuple[Board, Any]:
    checked = [source for source in sources if not source.path.stem.endswith(notices.UNCHECKED)]
    board, problems = load_board(checked, checker, workers)
    assert len(board.notices) == notices.LETTING_THROUGH or problems
    hostile = notices.unchecked(strings.everything(), checker.settings, checker.law)
    unchecked = [PostedNotice.build(name, notice, checker.law, checker.now) for name, notice in hostile.items()]
    return Board(newest_first([*board.notices, *unchecked]), board.zone, board.now), problems


if __name__ == "__main__":
    load.load_board = _load_board
    cli(["build", "--strict", "--site-dir", sys.argv[1]])
