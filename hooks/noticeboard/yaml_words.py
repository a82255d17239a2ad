"""What a YAML parser complains of, in words that somebody who has never seen YAML can act on."""

from __future__ import annotations

import re

import yaml

_TAB = "Lines must be indented with spaces, not with the tab key; replace the tab."
_PLAIN_WORDS = (
    ("mapping values are not allowed", 'A value with a colon must stand in quotes: title: "Notice: records".'),
    ("could not find expected ':'", "A field must be ‘name: value’; here or on the line before, the colon is missing."),
    ("did not find expected key", "The line must start below the field above it, or a quote must be closed."),
    ("did not find expected '-' indicator", "Items of a list, and fields of an item, must start in the same column."),
    ("block sequence entries are not allowed", "A list must start on a line of its own, each item with ‘- ’."),
    ("unexpected end of stream", "A quote (\" or ') must be closed; one is open from here on."),
    ("did not find expected ',' or ']'", "A list must be [one, two]; a comma or the closing bracket is missing."),
    ("did not find expected ',' or '}'", "A value that starts with ‘{’ must stand in quotes."),
    ("that cannot start any token", "A value that starts with a sign such as @ or ` must stand in quotes."),
    ("unknown escape character", "A backslash in a \"quoted\" value must be doubled, or the quotes be single ones."),
    ("found undefined tag handle", "A value that starts with ‘!’ must stand in quotes."),
    ("expected alphabetic or numeric character", "A value that starts with ‘*’ or ‘&’ must stand in quotes."),
)  # fmt: skip


def plain_words(error: yaml.MarkedYAMLError, line: str) -> str:
    """Say a parser's complaint in words that somebody who has never seen YAML can act on."""
    if re.match(r"\s*\t", line):
        return _TAB
    told = f"{error.context or ''} {error.problem or ''}"
    for complaint, words in _PLAIN_WORDS:
        if complaint in told:
            return words
    return f"This line can’t be read ({error.problem}). Compare it with notices/_template.yml."
