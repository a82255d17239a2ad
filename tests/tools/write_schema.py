"""Write the notice format for editors, notices/notice.schema.json (`make schema` runs this)."""

from __future__ import annotations

from noticeboard.i18n import catalogs
from noticeboard.notice import data_codes, model
from tests.support import ROOT


def main() -> None:
    """Write the file anew."""
    text = model.schema_text(data_codes.names(), catalogs.available()[1:])
    (ROOT / "notices" / "notice.schema.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
