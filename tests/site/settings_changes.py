"""A person's change of mkdocs.yml, for the tests."""

from __future__ import annotations

from pathlib import Path

from noticeboard.adopt.settings_file import SettingsFile


def changed(project: Path, *key: str, to: object) -> None:
    """Change a setting as a person would."""
    settings = SettingsFile((project / "mkdocs.yml").read_text("utf-8"))
    settings.change(key, to)
    (project / "mkdocs.yml").write_text(settings.text(), "utf-8")
