"""Whom people tell of a weakness: `/.well-known/security.txt` (RFC 9116), and the day until which it is true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from noticeboard.problem import Problem, Severity
from noticeboard.settings import Settings

AHEAD = timedelta(days=30)
"""How long before its last day there is a warning."""


def expires(settings: Settings) -> datetime | None:
    """Give the instant from which the file no longer speaks; None: there is no such file."""
    day = settings.security_until
    return datetime.combine(day, time(), UTC) if day and settings.repository else None


def text(settings: Settings, now: datetime) -> str:
    """Give the file; empty: nobody says that it is still true."""
    until = expires(settings)
    if until is None or until <= now:
        return ""
    repository = settings.repository.rstrip("/")
    fields = {
        "Contact": f"{repository}/security/advisories/new",
        "Expires": f"{until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages": "en",
        "Canonical": f"{settings.site_url}.well-known/security.txt" if settings.site_url else "",
        "Policy": f"{repository}/security/policy",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value)


def problems(file: str, source: str, settings: Settings, now: datetime) -> Iterator[Problem]:
    """The day until which weaknesses may be reported lies ahead; a month before there is a warning."""
    until = expires(settings)
    if until is None or until - now > AHEAD:
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
