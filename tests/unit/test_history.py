"""What is posted stays: a notice's life in a git repository, as the command judges it at each step."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.support import NOTICE, bent, run

NAME = "2026-09-18-company.yml"
AT = ["--now", "2026-10-10 12:00"]
UPDATE = "\nupdates:\n  - at: 2026-09-20 10:00\n    kind: update\n    text: We told families.\n"
SECOND = "  - at: 2026-09-25 10:00\n    kind: {}\n    text: {}\n"


class Repository:
    """A folder of notices under git, with one posted notice."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "notices"
        self.folder.mkdir()
        self.git("init", "-q", "-b", "main")
        self.write(NOTICE + UPDATE)
        self.commit()

    def git(self, *arguments: str) -> None:
        who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(self.folder), *who, *arguments], check=True, capture_output=True)

    def write(self, text: str, name: str = NAME) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "posted")

    def verdict(self, *files: str, against: str = "HEAD") -> list[str]:
        """Return the errors' rules and fields."""
        paths = [str(self.folder / name) for name in files]
        done = run("check", *AT, "--against", against, *paths, folder=self.folder)
        assert "Traceback" not in done.stderr, done.stderr
        errors = [line for line in done.stdout.splitlines() if ": error: " in line]
        assert done.returncode == bool(errors), done.stdout + done.stderr
        return [line.rpartition("[")[2].rstrip("]") for line in errors]


@pytest.fixture
def posted(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


RIGHT = NOTICE + UPDATE
VAGUE = (
    RIGHT.replace("Breach at a company", "An event").replace("A company told us.", "Nothing much.")
    .replace("discovered: 2026-09-14", "discovered: 2026-09-15").replace("[name, grades]", "[name]")
    .replace("what_happened: |\n  Text.", "what_happened: |\n  Other.")
)  # fmt: skip


def correction(fields: str) -> str:
    return SECOND.format("correction", "We were wrong.") + f"    corrects: [{fields}]\n"


CASES: list[tuple[str, str, list[str]]] = [
    ("nothing changed", RIGHT, []),
    ("another way to write the same", RIGHT.replace("2026-09-18 15:40", "2026-09-18T15:40:00").replace("title: ", "title:  "), []),
    ("a new update", RIGHT + SECOND.format("update", "More."), []),
    ("a date that was missing", RIGHT.replace("posted:", "families_notified: 2026-09-19\nposted:"), []),
    ("a translation", RIGHT + "translations:\n  es:\n    title: Filtración\n", []),
    ("a status that moves on", RIGHT.replace("investigating", "contained"), []),
    ("a link beside what stood there, in silence", RIGHT + "links:\n  - title: Page\n    url: https://www.ed.gov/\n", ["untold"]),
    ("a silent edit of the title", RIGHT.replace("Breach at a company", "Small breach"), ["silent-change"]),
    ("a silent edit of the data", RIGHT.replace("[name, grades]", "[name]"), ["silent-change"]),
    ("a silent count", RIGHT.replace("data: [name, grades]", "data: [name, grades]\n    count: 12"), ["silent-change"]),
    ("a silent edit of a text", RIGHT.replace("what_happened: |\n  Text.", "what_happened: |\n  Other."), ["silent-change"]),
    ("a silent edit of a date", RIGHT.replace("discovered: 2026-09-14", "discovered: 2026-09-15"), ["silent-change"]),
    ("a date taken out", RIGHT.replace("received: 2026-09-18 15:40\n", ""), ["required", "silent-change"]),
    ("a silent edit of a contact", RIGHT.replace("203-555-2368", "203-555-2369"), ["silent-change"]),
    ("an edit with an update only", RIGHT.replace("Breach at a", "Big breach at a") + SECOND.format("update", "The title."), ["silent-change"]),
    ("an edit with a correction that names nothing", RIGHT.replace("[name, grades]", "[name]") + SECOND.format("correction", "Grades were not among the data."), ["correction-names"]),
    ("an edit with a correction that names it", RIGHT.replace("[name, grades]", "[name]") + correction("affected"), []),
    ("an edit with a correction that names another", RIGHT.replace("[name, grades]", "[name]") + correction("title"), ["correction-names", "names-unchanged"]),
    ("a correction of what did not change", RIGHT + correction("title"), ["names-unchanged"]),
    ("one vague correction for everything", VAGUE + SECOND.format("correction", "We changed the text, the date, the name and the people."), ["correction-names"] * 5),
    ("one correction that names everything", VAGUE + correction("title, summary, discovered, affected, what_happened"), []),
    ("a correction that leaves one out", VAGUE + correction("title, summary, discovered, affected"), ["correction-names"]),
    ("two corrections that share the fields", VAGUE + correction("title, summary") + correction("discovered, affected, what_happened").replace("09-25", "09-26"), []),
    ("fields named by an update", VAGUE + correction("title").replace("kind: correction", "kind: update"), ["silent-change"] * 5 + ["corrects"]),
    ("a field that there isn't", RIGHT + correction("titel"), ["corrects"]),
    ("posted moved", RIGHT.replace("posted: 2026-09-18 17:30", "posted: 2026-09-18 18:30"), ["posted-moved"]),
    ("an update edited", RIGHT.replace("We told families.", "We told all families."), ["update-changed"]),
    ("an update's time edited", RIGHT.replace("2026-09-20 10:00", "2026-09-20 11:00"), ["update-changed"]),
    ("an update taken out", NOTICE, ["update-gone"]),
    ("an update put before", NOTICE + "\nupdates:\n  - at: 2026-09-19 10:00\n    kind: update\n    text: Early.\n" + UPDATE.partition("updates:\n")[2], ["update-changed"]),
    ("a withdrawal", RIGHT.replace("investigating", "withdrawn") + SECOND.format("withdrawal", "It was a test."), []),
    ("a withdrawal without a reason", RIGHT.replace("investigating", "withdrawn"), ["withdrawal"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rules"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_verdict(text: str, rules: list[str], posted: Repository) -> None:
    posted.write(text)
    assert posted.verdict() == rules
    if "update-gone" not in rules:
        assert posted.verdict(NAME) == rules


def test_a_notices_life(posted: Repository) -> None:
    """Post, update, silent edit, deletion, rename, correction, withdrawal, reopened: one after the other."""
    verdicts = {}

    def step(name: str, text: str | None, *, keep: bool) -> None:
        if text is not None:
            posted.write(text)
        verdicts[name] = posted.verdict()
        posted.commit() if keep else posted.git("checkout", "-q", "--", ".")

    posted.write(NOTICE.replace("Breach at a company", "Another breach"), "2026-09-30-other.yml")
    verdicts["post"] = posted.verdict()
    posted.commit()
    updated = RIGHT + SECOND.format("update", "The company found more.")
    step("update", updated, keep=True)
    step("silent edit", updated.replace("A company told us.", "Nothing much."), keep=False)
    (posted.folder / NAME).unlink()
    step("deletion", None, keep=False)
    (posted.folder / NAME).rename(posted.folder / "2026-09-18-vendor.yml")
    verdicts["rename"] = posted.verdict()
    (posted.folder / "2026-09-18-vendor.yml").rename(posted.folder / NAME)
    corrected = updated.replace("A company told us.", "A company told us on Friday.") + SECOND.format(
        "correction", "The summary lacked the day.\n    corrects: [summary]"
    ).replace("09-25", "09-26")
    step("correction", corrected, keep=True)
    withdrawn = corrected.replace("investigating", "withdrawn") + SECOND.format("withdrawal", "A test.").replace(
        "09-25", "09-27"
    )
    step("withdrawal", withdrawn, keep=True)
    reopened = withdrawn.replace("withdrawn", "investigating")
    step("reopened in silence", reopened, keep=False)
    step("reopened", reopened + SECOND.format("update", "It was no test.").replace("09-25", "09-28"), keep=True)
    assert verdicts == {
        "post": [],
        "update": [],
        "silent edit": ["silent-change"],
        "deletion": ["deleted"],
        "rename": ["renamed"],
        "correction": [],
        "withdrawal": [],
        "reopened in silence": ["status-back"],
        "reopened": [],
    }


LINK = "links:\n  - title: Page\n    url: https://www.ed.gov/\n"
STEP = "steps:\n  - do: Change your password\n"
DESK = "\n  - name: Desk\n    phone: 203-555-2370\n"
OFFER = "protection:\n  provider: Experian\n  months: 24\n"
MORE = "more_information: |\n  Other districts were hit.\n"
NOTHING = "nothing"


@pytest.mark.parametrize(
    ("field", "addition", "telling"),
    [
        ("links[1].title", LINK, "The company has a page of its own."),
        ("steps[1].do", STEP, "You should change your password."),
        ("contacts[2].name", DESK, "You can also call the desk."),
        ("protection.provider", OFFER, "We now offer credit monitoring."),
        ("not_involved", "not_involved: [payment_card]\n", "Payment cards were not part of it."),
        ("contract", "contract: https://www.ed.gov/contract\n", "Our contract with the company is posted."),
        ("more_information", MORE, NOTHING),
        ("product", "product: Grade book\n", NOTHING),
    ],
)
def test_what_is_added_is_told(field: str, addition: str, telling: str, posted: Repository) -> None:
    """An addition to what leads people somewhere takes an update that speaks of it, or a correction that names it."""
    added = (
        RIGHT.replace("203-555-2368\n", f"203-555-2368{addition}") if addition == DESK else NOTICE + addition + UPDATE
    )
    updates = {
        "none": "",
        "another": SECOND.format("update", "The copies were found."),
        "telling": SECOND.format("update", telling),
        "correction": correction(re.split(r"[.[]", field)[0]),
    }
    untold, verdicts = ["untold"], {}
    for name, update in updates.items():
        posted.write(added + update)
        verdicts[name] = posted.verdict()
    assert verdicts == {
        "none": untold,
        "another": [] if telling == NOTHING else untold,
        "telling": [],
        "correction": [],
    }
    posted.write(added)
    said = run("check", *AT, "--against", "HEAD", folder=posted.folder).stdout
    assert f"error: {field} was added after the notice was posted" in said


def test_changes_of_a_translation_are_changes_of_what_is_posted(posted: Repository) -> None:
    """The attack that was tried: another phone number in the Spanish text alone."""
    spanish = "translations:\n  es:\n    reviewed: 2026-09-19\n    title: Robo\n    what_you_can_do: |\n      Llame a la oficina.\n"
    posted.write(RIGHT + spanish)
    posted.commit()
    attack = spanish.replace("Llame a la oficina.", "Llame al 900-555-0199 y dé su número.").replace(
        "    reviewed: 2026-09-19\n", ""
    )
    portuguese = spanish + "  pt-BR:\n    title: Vazamento\n"
    verdicts = {}
    for name, text in {
        "attack": RIGHT + attack,
        "attack with the field's English name": RIGHT + correction("title") + attack,
        "correction": RIGHT + correction("translations.es") + attack,
        "other language": RIGHT + portuguese,
        "one more text": RIGHT + spanish + "    summary: Una empresa nos avisó.\n",
        "compared again": RIGHT + spanish.replace("09-19", "09-30"),
        "a text taken out": RIGHT + spanish.replace("    title: Robo\n", ""),
        "taken out": RIGHT,
        "emptied": RIGHT + "translations:\n  es:\n",
        "taken out with a correction": RIGHT + correction("translations.es"),
    }.items():
        posted.write(text)
        verdicts[name] = posted.verdict()
    assert verdicts == {
        "attack": ["silent-change"],
        "attack with the field's English name": ["names-unchanged", "correction-names"],
        "correction": [],
        "other language": [],
        "one more text": [],
        "compared again": [],
        "a text taken out": ["silent-change"],
        "taken out": ["translation-deleted"],
        "emptied": ["translation-deleted"],
        "taken out with a correction": ["translation-deleted"],
    }


def test_one_file_says_nothing_of_the_others(posted: Repository) -> None:
    posted.write(NOTICE.replace("Breach at a company", "Another breach"), "2026-09-30-other.yml")
    posted.commit()
    assert posted.verdict("2026-09-30-other.yml") == []


@pytest.mark.parametrize("rest", ["    title: ~\n", "    reviewed: 2026-09-19\n", "    steps: [~]\n"])
def test_a_translation_without_a_word_is_gone(rest: str, posted: Repository) -> None:
    """No correction takes it away, not even one that leaves a field behind."""
    posted.write(RIGHT + "translations:\n  es:\n    reviewed: 2026-09-19\n    title: Robo\n")
    posted.commit()
    posted.write(RIGHT + correction("translations.es") + "translations:\n  es:\n" + rest)
    assert "translation-deleted" in posted.verdict()


def test_codes_have_no_order(posted: Repository) -> None:
    """A code more of what is not involved is told; the same codes in another order are the same."""
    start = RIGHT.replace("what_happened:", "not_involved: [payment_card, password]\nwhat_happened:")
    posted.write(start)
    posted.commit()
    more = start.replace("[payment_card, password]", "[payment_card, password, passport]")
    verdicts = {}
    for name, text in {
        "other order": start.replace("[payment_card, password]", "[password, payment_card]").replace(
            "[name, grades]", "[grades, name]"
        ),
        "one more": more,
        "one more, told": more + SECOND.format("update", "Passports were not part of it."),
        "one less": start.replace("[payment_card, password]", "[password]"),
        "more affected": start.replace("[name, grades]", "[name, grades, email]"),
    }.items():
        posted.write(text)
        verdicts[name] = posted.verdict()
    assert verdicts == {
        "other order": [],
        "one more": ["untold"],
        "one more, told": [],
        "one less": ["silent-change"],
        "more affected": ["silent-change"],
    }


@pytest.mark.parametrize("delay", ["2026-09-20 to unknown", "2026-09-20 to 2026-12-31", "2026-09-20 to 2026-10-09"])
def test_a_delay_that_is_written_down_late_is_said(delay: str, posted: Repository) -> None:
    """It stops a clock, so it counts from its first day, not from its last."""
    posted.write(RIGHT.replace("posted:", f"police_delay: {delay}\nposted:"))
    said = run("check", *AT, "--against", "HEAD", folder=posted.folder).stdout
    assert f"police_delay is {delay}, 20 days ago, and is written down only now" in said


def test_what_a_posted_correction_names_stays(posted: Repository) -> None:
    corrected = RIGHT.replace("Breach at a company", "Breach at the company") + correction("title")
    posted.write(corrected)
    posted.commit()
    posted.write(corrected.replace("[title]", "[title, summary]"))
    assert posted.verdict() == ["update-changed"]


@pytest.mark.parametrize(
    ("text", "name", "late"),
    [
        (RIGHT.replace("posted:", "families_notified: 2026-09-19\nposted:"), NAME, "families_notified is 2026-09-19, 20 days ago"),
        (RIGHT.replace("posted:", "families_notified: 2026-10-08\nposted:"), NAME, ""),
        (RIGHT + SECOND.format("update", "More."), NAME, "updates[2].at is 2026-09-25 10:00, 15 days ago"),
        (RIGHT + SECOND.format("update", "More.").replace("09-25", "10-09"), NAME, ""),
        (NOTICE, "2026-09-18-other.yml", "posted is 2026-09-18 17:30, 21 days ago"),
        (bent(posted=" 2026-10-09 12:00"), "2026-10-09-other.yml", ""),
    ],
)  # fmt: skip
def test_a_time_that_is_written_down_late_is_said(text: str, name: str, late: str, posted: Repository) -> None:
    posted.write(text, name)
    done = run("check", *AT, "--against", "HEAD", folder=posted.folder)
    found = [line.partition("warning: ")[2] for line in done.stdout.splitlines() if "[late]" in line]
    assert [line.partition(",")[0] + line[line.index(",") : line.index(" ago") + 4] for line in found] == [late] * bool(
        late
    )
    assert done.returncode == 0


def test_an_end_of_a_police_delay_was_missing(posted: Repository) -> None:
    def text(delay: str) -> str:
        return RIGHT.replace("posted:", f"police_delay: {delay}\nposted:")

    posted.write(text("2026-09-18 to unknown"))
    posted.commit()
    verdicts = {}
    for delay in ("2026-09-18 to 2026-10-09", "2026-09-19 to unknown", "2026-09-19 to 2026-10-09"):
        posted.write(text(delay))
        verdicts[delay] = posted.verdict()
    assert list(verdicts.values()) == [[], ["silent-change"], ["silent-change"]]


def test_what_can_not_be_compared_is_said(posted: Repository) -> None:
    """A notice that was posted under other rules, and has errors by those of today."""
    posted.write(RIGHT.replace("status: investigating", "status: open"))
    posted.commit()
    posted.write(RIGHT.replace("Breach at", "No breach at"))
    done = run("check", *AT, "--against", "HEAD", folder=posted.folder)
    assert "What was posted under this name can’t be read, so nothing was compared" in done.stdout
    (posted.folder / NAME).unlink()
    assert posted.verdict() == ["deleted"]


SPANISH = "translations:\n  es:\n    reviewed: {}\n    title: {}\n"


@pytest.mark.parametrize(
    ("day", "title", "is_told"),
    [
        ("2026-09-19", "Robo de datos", True),
        ("2026-09-19", "Robo", False),
        ("2026-09-30", "Robo de datos", False),
        ("2026-10-10", "Robo de datos", False),
    ],
)
def test_a_translation_with_other_words_is_compared_anew(
    day: str, title: str, is_told: bool, posted: Repository
) -> None:
    posted.write(RIGHT + SPANISH.format("2026-09-19" if day != "2026-10-10" else day, "Robo"))
    posted.commit()
    named = correction("translations.es") if title != "Robo" else ""
    posted.write(RIGHT + named + SPANISH.format(day, title))
    said = run("check", *AT, "--against", "HEAD", folder=posted.folder).stdout
    assert ("[translation-changed]" in said) == is_told


def test_a_posted_name_keeps_its_short_code(posted: Repository) -> None:
    """Of two names with one short code, which were looked for among millions, the one not posted yet must change."""
    one, other = "2026-09-18-case173975.yml", "2026-09-18-case427614.yml"
    for old, new in ((one, other), (other, one)):
        posted.write(NOTICE, old)
        posted.commit()
        posted.write(NOTICE, new)
        said = run("check", *AT, "--against", "HEAD", folder=posted.folder).stdout.splitlines()
        assert [line.rpartition("/")[2] for line in said if "[same-code]" in line] == [
            f"{new}:1:1: error: The file’s name must give another short code than {old} (W5KJ-Y3W9); rename this file.  "
            "[same-code]"
        ]
        said = run("check", *AT, folder=posted.folder).stdout.splitlines()
        assert [line.rpartition("than ")[2] for line in said if "[same-code]" in line] == [
            f"{one} (W5KJ-Y3W9); rename the one of the two that isn’t posted yet.  [same-code]"
        ]
        for name in (one, other):
            (posted.folder / name).unlink()
        posted.commit()


def test_a_branch_that_is_behind_loses_nothing(posted: Repository) -> None:
    """Notices that were posted after a branch began are not taken for deleted."""
    posted.git("checkout", "-q", "-b", "mine")
    posted.write(RIGHT + SECOND.format("update", "Mine."))
    posted.commit()
    posted.git("checkout", "-q", "main")
    posted.write(NOTICE, "2026-09-30-other.yml")
    posted.commit()
    posted.git("checkout", "-q", "mine")
    assert posted.verdict(against="main") == []


def test_messages_say_what_to_do_instead(posted: Repository) -> None:
    (posted.folder / NAME).unlink()
    said = run("check", *AT, "--against", "HEAD", folder=posted.folder).stdout
    assert "add an update of ‘kind: withdrawal’ and set ‘status: withdrawn’" in said


@pytest.mark.parametrize("revision", ["nowhere", "HEAD~9", "--help"])
def test_unknown_revision_is_a_wrong_call(revision: str, posted: Repository) -> None:
    done = run("check", f"--against={revision}", folder=posted.folder)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr


def test_a_copy_without_the_history_is_no_clean_bill(posted: Repository, tmp_path: Path) -> None:
    """What can't be compared was not compared: the command says how to get what it lacks."""
    posted.git("checkout", "-q", "-b", "work")
    posted.write(RIGHT.replace("title: Breach", "title: No breach"))
    posted.commit()
    copy = tmp_path / "copy"
    origin = posted.folder.as_uri()
    subprocess.run(
        ["git", "clone", "-q", "--depth=1", "--branch=work", origin, str(copy)], check=True, capture_output=True
    )
    subprocess.run(
        ["git", "-C", str(copy), "fetch", "-q", "--depth=1", "origin", "main:refs/remotes/origin/main"], check=True
    )
    done = run("check", *AT, "--against", "origin/main", folder=copy)
    assert (done.returncode, done.stdout) == (2, "")
    assert "get them with ‘git fetch --unshallow’" in done.stderr


def test_histories_without_a_common_commit_are_a_wrong_call(posted: Repository) -> None:
    posted.git("checkout", "-q", "--orphan", "other")
    posted.write(RIGHT + "# other\n")
    posted.commit()
    done = run("check", *AT, "--against", "main", folder=posted.folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "have no commit in common" in done.stderr


def test_outside_of_git_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(NOTICE, "utf-8")
    done = run("check", "--against", "HEAD", folder=tmp_path, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert done.returncode == 2
    assert "git can’t read that revision" in done.stderr
