"""GitHub's expressions, as far as the workflows use them: names, texts, ==, !=, ||, && and always()."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_TOKEN = re.compile(r"\s*(?:'([^']*)'|(\|\||&&|==|!=|\(|\))|([\w.-]+))")


def evaluate(expression: str, contexts: Mapping[str, Any]) -> Any:
    """Return the value of an expression; a name that isn't there is empty, as on GitHub."""
    tokens = [match.groups() for match in _TOKEN.finditer(expression.strip())]
    read = "".join("".join(filter(None, each)) for each in tokens)
    assert re.sub(r"\s", "", read) == re.sub(r"[\s']", "", expression), expression
    value, rest = _or(tokens, contexts)
    assert not rest, expression
    return value


def fill(text: str, contexts: Mapping[str, Any]) -> str:
    """Put values into the place of `${{ … }}`."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda match: as_text(evaluate(match[1], contexts)), text)


def as_text(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _or(tokens: list[Any], contexts: Mapping[str, Any]) -> tuple[Any, list[Any]]:
    value, rest = _and(tokens, contexts)
    while rest and rest[0][1] == "||":
        other, rest = _and(rest[1:], contexts)
        value = value or other
    return value, rest


def _and(tokens: list[Any], contexts: Mapping[str, Any]) -> tuple[Any, list[Any]]:
    value, rest = _comparison(tokens, contexts)
    while rest and rest[0][1] == "&&":
        other, rest = _comparison(rest[1:], contexts)
        value = value and other
    return value, rest


def _comparison(tokens: list[Any], contexts: Mapping[str, Any]) -> tuple[Any, list[Any]]:
    value, rest = _term(tokens, contexts)
    if rest and rest[0][1] in {"==", "!="}:
        other, after = _term(rest[1:], contexts)
        return (as_text(value) == as_text(other)) == (rest[0][1] == "=="), after
    return value, rest


def _term(tokens: list[Any], contexts: Mapping[str, Any]) -> tuple[Any, list[Any]]:
    quoted, _, name = tokens[0]
    if quoted is not None:
        return quoted, tokens[1:]
    if name == "always" and len(tokens) > 2:
        return True, tokens[3:]
    found: Any = contexts
    for part in name.split("."):
        found = found.get(part, "") if isinstance(found, Mapping) else ""
    return found, tokens[1:]
