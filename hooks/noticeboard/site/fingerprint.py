"""What tells whether two builds of the site differ in more than the time at which they were made."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

_BUILT = re.compile(rb'<time data-built [^>]*>[^<]*</time>|data-stale-from="[^"]*"')
"""When a page was built, and from when on it calls itself old."""
_DERIVED = {"pagefind", "sha256sums.txt", "fingerprint.txt"}
"""What is made from the other files."""


def fingerprint(site: Path) -> str:
    """Return a digest of a built site without the marks of its time. Raises OSError if a file can't be read."""
    digest = hashlib.sha256()
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        name = path.relative_to(site)
        if name.parts[0] in _DERIVED:
            continue
        content = path.read_bytes()
        told = _BUILT.sub(b"", content) if path.suffix == ".html" else content
        digest.update(f"{name.as_posix()}\0{len(told)}\0".encode() + told)
    return digest.hexdigest()
