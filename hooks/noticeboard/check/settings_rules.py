"""What must hold of mkdocs.yml as time passes."""

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
    before, found, _ = source.partition("security_until:")
    line, column = (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1) if found else (1, 1)
    message = (
        f"security_until must be a day ahead, and {until:%Y-%m-%d} {'has passed' if has_passed else 'is near'}. See "
        "that reports of weaknesses still reach somebody as SECURITY.md says, then set a later day, within a year."
    )
    severity: Severity = "error" if has_passed else "warning"
    yield Problem(file, line, column, severity, "security-until", "security_until", message)
