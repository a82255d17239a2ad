"""What hides a number from a plain look, undone: odd digits, hyphens and blanks, entities, marks, invisible characters.

`theme/assets/post/personal_data.js` does the same in the browser; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_HYPHENS = re.compile("[\u2010-\u2015\u2043\u2212\u00b7\u2022\ufe58\ufe63\uff0d\u30fc]")
_BLANKS = re.compile("[\r\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_ENTITY = re.compile(r"&(?:#([0-9]{1,6})|#[xX]([0-9a-fA-F]{1,5})|([a-zA-Z]{2,8}));")
_ENTITIES = {"nbsp": " ", "shy": "", "hyphen": "-", "dash": "-", "ndash": "-", "mdash": "-", "minus": "-"} | {
    "period": ".", "commat": "@", "colon": ":", "sol": "/", "num": "#", "lpar": "(", "rpar": ")", "amp": "&",
    "zwnj": "", "zwj": "", "ensp": " ", "emsp": " ", "thinsp": " ", "lowbar": "_", "comma": ",",
}  # fmt: skip
# All but the plain signs of ASCII, of which % & * \ _ ` are none.
_DISGUISE = re.compile(r"[^\n -$'-)+-\[\]^a-~]")
_PERCENT = re.compile("%([2-7][0-9a-fA-F])")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_MARKS = re.compile(r"[*`\\_](?:(?<!_)|(?<=[0-9]_)_(?=[0-9]))")


def normalized(text: str) -> str:
    """Undo what hides a number from a plain look, line by line: the lines stay the same lines."""
    # Columns are columns, whatever divides them.
    text = text.replace("\t", "|")
    if not _DISGUISE.search(text):
        return text
    # Twice, as `&amp;#49;` hides an entity in an entity.
    for _ in range(2 if "&" in text else 0):
        text = _ENTITY.sub(_entity, text)
    text = _PERCENT.sub(lambda code: chr(int(code[1], 16)), text)
    if not text.isascii():
        text = _OTHER_DIGIT.sub(_digit, unicodedata.normalize("NFKC", text))
        text = _HYPHENS.sub("-", _INVISIBLE.sub("", text))
    return _MARKS.sub("", _BLANKS.sub(" ", text))


def _entity(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _ENTITIES.get(name, match[0])
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 32 <= code < 0xD800 else " "


def _digit(match: re.Match[str]) -> str:
    """Return a digit of another script as 0 to 9."""
    return str(unicodedata.digit(match[0]))
