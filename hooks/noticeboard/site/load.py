"""From the notices' files to the site: each file checked, its clocks computed, and a renderer for each language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from noticeboard.board.board import Board, PostedNotice, newest_first
from noticeboard.check.runner import CHUNK_SIZE, ERROR_RULES, FileChecker, Source, same_codes
from noticeboard.i18n.language import Language
from noticeboard.notice.problem import Problem, errors
from noticeboard.render.csp import ContentPolicy
from noticeboard.render.formatter import Formatter
from noticeboard.render.renderer import Renderer
from noticeboard.settings import Settings
from noticeboard.site import parallel
from noticeboard.site.late_additions import late_additions
from noticeboard.site.site import Site

_Chunk = tuple[list[PostedNotice], list[Problem]]


def load_site(
    settings: Settings, sources: Iterable[Source], now: datetime, name: str, description: str, workers: int
) -> Site:
    """Return the site with the notices that have no errors, and the problems of the others."""
    law = settings.law()
    board, problems = load_board(sources, FileChecker(settings, law, now, ERROR_RULES), workers)
    policy = ContentPolicy.load()
    formatters = [Formatter(settings, law, Language(code, settings.zone)) for code in settings.languages]
    languages = tuple(Renderer(formatter, policy) for formatter in formatters)
    return Site(languages, board, problems, name, description)


def load_board(sources: Iterable[Source], checker: FileChecker, workers: int) -> tuple[Board, tuple[Problem, ...]]:
    """Put the notices without errors on a board; return the errors of the others, in the order of the files."""
    sources = sorted(sources, key=lambda source: source.file)
    clashes = same_codes(source.file for source in sources)
    chunks = [sources[start : start + CHUNK_SIZE] for start in range(0, len(sources), CHUNK_SIZE)]
    results = parallel.run_all([partial(_load, chunk, checker, clashes) for chunk in chunks], workers)
    board = Board(newest_first(posted for notices, _ in results for posted in notices), checker.law.zone, checker.now)
    return board, tuple(problem for _, problems in results for problem in problems)


def _load(chunk: Sequence[Source], checker: FileChecker, clashes: dict[str, list[Problem]]) -> _Chunk:
    notices, problems = [], []
    for source in chunk:
        result = checker.check(source, more=clashes.get(str(source.path), ()))
        problems += errors(result.problems)
        if result.notice:
            late = late_additions(source, result.notice, checker.parse_context)
            notices.append(PostedNotice.build(source.path.stem, result.notice, checker.law, checker.now, late))
    return notices, problems
