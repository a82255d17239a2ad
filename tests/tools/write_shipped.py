"""Write the digests of what is the first district's own: hooks/noticeboard/adopt/shipped.json."""

from __future__ import annotations

import json
from pathlib import Path

from noticeboard.adopt import shipped
from noticeboard.adopt.settings_file import SettingsFile

ROOT = Path(__file__).parents[2]
PATH = ROOT / "hooks" / "noticeboard" / "adopt" / "shipped.json"


def text() -> str:
    settings = SettingsFile((ROOT / "mkdocs.yml").read_text("utf-8"))
    return json.dumps(shipped.digests(settings, ROOT), indent=2) + "\n"


def main() -> None:
    PATH.write_text(text(), "utf-8")


if __name__ == "__main__":
    main()
