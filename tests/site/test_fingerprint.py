"""A build that says nothing new is told from one that does."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from noticeboard.site.fingerprint import fingerprint
from tests.support import EXAMPLES, NOW, build, files, run


def built(target: Path, now: datetime) -> str:
    done = build(target, EXAMPLES, now, SAMPLES="true", SEARCH="false")
    assert done.returncode == 0, done.stderr
    printed = run("fingerprint", str(target))
    assert (printed.returncode, printed.stdout) == (0, f"{fingerprint(target)}\n")
    return fingerprint(target)


def test_only_what_is_said_counts(tmp_path: Path) -> None:
    """An hour later each page names another time; two days later a duty's date has passed."""
    first, later = built(tmp_path / "a", NOW), built(tmp_path / "b", NOW + timedelta(hours=1))
    assert first == later
    there, then = files(tmp_path / "a"), files(tmp_path / "b")
    pages = [name for name in there if name.endswith(".html")]
    assert all(there[name] != then[name] for name in pages), "each page names its time"
    assert built(tmp_path / "c", NOW + timedelta(days=2)) != first


def test_each_change_counts(tmp_path: Path) -> None:
    """A word, a name, a new file, one less; not what is made from the others."""
    site = tmp_path / "site"
    (site / "a").mkdir(parents=True)
    (site / "index.html").write_text('<p>A <time data-built datetime="1">now</time></p>', "utf-8")
    (site / "a" / "b.json").write_text('{"data-stale-from": "1"}', "utf-8")
    found = [fingerprint(site)]
    (site / "fingerprint.txt").write_text("x", "utf-8")
    (site / "sha256sums.txt").write_text("x", "utf-8")
    (site / "index.html").write_text('<p>A <time data-built datetime="2">then</time></p>', "utf-8")
    assert fingerprint(site) == found[0]
    (site / "index.html").write_text('<p>B <time data-built datetime="2">then</time></p>', "utf-8")
    found.append(fingerprint(site))
    (site / "a" / "b.json").write_text('{"data-stale-from": "2"}', "utf-8")
    found.append(fingerprint(site))
    (site / "a" / "b.json").rename(site / "a" / "c.json")
    found.append(fingerprint(site))
    (site / "a" / "c.json").unlink()
    found.append(fingerprint(site))
    assert len(set(found)) == len(found)
