"""The one file that knows MkDocs: its events, in the order in which a build calls them."""

from __future__ import annotations

import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import CountHandler

from noticeboard import settings
from noticeboard.i18n.language import Language
from noticeboard.notice.dates import DateError
from noticeboard.pages.notice_pages import Pages
from noticeboard.pages.tool_pages import ToolPages
from noticeboard.render import csp
from noticeboard.render.environment import compiled_templates
from noticeboard.render.prose import ProseError, set_in
from noticeboard.site import load, menu, parallel, search_index
from noticeboard.site.cache import Cache, base
from noticeboard.site.files import SEARCHED, SiteFiles
from noticeboard.site.files import File as SiteFile
from noticeboard.site.output_folder import OutputFolder, write
from noticeboard.site.page_template import Stencil, mark
from noticeboard.site.site import MadePage, Site
from noticeboard.site.sources import cache_folder, notices_folder, now, sources

_is_serving = False
_THEMES_OWN_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""Files of the theme for its own search, which is not in use."""


class ThemedPage(Page):
    """A page that comes from the core as HTML and never goes through the site's Markdown."""

    def __init__(self, file: File, config: MkDocsConfig, made: MadePage, *, is_mould: bool) -> None:
        rendered = made.rendered()
        super().__init__(rendered.title, file, config)
        site: Site = config.extra["build"]
        self.made = made
        self.html = str(mark("text") if is_mould else rendered.parts.html)
        self.headings = rendered.parts.headings
        self.made_meta = {**rendered.meta, **({"mould": made.shape} if is_mould else {})}
        self.edit_url = site.edit_url(made.edit)
        if self.edit_url and is_mould:
            self.edit_url = str(mark("edit"))

    def read_source(self, config: MkDocsConfig) -> None:
        """Read nothing: the text is there."""
        self.markdown, self.meta = "", dict(self.made_meta)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Hand over the HTML and its headings."""
        self.content = self.html
        # The theme's link past the menu leads to the first heading: the page's own, which the theme has a place for.
        top = AnchorLink(str(escape(self.title)), "content", 1)
        top.children = [AnchorLink(str(escape(heading.title)), heading.id, 2) for heading in self.headings]
        self.toc = TableOfContents([top])


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Note whether the site is being served: then a broken notice must not stop it."""
    global _is_serving
    _is_serving = command == "serve"
    # MkDocs can't read a time that is set and empty.
    if not os.environ.get("SOURCE_DATE_EPOCH", "1"):
        del os.environ["SOURCE_DATE_EPOCH"]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check everything before the old site is touched."""
    try:
        site = settings.from_config(dict(config))
        at = now(site.zone)
    except (settings.SettingsError, DateError) as error:
        raise PluginError(str(error)) from None
    folder, law = notices_folder(_project(config)), site.law()
    if not folder.is_dir():
        raise PluginError(f"There is no folder {folder} with notices.")
    # The template is never published; `noticeboard check` looks at it.
    notices = (source for source in sources(folder) if not Path(source.file).name.startswith("_"))
    cache = _cache(config, site)
    board, found = load.board(notices, site, law, at, cache, parallel.count())
    if found and not _is_serving:
        raise PluginError("\n".join([*(problem.as_text() for problem in found), "The site was not built."]))
    compiled = cache.folder / "templates"
    editions = tuple(ToolPages(site, law, Language(code, site.zone), compiled / code) for code in site.languages)
    build = Site(editions, board, found, config.site_name, config.site_description or "")
    place = Path(os.path.relpath(folder, _project(config))).as_posix()
    files = SiteFiles(build, cache, lambda name: (folder / f"{name}.yml").read_bytes(), place)
    made = tuple(files.made_pages())
    filled = tuple(page for page in made if page.shape)
    config.extra["build"] = build = replace(build, filled=filled)
    config.extra |= {"files": replace(files, site=build), "made": made, "compiled": compiled, "stencils": {}}
    config.extra |= {"palette": config.theme["palette"], "menus": {}, "searched": []}
    config.extra["site_folder"] = target = OutputFolder(Path(config.site_dir))
    config.site_dir = str(target.path)
    config.extra |= {"policy": csp.meta(csp.of_pages(served=_is_serving)), "inline": csp.inline}
    return config


def _project(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _cache(config: MkDocsConfig, site: settings.Settings) -> Cache:
    """Open what earlier builds left; where nothing is to be kept or can be written, a folder that goes at the end."""
    project = _project(config)
    own = (path for path in (project / "hooks").rglob("*") if path.is_file() and path.suffix != ".pyc")
    state = base(own, repr(site), config.site_name, config.site_description or "", str(config.nav))
    if folder := cache_folder(project):
        try:
            return Cache.within(folder, state)
        except OSError:
            pass
    config.extra["temporary"] = temporary = tempfile.TemporaryDirectory(prefix="noticeboard-")
    return Cache.within(Path(temporary.name), state)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add each language's pages: the guide's, and what the core makes."""
    build: Site = config.extra["build"]
    own = [file.src_uri for file in files if not file.generated_by and file.src_dir == config.docs_dir]
    if found := list(csp.misplaced(own, {page.uri for page in config.extra["made"]}, build.folders)):
        raise PluginError("\n".join(found))
    _drop_other_languages(files, build)
    for file in list(files):
        if file.src_uri.startswith(_THEMES_OWN_SEARCH):
            files.remove(file)
    schema = str(_project(config) / "notices" / "notice.schema.json")
    files.append(File.generated(config, "notices/notice.schema.json", abs_src_path=schema))
    for pages in build.editions:
        if pages is not build.editions[0]:
            _add_guide(files, config, pages)
        # So that MkDocs finds what the guide links to; the whole feed takes its place at the end.
        files.append(File.generated(config, f"{pages.language.path}feed.xml", content=""))
    moulds: set[str] = set()
    for page in config.extra["made"]:
        if page.shape and page.shape in moulds:
            continue
        moulds.add(page.shape)
        file = File.generated(config, page.uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        ThemedPage(file, config, page, is_mould=bool(page.shape))
        files.append(file)
    return files


def _drop_other_languages(files: Files, build: Site) -> None:
    """Leave out the guide in languages that this build doesn't have."""
    zone = build.board.zone
    kept = {pages.language.path for pages in build.editions}
    dropped = tuple(path for code in Language.available()[1:] if (path := Language(code, zone).path) not in kept)
    for file in list(files):
        if dropped and file.src_uri.startswith(dropped):
            files.remove(file)


def _add_guide(files: Files, config: MkDocsConfig, pages: Pages) -> None:
    """Add the guide in a language; what isn't translated, in English."""
    for uri, title in menu.listed(config.nav or []).items():
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


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Build a menu for each of the other languages."""
    build: Site = config.extra["build"]
    english = config.nav
    for pages in build.editions[1:]:
        config.nav = menu.translated(english or [], pages.language.path, pages.say)
        own = get_navigation(files, config)
        own.homepage = next(page for page in own.pages if page.url == pages.language.path)
        config.extra["menus"][pages.language.code] = own
    config.nav = english
    return nav


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Let the theme's templates be compiled once, not at every build; add the other languages' sitemaps."""
    build: Site = config.extra["build"]
    env.bytecode_cache = compiled_templates(config.extra["compiled"] / "theme")
    for pages in build.editions[1:]:
        listed = build.sitemap((file.page for file in files.documentation_pages()), pages)
        files.append(File.generated(config, f"{pages.language.path}sitemap.xml", content=listed))
    return env


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill names, contacts and rules into the guide's prose."""
    if isinstance(page, ThemedPage):
        return markdown
    build: Site = config.extra["build"]
    uri, language = page.file.src_uri, build.pages(page).language
    in_menu = uri.removeprefix(language.path) in menu.listed(config.nav or [])
    page.meta["fallback"] = page.file.generated_by is not None
    own = [each.language.code for each in build.editions if _has_own(files, each.language.path, uri, language.path)]
    page.meta["languages"] = own if in_menu else []
    source = uri.removeprefix(language.path) if page.meta["fallback"] else uri
    page.edit_url = build.edit_url(f"docs/{source}")
    try:
        if description := page.meta.get("description"):
            page.meta["description"], _ = build.fill(description, "description", page)
        text, page.meta["set_in"] = build.fill(markdown, "text", page)
    except ProseError as error:
        raise PluginError(f"docs/{source}: error: {error}") from None
    return text


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Hold a page's text to its policy; set in what was made as HTML, which never went through Markdown."""
    if not isinstance(page, ThemedPage):
        # A column's alignment, as a class: a page's policy allows no style in it.
        html = re.sub(r'<(t[dh]) style="text-align: (\w+);">', r'<\1 class="nb-\2">', html)
        source = page.file.content_string
        if found := list(csp.problems(f"docs/{page.file.src_uri}", source, html)):
            raise PluginError("\n".join(problem.as_text() for problem in found))
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


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Cut a mould into a stencil, and fill it for the page that it stands for; note what the search looks through."""
    if not isinstance(page, ThemedPage) or not page.made.shape:
        config.extra["searched"].append(page.file.dest_uri)
    if not isinstance(page, ThemedPage) or not page.meta.get("mould"):
        return _known(output, page.file.dest_uri)
    config.extra["stencils"][page.made.shape] = stencil = Stencil.cut(output)
    build: Site = config.extra["build"]
    return _known(stencil.fill(build.parts(page.made)), page.file.dest_uri)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Hold the 404 page to its policy."""
    return _known(output, template_name)


def _known(html: str, uri: str) -> str:
    if found := csp.unknown(html):
        raise PluginError(csp.unknown_told(uri, found))
    return html


def on_post_build(config: MkDocsConfig) -> None:
    """Write all files that are no pages of the theme; index the site for its search."""
    target, files = Path(config.site_dir), config.extra["files"]
    with tempfile.TemporaryDirectory(prefix="noticeboard-") as temporary:
        searched = Path(temporary)
        for uri in config.extra["searched"]:
            write(searched / uri, (target / uri).read_bytes())
        tasks = [partial(_write_all, task, target, searched) for task in files.tasks(config.extra["stencils"])]
        parallel.share(tasks, parallel.count())
        if config.extra["build"].settings.search:
            try:
                search_index.build(searched, target / "pagefind")
            except search_index.SearchIndexError as error:
                raise PluginError(str(error)) from None
    config.site_dir = str(config.extra["site_folder"].target)
    # A strict build that warned of anything fails, but only after this.
    if _is_serving or not any(each.counts for each in _strict_counts()):
        config.extra["site_folder"].swap_in()


def _strict_counts() -> list[CountHandler]:
    return [each for each in logging.getLogger("mkdocs").handlers if isinstance(each, CountHandler)]


def on_build_error(error: Exception) -> None:
    """Say in plain words why nothing could be written or read; the last site stays as it was."""
    if isinstance(error, UnicodeError):
        raise PluginError("A page of docs/ must be UTF-8; the line above names it. The site was not built.") from None
    if isinstance(error, OSError):
        where = f": {error.filename}" if error.filename else ""
        raise PluginError(f"{error.strerror or error}{where}. The site was not built; the last one stays.") from None
    if isinstance(error, parallel.WorkError):
        raise PluginError(f"{error}\nThe site was not built; the last one stays.") from None


def _write_all(task: Callable[[], Iterable[SiteFile]], target: Path, searched: Path) -> None:
    for name, content in task():
        is_searched = name.startswith(SEARCHED)
        write(searched / name.removeprefix(SEARCHED) if is_searched else target / name, content)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., Any]) -> LiveReloadServer:
    """Watch the notices that are shown, wherever they are; a build that fails leaves the last pages to be read."""
    server.watch(str(notices_folder(_project(config)).resolve()))

    def build() -> None:
        try:
            builder()
        except MkDocsException as error:
            logging.getLogger("mkdocs").error("%s The pages are those of the last build.", error)

    server.builder = build
    return server
