"""What a pull request does beside its notices: settings, law and other texts, as the gate and its summary tell it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from noticeboard.notice import strict_yaml
from noticeboard.settings import from_config
from tests.support import NOTICE, PROJECT, ROOT, run

AT = ["--now", "2026-10-10 12:00"]
NAME = "2026-09-18-company.yml"
SSN = "219-09-9999"
LAW = "hooks/noticeboard/law/states/CT.yml"
CODES = "hooks/noticeboard/notice/data_codes.yml"


class Project:
    """A project under git with one posted notice; the commands run in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("mkdocs.yml", LAW, CODES, "notices/_template.yml", "docs/faq.md"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / name, root / name)
        self.write(f"notices/{NAME}", NOTICE)
        self.git("init", "-q", "-b", "main")
        self.commit()

    def git(self, *arguments: str) -> None:
        who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *arguments], cwd=self.root, check=True, capture_output=True)

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "posted")

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def edit(self, name: str, *changes: tuple[str, str]) -> None:
        text = (self.root / name).read_text("utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        self.write(name, text)

    def problems(self) -> list[str]:
        """Return the lines of what the gate finds beside the notice itself."""
        done = run("check", *AT, "--against", "HEAD", LANGUAGES="en,es,pt-BR")
        lines = done.stdout.splitlines()[:-1]
        assert done.returncode == any(": error: " in line for line in lines)
        return [line for line in lines if not line.startswith(f"notices/{NAME}:")]

    def effects(self) -> list[str]:
        """Return what the summary tells of settings and law."""
        done = run("summary", *AT, "--against", "HEAD", LANGUAGES="en")
        assert done.returncode == 0, done.stderr
        found = re.search(r"## Settings and law\n\n```text\n(.*?)\n```", done.stdout, re.DOTALL)
        return found[1].splitlines() if found else []


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NOTICES_DIR", raising=False)
    monkeypatch.delenv("LANGUAGES", raising=False)
    return Project(tmp_path)


def test_nothing_is_said_of_nothing(project: Project) -> None:
    assert project.problems() == []
    assert project.effects() == []


SETTINGS = from_config(strict_yaml.read_settings((PROJECT / "mkdocs.yml").read_text("utf-8"), {}))
FEED_IDS = (f'feed_ids: "{SETTINGS.feed_ids}"', 'feed_ids: "tag:other.example,2026:notices"')
LANGUAGES = ('"en,es,pt-BR"', '"en,pt-BR"')


@pytest.mark.parametrize(
    ("change", "rule", "message"),
    [
        (FEED_IDS, "feed-ids", f"feed_ids must stay {SETTINGS.feed_ids}, not tag:other.example"),
        (LANGUAGES, "language-dropped", "languages must still have es"),
    ],
)
def test_what_subscribers_hold_on_to_stays(
    change: tuple[str, str], rule: str, message: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = 1 + (PROJECT / "mkdocs.yml").read_text("utf-8").partition(change[0].split(":")[0] + ":" if rule == "feed-ids" else "languages:")[0].count("\n")  # fmt: skip
    project.edit("mkdocs.yml", change)
    monkeypatch.setenv("LANGUAGES", "")
    done = run("check", *AT, "--against", "HEAD", LANGUAGES=None)  # type: ignore[arg-type]
    found = [each for each in done.stdout.splitlines() if each.startswith("mkdocs.yml:")]
    assert len(found) == 1
    assert found[0].startswith(f"mkdocs.yml:{line}:5: error: {message}")
    assert found[0].endswith(f"[{rule}]")
    assert done.returncode == 1


def test_before_the_first_notice_feed_ids_are_free(project: Project) -> None:
    """Another district sets its own; while nothing is posted, no reader has anything to lose."""
    project.git("rm", "-q", f"notices/{NAME}")
    project.commit()
    project.edit("mkdocs.yml", FEED_IDS)
    assert [line.partition(": ")[2].partition(":")[0] for line in project.problems()] == ["warning"]


@pytest.mark.parametrize(
    ("file", "changes", "expected"),
    [
        (
            "mkdocs.yml",
            [(f"publisher: {SETTINGS.publisher}", "publisher: Another District")],
            [f"Setting publisher: Another District, was {SETTINGS.publisher}"],
        ),
        ("mkdocs.yml", [("published: []", 'published: ["203-555-0177"]')], ["Setting published[1]: 203-555-0177, was nothing"]),
        (
            "mkdocs.yml",
            [("timezone: America/New_York", "timezone: America/Chicago")],
            [
                "Setting timezone: America/Chicago, was America/New_York",
                "What 1 posted notice must meet changes:",
                "2026-09-18-company, ct-10-234dd-contractor-30, starts: 2026-09-14T00:00:00-05:00, was 2026-09-14T00:00:00-04:00",
            ],
        ),
        (CODES, [("grades: grades", "grades: marks at school")], ["Kind of data grades: marks at school, was grades; 1 posted notice names it: 2026-09-18-company"]),
    ],
    ids=["publisher", "an allowed phone", "zone", "label"],
)  # fmt: skip
def test_settings_and_labels_are_told_with_what_they_do(
    file: str, changes: list[tuple[str, str]], expected: list[str], project: Project
) -> None:
    project.edit(file, *changes)
    assert project.effects()[: len(expected)] == expected


def test_another_law_moves_dates_and_the_summary_computes_which(project: Project) -> None:
    """The judge's own code keeps its law; the proposed one is read as data."""
    text = (ROOT / LAW).read_text("utf-8")
    rule = text[text.index("id: district-48-hours") :]
    limit = re.search(r"count: 48", rule)
    assert limit
    project.write(LAW, text.replace(rule, rule.replace("count: 48", "count: 72", 1)))
    assert project.effects() == [
        "What 1 posted notice must meet changes:",
        "2026-09-18-company, district-48-hours, due: 2026-09-21T15:40:00-04:00, was 2026-09-20T15:40:00-04:00",
    ]


@pytest.mark.parametrize(
    "law", ["rules: [", "rules: []\n", "- a\n", "rules: [{id: x}]\nprotections: []\ncalendars: {}\n"]
)
def test_a_law_that_can_not_be_read_is_told(law: str, project: Project) -> None:
    project.write(LAW, law)
    assert project.effects()[0].startswith("The proposed law can’t be read (")


ADDED: list[tuple[str, str, str]] = [
    ("docs/faq2.md", f"# Question\n\nAsk for {SSN}.\n", "docs/faq2.md:3:1: error: The line must not hold"),
    ("notices/README.md", f"Family of {SSN}\n", "notices/README.md:1:1: error: The line must not hold"),
    ("notices/.draft", f"ssn: {SSN}\n", "notices/.draft:1:1: error: The line must not hold"),
    ("docs/es/notes.md", f"Hola\n\n\n{SSN}\n", "docs/es/notes.md:4:1: error: The line must not hold"),
    ("docs/219-09-9999.md", "# Page\n", "docs/219-09-9999.md:1:1: error: The file’s name must not hold"),
]


@pytest.mark.parametrize(("name", "text", "message"), ADDED, ids=[each[0] for each in ADDED])
def test_texts_beside_the_notices_name_nobody(name: str, text: str, message: str, project: Project) -> None:
    project.write(name, text)
    found = project.problems()
    assert [line[: len(message)] for line in found] == [message]
    assert "9999" not in found[0].replace(name, "")


def test_the_templates_comments_name_nobody(project: Project) -> None:
    project.edit("notices/_template.yml", ("# links:", f"# {SSN}\n# links:"))
    assert [line.partition(": ")[2][:37] for line in project.problems()] == ["error: The comment must not hold a So"]


def test_what_is_allowed_as_public_is_seen(project: Project) -> None:
    """A number that is nobody's stops a notice; allowed in the settings it doesn't, and the reviewer sees both."""
    number = "2023-AG-0417"
    text = NOTICE.replace("what_happened: |\n  Text.", f"what_happened: |\n  Court case no. {number} is no family's.")
    project.write("notices/2026-09-30-other.yml", text)
    at = ["--now", "2026-10-10 12:00", "--against", "HEAD"]
    assert "add it to ‘published’ in mkdocs.yml.  [personal-data]" in run("check", *at).stdout
    project.edit("mkdocs.yml", ("published: []", f'published: ["{number}"]'))
    assert run("check", *at).returncode == 0
    said = run("summary", *at).stdout
    assert f"Setting published[1]: {number}, was nothing" in said
    allowed = f"what_happened: {number} (looks like somebody’s identity number)"
    assert f"### Allowed as public by mkdocs.yml\n\n```text\n{allowed}\n```" in said


def _hostile(project: Project) -> None:
    """One pull request that does all at once what was tried one by one."""
    project.edit(
        f"notices/{NAME}",
        ("title: Breach at a company", "title: Small event"),
        ("203-555-2368", "900-555-0199"),
        ("posted:", "families_notified: 2026-09-19\nposted:"),
        ("what_happened:", "not_involved: [ssn]\nwhat_happened:"),
    )
    project.edit("mkdocs.yml", FEED_IDS, (f"city: {SETTINGS.city}", "city: Elsewhere"))


def test_the_summary_of_a_hostile_pull_request(project: Project) -> None:
    """Every fact before and after, and what is wrong: a reviewer needs no diff."""
    _hostile(project)
    said = run("summary", *AT, "--against", "HEAD").stdout
    changes = said[said.index("### What changed") :]
    assert changes.startswith(
        "### What changed\n\n```text\n"
        "title (changed)\n  was: Breach at a company\n  now: Small event\n"
        "families_notified (added)\n  now: 2026-09-19\n"
        "not_involved (added)\n  now: ssn\n"
        "contacts[1].phone (changed)\n  was: 203-555-2368\n  now: 900-555-0199\n```"
    )
    rules = re.findall(r"(error|warning): .*\[([a-z-]+)\]$", said, re.MULTILINE)
    assert {("error", "silent-change"), ("error", "untold"), ("warning", "late"), ("error", "feed-ids")} <= set(rules)
    assert f"Setting city: Elsewhere, was {SETTINGS.city}" in said
    assert said.startswith("# Notices\n\n1 notice changed. 4 errors, ")
