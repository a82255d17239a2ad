"""Pages that people use: the form, the check of a letter, how to follow."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from noticeboard.board.board import Board, PostedNotice
from noticeboard.i18n.catalogs import N_
from noticeboard.notice.localized import LocalizedNotice, LocalText
from noticeboard.outputs import attorney_general
from noticeboard.pages.content import PageContent
from noticeboard.pages.notice_pages import site_root
from noticeboard.post.form import Form
from noticeboard.post.steps import COMMON_DATA
from noticeboard.render.renderer import Renderer

NEWEST_SHOWN = 50
"""How many posted notices the form offers by name."""

READERS = {
    "Feedly": "https://feedly.com/i/subscription/feed/{url}",
    "Inoreader": "https://www.inoreader.com/?add_feed={url}",
    "NewsBlur": "https://www.newsblur.com/?url={url}",
    "The Old Reader": "https://theoldreader.com/feeds/subscribe?url={url}",
}
"""Feed readers on the web, with the address that adds a feed. Read in public code that uses them, 2026-11-22."""


def post_page(board: Board, renderer: Renderer, root: str) -> PageContent:
    """Return the form that writes a notice."""
    form, settings = Form(renderer.formatter), renderer.formatter.settings
    steps = form.steps()
    fields = {field.name: field for step in steps for field in step.needed + step.later}
    html = renderer.render(
        "post.html",
        steps=steps,
        common_data=COMMON_DATA,
        update_fields=form.update_fields(),
        status_field=fields["status"],
        late_fields=[fields["families_notified"], fields["attorney_general_notified"]],
        newest=[
            (posted.id, _title(posted, renderer), renderer.formatter.when(posted.notice.posted))
            for posted in board.notices[:NEWEST_SHOWN]
        ],
        questions=attorney_general.QUESTIONS.values() if settings.state_code == attorney_general.STATE_CODE else (),
        data_url="data.json",
        site_root=site_root(root, renderer.formatter),
        template_url=f"{settings.repository}/blob/{settings.branch}/notices/_template.yml",
    )
    gettext = renderer.language.gettext
    return PageContent(gettext("Write a notice"), gettext("A form for staff that writes a notice."), html)


def _title(posted: PostedNotice, renderer: Renderer) -> LocalText:
    return LocalizedNotice(posted.notice, renderer.language.code).title


def verify_page(board: Board, renderer: Renderer, root: str) -> PageContent:
    """Return the page where people type the code of a letter."""
    html = renderer.render("verify.html", root=root)
    gettext = renderer.language.gettext
    title = gettext("Is this letter real?")
    return PageContent(title, gettext("Type the code from your letter to see whether it is from the district."), html)


def subscribe_page(board: Board, renderer: Renderer, root: str) -> PageContent:
    """Return the page that says how to follow the board."""
    base = f"{renderer.formatter.settings.site_url}{renderer.language.path}"
    feed = f"{base}feed.xml"
    html = renderer.render(
        "subscribe.html",
        base=base,
        readers={name: url.format(url=quote(feed, safe="")) for name, url in READERS.items()},
        webcal=base.replace("https://", "webcal://", 1),
        parts_of={kind: _part_feeds(board, kind, renderer) for kind in ("contractor", "school")},
        root=root,
    )
    gettext = renderer.language.gettext
    description = gettext("New notices in an app, and dates in your calendar. We ask for no address.")
    return PageContent(gettext("Follow the board"), description, html)


def _part_feeds(board: Board, kind: Literal["contractor", "school"], renderer: Renderer) -> dict[str, str]:
    own_systems = renderer.formatter.translate(N_("The district’s own systems"))
    return {key: group.name or own_systems for key, group in board.events_by(kind).items()}
