"""The letters of a text message: what one holds (GSM 03.38), and how a text is written in them."""

from __future__ import annotations

import unicodedata

LENGTH = 160
"""Characters in one text message."""

_GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWO = set("^{}\\[~]|€")
"""Characters that count as two."""
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})


def to_gsm(text: str) -> str:
    """Write a text in the letters that a plain text message has; other accents are dropped."""
    result = ""
    for character in text.translate(_PLAIN):
        if character in _GSM or character in _GSM_TWO:
            result += character
        else:
            plain = unicodedata.normalize("NFKD", character)
            result += "".join(letter for letter in plain if letter in _GSM) or "?"
    return result


def length(text: str) -> int:
    """Count what a text takes in a text message."""
    return sum(2 if character in _GSM_TWO else 1 for character in text)


def truncate(text: str, room: int) -> str:
    """Take letters off a text's end until it takes at most so much."""
    while length(text) > room:
        text = text[:-1]
    return text
