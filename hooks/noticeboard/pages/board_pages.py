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
from noticeboard.notice import short_code
from noticeboard.notice.localized import LocalizedNotice
from noticeboard.outputs.notice_view import NoticeView
from noticeboard.pages import lists
from noticeboard.pages.content import Heading, PageContent
from noticeboard.pages.lists import NoticeList
from noticeboard.render.renderer import Renderer

MAX_BANNERS = 3
"""How many notices a page's banner names before it says “and N more”."""


@dataclass(frozen=True)
class BannerLine:
    """One thing that a banner can say of a notice."""

    text: str
    due_at: datetime | None = None
    """The instant that it speaks of, if it is one that people wait for (UTC)."""
    has_time: bool = False
    """Whether the hour counts, not only the day."""


def board_page(board: Board, renderer: Renderer, root: str) -> PageContent:
    """Return the board: active notices first, then past ones by year, as far as they fit on a page."""
    formatter, gettext = renderer.formatter, renderer.language.gettext
    active = board.active[: lists.PAGE_SIZE]
    room, past = lists.PAGE_SIZE - len(active), {}
    for year, notices in board.past_by_year.items():
        room -= len(notices)
        past[year] = notices if room >= 0 else ()
    headings = [Heading("active", gettext("Active notices"))]
    headings += [Heading(f"year-{year}", str(year)) for year, notices in past.items() if notices]
    html = renderer.render(
        "board.html",
        board=board,
        root=root,
        active=[NoticeView(posted, formatter) for posted in active],
        past={year: [NoticeView(posted, formatter) for posted in notices] for year, notices in past.items() if notices},
        is_cut=len(active) < len(board.active) or not all(past.values()),
        years=list(lists.by_year(board, formatter)),
        facets=lists.facets_for(board, formatter),
        listed=lists.LISTED,
    )
    description = gettext("Data-breach notices of %(publisher)s.", publisher=formatter.settings.publisher)
    return PageContent(gettext("Data-breach notices"), description, html, tuple(headings))


def list_page(
    notices: NoticeList, number: int, rows: Mapping[str, Markup], renderer: Renderer, root: str
) -> PageContent:
    """Return one page of a list of notices, counted from 1; `rows` are from `compact_row`, by the notices' ids."""
    gettext = renderer.language.gettext
    start = f'<li class="nb-row" data-pagefind-ignore><h3>{renderer.html.sample}<a href="{escape(root)}'
    shown = [Markup(start) + rows[posted.id] for posted in notices.page(number)]  # noqa: S704 (our own, escaped)
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


def active_notices(board: Board, renderer: Renderer, root: str) -> Markup:
    """Show what is happening now, for the home page."""
    views = [NoticeView(posted, renderer.formatter) for posted in board.active]
    return renderer.render("active_notices.html", board=board, views=views, root=root)


def active_count(board: Board, renderer: Renderer, root: str) -> Markup:
    """Say in a line whether notices are active, for pages about something else."""
    return renderer.render("active_count.html", board=board, root=root)


def banners(board: Board, renderer: Renderer, root: str, notice_id: str | None = None) -> Markup:
    """Return the banner of a page; on a notice's own page, that notice's alone."""
    shown = [posted for posted in board.active if notice_id in {None, posted.id}]
    titles = [(posted, LocalizedNotice(posted.notice, renderer.language.code).title) for posted in shown[:MAX_BANNERS]]
    return renderer.render(
        "banners.html",
        banners=[(posted, title, banner_lines(posted, renderer)) for posted, title in titles],
        more=len(shown[MAX_BANNERS:]),
        root=root,
        now=board.now,
    )


def banner_lines(posted: PostedNotice, renderer: Renderer) -> list[BannerLine]:
    """Return what a banner says of a notice, best first.

    The first line whose time hasn't passed is shown; the last line has its turn when all others have passed,
    and stays true for ever.
    """
    language, gettext = renderer.language, renderer.language.gettext
    local = LocalizedNotice(posted.notice, language.code)
    lines, last = [], None
    for deadline in posted.family_deadlines:
        day = language.brief(deadline.due_at, deadline.has_time)
        if deadline.kind == "clock":
            text = gettext("Families must be told no later than %(day)s", day=day)
            last = BannerLine(text, deadline.due_at, deadline.has_time)
            continue
        if deadline.kind == "enroll":
            text = gettext("Last day to enroll: %(day)s", day=day)
        else:
            # The day first: a long step may be cut at the line's end.
            step = renderer.html.local_text(local.step(deadline.step or 0))
            text = escape(gettext("No later than %(day)s: %(step)s")) % {"day": day, "step": step}
        lines.append(BannerLine(text, deadline.due_at, deadline.has_time))
    return [*lines, last or _last_line(posted, renderer)]


def _last_line(posted: PostedNotice, renderer: Renderer) -> BannerLine:
    day = renderer.language.brief(posted.notice.last_change.instant, has_time=False)
    if posted.notice.updates:
        return BannerLine(renderer.language.gettext("Last update: %(day)s", day=day))
    return BannerLine(renderer.language.gettext("Posted: %(day)s", day=day))


def filter_row(view: NoticeView) -> list[str | None]:
    """Return what the board's filters show of a notice, and what it may be about; `filter.js` reads it."""
    posted, formatter = view.posted, view.formatter
    return [
        posted.id,
        view.title.text,
        view.title.lang,
        posted.notice.status,
        formatter.language.gettext("Posted %(day)s", day=formatter.when(posted.notice.posted)),
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
