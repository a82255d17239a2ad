"""Follow a board with programs that aren't ours, through a post, an update, a correction and a withdrawal (`make readers`).

newsboat and rss2email must show each event exactly once; khal must show the calendar's local times, and move an entry
that a correction moved. They come from Debian (newsboat, rss2email, khal), so the tests of every day do without them.
"""

from __future__ import annotations

import mailbox
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.browser.conftest import serve
from tests.support import NOTICE, build

NAME = "2026-09-18-company.yml"
NOW = datetime(2026, 10, 20, 16, 0, tzinfo=UTC)
UPDATE = "  - at: 2026-09-{} 10:00\n    kind: {}\n    text: {}\n"


def stages() -> Iterator[tuple[str, str, int]]:
    """Return each stage of a notice's life: what happened, the file, and how many events there are then."""
    first = (
        NOTICE
        + "protection:\n  provider: Company\n  months: 24\n  enroll_by: 2026-10-31\nsteps:\n  - do: Change the password\n    by: 2026-11-02 09:00\n"
    )
    yield "posted", first, 1
    yield "built anew", first, 1
    update = first + "updates:\n" + UPDATE.format(20, "update", "The company knows more.")
    yield "update", update, 2
    correction = update.replace("2026-10-31", "2026-12-15").replace("Breach at a company", "Breach at the company")
    correction += UPDATE.format(21, "correction", "The title and the last day to enroll were wrong.")
    yield "correction", correction, 3
    withdrawal = correction.replace("investigating", "withdrawn") + UPDATE.format(
        22, "withdrawal", "It was another district."
    )
    yield "withdrawal", withdrawal, 4
    yield "built anew", withdrawal, 4


class Reader:
    """Programs with their own home, pointed at a served site."""

    def __init__(self, home: Path, url: str) -> None:
        self.home, self.url = home, url
        self.env = {
            **os.environ,
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "TZ": "America/New_York",
            "LC_ALL": "C.UTF-8",
        }

    def run(self, *arguments: str) -> str:
        done = subprocess.run(arguments, env=self.env, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        return done.stdout

    def newsboat(self) -> dict[str, list[str]]:
        """Return the ids that newsboat has for each feed; each is read apart, as it knows the ids of one in the other."""
        return {name: self._newsboat(name) for name in ("feed.xml", "atom.xml")}

    def _newsboat(self, name: str) -> list[str]:
        urls, cache, config = (self.home / f"{name}.{kind}" for kind in ("urls", "db", "conf"))
        urls.write_text(f"{self.url}{name}\n", "utf-8")
        config.write_text("", "utf-8")
        self.run("newsboat", "-u", str(urls), "-c", str(cache), "-C", str(config), "-x", "reload")
        with sqlite3.connect(cache) as read:
            return [guid for (guid,) in read.execute("select guid from rss_item")]

    def rss2email(self) -> list[str]:
        """Return the subjects of all mails so far."""
        box = self.home / "mail"
        if not box.exists():
            box.mkdir()
            mailbox.Maildir(str(box / "inbox"))
            config = self.home / "config" / "rss2email.cfg"
            config.parent.mkdir(parents=True)
            self.run("r2e", "new", "parent@example.org")
            text = config.read_text("utf-8")
            text = text.replace("email-protocol = sendmail", "email-protocol = maildir")
            text = text.replace("maildir-path = ~/Maildir", f"maildir-path = {box}").replace(
                "maildir-mailbox = INBOX", "maildir-mailbox = inbox"
            )
            config.write_text(text, "utf-8")
            self.run("r2e", "add", "board", f"{self.url}feed.xml")
        self.run("r2e", "run")
        return [str(message["subject"]) for message in mailbox.Maildir(str(box / "inbox"))]

    def khal(self, site: Path) -> list[str]:
        """Import the calendar, and list what stands in it."""
        config = self.home / "khal.conf"
        if not config.exists():
            calendar = self.home / "calendar"
            calendar.mkdir()
            config.write_text(
                f"[calendars]\n[[board]]\npath = {calendar}\n[locale]\nlocal_timezone = America/New_York\ndefault_timezone = America/New_York\n"
                "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n",
                "utf-8",
            )
        self.run("khal", "-c", str(config), "import", "--batch", "-a", "board", str(site / "deadlines.ics"))
        listed = self.run(
            "khal",
            "-c",
            str(config),
            "list",
            "--day-format",
            "",
            "--format",
            "{start-long}|{title}|{status}",
            "2026-09-01",
            "2027-01-31",
        )
        return sorted(line.strip() for line in listed.splitlines() if "|" in line)


def main() -> int:
    lacking = [name for name in ("newsboat", "r2e", "khal") if not shutil.which(name)]
    if lacking:
        print(f"Not installed: {', '.join(lacking)} (Debian: newsboat, rss2email, khal).", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder, site = Path(name) / "notices", Path(name) / "site"
        folder.mkdir()
        site.mkdir()
        home = Path(name) / "home"
        home.mkdir()
        with serve(site) as url:
            reader = Reader(home, url)
            for what, text, count in stages():
                (folder / NAME).write_text(text, "utf-8")
                done = build(site, folder, NOW, LANGUAGES="en", SITE_URL=url)
                assert done.returncode == 0, done.stderr
                follow(reader, site, what, count, print)
    return 0


def follow(reader: Reader, site: Path, what: str, count: int, say: Callable[[str], None]) -> None:
    """Look at one stage with every program."""
    for feed, ids in reader.newsboat().items():
        assert len(ids) == len(set(ids)) == count, (what, feed, ids)
    subjects = reader.rss2email()
    assert len(subjects) == count, (what, subjects)
    entries = reader.khal(site)
    enroll = [line for line in entries if "enroll" in line]
    expected = "2026-10-31" if what in {"posted", "update"} else "2026-12-15"
    assert what == "built anew" or [line[:10] for line in enroll] == [expected], (what, enroll)
    (step,) = [line for line in entries if "Change the password" in line]
    assert step.startswith("2026-11-02 09:00"), step
    assert (what != "withdrawal") or all(line.endswith("CANCELLED") for line in entries), entries
    say(
        f"{what:<12} newsboat {count} + {count}, rss2email {len(subjects)}, khal: {enroll[0][:10]} {len(entries)} entries"
    )


if __name__ == "__main__":
    sys.exit(main())
