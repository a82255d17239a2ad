"""How a build writes what MkDocs doesn't, and when.

While MkDocs reads the guide, another process renders the single pages and writes the tables. The notices need the page
templates, which are MkDocs's last work; what needs every notice comes then, while Pagefind indexes what is there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from noticeboard.site.files import SinglePage, SiteFiles, Target
from noticeboard.site.output_folder import write
from noticeboard.site.page import PageKind
from noticeboard.site.page_template import PageTemplate
from noticeboard.site.parallel import Background, worker_count
from noticeboard.site.search_index import indexing


@dataclass
class SiteWriter:
    """Writes a site's files into a folder that MkDocs has emptied."""

    files: SiteFiles
    folder: Path
    searched: list[str] = field(default_factory=list)
    """The files of MkDocs's pages that the search looks through, from the site's root."""
    _templates: dict[str, PageTemplate] = field(default_factory=dict)
    _search: tempfile.TemporaryDirectory[str] = field(
        default_factory=lambda: tempfile.TemporaryDirectory(prefix="noticeboard-")
    )
    _ahead: Background[object] = field(init=False)

    def begin(self) -> Iterator[SinglePage]:
        """Begin what needs no page of the theme; return the single pages, each with what waits for its content."""
        self._ahead, pages = self.files.begin(self.folder, worker_count())
        return pages

    def add_template(self, kind: PageKind, page: str) -> None:
        """Take the page template of a kind."""
        self._templates[kind.name] = PageTemplate.parse(page)

    def finish(self) -> None:
        """Write the rest, and index the site for its search; raises SearchIndexError if that can't be done."""
        self._ahead.results()
        target = Target(self.folder, Path(self._search.name))
        notices = self.files.render_notices(self._templates, target, worker_count())
        for uri in self.searched:
            write(target.search / uri, (self.folder / uri).read_bytes())
        has_search = self.files.site.settings.search
        with indexing(target.search, self.folder / "pagefind") if has_search else nullcontext():
            self.files.collect(notices, self._templates, self.folder, worker_count())
        self._search.cleanup()
