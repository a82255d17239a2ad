"""The years that a group's line speaks of: “enrolled since 2005-06”, “2019 to 2021”, “classes of 2024 and 2025”."""

from __future__ import annotations

import re

_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:\s?[-–/]\s?((?:19|20)?\d{2})(?!\d))?")
_SINCE = re.compile(r"\b(?:since|from|after|starting|as of)\s+(?:the\s+)?(?:fall\s+(?:of\s+)?)?$", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|until|up to|through)\s+(?:the\s+)?$", re.IGNORECASE)
EARLIEST = 1990


def parse_years(line: str | None, posted: int) -> range | None:
    """Return the years that a cohort covers, up to the year of posting; None: it names none, so it may be any.

    It errs on the side of too many: leaving somebody out would be a wrong “no”.
    """
    spans = [_pair(match) for match in _YEARS.finditer(line or "")]
    if not line or not spans:
        return None
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    begins = line[: next(_YEARS.finditer(line)).start()]
    if _BEFORE.search(begins):
        first = min(first, EARLIEST)
    if _SINCE.search(begins) and len(spans) == 1:
        last = max(last, posted)
    return range(first, max(first, last) + 1)


def _pair(match: re.Match[str]) -> tuple[int, int]:
    first = int(match[1])
    if not match[2]:
        return first, first
    last = int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])
    # “1999-00” goes over the century.
    return first, last if last >= first else last + 100
