"""Another district: it takes the repository over, and what it doesn't promise is nowhere said."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from noticeboard.adopt import shipped
from noticeboard.adopt.answers import default_places
from noticeboard.adopt.settings_file import SettingsFile
from tests.site.settings_changes import changed
from tests.support import NOTICE, NOW, PROJECT, ROOT, build, copy_project, run, text

ANSWERS = ROOT / "tests" / "cases" / "adopt" / "hartford.yml"
TODAY = ("--now", "2026-11-26 12:00")
OPEN = """
Not yet confirmed:
- places.city-it: its phone, page or address
- places.city: its phone, page or address
- places.city-hall: its phone, page or address
- places.police: its phone, page or address
- places.district: its phone, page or address
- places.district-office: its phone, page or address
- places.district-privacy: its phone, page or address
- places.multilingual: its phone, page or address
- notice_contacts: the office that families ask; until then each notice names its contacts itself
- policies: whether the district promises more than the law, on a page of its own
- municipal_guide: what the municipality's own pages say of incidents, forms and fines
- directory_information: which data the district's yearly list names; the usual ones are taken
- security_until: until when reports of weaknesses reach somebody; until then there is no security.txt

Next: look at git diff, run make test, and go on with ADOPTING.md.
"""


def setting(project: Path, *key: str) -> object:
    return SettingsFile((project / "mkdocs.yml").read_text("utf-8")).value(key)


@pytest.fixture
def shipped_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project as it might have been shipped: with the tests' district."""
    project = copy_project(tmp_path / "project")
    for name in (".github/CODEOWNERS", "README.md", "notices/_template.yml"):
        (project / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, project / name)
    (project / ".github/CODEOWNERS").write_text("# Nobody yet.\n", "utf-8")
    (project / "README.md").write_text("The board of Sampleton Public Schools in Sampleton, Connecticut.\n", "utf-8")
    digests = shipped.digests(SettingsFile((project / "mkdocs.yml").read_text("utf-8")), project)
    monkeypatch.setattr(shipped, "load", lambda: digests)
    monkeypatch.chdir(project)
    return project


def adopt(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run("adopt", *TODAY, *map(str, arguments))


def test_another_district_takes_it_over(shipped_project: Path, tmp_path: Path) -> None:
    """No word of the district before is left in what is built, and the files say what they should."""
    before = (shipped_project / "mkdocs.yml").read_text("utf-8")
    done = adopt("--from-answers", ANSWERS)
    written = "Written: mkdocs.yml\nWritten: .github/CODEOWNERS\nWritten: README.md\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, written + OPEN, "")
    assert (shipped_project / "README.md").read_text() == (
        "The board of Hartford Public Schools in Hartford, Connecticut.\n"
    )
    assert (shipped_project / ".github/CODEOWNERS").read_text().splitlines()[1:] == [
        "*            @example/engineers",
        "/notices/    @example/communications @example/superintendent",
    ]
    assert setting(shipped_project, "feed_ids") == "tag:hartford.example.org,2026:notices"
    after = (shipped_project / "mkdocs.yml").read_text("utf-8")
    comments = [line.strip() for line in before.splitlines() if line.strip().startswith("#")]
    assert [line.strip() for line in after.splitlines() if line.strip().startswith("#")] == comments
    built = build(tmp_path / "site", shipped_project / "notices", NOW, shipped_project)
    assert built.returncode == 0, built.stderr
    old = re.compile(rb"sampleton|schools\.example|city\.example|guides\.example|203-555-23", re.IGNORECASE)
    found = [path for path in (tmp_path / "site").rglob("*") if path.is_file() and old.search(path.read_bytes())]
    assert found == []
    for folder, words in {
        "": "We have not yet looked for a City ordinance about reporting cyber incidents.",
        "es/": "Todavía no hemos buscado una ordenanza del municipio",
        "pt/": "Ainda não procuramos uma lei municipal",
    }.items():
        assert words in text(tmp_path / "site", f"{folder}guide/penalties/")
    assert "Police in Hartford" in text(tmp_path / "site", "resources/")


def test_a_town_is_called_a_town(shipped_project: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yml"
    answers.write_text(ANSWERS.read_text("utf-8") + "municipality: Town\n", "utf-8")
    assert adopt("--from-answers", answers).returncode == 0
    built = build(tmp_path / "site", shipped_project / "notices", NOW, shipped_project, SEARCH="false")
    assert built.returncode == 0, built.stderr
    words = " ".join(text(tmp_path / "site", page) for page in ("", "guide/", "guide/how-to-report/", "resources/"))
    assert "the Town's IT department" in words
    assert re.findall(r"\bCity\b", words) == []


def test_a_second_run_changes_nothing(shipped_project: Path) -> None:
    adopt("--from-answers", ANSWERS)
    there = {path: path.read_bytes() for path in shipped_project.rglob("*") if path.is_file()}
    done = adopt("--from-answers", ANSWERS)
    assert (done.returncode, done.stdout) == (0, "Nothing had to change.\n" + OPEN)
    assert {path: path.read_bytes() for path in shipped_project.rglob("*") if path.is_file()} == there


def test_more_answers_come_later(shipped_project: Path, tmp_path: Path) -> None:
    """What was not yet confirmed is filled in; what is answered is no longer listed."""
    adopt("--from-answers", ANSWERS)
    more = tmp_path / "more.yml"
    more.write_text(
        ANSWERS.read_text("utf-8")
        + "places:\n  district-privacy:\n    phone: 860-555-2311\n    source: https://hartford.example.org/\n"
        + "    checked_on: 2026-11-26\n"
        + "policies:\n  district-48-hours:\n    citation: A page\n    source: https://hartford.example.org/p\n"
        + "    checked_on: 2026-11-26\n",
        "utf-8",
    )
    done = adopt("--from-answers", more)
    assert done.returncode == 0, done.stderr
    assert "Written: mkdocs.yml\n" in done.stdout
    assert not re.search(r"- (places\.district-privacy|notice_contacts|policies)", done.stdout)
    assert setting(shipped_project, "places", "district-privacy", "phone") == "860-555-2311"
    assert setting(shipped_project, "places", "district-privacy", "unconfirmed") is None
    assert setting(shipped_project, "notice_contacts") == ["district-privacy"]
    # A day is a day, not a text, for whoever counts how old a fact is.
    assert "        checked_on: 2026-11-26\n" in (shipped_project / "mkdocs.yml").read_text("utf-8")


def test_what_a_person_changed_stays(shipped_project: Path, tmp_path: Path) -> None:
    """It is listed; an answer that differs stops everything, and --overwrite takes it."""
    changed(shipped_project, "places", "police", "phone", to="860-555-2300")
    changed(shipped_project, "city", to="East Hartford")
    before = (shipped_project / "mkdocs.yml").read_text("utf-8")
    done = adopt("--from-answers", ANSWERS)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "city is ‘East Hartford’, which is not what the project ships with; the answers want ‘Hartford’.\n"
        "Nothing was written. Change the answers, or run it again with --overwrite.\n"
    )
    assert (shipped_project / "mkdocs.yml").read_text("utf-8") == before
    done = adopt("--from-answers", ANSWERS, "--overwrite")
    assert done.returncode == 0
    assert "Left as you changed it:\n- places.police\n" in done.stdout
    assert setting(shipped_project, "city") == "Hartford"
    assert setting(shipped_project, "places", "police", "phone") == "860-555-2300"


def test_an_answer_takes_nothing_out_of_what_a_person_wrote(shipped_project: Path, tmp_path: Path) -> None:
    """Of a contact that somebody wrote, only what is answered changes."""
    own = {
        "name": "Hartford Police", "what_for": "To report a crime", "phone": "860-555-2300", "address": "1 Main Street",
        "source": "https://hartford.example.org/old", "checked_on": "2026-11-25",
    }  # fmt: skip
    changed(shipped_project, "places", "police", to=own)
    answers = tmp_path / "answers.yml"
    more = "places:\n  police: {phone: 860-555-2311, source: https://a.org/new, checked_on: 2026-11-26}\n"
    answers.write_text(ANSWERS.read_text("utf-8") + more, "utf-8")
    assert adopt("--from-answers", answers).returncode == 1
    assert setting(shipped_project, "places", "police") == own
    assert adopt("--from-answers", answers, "--overwrite").returncode == 0
    new = {"phone": "860-555-2311", "source": "https://a.org/new", "checked_on": "2026-11-26"}
    assert setting(shipped_project, "places", "police") == {**own, **new}


def test_who_can_be_asked_is_said_while_nobody_is_named(shipped_project: Path, tmp_path: Path) -> None:
    """Until an office is confirmed, the board and the page about letters lead to all contacts."""
    assert adopt("--from-answers", ANSWERS).returncode == 0
    built = build(tmp_path / "site", shipped_project / "notices", NOW, shipped_project, SEARCH="false")
    assert built.returncode == 0, built.stderr
    for address, root in (("notices", "../"), ("verify", "../"), ("es/notices", "../")):
        html = (tmp_path / "site" / address / "index.html").read_text("utf-8")
        assert re.search(rf'</p>\s*<ul><li><a href="{root}resources/">', html), address


def test_what_is_gone_comes_back(shipped_project: Path) -> None:
    """A person took out a contact and a setting, which pages and the build ask for."""
    text = (shipped_project / "mkdocs.yml").read_text("utf-8")
    for gone in (r"      police:\n(?:        .*\n)+", r"    policies:\n(?:      .*\n)+"):
        assert re.search(gone, text)
        text = re.sub(gone, "", text)
    (shipped_project / "mkdocs.yml").write_text(text, "utf-8")
    assert adopt("--from-answers", ANSWERS).returncode == 0
    police = setting(shipped_project, "places", "police")
    assert isinstance(police, dict)
    assert police["name"] == "Police in {city}"
    assert setting(shipped_project, "policies") in (None, {})


def test_notices_of_the_district_before_stop_it(shipped_project: Path) -> None:
    (shipped_project / "notices" / "2026-09-18-company.yml").write_text(NOTICE, "utf-8")
    done = adopt("--from-answers", ANSWERS)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "These notices are the district's before: notices/2026-09-18-company.yml. Take them out"
    )


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("city: Hartford\ndomain: a.org\n", ["1:1: error: publisher is required.  [answer]"]),
        (
            "publisher: A\ncity: B\ndomain: https://A.org\nengineers: somebody\n",
            [
                "3:1: error: domain must be a domain like hartfordschools.org, in lower case, not 'https://A.org'.  [answer]",
                "4:1: error: engineers[1] must be a person or a team as GitHub names them, such as @organization/team.  [answer]",
            ],
        ),
        (
            "publisher: A\ncity: B\ndomain: a.org\nstate_code: ZZ\n",
            [
                "4:1: error: state_code must be a state whose law is in hooks/noticeboard/law/states (CT), not 'ZZ'.  [answer]"
            ],
        ),
        (
            "publisher: A\ncity: B\ndomain: a.org\nplaces:\n  polise: {source: https://a.org, checked_on: 2026-11-26}\n",
            [
                "4:1: error: places must be among city-it, city, city-hall, police, district, district-office, "
                "district-privacy, multilingual, not 'polise' (did you mean ‘police’?).  [answer]"
            ],
        ),
        (
            "publisher: A\ncity: B\ndomain: a.org\nplaces:\n  police:\n    phone: 860-555-2311\n",
            [
                "5:3: error: places.police.source is required.  [answer]",
                "5:3: error: places.police.checked_on is required.  [answer]",
            ],
        ),
        (
            "publisher: {a: b}\ncity: B\ndomain: a.org\nmunicipality: Village\nplaces:\n"
            "  police: x\n  city: {phone: 860-555-2311, source: https://a.org, checked_on: soon}\n",
            [
                "1:1: error: publisher must be a text.  [answer]",
                "4:1: error: municipality must be 'City', 'Town' or 'Borough', not 'Village'.  [answer]",
                "6:3: error: places.police must have fields of its own, each on a line further right.  [answer]",
                "7:54: error: places.city.checked_on must be a day like 2026-11-26.  [answer]",
            ],
        ),
        (
            "publisher: A\ncity: B\ndomain: a.org\ntown: C\n",
            ["4:1: error: town is not a question.  [answer]"],
        ),
    ],
)
def test_wrong_answers_are_told_by_line(lines: str, said: list[str], shipped_project: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yml"
    answers.write_text(lines, "utf-8")
    before = (shipped_project / "mkdocs.yml").read_text("utf-8")
    done = adopt("--from-answers", answers)
    ends = ["Nothing was written. Fix the answers, and run it again."]
    assert (done.returncode, done.stderr.splitlines()) == (1, [f"{answers}:{line}" for line in said] + ends)
    assert (shipped_project / "mkdocs.yml").read_text("utf-8") == before


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("timezone: America/Hartford", "timezone: Value error, must be a time zone such as America/New_York"),
        ("languages: es en", "languages: Value error, must begin with en, in which the notices are written"),
    ],
)
def test_settings_that_cannot_be_are_not_written(line: str, said: str, shipped_project: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yml"
    answers.write_text(f"{ANSWERS.read_text('utf-8')}{line}\n", "utf-8")
    before = (shipped_project / "mkdocs.yml").read_text("utf-8")
    done = adopt("--from-answers", answers)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert "Nothing was written." in done.stderr
    assert (shipped_project / "mkdocs.yml").read_text("utf-8") == before


def test_a_person_is_asked(tmp_path: Path) -> None:
    """At a terminal, with Enter for what isn't known; a contact brings its page and today's day."""
    project = copy_project(tmp_path / "project")
    shutil.copy(PROJECT / "mkdocs.yml", project)
    changed(project, "feed_ids", to="tag:hartford.example.org,2026:notices")
    for name, value in (("publisher", "Old Schools"), ("city", "Oldtown")):
        changed(project, name, to=value)
    # An earlier run wrote this, when nobody had looked yet.
    known = default_places()
    changed(project, "places", "police", to={**known["places"]["police"], "unconfirmed": known["unconfirmed"]})
    typed = ["Hartford Public Schools", "Hartford", "Town", "", "", "", "hartford.example.org", "", ""]
    typed += (
        ["", "", ""] * 3 + ["860-555-2311", "", "", "https://hartford.example.org/police"] + ["", "", ""] * 4 + ["y"]
    )
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "noticeboard", "adopt", *TODAY],
        cwd=project, stdin=slave, stdout=slave, stderr=slave, env={**os.environ, "TERM": "dumb"},
    )  # fmt: skip
    os.close(slave)
    os.write(master, "".join(f"{line}\n" for line in typed).encode())
    seen = b""
    while True:
        try:
            if not (part := os.read(master, 4096)):
                break
        except OSError:  # the other end is closed
            break
        seen += part
    assert process.wait(60) == 0, seen.decode()
    assert "Police in Hartford: phone" in seen.decode()
    assert setting(project, "municipality") == "Town"
    police = setting(project, "places", "police")
    assert isinstance(police, dict)
    assert {key: police.get(key) for key in ("phone", "url", "source", "checked_on")} == {
        "phone": "860-555-2311", "url": None, "source": "https://hartford.example.org/police", "checked_on": "2026-11-26",
    }  # fmt: skip


def test_a_district_without_a_promise_of_its_own(tmp_path: Path) -> None:
    """The policy's clock is there only if the settings promise it; the law's stay, in each language."""
    project = copy_project(tmp_path / "project")
    changed(project, "policies", to={})
    done = build(tmp_path / "site", project / "notices", NOW, project, SEARCH="false")
    assert done.returncode == 0, done.stderr
    said = {path: text(tmp_path / "site", f"{path}breach-process/") for path in ("", "es/", "pt/")}
    # Until 2017 it was the law, and its history says so.
    assert {path: len(re.findall("48 ho", words)) for path, words in said.items()} == {"": 1, "es/": 1, "pt/": 1}
    assert "State law now says 2 business days." in said[""]
    promises = ("promise", "promesa", "promessa", "That page cites", "Esa página cita", "Essa página cita")
    assert not [word for words in said.values() for word in promises if word in words]


def test_the_answers_of_the_trial_are_all_there_is() -> None:
    """ADOPTING.md tells each answer that adopt takes."""
    from noticeboard.adopt.answers import Answers

    told = (ROOT / "ADOPTING.md").read_text("utf-8")
    example = re.search(r"```yaml\n(.*?)```", told, re.DOTALL)
    assert example
    assert set(yaml.safe_load(example[1])) == set(Answers.model_fields)
    Answers.model_validate(yaml.safe_load(example[1]))
