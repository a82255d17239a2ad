"""What must hold of mkdocs.yml: as time passes, and once notices are posted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from noticeboard.notice.problem import Problem, Severity
from noticeboard.settings import Settings

WARN_BEFORE = timedelta(days=30)
"""How long before `security_until` there is a warning."""


def security_until_is_ahead(file: str, source: str, settings: Settings, now: datetime) -> Iterator[Problem]:
    """The day until which /.well-known/security.txt is true lies ahead.

    `source` is the text of mkdocs.yml; the problem points at the setting's line.
    """
    if not settings.security_until or not settings.repository:
        return
    until = datetime.combine(settings.security_until, time(), UTC)
    if until - now > WARN_BEFORE:
        return
    has_passed = until <= now
    message = (
        f"security_until must be a day ahead, and {until:%Y-%m-%d} {'has passed' if has_passed else 'is near'}. See "
        "that reports of weaknesses still reach somebody as SECURITY.md says, then set a later day, within a year."
    )
    # An urgent notice does not wait for this.
    yield _problem(file, source, "warning", "security-until", "security_until", message)


def settings_stay(file: str, source: str, now: Settings, before: Settings, posted: int) -> Iterator[Problem]:
    """What subscribers and readers hold on to stays: the ids of the feeds, and each language.

    `posted` is how many notices were posted: while there is none, nobody holds anything, and a word is enough.
    """
    severity: Severity = "error" if posted else "warning"
    if now.feed_ids != before.feed_ids:
        message = (
            f"feed_ids must stay {before.feed_ids}, not {now.feed_ids}: every reader would show every event anew. "
            "Put it back."
        )
        yield _problem(file, source, severity, "feed-ids", "feed_ids", message)
    for language in before.languages:
        if language not in now.languages:
            message = f"languages must still have {language}: its pages and feeds are followed. Put it back."
            yield _problem(file, source, severity, "language-dropped", "languages", message)


def _problem(file: str, source: str, severity: Severity, rule: str, setting: str, message: str) -> Problem:
    """Return a problem at a setting's line; without one, at the file's first."""
    before, found, _ = source.partition(f"{setting}:")
    line, column = (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1) if found else (1, 1)
    return Problem(file, line, column, severity, rule, setting, message)
