"""The one file that knows MkDocs: its events in their order, each a line or two over the core."""

from __future__ import annotations

import html
import os
import posixpath
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from pagefind_bin import get_executable

from noticeboard import board as boards
from noticeboard import check, feeds, search_index, settings
from noticeboard.board import Board
from noticeboard.folder import notices_folder, now, sources
from noticeboard.language import Language
from noticeboard.pages import PageParts, Pages, template_cache
from noticeboard.problem import Problem, errors

_is_serving = False


@dataclass(frozen=True)
class Build:
    """What one build shows; it lives in `config.extra`, as a hook's own globals outlive a build."""

    pages: Pages
    board: Board
    problems: tuple[Problem, ...]

    def root(self, page: Page | None, config: MkDocsConfig) -> str:
        """Give the way from a page to the site's root; the 404 page is served anywhere, so its way is a whole path."""
        if page is None:
            return urlsplit(config.site_url or "/").path
        return posixpath.relpath("/", "/" + page.url).rstrip("/") + "/"

    def announce(self, page: Page | None, config: MkDocsConfig) -> Markup:
        """Make what stands at the top of a page: the sample mark, the problems under `serve`, the banners."""
        parts = [self.pages.chrome("sample")] if self.pages.settings.samples else []
        if self.problems:
            parts.append(self.pages.chrome("problems", problems=self.problems))
        notice_id = page.meta.get("notice") if page else None
        parts.append(self.pages.banners(self.board, self.root(page, config), notice_id))
        return Markup("").join(parts).strip()

    def head(self, page: Page | None, config: MkDocsConfig) -> Markup:
        """Make a page's title, description and links, escaped (the theme's own are not)."""
        meta = page.meta if page else {}
        title = "" if page and page.is_homepage else html.unescape(page.title or "") if page else "404"
        return self.pages.chrome(
            "head",
            title=title,
            site_name=config.site_name,
            description=meta.get("description") or config.site_description or "",
            canonical=page.canonical_url if page else None,
            is_indexed=page is not None and meta.get("index", True),
            root=self.root(page, config),
        )

    def fill(self, text: str, part: str, page: Page, config: MkDocsConfig) -> str:
        """Fill names, contacts and rules into a page's prose, or into its description."""
        name = f"{page.file.src_uri}:{part}"
        return self.pages.fill(name, text, board=self.board, root=self.root(page, config))

    def chrome(self, name: str, page: Page | None, config: MkDocsConfig) -> Markup:
        """Make the search, the footer or the 404 page's text."""
        return self.pages.chrome(name, root=self.root(page, config))


class MadePage(Page):
    """A page that comes from the core as HTML and never goes through the site's Markdown."""

    def __init__(self, file: File, config: MkDocsConfig, parts: PageParts, edit_url: str | None, **meta: Any) -> None:
        super().__init__(str(Markup.escape(parts.title)), file, config)
        self.parts = parts
        self.edit_url = edit_url
        self.made_meta = {"description": parts.description, "hide": ["navigation"], **meta}

    def read_source(self, config: MkDocsConfig) -> None:
        """Read nothing: the text is there."""
        self.markdown, self.meta = "", dict(self.made_meta)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Hand over the HTML and its headings."""
        self.content = str(self.parts.html)
        links = [AnchorLink(str(Markup.escape(heading.title)), heading.id, 2) for heading in self.parts.headings]
        self.toc = TableOfContents(links)


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Note whether the site is being served: then a broken notice must not stop it."""
    global _is_serving
    _is_serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check everything before the old site is touched."""
    try:
        site = settings.from_config(dict(config))
    except settings.SettingsError as error:
        raise PluginError(str(error)) from None
    folder, law, at = notices_folder(), site.law(), now(site.zone)
    if not folder.is_dir():
        raise PluginError(f"There is no folder {folder} with notices.")
    checked = check.notices(sources(folder), law, at)
    found = tuple(errors(checked.problems))
    if found and not _is_serving:
        raise PluginError("\n".join([*(problem.as_text() for problem in found), "The site was not built."]))
    pages = Pages(site, law, Language(site.languages[0], site.zone))
    pages.environment.bytecode_cache = template_cache(Path(config.config_file_path).parent / ".cache" / "templates")
    config.extra["build"] = Build(pages, boards.build(checked.notices, law, at), found)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the board, a page for each notice, and the feed."""
    build: Build = config.extra["build"]
    pages, board = build.pages, build.board
    _add_page(files, config, "notices/index.md", partial(pages.board, board), None)
    for posted in board.posted:
        edit = f"{_folder_in_repository()}/{posted.id}.yml"
        make = partial(pages.notice, posted)
        _add_page(files, config, f"notices/{posted.id}.md", make, edit, notice=posted.id)
    feed = feeds.rss(board, pages.settings, pages.language)
    files.append(File.generated(config, "feed.xml", content=feed))
    return files


def _add_page(
    files: Files, config: MkDocsConfig, uri: str, make: Callable[[str], PageParts], edit: str | None, **meta: Any
) -> None:
    file = File.generated(
        config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV if meta else InclusionLevel.INCLUDED
    )
    root = posixpath.relpath("/", "/" + file.url).rstrip("/") + "/"
    MadePage(file, config, make(root), _edit_url(config, edit), **meta)
    files.append(file)


def _folder_in_repository() -> str:
    return Path(os.path.relpath(notices_folder())).as_posix()


def _edit_url(config: MkDocsConfig, path: str | None) -> str | None:
    site = config.extra["build"].pages.settings
    return f"{site.repository.rstrip('/')}/edit/{site.branch}/{path}" if path and site.repository else None


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Let the theme's templates be compiled once, not at every build."""
    env.bytecode_cache = config.extra["build"].pages.environment.bytecode_cache
    return env


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill names, contacts and rules into the guide's prose."""
    if isinstance(page, MadePage):
        return markdown
    build: Build = config.extra["build"]
    page.edit_url = _edit_url(config, f"docs/{page.file.src_uri}")
    if description := page.meta.get("description"):
        page.meta["description"] = build.fill(description, "description", page, config)
    return build.fill(markdown, "text", page, config)


def on_post_build(config: MkDocsConfig) -> None:
    """Index the site for its search."""
    command = [str(get_executable()), "--site", config.site_dir, "--silent"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise PluginError(f"The search index could not be made: {done.stderr.strip() or done.stdout.strip()}")
    bundle = Path(config.site_dir) / "pagefind"
    paths = [*bundle.glob("filter/*.pf_filter"), *bundle.glob("*.pf_meta"), bundle / search_index.ENTRY]
    files = {path.relative_to(bundle).as_posix(): path.read_bytes() for path in paths}
    for path in paths:
        path.unlink()
    for name, content in search_index.settled(files).items():
        (bundle / name).write_bytes(content)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., Any]) -> LiveReloadServer:
    """Watch the notices that are shown, wherever they are."""
    server.watch(str(notices_folder().resolve()))
    return server
