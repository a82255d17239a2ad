"""Web and mail addresses: which may stand in a notice, and whether a link's words name another than its own.

`theme/assets/post/addresses.js` does the same in the browser; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

_NOT_IN_ADDRESS = re.compile(r"[\s\\<>\"]")
_HOST = re.compile(r"(?:(?!xn--)[a-z0-9-]{1,63}\.){1,20}(?!xn--)[a-z0-9-]{1,63}\.?")
_ODD_HOST = re.compile(r"[^@]*(?:[^@a-z0-9.-]|xn--)[^@]*")
_NAMED = re.compile(
    r"(?<![\w-])(?:(?P<mail>[\w.%+'-]{1,64}@(?:[\w-]{1,63}\.){1,10}[^\W\d_]{2,63})"
    r"|(?:https?://)?(?:[^\W_][\w-]{0,62}\.){1,10}[^\W\d_]{2,63}(?P<path>[/?#][^\s…]*)?)",
    re.IGNORECASE,
)
_FILE = re.compile(r"[^/@]*\.(?:pdf|docx?|xlsx?|pptx?|csv|txt|html?|png|jpe?g|ics|xml|json)", re.IGNORECASE)
_END = "/.,;:!?)]’”\"'"
_WORD = re.compile(r"[^\W_]")


def is_https(text: str) -> bool:
    """Whether a text is a whole https address, with no user name or odd letter that could disguise its site."""
    return _NOT_IN_ADDRESS.search(text) is None and _is_of(text, _HOST)


def has_odd_host(text: str) -> bool:
    """Whether the site's name in an https address has more than plain letters, digits, hyphens and dots."""
    return _NOT_IN_ADDRESS.search(text) is None and _is_of(text, _ODD_HOST)


def _is_of(text: str, host: re.Pattern[str]) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    # Signs such as a full-width dot are another host for a browser than for a reader.
    is_host = "@" not in parts.netloc and host.fullmatch(parts.hostname or "") is not None
    return parts.scheme == "https" and is_host and port != 0


def has_words(text: str) -> bool:
    """Whether there is anything to read: a letter or a digit."""
    return _WORD.search(text) is not None


def addresses_in(text: str) -> list[str]:
    """Find the web addresses and hosts in a text, as they stand there; the name of a file is none."""
    return [match[0].rstrip(_END) for match in _every(text) if not match["mail"]]


def conflicting_address(words: str, address: str) -> str:
    """Find in a link's words a web address, host or mail address that is not where it leads; else give nothing."""
    target = unquote(address).casefold()
    for match in _every(words):
        shown = match[0].casefold()
        if not (_is_mail(shown, target) if match["mail"] else _is_at(shown, target)):
            return match[0]
    return ""


def _every(text: str) -> Iterator[re.Match[str]]:
    plain = unicodedata.normalize("NFKC", text.replace("…", " ")).replace("\u3002", ".")
    for match in _NAMED.finditer(plain):
        if not _FILE.fullmatch(match[0]):
            yield match


def _is_mail(shown: str, target: str) -> bool:
    return target.partition("?")[0] == "mailto:" + shown.strip("'")


def _is_at(shown: str, target: str) -> bool:
    """Whether an address is the one that was meant, or a page below it."""
    if not target.startswith("https://"):
        return False
    short, long = (re.sub(r"^(?:https?://)?(?:www\.)?", "", address) for address in (unquote(shown), target))
    short = short.rstrip(_END)
    return long == short or (long.startswith(short) and long[len(short)] in "/?#")
