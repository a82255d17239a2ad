"""Each field's form as a regular expression, for editors: as strict as `check` as far as one field tells.

They are written in the part of regular expressions that Python and JSON Schema share.
"""

from __future__ import annotations

_DIGIT = "[0-9]"
_YEAR = f"(?:19{_DIGIT}{{2}}|20{_DIGIT}{{2}}|2100)"
_LEAP_YEAR = "(?:(?:19|20)(?:0[48]|[2468][048]|[13579][26])|2000)"
_MONTH = f"{_YEAR}-(?:0[1-9]|1[0-2])"
_DAY = (
    f"(?:{_YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]{_DIGIT}|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]{_DIGIT}|30)"
    f"|02-(?:0[1-9]|1{_DIGIT}|2[0-8]))|{_LEAP_YEAR}-02-29)"
)
_HOUR = f"(?:[01]{_DIGIT}|2[0-3]):[0-5]{_DIGIT}(?::[0-5]{_DIGIT})?"
_OFFSET = f"(?: ?(?:Z|[+-](?:0{_DIGIT}|1[0-4]):[0-5]{_DIGIT}))?"
_MOMENT = f"{_DAY}(?:[ T]{_HOUR}{_OFFSET})?"
_PART = f"(?:{_MOMENT}|{_MONTH}|{_YEAR})"
_HOST = r"(?:(?!xn--)[A-Za-z0-9-]{1,63}\.){1,20}(?!xn--)[A-Za-z0-9-]{1,63}\.?"


_CLEAN = r"(?![\s\S]*[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff])"
"""No control character, nothing invisible, nothing that turns the direction of the text."""


def _whole(pattern: str) -> str:
    return rf"^{_CLEAN}\s*(?:{pattern})\s*$"


def _in_any_case(word: str) -> str:
    return "".join(f"[{letter}{letter.upper()}]" if letter.isalpha() else letter for letter in word)


LINE = _whole(r"\S[^\n]*")
_WORDS = r"[0-9A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff\u2c00-\u2dff\u3040-\ud7ff\uf900-\ufaff]"
"""A letter or a digit, somewhere."""
LINE_OF_WORDS = rf"^{_CLEAN}(?=[\s\S]*{_WORDS})\s*[^\n]+\s*$"
PARAGRAPH = rf"^{_CLEAN}[\s\S]*{_WORDS}"
TEXT = rf"^{_CLEAN}[\s\S]*\S"
_LOOKS_LIKE_NONE = "|".join(map(_in_any_case, ("none", "no", "n/a", "na", "own", "ourselves", "us")))
CONTRACTOR = _whole(rf"none|(?![-. ]*(?:{_LOOKS_LIKE_NONE})?[-. ]*$)\S[^\n]*")
HTTPS = _whole(rf"https://{_HOST}(?::(?!0+(?:[/?#]|$))[0-9]{{1,5}})?(?:[/?#][^\s\\<>\x22]*)?")
PHONE = _whole(
    r"(?=(?:[^0-9A-Z]*[0-9A-Z]){3})\+?[0-9(][0-9A-Z() .+\u00a0\u202f\u2010-\u2014-]*"
    r"(?:,? ?(?:[Ee]xt\.?|[Ee]xtension|x) ?[0-9]{1,8})?"
)
EMAIL = _whole(r"[A-Za-z0-9._%+'-]+@(?![A-Za-z0-9.-]*[Xx][Nn]--)(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
MONTHS = _whole("(?:00?)?[1-9]|0?[1-9][0-9]|1[0-9]{2}|2[0-3][0-9]|240")
COUNT = _whole("fewer than 10|unknown|(?=[0-9]{2,8}(?![0-9]))0*[1-9][0-9]+")
MOMENT = _whole(_MOMENT)
WHEN = _whole(f"unknown|{_PART}(?: to {_PART})?")
DELAY = _whole(f"{_PART} to (?:unknown|{_PART})")
LAST_DAY = _whole(rf"{_MOMENT}|(?=[^\n]*[A-Za-z])(?!{_YEAR}-)\S[^\n]*")
