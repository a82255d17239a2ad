"""What a YAML parser complains of, in words that somebody who has never seen YAML can act on."""

from __future__ import annotations

import re

import yaml

_TAB = "Lines must be indented with spaces, not with the tab key; replace the tab."
_APOSTROPHE = "A value with an apostrophe in it must not stand in '…'; take \"…\" or no quotes."
_ABOVE = (
    "This line can’t stand here: the line above must be ‘name: value’, with a space behind the colon, "
    "and both must start in the same column."
)
_COLON = 'A value with a colon must stand in quotes: title: "Notice: records".'

_OTHER = (
    "This line can’t be read. Write it as ‘field: value’ like the lines of notices/_template.yml, and put a value that "
    'has signs in it into quotes: title: "…".'
)

_PLAIN_WORDS = (
    ("mapping keys are not allowed", "A value that starts with ‘?’ must stand in quotes."),
    ("expected a comment or a line break", "A value that starts with > or | must stand in quotes."),
    ("could not find expected ':'", "A field must be ‘name: value’; here or on the line before, the colon is missing."),
    ("did not find expected key", "The line must start below the field above it, or a quote must be closed."),
    ("did not find expected '-' indicator", "Items of a list, and fields of an item, must start in the same column."),
    ("block sequence entries are not allowed", "A list must start on a line of its own, each item with ‘- ’."),
    ("unexpected end of stream", "A quote (\" or ') must be closed; one is open from here on."),
    ("did not find expected ',' or ']'", "A list must be [one, two]; a comma or the closing bracket is missing."),
    ("did not find expected ',' or '}'", "A value that starts with ‘{’ must stand in quotes."),
    ("that cannot start any token", "A value that starts with a sign such as @ or ` must stand in quotes."),
    ("unknown escape character", 'A backslash in a "quoted" value must be doubled, or the quotes be single ones.'),
    ("found undefined tag handle", "A value that starts with ‘!’ must stand in quotes."),
    ("expected alphabetic or numeric character", "A value that starts with ‘*’ or ‘&’ must stand in quotes."),
)


def plain_words(error: yaml.MarkedYAMLError, line: str) -> str:
    """Say a parser's complaint in words that somebody who has never seen YAML can act on."""
    reason = f"{error.context or ''} {error.problem or ''}"
    if re.match(r"\s*\t", line):
        return _TAB
    if re.search(r":\s+'[^']*'\w", line):
        return _APOSTROPHE
    if "mapping values are not allowed" in reason:
        return _COLON if re.search(r":\s.*:\s", line) else _ABOVE
    return next((words for complaint, words in _PLAIN_WORDS if complaint in reason), _OTHER)
