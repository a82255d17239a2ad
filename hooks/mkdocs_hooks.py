"""The one file that knows MkDocs: its events in their order, each a line or two over the core."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from pagefind_bin import get_executable

from noticeboard import board as boards
from noticeboard import (
    calendar,
    check,
    facets,
    feeds,
    open_data,
    post_form,
    record,
    search_index,
    settings,
    tables,
)
from noticeboard.dates import DateError
from noticeboard.folder import notices_folder, now, sources
from noticeboard.language import Language
from noticeboard.pages import PageParts, Pages, set_in, template_cache
from noticeboard.problem import errors
from noticeboard.site import Site, way
from noticeboard.tool_pages import ToolPages

_is_serving = False


class MadePage(Page):
    """A page that comes from the core as HTML and never goes through the site's Markdown."""

    def __init__(self, file: File, config: MkDocsConfig, parts: PageParts, edit: str = "", **meta: Any) -> None:
        super().__init__(str(Markup.escape(parts.title)), file, config)
        self.parts = parts
        self.edit_url = _edit_url(config, edit)
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
        at = now(site.zone)
    except (settings.SettingsError, DateError) as error:
        raise PluginError(str(error)) from None
    folder, law = notices_folder(), site.law()
    if not folder.is_dir():
        raise PluginError(f"There is no folder {folder} with notices.")
    # The template is never published; `noticeboard check` looks at it.
    notices = (source for source in sources(folder) if not Path(source.file).name.startswith("_"))
    checked = check.notices(notices, site, law, at)
    found = tuple(errors(checked.problems))
    if found and not _is_serving:
        raise PluginError("\n".join([*(problem.as_text() for problem in found), "The site was not built."]))
    editions = tuple(ToolPages(site, law, Language(code, site.zone)) for code in site.languages)
    for each in editions:
        cache = _project(config) / ".cache" / "templates" / each.language.code
        each.environment.bytecode_cache = template_cache(cache)
    board = boards.build(checked.notices, law, at)
    config.extra["build"] = Site(editions, board, found, config.site_name, config.site_description or "")
    config.extra["palette"] = config.theme["palette"]
    config.extra["menus"] = {}
    return config


def _project(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add each language's pages: the guide's, the board, one for each notice, and the feed."""
    build: Site = config.extra["build"]
    _drop_other_languages(files, build)
    schema = str(_project(config) / "notices" / "notice.schema.json")
    files.append(File.generated(config, "notices/notice.schema.json", abs_src_path=schema))
    for pages in build.editions:
        if pages is not build.editions[0]:
            _add_guide(files, config, pages)
        _add_made(files, config, pages, build)
        _add_files(files, config, pages, build)
    return files


def _drop_other_languages(files: Files, build: Site) -> None:
    """Leave out the guide in languages that this build doesn't have."""
    zone = build.board.zone
    kept = {pages.language.path for pages in build.editions}
    dropped = tuple(path for code in Language.available()[1:] if (path := Language(code, zone).path) not in kept)
    for file in list(files):
        if dropped and file.src_uri.startswith(dropped):
            files.remove(file)


def _guide(nav: list[Any]) -> dict[str, str | None]:
    """List the menu's pages with their titles there."""
    found: dict[str, str | None] = {}
    for entry in nav:
        if isinstance(entry, str):
            found[entry] = None
        else:
            for title, inner in entry.items():
                found.update({inner: title} if isinstance(inner, str) else _guide(inner))
    return found


def _add_guide(files: Files, config: MkDocsConfig, pages: Pages) -> None:
    """Add the guide in a language; what isn't translated, in English."""
    for uri, title in _guide(config.nav or []).items():
        english = files.get_file_from_path(uri)
        if english is None or english.generated_by:  # the board, which is made
            continue
        own = f"{pages.language.path}{uri}"
        file = files.get_file_from_path(own)
        if file is None:
            file = File.generated(config, own, content=english.content_string)
            files.append(file)
        file.inclusion = InclusionLevel.NOT_IN_NAV
        Page(pages.say(title) if title else None, file, config)


def _add_made(files: Files, config: MkDocsConfig, pages: ToolPages, build: Site) -> None:
    """Add the board, the notices and all other made pages in a language."""
    board, every = build.board, [each.language.code for each in build.editions]
    add = partial(_add_page, files, config, pages, languages=every)
    add("notices/index.md", partial(pages.board, board))
    add("post/index.md", partial(pages.post, board), index=False, hide=["navigation", "toc"])
    add("verify/index.md", partial(pages.verify, board))
    add("subscribe/index.md", partial(pages.subscribe, board))
    add("data/index.md", pages.data)
    add("record/index.md", partial(pages.yearly, board))
    for facet in facets.of(board, pages):
        for value in facet.choices:
            add(f"notices/by/{facet.id}/{value}.md", partial(pages.facet, board, facet, value), index=False)
    for posted in board.posted:
        own = [each.language.code for each in build.editions if each.local(posted).is_own]
        meta = {"notice": posted.id, "languages": own, "fallback": pages.language.code not in own}
        meta["edit"] = f"{Path(os.path.relpath(notices_folder())).as_posix()}/{posted.id}.yml"
        _add_page(files, config, pages, f"notices/{posted.id}.md", partial(pages.notice, posted), **meta)


def _add_files(files: Files, config: MkDocsConfig, pages: ToolPages, build: Site) -> None:
    """Add what is no page: feeds, calendars, data; what has no language, with the first."""
    board, path = build.board, pages.language.path
    made: dict[str, str | bytes] = {**feeds.files(board, pages), **calendar.files(board, pages)}
    made[f"{path}post/data.json"] = post_form.Form(pages).data([each.id for each in board.posted], board.now)
    made |= {f"{path}verify/{letter}.json": text for letter, text in pages.codes(board).items()}
    made |= {f"{path}{posted.address}print.html": pages.printed(posted) for posted in board.posted}
    if pages is build.editions[0]:
        languages = [each.language for each in build.editions]
        made |= open_data.files(board, pages.settings, languages)
        made |= {
            "notices.csv": tables.notices(board, pages.settings),
            "changes.csv": tables.changes(board, pages.settings),
            "record.csv": record.table(board),
        }
        for posted in board.posted:
            made[f"{posted.address}notice.yml"] = (notices_folder() / f"{posted.id}.yml").read_bytes()
    for name, content in made.items():
        files.append(File.generated(config, name, content=content))


def _add_page(
    files: Files, config: MkDocsConfig, pages: Pages, uri: str, make: Callable[[str], PageParts], **meta: Any
) -> None:
    file = File.generated(config, f"{pages.language.path}{uri}", content="", inclusion=InclusionLevel.NOT_IN_NAV)
    MadePage(file, config, make(way(file.url, pages.language.path)), **meta)
    files.append(file)


def _edit_url(config: MkDocsConfig, path: str) -> str | None:
    site = config.extra["build"].editions[0].settings
    return f"{site.repository.rstrip('/')}/edit/{site.branch}/{path}" if path and site.repository else None


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Build a menu for each of the other languages."""
    build: Site = config.extra["build"]
    english = config.nav
    for pages in build.editions[1:]:
        config.nav = _translated(english or [], pages)
        menu = get_navigation(files, config)
        menu.homepage = next(page for page in menu.pages if page.url == pages.language.path)
        config.extra["menus"][pages.language.code] = menu
    config.nav = english
    return nav


def _translated(nav: list[Any], pages: Pages) -> list[Any]:
    """Point a menu at a language's pages, and say its titles in that language."""

    def entry(each: Any) -> Any:
        if isinstance(each, str):
            return pages.language.path + each
        if isinstance(each, list):
            return [entry(inner) for inner in each]
        return {pages.say(title): entry(inner) for title, inner in each.items()}

    return [entry(each) for each in nav]


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Let the theme's templates be compiled once, not at every build; add the other languages' sitemaps."""
    build: Site = config.extra["build"]
    env.bytecode_cache = build.editions[0].environment.bytecode_cache
    for pages in build.editions[1:]:
        listed = build.sitemap((file.page for file in files.documentation_pages()), pages)
        files.append(File.generated(config, f"{pages.language.path}sitemap.xml", content=listed))
    return env


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill names, contacts and rules into the guide's prose."""
    if isinstance(page, MadePage):
        return markdown
    build: Site = config.extra["build"]
    uri, language = page.file.src_uri, build.pages(page).language
    in_menu = uri.removeprefix(language.path) in _guide(config.nav or [])
    page.meta["fallback"] = page.file.generated_by is not None
    own = [each.language.code for each in build.editions if _has_own(files, each.language.path, uri, language.path)]
    page.meta["languages"] = own if in_menu else []
    source = uri.removeprefix(language.path) if page.meta["fallback"] else uri
    page.edit_url = _edit_url(config, f"docs/{source}")
    if description := page.meta.get("description"):
        page.meta["description"], _ = build.fill(description, "description", page)
    text, page.meta["set_in"] = build.fill(markdown, "text", page)
    return text


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Set in what was made as HTML; it never went through Markdown."""
    return set_in(html, page.meta.get("set_in", []))


def _has_own(files: Files, path: str, uri: str, own_path: str) -> bool:
    """Tell whether a page of the guide was written in the language of a folder."""
    file = files.get_file_from_path(path + uri.removeprefix(own_path))
    return file is not None and file.generated_by is None


def on_page_context(context: Any, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
    """Show each page in its language: the menu, and the theme's own words."""
    build: Site = config.extra["build"]
    pages = build.pages(page)
    context["nav"] = config.extra["menus"].get(pages.language.code, nav)
    config.theme["language"] = pages.language.code
    config.site_name = pages.say(build.site_name)
    config.theme["palette"] = [_with_name(option, pages) for option in config.extra["palette"]]
    return context


def _with_name(option: dict[str, Any], pages: Pages) -> dict[str, Any]:
    """Say what a switch of the colors does in a page's language."""
    toggle = option["toggle"]
    return {**option, "toggle": {**toggle, "name": pages.say(toggle["name"])}}


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
