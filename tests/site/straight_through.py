"""A hook behind the project's own: MkDocs renders one page of each kind in full, into the folder STRAIGHT_THROUGH.

Those are the pages that a build otherwise fills into the page template of their kind; a test compares the two.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.plugins import event_priority

from noticeboard.outputs.notice_view import NoticeView
from noticeboard.pages import board_pages
from noticeboard.pages.content import PageContent
from noticeboard.pages.notice_pages import NoticePages
from noticeboard.site.files import SiteFiles
from noticeboard.site.page import RenderedPage, relative_url


@event_priority(-100)
def on_files(files: Any, config: Any) -> Any:
    build = config.extra["build"]
    themed_page = next(type(file.page) for file in files if hasattr(file.page, "generated"))
    for rendered in _one_of_each_kind(build.files):
        page = replace(rendered.page, kind=None, meta=rendered.meta)
        themed = themed_page(page, partial(_same, rendered.content), config)
        files.append(themed.file)
    return files


@event_priority(-100)
def on_post_page(output: str, page: Any, config: Any) -> str:
    build = config.extra["build"]
    generated = getattr(page, "generated", None)
    if generated is None or generated.uri not in {page.uri for page in build.files.filled_pages} or not output:
        return output
    build.writer.searched.remove(page.file.dest_uri)
    path = Path(os.environ["STRAIGHT_THROUGH"]) / page.file.dest_uri
    path.parent.mkdir(parents=True)
    path.write_text(output, "utf-8")
    return ""


def _same(content: PageContent) -> PageContent:
    return content


def _one_of_each_kind(files: SiteFiles) -> list[RenderedPage]:
    """Render the last page of each kind that has several; the template page stands where the first one is."""
    last = {page.kind: page for page in files.filled_pages}
    first = {page.kind: page for page in files.filled_pages[::-1]}
    return [RenderedPage(page, _content(page.uri, files)) for kind, page in last.items() if first[kind] is not page]


def _content(uri: str, files: SiteFiles) -> PageContent:
    for renderer in files.site.languages:
        views = [NoticeView(posted, renderer.formatter) for posted in files.site.board.notices]
        for view in views:
            if files.notice_pages[view.posted.id, renderer.language.code].uri == uri:
                return NoticePages.load(renderer, files.site.board.now).notice_page(view, "../../")
        for listed in files.list_pages:
            if listed.page.uri == uri and listed.renderer is renderer:
                rows = {view.posted.id: board_pages.compact_row(view, renderer) for view in views}
                root = relative_url(listed.page.url, renderer.language.path)
                return board_pages.list_page(listed.notices, listed.number, rows, renderer, root)
    raise AssertionError(uri)
