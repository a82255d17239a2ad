"""Runs Pagefind, and puts its files into one order, so that two builds of the same pages are the same files.

Pagefind 1.5 lists filters and their values in the random order of a hash table. Its files are CBOR behind a mark,
gzipped, and named after a hash of what they hold; so sorting a list means naming the file, and what names it, anew.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import cbor2
from pagefind_bin import get_executable

from noticeboard import workers

_MARK = b"pagefind_dcd"
ENTRY = "pagefind-entry.json"
LARGE = 10_000
"""Bytes from which on a file of the index is made lean."""


class SearchIndexError(RuntimeError):
    """Pagefind failed; the message is its own."""


def make(searched: Path, bundle: Path, processes: int) -> None:
    """Index the pages of a folder into another; raises SearchIndexError if Pagefind fails."""
    command = [str(get_executable()), "--site", str(searched), "--output-path", str(bundle), "--silent"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise SearchIndexError(f"The search index could not be made: {done.stderr.strip() or done.stdout.strip()}")
    large = [path for path in bundle.glob("index/*.pf_index") if path.stat().st_size > LARGE]
    workers.share([partial(_make_lean, path) for path in large], processes)
    paths = [*bundle.glob("filter/*.pf_filter"), *bundle.glob("*.pf_meta"), bundle / ENTRY]
    files = {path.relative_to(bundle).as_posix(): path.read_bytes() for path in paths}
    for path in paths:
        path.unlink()
    for name, content in settled(files).items():
        (bundle / name).write_bytes(content)


def _make_lean(path: Path) -> None:
    path.write_bytes(lean(path.read_bytes()))


def settled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the filters, the metadata and the entry file anew, by path within the bundle.

    `files` holds `filter/*.pf_filter`, `*.pf_meta` and `pagefind-entry.json`; the result replaces them all.
    Raises ValueError if they are not in the form of Pagefind 1.5.
    """
    renamed: dict[str, str] = {}
    made: dict[str, bytes] = {}
    for path, content in files.items():
        if path.endswith(".pf_filter"):
            name, values = _decode(content)
            old = path.removeprefix("filter/").removesuffix(".pf_filter")
            new, made_content = _encode([name, sorted(values)], old, 7)
            renamed[old], made[f"filter/{new}.pf_filter"] = new, made_content
    entry = json.loads(files[ENTRY])
    for language in entry["languages"].values():
        old = language["hash"]
        version, pages, chunks, filters, *rest = _decode(files[f"pagefind.{old}.pf_meta"])
        filters = sorted([name, renamed[each]] for name, each in filters)
        language["hash"], content = _encode([version, pages, chunks, filters, *rest], old, 10)
        made[f"pagefind.{language['hash']}.pf_meta"] = content
    made[ENTRY] = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
    return made


def lean(content: bytes) -> bytes:
    """Give an `index/*.pf_index` that tells of each page only the first place of a word: less than half of the bytes.

    On a large board a word stands on thousands of pages, many times on each. It is found on all of them all the same;
    but how often it stands there no longer counts, and words in quotes may not be found side by side.
    """
    words, *rest = _decode(content)
    for _, pages, *_ in words:
        for page in pages:
            # A negative number is no place: it says how much those behind it weigh.
            page[1] = page[1][: 2 if page[1] and page[1][0] < 0 else 1]
    return _zipped(cbor2.dumps([words, *rest]))


def _zipped(payload: bytes) -> bytes:
    content = gzip.compress(_MARK + payload, mtime=0)
    # Which system zipped it, Pythons before 3.13 say, and later ones don't.
    return content[:9] + b"\xff" + content[10:]


def _decode(content: bytes) -> Any:
    plain = gzip.decompress(content)
    if not plain.startswith(_MARK):
        raise ValueError("the search index is not in the form of Pagefind 1.5")
    return cbor2.loads(plain.removeprefix(_MARK))


def _encode(data: Any, old_name: str, digits: int) -> tuple[str, bytes]:
    """Give a file's name, in the language of its old name, and its content."""
    payload = cbor2.dumps(data)
    digest = hashlib.sha1(payload, usedforsecurity=False).hexdigest()[:digits]
    return f"{old_name.rpartition('_')[0]}_{digest}", _zipped(payload)
