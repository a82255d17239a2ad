"""Another district: what it doesn't promise is nowhere said."""

from __future__ import annotations

import re
from pathlib import Path

from noticeboard.adopt.settings_file import SettingsFile
from tests.support import NOW, build, copy_project, text


def test_a_district_without_a_promise_of_its_own(tmp_path: Path) -> None:
    """The policy's clock is there only if the settings promise it; the law's stay, in each language."""
    project = copy_project(tmp_path / "project")
    settings = SettingsFile((project / "mkdocs.yml").read_text("utf-8"))
    settings.change(("policies",), {})
    (project / "mkdocs.yml").write_text(settings.text(), "utf-8")
    done = build(tmp_path / "site", project / "notices", NOW, project, SEARCH="false")
    assert done.returncode == 0, done.stderr
    said = {path: text(tmp_path / "site", f"{path}breach-process/") for path in ("", "es/", "pt/")}
    # Until 2017 it was the law, and its history says so.
    assert {path: len(re.findall("48 ho", words)) for path, words in said.items()} == {"": 1, "es/": 1, "pt/": 1}
    assert "State law now says 2 business days." in said[""]
    promises = ("promise", "promesa", "promessa", "That page cites", "Esa página cita", "Essa página cita")
    assert not [word for words in said.values() for word in promises if word in words]
