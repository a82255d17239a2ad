"""The one file that knows MkDocs: its events, in the order in which a build calls them."""

from __future__ import annotations

import gc
import logging
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import CountHandler

from noticeboard import settings
from noticeboard.notice.dates import DateError
from noticeboard.pages.content import PageContent
from noticeboard.render.csp import disallowed_scripts_message, document_problems, misplaced_documents
from noticeboard.render.environment import ProseError, insert_html
from noticeboard.render.renderer import Renderer
from noticeboard.site import git, menu, parallel
from noticeboard.site.files import SiteFiles
from noticeboard.site.load import load_site
from noticeboard.site.output_folder import OutputFolder
from noticeboard.site.page import GeneratedPage, RenderedPage
from noticeboard.site.page_template import placeholder
from noticeboard.site.search_index import SearchIndexError
from noticeboard.site.site import Site
from noticeboard.site.sources import build_time, notices_folder, sources
from noticeboard.site.writer import SiteWriter

if TYPE_CHECKING:
    # It loads a web server, which a build doesn't need.
    from mkdocs.livereload import LiveReloadServer

_is_serving = False
_THEME_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""Files of the theme for its own search, which is not in use."""


@dataclass
class Build:
    """What one event leaves for later ones."""

    site: Site
    files: SiteFiles
    writer: SiteWriter
    output: OutputFolder
    palette: list[dict[str, Any]]
    """The switch of the colors, as mkdocs.yml has it."""
    menus: dict[str, Navigation] = field(default_factory=dict)
    """The menus of the other languages, by their codes."""


def _build(config: MkDocsConfig) -> Build:
    build: Build = config.extra["build"]
    return build


class ThemedPage(Page):
    """A page that comes from the core as HTML and never goes through the site's Markdown."""

    def __init__(self, page: GeneratedPage, content: Callable[[], PageContent], config: MkDocsConfig) -> None:
        file = File.generated(config, page.uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        super().__init__(None, file, config)
        self.generated, self.get_content = page, content
        self.edit_url = _build(config).site.edit_url(page.edit)

    def read_source(self, config: MkDocsConfig) -> None:
        """Read nothing: the text is there, or comes from another process."""
        rendered = RenderedPage(self.generated, self.get_content())
        self.title, self.rendered = rendered.title, rendered.content
        self.markdown, self.meta = "", dict(rendered.meta)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Hand over the HTML and its headings."""
        self.content = str(self.rendered.html)
        # The theme's link past the menu leads to the first heading: the page's own, which the theme has a place for.
        top = AnchorLink(str(escape(self.title)), "content", 1)
        top.children = [AnchorLink(str(escape(heading.title)), heading.id, 2) for heading in self.rendered.headings]
        self.toc = TableOfContents([top])


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Note whether the site is being served: then a broken notice must not stop it."""
    global _is_serving
    _is_serving = command == "serve"
    if not _is_serving:
        # A build ends soon and leaves little garbage; to look for it, in each worker too, takes a tenth of the time.
        gc.disable()
    # MkDocs can't read a time that is set and empty.
    if not os.environ.get("SOURCE_DATE_EPOCH", "1"):
        del os.environ["SOURCE_DATE_EPOCH"]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check everything before the old site is touched; one that a killed build had moved away is put back first."""
    project = Path(config.config_file_path).parent
    folder = notices_folder(project)
    try:
        district = settings.from_config(dict(config))
        now = build_time(district.zone)
        if not folder.is_dir():
            raise PluginError(f"There is no folder {folder} with notices.")
        output = OutputFolder(Path(config.site_dir))
        # The template is never published; `noticeboard check` looks at it.
        notices = git.with_versions((file for file in sources(folder) if file.path.name[0] != "_"), folder, project)
        names = (config.site_name, config.site_description or "")
        site = load_site(district, notices, now, *names, parallel.worker_count())
    except (settings.SettingsError, DateError) as error:
        raise PluginError(str(error)) from None
    config.site_name, config.site_description = map(district.filled, (site.name, site.description))
    if site.problems and not _is_serving:
        raise PluginError("\n".join([*(problem.as_text() for problem in site.problems), "The site was not built."]))
    in_repository = Path(os.path.relpath(folder, project)).as_posix()
    # What was checked is what is published, whatever happens to the files meanwhile.
    contents = {source.path.stem: source.content for source in notices if source.content is not None}
    files = SiteFiles(site, contents, in_repository)
    config.site_dir = str(output.path)
    config.extra["build"] = Build(site, files, SiteWriter(files, output.path), output, config.theme["palette"])
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add each language's pages: the guide's, and what the core renders."""
    build = _build(config)
    generated = [*_generated_pages(config)]
    documents = [file.src_uri for file in files if not file.generated_by and file.src_dir == config.docs_dir]
    if misplaced := list(
        misplaced_documents(documents, {page.generated.uri for page in generated}, build.site.folders)
    ):
        raise PluginError("\n".join(misplaced))
    unused = (*_THEME_SEARCH, *build.site.left_out)
    for file in list(files):
        if file.src_uri.startswith(unused):
            files.remove(file)
    schema = Path(config.config_file_path).parent / "notices" / "notice.schema.json"
    files.append(File.generated(config, "notices/notice.schema.json", abs_src_path=str(schema)))
    for renderer in build.site.languages:
        if renderer is not build.site.languages[0]:
            _add_guide(files, config, renderer)
        # So that MkDocs finds what the guide links to; the whole feed takes its place at the end.
        files.append(File.generated(config, f"{renderer.language.path}feed.xml", content=""))
    for page in generated:
        files.append(page.file)
    return files


def _generated_pages(config: MkDocsConfig) -> Iterator[ThemedPage]:
    """Return the pages that MkDocs puts the theme around: the single ones, and a template page for each kind."""
    build = _build(config)
    for page, content in build.writer.begin():
        yield ThemedPage(page, content, config)
    for kind, page in {page.kind: page for page in build.files.filled_pages[::-1]}.items():
        assert kind
        template = replace(page, meta={**page.meta, "is_template": True})
        themed = ThemedPage(template, partial(PageContent, kind.name, "", placeholder("text"), kind.headings), config)
        themed.edit_url = themed.edit_url and str(placeholder("edit"))
        yield themed


def _add_guide(files: Files, config: MkDocsConfig, renderer: Renderer) -> None:
    """Add the guide in a language; what isn't translated, in English."""
    for uri, title in menu.nav_titles(config.nav or []).items():
        english = files.get_file_from_path(uri)
        if english is None or english.generated_by:  # the board, which is generated
            continue
        translated = f"{renderer.language.path}{uri}"
        file = files.get_file_from_path(translated)
        if file is None:
            file = File.generated(config, translated, content=english.content_string)
            files.append(file)
        file.inclusion = InclusionLevel.NOT_IN_NAV
        Page(renderer.formatter.translate(title) if title else None, file, config)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Build a menu for each of the other languages."""
    build, english = _build(config), config.nav
    for renderer in build.site.languages[1:]:
        path = renderer.language.path
        config.nav = menu.localize_nav(english or [], path, renderer.formatter.translate)
        localized = get_navigation(files, config)
        localized.homepage = next(page for page in localized.pages if page.url == path)
        build.menus[renderer.language.code] = localized
    config.nav = english
    return nav


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Let the theme ask for what stands around a page; add the other languages' site maps."""
    build = _build(config)
    policy = build.site.policy.meta(served=_is_serving)
    env.globals.update(
        site=build.site, content_policy=policy, inline=build.site.policy.inline, sitemap=_sitemap(config, files)
    )
    for renderer in build.site.languages[1:]:
        text = env.globals["sitemap"](renderer)
        files.append(File.generated(config, f"{renderer.language.path}sitemap.xml", content=text))
    return env


def _sitemap(config: MkDocsConfig, files: Files) -> Callable[[Renderer], str]:
    build = _build(config)

    def sitemap(renderer: Renderer) -> str:
        pages = [file.page for file in files.documentation_pages()]
        return build.site.sitemap(pages, build.files.filled_pages, renderer)

    return sitemap


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill names, contacts and rules into the guide's prose."""
    if isinstance(page, ThemedPage):
        return markdown
    site, uri = _build(config).site, page.file.src_uri
    path = site.language_of(page).language.path
    english_uri = uri.removeprefix(path)
    page.meta["fallback"] = page.file.generated_by is not None
    is_in_nav = english_uri in menu.nav_titles(config.nav or [])
    languages = [renderer.language for renderer in site.languages] if is_in_nav else []
    page.meta["languages"] = [
        language.code for language in languages if _is_translated(files, f"{language.path}{english_uri}")
    ]
    page.edit_url = site.edit_url(f"docs/{english_uri if page.meta['fallback'] else uri}")
    try:
        if description := page.meta.get("description"):
            page.meta["description"], _ = site.render_prose(description, page)
        text, page.meta["html_blocks"] = site.render_prose(markdown, page)
    except ProseError as error:
        raise PluginError(f"docs/{uri}: error: {error}") from None
    return text


def _is_translated(files: Files, uri: str) -> bool:
    """Whether a page of the guide was written in its language."""
    file = files.get_file_from_path(uri)
    return file is not None and file.generated_by is None


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Hold a page's text to its policy; put HTML that never went through Markdown in its place."""
    if isinstance(page, ThemedPage):
        return html
    # A column's alignment, as a class: a page's policy allows no style in it.
    html = re.sub(r'<(t[dh]) style="text-align: (\w+);">', r'<\1 class="nb-\2">', html)
    source = page.file.content_string
    if problems := list(document_problems(f"docs/{page.file.src_uri}", source, html)):
        raise PluginError("\n".join(problem.as_text() for problem in problems))
    return insert_html(html, page.meta["html_blocks"])


def on_page_context(context: Any, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
    """Show each page in its language: the menu, and the theme's own words."""
    build = _build(config)
    renderer = build.site.language_of(page)
    translate = renderer.formatter.translate
    context["nav"] = build.menus.get(renderer.language.code, nav)
    config.theme["language"] = renderer.language.code
    config.site_name = renderer.formatter.setting(build.site.name)
    config.theme["palette"] = [
        {**option, "toggle": {**option["toggle"], "name": translate(option["toggle"]["name"])}}
        for option in build.palette
    ]
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keep a template page to be filled in, and write nothing for it; note what the search looks through."""
    build = _build(config)
    _check_scripts(output, page.file.dest_uri, build)
    kind = page.generated.kind if isinstance(page, ThemedPage) else None
    if kind is None:
        build.writer.searched.append(page.file.dest_uri)
        return output
    build.writer.add_template(kind, output)
    return ""


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Hold the 404 page to its policy."""
    _check_scripts(output, template_name, _build(config))
    return output


def _check_scripts(html: str, uri: str, build: Build) -> None:
    if scripts := build.site.policy.disallowed_scripts(html):
        raise PluginError(disallowed_scripts_message(uri, scripts))


def on_post_build(config: MkDocsConfig) -> None:
    """Write all files that MkDocs doesn't render, index the site for its search, and put it in its place."""
    build = _build(config)
    try:
        build.writer.finish()
    except SearchIndexError as error:
        raise PluginError(str(error)) from None
    config.site_dir = str(build.output.target)
    # A strict build that warned of anything fails, but only after this.
    handlers = [handler for handler in logging.getLogger("mkdocs").handlers if isinstance(handler, CountHandler)]
    if _is_serving or not any(handler.counts for handler in handlers):
        build.output.swap_in()


def on_build_error(error: Exception) -> None:
    """Say in plain words why nothing could be written or read; the last site stays as it was."""
    if isinstance(error, UnicodeError):
        raise PluginError("A page of docs/ must be UTF-8; the line above names it. The site was not built.") from None
    if isinstance(error, OSError):
        where = f": {error.filename}" if error.filename else ""
        raise PluginError(f"{error.strerror or error}{where}. The site was not built; the last one stays.") from None
    if isinstance(error, parallel.WorkerError):
        raise PluginError(f"{error}\nThe site was not built; the last one stays.") from None


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., Any]) -> LiveReloadServer:
    """Watch the notices that are shown, wherever they are; a build that fails leaves the last pages to be read."""
    server.watch(str(notices_folder(Path(config.config_file_path).parent).resolve()))

    def build() -> None:
        try:
            builder()
        except MkDocsException as error:
            logging.getLogger("mkdocs").error("%s The pages are those of the last build.", error)

    server.builder = build
    return server
