"""Keep the catalogs whole: every sentence of the site is in the template, and every language has all of them.

`make check` runs it and fails on what is missing or unsure (fuzzy); `make messages` (--write) gathers anew.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from tests.tools.message_extractors import extract_settings

ROOT = Path(__file__).parents[2]
CORE = ROOT / "hooks" / "noticeboard"
TEMPLATE = CORE / "i18n" / "locales" / "noticeboard.pot"
_METHODS = [
    ("**.py", "python"),
    ("render/templates/**.html", "jinja2"),
    ("law/states/*.yml", "tests.tools.message_extractors:extract_yaml"),
    ("notice/data_codes.yml", "tests.tools.message_extractors:extract_yaml"),
    ("notice/causes.yml", "tests.tools.message_extractors:extract_yaml"),
    ("law/advice.yml", "tests.tools.message_extractors:extract_yaml"),
    ("check/personal_data.yml", "tests.tools.message_extractors:extract_yaml"),
]
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
_OPTIONS = {"render/templates/**.html": {"trimmed": "false", "silent": "false", "newstyle_gettext": "true"}}


def gather() -> Catalog:
    """Find every sentence in the code, the templates and the data files."""
    catalog = Catalog(project="noticeboard", charset="utf-8", fuzzy=False)
    for name, line, message, _, context in extract_from_dir(CORE, _METHODS, _OPTIONS, _KEYWORDS):
        catalog.add(message, None, [(name, line)], context=context)
    with (ROOT / "mkdocs.yml").open("rb") as file:
        for line, _, message, _ in extract_settings(file, {}, (), {}):
            catalog.add(message, None, [("mkdocs.yml", line)])
    return catalog


def as_text(catalog: Catalog) -> str:
    """Write a catalog without its date and line numbers, so that only a changed sentence changes the file."""
    written = io.BytesIO()
    write_po(written, catalog, omit_header=True, no_location=False, include_lineno=False, sort_output=True, width=110)
    return written.getvalue().decode("utf-8")


def incomplete(catalog: Catalog, source: Catalog) -> list[str]:
    """List the sentences that a language lacks or is unsure of."""
    return [
        str(message.id)
        for message in source
        if message.id and not ((own := catalog.get(message.id)) and own.string and not own.fuzzy)
    ]


def update(path: Path, source: Catalog) -> None:
    """Bring a language's catalog up to date: new sentences come in empty, dropped ones go, the rest stays."""
    with path.open("rb") as file:
        own = read_po(file, locale=path.parent.parent.name)
    own.update(source, no_fuzzy_matching=True)
    own.obsolete.clear()
    path.write_text(as_text(own), "utf-8")


def main() -> int:
    source = gather()
    if "--write" in sys.argv:
        TEMPLATE.write_text(as_text(source), "utf-8")
        for path in sorted(TEMPLATE.parent.glob("*/LC_MESSAGES/*.po")):
            update(path, source)
        print(f"{len(source)} sentences in {TEMPLATE.name}")
        return 0
    wrong = []
    if as_text(source) != TEMPLATE.read_text("utf-8"):
        wrong.append(f"{TEMPLATE.name} does not have the sentences of today; run: make messages")
    for path in sorted(TEMPLATE.parent.glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as file:
            lacking = incomplete(read_po(file, locale=path.parent.parent.name), source)
        wrong += [f"{path.parent.parent.name} lacks: {message}" for message in lacking]
    print("\n".join(wrong) or f"messages: all {len(source)} in the catalogs")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
