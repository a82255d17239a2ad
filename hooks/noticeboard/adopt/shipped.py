"""What the project ships with, so that what a person changed can be told from it.

Only digests are kept: the settings themselves stand in mkdocs.yml, and nowhere else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from noticeboard.adopt.answers import default_places
from noticeboard.adopt.settings_file import Key, SettingsFile

SETTINGS: tuple[Key, ...] = tuple(
    (name,)
    for name in (
        "publisher", "city", "municipality", "state", "state_code", "timezone", "languages", "feed_ids",
        "security_until", "directory_information", "notice_contacts", "published", "policies", "municipal_guide",
    )
)  # fmt: skip
"""The settings that are one district's."""
FILES = (".github/CODEOWNERS", "tests/site/test_danbury.py")
"""Other files that are: the people who approve, and the tests of the first district's own facts."""


def digest(value: Any) -> str:
    """Return what tells whether a value is still the one that was shipped."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def digests(settings: SettingsFile, root: Path) -> dict[str, str]:
    """Return the digest of each setting and file that is a district's, by its name."""
    keys = (*SETTINGS, *(("places", name) for name in default_places()["places"]))
    found = {".".join(key): digest(settings.value(key)) for key in keys}
    files = {name: root / name for name in FILES}
    return found | {name: digest(path.read_text("utf-8")) for name, path in files.items() if path.exists()}


def load() -> Mapping[str, str]:
    """Read the digests of what was shipped (shipped.json)."""
    shipped: dict[str, str] = json.loads(resources.files(__package__).joinpath("shipped.json").read_text("utf-8"))
    return shipped
