"""Whom people tell of a weakness: `/.well-known/security.txt` (RFC 9116), and the day until which it is true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from noticeboard.problem import Problem
from noticeboard.settings import Settings

AHEAD = timedelta(days=30)
"""How long before its last day there is a warning."""
LONGEST = timedelta(days=366)
"""How far off its last day may be: RFC 9116 advises less than a year."""


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
    """The day until which weaknesses may be reported lies ahead, by at most a year; it is told a month before."""
    until = expires(settings)
    if until is None or AHEAD < until - now <= LONGEST:
        return
    is_error = until <= now or until - now > LONGEST
    before, name, _ = source.partition("security_until:")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    what = "has passed" if until <= now else "is near" if not is_error else "is too far off"
    message = (
        f"security_until must be a day within the next year, and {until:%Y-%m-%d} {what}. See that reports of "
        "weaknesses still reach somebody as SECURITY.md says, then set a later day, at most a year from today."
    )
    yield Problem(file, line if name else 1, column if name else 1, "error" if is_error else "warning",
                  "security-until", "security_until", message)  # fmt: skip
