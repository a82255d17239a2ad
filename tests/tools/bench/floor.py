"""The least that a build in Python can take: a bare loop that reads, validates, joins and writes, and nothing else.

    python -m tests.tools.bench.floor NOTICES BUILT

NOTICES are made notices, BUILT a site of this project with them. Each notice's file is read as strict YAML and into the
model; then its page, calendar, record and file are written, at the lengths that they have in BUILT, of ready pieces.
No rule is checked, no clock counted, no word translated, escaped or laid out. Prints CPU milliseconds a notice.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from noticeboard.check import parse
from noticeboard.check.runner import FileChecker
from noticeboard.notice import strict_yaml
from noticeboard.settings import from_config
from noticeboard.site.output_folder import write
from noticeboard.site.sources import build_time
from tests.support import ROOT

FILES = ("index.html", "deadlines.ics", "notice.json", "notice.yml")
PIECES = 300
"""In how many pieces a page is joined: as many as a notice's page has."""


def measured(name: str, count: int, work: Callable[[], None]) -> None:
    started = time.process_time()
    work()
    print(f"| {name} | {(time.process_time() - started) / count * 1000:.2f} |")


def main(notices: Path, built: Path) -> None:
    settings = from_config(strict_yaml.read_settings((ROOT / "mkdocs.yml").read_text("utf-8")))
    context = FileChecker(settings, settings.law(), build_time(settings.zone)).parse_context
    paths = sorted(notices.glob("*.yml"))
    pages = {path.stem: [(built / "notices" / path.stem / name).read_text("utf-8") for name in FILES] for path in paths}
    pieces = {
        name: [
            [text[at : at + len(text) // PIECES + 1] for at in range(0, len(text), len(text) // PIECES + 1)]
            for text in texts
        ]
        for name, texts in pages.items()
    }
    # As in a build: no garbage is looked for, and the first notice has loaded what the others need.
    gc.disable()
    parse.read(strict_yaml.read(paths[0].read_bytes(), paths[0].name), context)
    documents: list[strict_yaml.Document] = []

    def read() -> None:
        documents.extend(strict_yaml.read(path.read_bytes(), path.name) for path in paths)

    def validate() -> None:
        assert all(parse.read(document, context).notice for document in documents)

    print("| a notice | CPU ms |\n|---|--:|")
    measured("read as YAML with its places", len(paths), read)
    measured("validated as a model", len(paths), validate)
    with tempfile.TemporaryDirectory() as folder:

        def join_and_write() -> None:
            for name, texts in pieces.items():
                for file, text in zip(FILES, texts, strict=True):
                    write(Path(folder) / name / file, "".join(text))

        measured("four files, joined and written", len(paths), join_and_write)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
