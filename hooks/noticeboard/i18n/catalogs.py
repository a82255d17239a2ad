"""Which languages there are, and which sentences are theirs to translate.

It loads nothing: to check a notice, no sentence of the site is said.
"""

from __future__ import annotations

from importlib import resources

SOURCE = "en"
"""The language that the sentences in the code and the data files are written in."""


def available() -> list[str]:
    """List the languages that have all their sentences: English, and those with a catalog."""
    folders = resources.files(__package__).joinpath("locales").iterdir()
    return [SOURCE, *sorted(folder.name.replace("_", "-") for folder in folders if folder.is_dir())]


def N_(message: str) -> str:  # noqa: N802 (gettext's own name)
    """Mark a sentence for the catalogs without saying it yet."""
    return message
