"""The board and its lists, and what other pages say of it: banners, active notices."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from noticeboard.board import facets
from noticeboard.board.board import Board, PostedNotice
from noticeboard.i18n import labels
from noticeboard.i18n.catalogs import N_
from noticeboard.notice import short_code
from noticeboard.notice.localized import LocalizedNotice
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.pages import lists
from noticeboard.pages.content import Heading, PageContent
from noticeboard.pages.lists import NoticeList
from noticeboard.pages.notice_answers import ExposedData, exposed_data
from noticeboard.render.renderer import Renderer

MAX_BANNERS = 3
"""How many notices a page's banner names before it says “and N more”."""
YOUNGEST, OLDEST = 3, 40
"""The ages of the people that the board asks about, in years."""
WHY = {
    "school": (N_("Names your school"), N_("May include your school")),
    "year": (N_("Covers these years"), N_("May cover these years")),
}
"""Why a notice was found: it names what was asked for, or it may be about it."""


@dataclass(frozen=True)
class BannerLine:
    """One thing that a banner can say of a notice."""

    text: str
    due_at: datetime | None = None
    """The instant that it speaks of, if it is one that people wait for (UTC)."""
    has_time: bool = False
    """Whether the hour counts, not only the day."""


@dataclass(frozen=True)
class BoardRow:
    """A notice as a row of the board and of the home page."""

    view: NoticeView
    exposed: tuple[ExposedData, ...]
    lines: list[BannerLine]
    """The days that a family can miss, the first of them first."""


def board_page(board: Board, renderer: Renderer, root: str) -> PageContent:
    """Return the board: active notices first, then past ones, as far as they fit on a page."""
    formatter, gettext = renderer.formatter, renderer.language.gettext
    active = board.active[: lists.PAGE_SIZE]
    past = [posted for posted in board.notices if not posted.notice.is_active][: lists.PAGE_SIZE - len(active)]
    headings = [Heading("active", gettext("Active notices"))]
    headings += [Heading("past", gettext("Past notices"))] if past else []
    headings += [Heading("ask", gettext("Whom to ask")), Heading("follow", gettext("Get new notices"))]
    html = renderer.render(
        "board.html",
        board=board,
        root=root,
        now=board.now,
        active=[board_row(posted, renderer) for posted in active],
        past=[_linked(compact_row(NoticeView(posted, formatter), renderer), renderer, root) for posted in past],
        years=list(lists.by_year(board, formatter)),
        facets=lists.facets_for(board, formatter),
        questions=lists.QUESTIONS,
        birth_years=range(board.now.year - YOUNGEST, board.now.year - OLDEST, -1),
        why=json.dumps({facet: [*map(formatter.translate, words)] for facet, words in WHY.items()}, ensure_ascii=False),
        listed=lists.LISTED,
    )
    description = gettext("Data-breach notices of %(publisher)s.", publisher=formatter.settings.publisher)
    return PageContent(gettext("Data-breach notices"), description, html, tuple(headings))


def board_row(posted: PostedNotice, renderer: Renderer) -> BoardRow:
    """Return a notice as a row of the board."""
    view = NoticeView(posted, renderer.formatter)
    return BoardRow(view, exposed_data(view, renderer.html), _family_lines(posted, renderer))


def list_page(
    notices: NoticeList, number: int, rows: Mapping[str, Markup], renderer: Renderer, root: str
) -> PageContent:
    """Return one page of a list of notices, counted from 1; `rows` are from `compact_row`, by the notices' ids."""
    gettext = renderer.language.gettext
    shown = [_linked(rows[posted.id], renderer, root) for posted in notices.page(number)]
    html = renderer.render("list.html", list=notices, number=number, rows=shown, root=root)
    publisher = renderer.formatter.settings.publisher
    description = gettext("Data-breach notices of %(publisher)s.", publisher=publisher)
    title = notices.title
    if number > 1:
        title = gettext("%(title)s (page %(number)s)", title=title, number=number)
    return PageContent(title, description, html)


def compact_row(view: NoticeView, renderer: Renderer) -> Markup:
    """Return a notice's row in any list, from behind the relative URL of the page's home on."""
    return renderer.render("compact_row.html", view=view, posted=view.posted)


def _linked(row: Markup, renderer: Renderer, root: str) -> Markup:
    """Return a notice's row on a page whose language's home is at this relative URL."""
    start = f'<li class="nb-row" data-pagefind-ignore><h3>{renderer.html.sample}<a href="{escape(root)}'
    return Markup(start) + row  # noqa: S704 (our own, escaped)


def active_notices(board: Board, renderer: Renderer, root: str) -> Markup:
    """Show what is happening now, for the home page."""
    rows = [board_row(posted, renderer) for posted in board.active]
    return renderer.render("active_notices.html", board=board, rows=rows, root=root, now=board.now)


def active_count(board: Board, renderer: Renderer, root: str) -> Markup:
    """Say in a line whether notices are active, for pages about something else."""
    return renderer.render("active_count.html", board=board, root=root)


def banners(board: Board, renderer: Renderer, root: str) -> Markup:
    """Return the banner of a page: the newest active notices, each in a line; on a phone the newest alone."""
    titles = [(posted, LocalizedNotice(posted.notice, renderer.language.code).title) for posted in board.active]
    return renderer.render(
        "banners.html",
        banners=[(posted, title, banner_lines(posted, renderer)) for posted, title in titles[:MAX_BANNERS]],
        active=len(titles),
        root=root,
        now=board.now,
    )


def banner_lines(posted: PostedNotice, renderer: Renderer) -> list[BannerLine]:
    """Return what a banner says of a notice: the first day that a family can still miss, else the last change.

    The last line has its turn when all others have passed, and stays true for ever.
    """
    day = renderer.language.brief(posted.notice.last_change.instant, has_time=False)
    gettext = renderer.language.gettext
    last = gettext("Updated %(day)s", day=day) if posted.notice.updates else gettext("Posted %(day)s", day=day)
    return [*_family_lines(posted, renderer), BannerLine(last)]


def _family_lines(posted: PostedNotice, renderer: Renderer) -> list[BannerLine]:
    """Return the days that a family can miss; what the district must do is no alarm to them."""
    language, gettext = renderer.language, renderer.language.gettext
    local = LocalizedNotice(posted.notice, language.code)
    lines = []
    for deadline in posted.family_deadlines:
        day = language.brief(deadline.due_at, deadline.has_time)
        if deadline.kind == "enroll":
            text = escape(gettext("Last day to sign up: %(day)s", day=day))
        elif deadline.kind == "step":
            # The day first: a long step may be cut at the line's end.
            step = renderer.html.local_text(local.step(deadline.step or 0))
            text = escape(gettext("No later than %(day)s: %(step)s")) % {"day": day, "step": step}
        else:
            continue
        lines.append(BannerLine(text, deadline.due_at, deadline.has_time))
    return sorted(lines, key=lambda line: line.due_at or posted.notice.posted.instant)


def filter_row(view: NoticeView) -> list[str | None]:
    """Return what the board's filters show of a notice, and what it may be about; `filter.js` reads it."""
    posted, formatter = view.posted, view.formatter
    return [
        posted.id,
        view.title.text,
        view.title.lang,
        posted.notice.status,
        formatter.language.gettext(
            "Posted %(day)s", day=formatter.language.brief(posted.notice.posted.instant, has_time=False)
        ),
        view.system,
        *(" ".join(facets.values(posted, facet)) for facet in facets.FACETS),
    ]


def filter_index(rows: Iterable[list[str | None]], renderer: Renderer) -> str:
    """Return every notice's `filter_row`, as JSON: what the board's filters look through."""
    status = {code: renderer.formatter.translate(name) for code, name in labels.STATUS.items()}
    index = {"facets": list(facets.FACETS), "status": status, "rows": list(rows)}
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")) + "\n"


def code_index(views: Iterable[NoticeView]) -> str:
    """Return each notice's short code with the notice that it stands for, as JSON: what `verify.js` looks through."""
    notices = {
        short_code.code_for(view.posted.id): {
            "title": view.formatter.with_sample_prefix(str(view.title)),
            "url": view.posted.relative_url,
            "status": view.status,
            "posted": view.formatter.when(view.posted.notice.posted),
        }
        for view in views
    }
    return json.dumps(notices, ensure_ascii=False) + "\n"
