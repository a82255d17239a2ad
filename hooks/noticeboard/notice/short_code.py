"""The short code of a notice, which people can read off a letter and type: `K7QM-2MD4`."""

from __future__ import annotations

import hashlib

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O or U: they look like 1, 1, 0 and V."""

EXAMPLE = "ABCD-1234"
"""A code that stands for any; no notice was found to have it."""


def code_for(notice_id: str) -> str:
    """Return the code of a notice: eight letters and digits in two groups, the same for ever."""
    number = int.from_bytes(hashlib.sha256(notice_id.encode("utf-8", "replace")).digest()[:5], "big")
    letters = "".join(_LETTERS[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"
