"""A notice out of answers: given in a file, or asked in a terminal."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from noticeboard.cli import main
from noticeboard.notice import strict_yaml, writer
from noticeboard.notice.model import Notice
from noticeboard.post.handwritten_dates import Reading, as_written_in_files
from tests.support import EXAMPLES, PROJECT, golden, run, shell

AT = ["--now", "2026-09-18 18:00"]
ANSWERS = {
    "short_name": "company",
    "title": "Breach at a company",
    "summary": "A company told us that records were copied.",
    "contractor": "A Company",
    "received": "2026-09-18 15:40",
    "discovered": "2026-09-14",
    "affected": [{"who": "students", "data": ["name", "grades"]}],
    "what_happened": "The company told us on Friday.",
    "contacts": [{"name": "Data privacy office", "phone": "203-797-0123"}],
}


def test_answers_become_a_notice_that_passes(tmp_path: Path) -> None:
    """What isn't answered has sensible defaults: now, and what is true on the first day."""
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(ANSWERS), "utf-8")
    folder = tmp_path / "notices"
    folder.mkdir()
    done = run("new", "--from-answers", str(answers), *AT, folder=folder)
    assert (done.returncode, done.stdout) == (0, f"Written: {folder}/2026-09-18-company.yml\n"), done.stderr
    data = strict_yaml.read((folder / "2026-09-18-company.yml").read_bytes(), "x").data
    assert data["posted"] == "2026-09-18 18:00"
    assert data["status"] == "investigating"
    assert run("check", *AT, folder=folder).stdout.endswith("1 file checked: 0 errors, 0 warnings.\n")
    again = run("new", "--from-answers", str(answers), *AT, folder=folder)
    assert again.returncode == 2
    assert "is there already" in again.stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"received": "Sept 14"}, "received must be a day like 2026-09-14"),
        ({"titel": "x"}, "titel is not a field"),
        ({"summary": "SSN 412-88-9013"}, "summary must not hold a Social Security number"),
        ({"affected": []}, "affected"),
        # The district has named no office that a family can call or write to.
        ({"contacts": None}, "contacts is required"),
    ],
)
def test_wrong_answers_write_nothing(change: dict[str, object], said: str, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(ANSWERS | change), "utf-8")
    folder = tmp_path / "notices"
    folder.mkdir()
    done = run("new", "--from-answers", str(answers), *AT, folder=folder)
    assert done.returncode == 1
    assert said in done.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"- 1", b"a: [", b"\xff", b"a: &x 1"])
def test_unreadable_answers_are_a_wrong_call(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "answers.yml").write_bytes(content)
    done = run("new", "--from-answers", str(tmp_path / "answers.yml"), *AT, folder=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


SHAPES: list[object] = [[[[]]], [5], [None], [["x"]], 5, True, {"x": [[1]]}, [{"x": {"x": [1]}}], "x\n - x\ny: z"]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_answers_of_any_shape_are_told_plainly(shape: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In every field of a notice, and in every field of its parts."""
    monkeypatch.setenv("NOTICES_DIR", str(tmp_path / "notices"))
    monkeypatch.chdir(PROJECT)
    (tmp_path / "notices").mkdir()
    inner = dict.fromkeys(["who", "data", "name", "email", "at", "kind", "text", "title", "url", "summary"], shape)
    whole: dict[str, object] = dict.fromkeys([*Notice.model_fields, "short_name"], shape)
    for answers in (whole, {name: [inner] for name in whole}, dict.fromkeys(whole, inner), {"contacts": shape}):
        (tmp_path / "answers.json").write_text(json.dumps(answers), "utf-8")
        done = CliRunner().invoke(main, ["new", "--from-answers", str(tmp_path / "answers.json"), *AT])
        assert isinstance(done.exception, SystemExit), (answers, done.exception)
        assert done.exit_code in {1, 2}
        assert ": error: " in done.stderr or "Error: " in done.stderr
    assert list((tmp_path / "notices").iterdir()) == []


def test_a_notice_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """Where a file can hold 1,024 bytes; then with enough room."""
    answers = tmp_path / "answers.json"
    long = ANSWERS | {"what_happened": "The company told us on Friday.\n\n" * 40}
    answers.write_text(json.dumps(long), "utf-8")
    folder = tmp_path / "notices"
    folder.mkdir()
    command = f"noticeboard new --from-answers '{answers}' {AT[0]} '{AT[1]}'"
    done = shell(f"ulimit -f 1; {command}", NOTICES_DIR=str(folder), PYTHONDONTWRITEBYTECODE="1")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"Error: {folder}/2026-09-18-company.yml: File too large.\n"
    assert list(folder.iterdir()) == []
    assert shell(command, NOTICES_DIR=str(folder)).returncode == 0


def test_without_a_terminal_it_says_so(tmp_path: Path) -> None:
    done = shell("noticeboard new <&-", NOTICES_DIR=str(tmp_path))
    assert done.returncode == 2
    assert "There is no terminal to ask in; give the answers with --from-answers." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yml")), ids=lambda path: path.stem)
def test_every_sample_can_be_answers(path: Path, tmp_path: Path) -> None:
    """The data of any notice, given as answers, gives the same notice."""
    folder = tmp_path / "notices"
    folder.mkdir()
    done = run("new", "--from-answers", str(path), "--now", "2026-11-21 12:00", folder=folder, SAMPLES="true")
    assert done.returncode == 0, done.stderr
    (made,) = folder.iterdir()
    expected = strict_yaml.read(path.read_bytes(), "x").data
    assert strict_yaml.read(writer.text(expected).encode(), "x").data == strict_yaml.read(made.read_bytes(), "x").data


class Terminal:
    """A person at a terminal: waits for a question, then types."""

    def __init__(self, *arguments: str, folder: Path) -> None:
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [str(Path(sys.executable).parent / "noticeboard"), *arguments],
            cwd=PROJECT, stdin=slave, stdout=slave, stderr=slave, close_fds=True,
            env={**os.environ, "NOTICES_DIR": str(folder), "LANGUAGES": "en", "TERM": "xterm", "COLUMNS": "160"},
        )  # fmt: skip
        os.close(slave)
        self.seen = ""

    def read(self, seconds: float) -> None:
        if select.select([self.master], [], [], seconds)[0]:
            try:
                got = os.read(self.master, 65536).decode("utf-8", "replace")
            except OSError:
                return
            # A terminal answers when it is asked where its cursor is.
            if "\x1b[6n" in got:
                os.write(self.master, b"\x1b[1;1R")
            self.seen += got

    def answer(self, question: str, keys: str) -> None:
        end = time.monotonic() + 30
        while question not in self.seen:
            assert time.monotonic() < end, (question, self.seen[-1500:])
            self.read(0.5)
        self.seen = self.seen.partition(question)[2]
        time.sleep(0.05)
        os.write(self.master, keys.encode())

    def end(self) -> int:
        while self.process.poll() is None:
            self.read(0.2)
        self.read(0.2)
        return self.process.returncode


ENTER, DOWN, DONE = "\r", "\x1b[B", "\x1b\r"


def test_a_person_is_asked(tmp_path: Path) -> None:
    """From the first question to a file that passes; a wrong answer is told at once, and a handwritten date is read."""
    person = Terminal("new", *AT, folder=tmp_path)
    person.answer("When the company’s notice reached us", f"last week{ENTER}")
    person.answer("must be a day like 2026-09-14", "\x15" + f"Sept 18 3:40 PM{ENTER}")
    person.answer("Read as 2026-09-18 15:40", "")
    person.answer("Whose system it was", f"Acme{ENTER}")
    person.answer("Program or service", ENTER)
    person.answer("Where the contract is posted?", "n")
    person.answer("How it happened", ENTER)
    person.answer("Who found it", ENTER)
    person.answer("When it was found out", f"don't know{ENTER}")
    person.answer("Where it stands", ENTER)
    # What stands in brackets is the default: Enter takes it.
    person.answer("When this notice goes up [2026-09-18 18:00]", ENTER)
    person.answer("When it happened", ENTER)
    person.answer("When we knew", ENTER)
    person.answer("When it was stopped?", "n")
    person.answer("When families were told", ENTER)
    person.answer("When the Attorney General was told?", "n")
    person.answer("When police asked us to wait?", "n")
    person.answer("Whose data it is", ENTER)
    person.answer("Which schools", ENTER)
    person.answer("Which of them", ENTER)
    person.answer("What kinds of data", f" {DOWN} {ENTER}")
    person.answer("How many people", f"1,250{ENTER}")
    person.answer("another?", "n")
    person.answer("Confirmed as not involved?", "n")
    person.answer("Title", f"Breach at Acme{ENTER}")
    person.answer("Summary", f"Acme told us that records were copied.{ENTER}")
    person.answer("What happened", f"Acme told us on Friday.{DONE}")
    person.answer("What we are doing", DONE)
    person.answer("What you can do", DONE)
    person.answer("More information?", "n")
    person.answer("Office", f"Data privacy office{ENTER}")
    person.answer("Phone", f"203-797-0123{ENTER}")
    person.answer("E-mail", ENTER)
    person.answer("Web page", ENTER)
    person.answer("Hours?", "n")
    person.answer("another?", "n")
    person.answer("Identity protection?", "n")
    person.answer("Steps that people can take", "n")
    person.answer("Links to other websites", "n")
    assert person.end() == 0, person.seen[-1500:]
    assert [path.name for path in tmp_path.iterdir()] == ["2026-09-18-acme.yml"]
    data = strict_yaml.read((tmp_path / "2026-09-18-acme.yml").read_bytes(), "x").data
    assert data["affected"] == [{"who": "students", "data": ["name", "home_address"], "count": "1250"}]
    assert (data["received"], data["posted"]) == ("2026-09-18 15:40", "2026-09-18 18:00")
    assert (data["discovered"], data["cause"], data["found_by"]) == ("unknown", "unknown", "unknown")


def test_stopping_at_once_writes_nothing(tmp_path: Path) -> None:
    person = Terminal("new", *AT, folder=tmp_path)
    person.answer("When the company’s notice reached us", "\x03")
    assert person.end() == 2
    assert "nothing was written" in person.seen
    assert list(tmp_path.iterdir()) == []


def test_stopping_leaves_a_draft_to_go_on_from(tmp_path: Path) -> None:
    """It says where; the next run begins with the question that was open, unless the person wants to begin anew."""
    person = Terminal("new", *AT, folder=tmp_path)
    person.answer("When the company’s notice reached us", f"9/18/2026 3:40 PM{ENTER}")
    person.answer("Whose system it was", f"Acme{ENTER}")
    person.answer("Program or service", "\x03")
    assert person.end() == 2
    draft = tmp_path / ".draft.json"
    assert str(draft) in person.seen.replace("\r\n", "")
    assert json.loads(draft.read_text("utf-8"))["answers"] == {"received": "2026-09-18 15:40", "contractor": "Acme"}
    assert run("check", *AT, folder=tmp_path).returncode == 0
    again = Terminal("new", *AT, folder=tmp_path)
    again.answer("Go on with the draft", ENTER)
    again.answer("Program or service", "\x03")
    assert again.end() == 2
    assert "Whose system it was" not in again.seen
    anew = Terminal("new", *AT, folder=tmp_path)
    anew.answer("Go on with the draft", "n")
    anew.answer("When the company’s notice reached us", "\x03")
    assert anew.end() == 2
    assert draft.exists()


def test_what_the_check_refuses_is_asked_again(tmp_path: Path) -> None:
    """The other answers are not lost."""
    answers = ANSWERS | {"contacts": [{"name": "Data privacy office"}]}
    asked = [name for name in Notice.model_fields if name != "updates"]
    draft = tmp_path / ".draft.json"
    draft.write_text(json.dumps({"answers": answers, "asked": asked}), "utf-8")
    person = Terminal("new", *AT, folder=tmp_path)
    person.answer("Go on with the draft", ENTER)
    assert person.end() == 1
    assert "only what is still open is asked" in person.seen
    again = Terminal("new", *AT, folder=tmp_path)
    again.answer("Go on with the draft", ENTER)
    again.answer("Office", f"Data privacy office{ENTER}")
    again.answer("Phone", f"203-797-0123{ENTER}")
    again.answer("E-mail", ENTER)
    again.answer("Web page", ENTER)
    again.answer("Hours?", "n")
    again.answer("another?", "n")
    assert again.end() == 0, again.seen[-800:]
    assert [path.name for path in tmp_path.iterdir()] == ["2026-09-18-company.yml"]


def test_a_broken_draft_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".draft.json").write_text("[1", "utf-8")
    person = Terminal("new", *AT, folder=tmp_path)
    person.answer("When the company’s notice reached us", "\x03")
    assert person.end() == 2


@pytest.mark.parametrize("kind", ["moment", "when", "delay", "ahead"])
def test_handwritten_dates_are_read(kind: str) -> None:
    for text, wanted in golden("handwritten_dates")[kind].items():
        reading = Reading(date(2026, 11, 25), kind == "ahead", kind in {"when", "delay"})
        assert as_written_in_files(text, reading) == wanted, text
