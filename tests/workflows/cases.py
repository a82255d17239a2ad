"""What happens on GitHub, case by case, run by the simulator. `make workflows` prints the table that OPERATIONS.md has."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support import bent
from tests.workflows.simulator import GitHub, Job, run

NAME = "notices/2026-11-25-company.yml"
GOOD = bent(discovered="2026-11-20", received="2026-11-24 15:40", posted="2026-11-25 04:30")
OTHER = GOOD.replace("Breach at a company", "Breach at another company").replace(
    "contractor: Company", "contractor: Other"
)
SECOND = "notices/2026-11-25-other.yml"
UPDATE = """updates:
  - at: 2026-11-25 04:40
    kind: update
    text: We know more.
"""
HOUR = 3600


@dataclass(frozen=True)
class Case:
    """One case: which workflow, what happens, and how to run it."""

    flow: str
    name: str
    verdict: Callable[[GitHub], str]


CASES: list[Case] = []


def case(flow: str, name: str) -> Callable[[Callable[[GitHub], str]], Callable[[GitHub], str]]:
    """Add a case to the table."""

    def add(function: Callable[[GitHub], str]) -> Callable[[GitHub], str]:
        CASES.append(Case(flow, name, function))
        return function

    return add


def checked(github: GitHub, files: dict[str, str | None]) -> str:
    """Propose a change of these files, and say what the checks say."""
    main = github.git("rev-parse", "main")
    github.git("checkout", "-q", "-b", "proposal")
    sha = github.commit("A proposal", files)
    github.git("checkout", "-q", "main")
    assert github.git("rev-parse", "main") == main
    return _checks(run(github, "notices", "pull_request", about={"base_ref": "main", "sha": sha}))


def pushed(github: GitHub, before: str) -> str:
    return _checks(run(github, "notices", "push", about={"event": {"before": before}}))


def _checks(jobs: dict[str, Job]) -> str:
    said = {"success": "passes", "failure": "fails"}
    rules = re.findall(r"^notices/\S+: (?:error|warning): .*\[([\w-]+)\]$", jobs["notices"].log, re.MULTILINE)
    found = f" ({', '.join(dict.fromkeys(rules))})" if rules else ""
    assert jobs["notices"].summary.startswith("# Notices"), jobs["notices"].log
    return f"The notices: {said[jobs['notices'].result]}{found}. The site: {said[jobs['site'].result]}"


def published(github: GitHub, event: str = "push", asked_at: str = "", **inputs: object) -> str:
    jobs = run(github, "publish", event, {"sha": asked_at} if asked_at else {}, inputs)
    build, deploy = jobs["build"], jobs["deploy"]
    if build.result == "failure":
        said = f"Not published: {_why(build.log)}"
    elif deploy.result == "failure":
        said = "Built, and not put up"
    elif deploy.result == "skipped":
        said = "Not put up: only its time differs"
    else:
        said = "Published"
    if event == "workflow_dispatch" and deploy.result == "success" and (github.live / "rolled-back.txt").exists():
        said = "Published: the earlier commit, with the notices of today"
    news = github.issue_news()
    return f"{said}{'. The issue is ' + ' and '.join(news) if news else ''}"


def _why(log: str) -> str:
    error = re.findall(r"::error::(.*)", log) or re.findall(r": error: (.*)  \[[\w-]+\]$", log, re.MULTILINE)
    assert error, log
    return str(error[0]).replace("If no site stands there yet, run", "Run").split(". ")[0].rstrip(".")


def watched(github: GitHub) -> str:
    jobs = run(github, "watch", "schedule")
    news = github.issue_news()
    said = "The run fails" if jobs["look"].result == "failure" else "Nothing fails"
    return f"{said}{'. The issue is ' + ' and '.join(news) if news else ''}"


@case("notices", "pull request: a right notice")
def _(github: GitHub) -> str:
    return checked(github, {NAME: GOOD})


@case("notices", "pull request: a notice with an error")
def _(github: GitHub) -> str:
    return checked(github, {NAME: GOOD.replace("2026-11-24 15:40", "Nov 24")})


@case("notices", "pull request: a silent change of a posted notice")
def _(github: GitHub) -> str:
    github.commit("Posted", {NAME: GOOD})
    return checked(github, {NAME: GOOD.replace("A company told us.", "Nothing happened.")})


@case("notices", "pull request: an update of a posted notice")
def _(github: GitHub) -> str:
    github.commit("Posted", {NAME: GOOD})
    return checked(github, {NAME: GOOD + UPDATE})


@case("notices", "pull request: a posted notice is deleted")
def _(github: GitHub) -> str:
    github.commit("Posted", {NAME: GOOD})
    return checked(github, {NAME: None})


@case("notices", "pull request from a fork: it deletes a notice and brings a checker that finds nothing")
def _(github: GitHub) -> str:
    github.commit("Posted", {NAME: GOOD})
    planted = "print('1 file checked: 0 errors, 0 warnings.')\nraise SystemExit(0)\n"
    places = ("hooks/noticeboard/cli/__init__.py", "sitecustomize.py", "noticeboard.py", "noticeboard/__init__.py")
    return checked(github, {NAME: None, **dict.fromkeys(places, planted)})


@case("notices", "push of two commits, the first of which changes a posted notice in silence")
def _(github: GitHub) -> str:
    before = github.commit("Posted", {NAME: GOOD})
    github.commit("Silent", {NAME: GOOD.replace("A company told us.", "Nothing happened.")})
    github.commit("Another", {SECOND: OTHER})
    return pushed(github, before)


@case("notices", "the first push of all")
def _(github: GitHub) -> str:
    return pushed(github, "0" * 40)


@case("publish", "the first time, no site at the address (404)")
def _(github: GitHub) -> str:
    return published(github)


@case("publish", "the first time, the address doesn’t answer (no DNS)")
def _(github: GitHub) -> str:
    github.live_status = "000"
    return published(github)


@case("publish", "the same, by hand with “There is no site at this address yet”")
def _(github: GitHub) -> str:
    github.live_status = "000"
    return published(github, "workflow_dispatch", first=True)


@case("publish", "the first time, the address leads elsewhere (302)")
def _(github: GitHub) -> str:
    github.live_status = "302"
    return published(github, "workflow_dispatch")


@case("publish", "a notice is merged")
def _(github: GitHub) -> str:
    published(github)
    github.commit("Posted", {NAME: GOOD})
    said = published(github)
    assert (github.live / "notices/2026-11-25-company/index.html").exists()
    return said


@case("publish", "an hour later, nothing has changed")
def _(github: GitHub) -> str:
    published(github)
    github.now += HOUR
    return published(github, "schedule")


@case("publish", "two hours later, nothing has changed")
def _(github: GitHub) -> str:
    published(github)
    github.now += 2 * HOUR
    return published(github, "schedule")


@case("publish", "an hour later, a duty has become overdue")
def _(github: GitHub) -> str:
    github.commit("Posted", {NAME: GOOD})
    github.now = 1_795_726_000  # Thursday, November 26, 15:46 in New York: 48 hours end at 15:40
    github.now -= HOUR
    published(github)
    github.now += HOUR
    return published(github, "schedule")


@case("publish", "the site that stands can’t be asked (500)")
def _(github: GitHub) -> str:
    published(github)
    github.live_status = "500"
    return published(github)


@case("publish", "another address: a domain of the district’s own")
def _(github: GitHub) -> str:
    github.commit("Posted", {NAME: GOOD})
    published(github)
    github.address = "https://notices.schools.example.org"
    said = published(github)
    assert "notices.schools.example.org" in (github.live / "feed.xml").read_text("utf-8")
    return said


@case("publish", "a posted notice has vanished from main")
def _(github: GitHub) -> str:
    github.commit("Posted", {NAME: GOOD})
    published(github)
    github.commit("Gone", {NAME: None})
    return published(github)


@case("publish", "main doesn’t build")
def _(github: GitHub) -> str:
    published(github)
    github.commit("Broken", {NAME: GOOD.replace("title:", "titel:")})
    return published(github)


@case("publish", "an hour later it still doesn’t")
def _(github: GitHub) -> str:
    published(github)
    github.commit("Broken", {NAME: GOOD.replace("title:", "titel:")})
    published(github)
    github.now += HOUR
    return published(github, "schedule")


@case("publish", "the next one builds")
def _(github: GitHub) -> str:
    published(github)
    github.commit("Broken", {NAME: GOOD.replace("title:", "titel:")})
    published(github)
    github.commit("Right", {NAME: GOOD})
    return published(github)


@case("publish", "GitHub Pages fails")
def _(github: GitHub) -> str:
    github.deploys = False
    return published(github)


@case("publish", "the signer is down")
def _(github: GitHub) -> str:
    github.signer_is_up = False
    return published(github)


def _go_back(github: GitHub, first: str) -> str:
    github.commit("A fault", {"docs/evidence.md": "# A fault\n", NAME: GOOD})
    published(github)
    said = published(github, "workflow_dispatch", commit=first)
    assert not (github.live / "evidence/index.html").exists()
    assert (github.live / "notices/2026-11-25-company/index.html").exists()
    return said


def _back(github: GitHub) -> None:
    _go_back(github, github.git("rev-parse", "main"))


@case("publish", "going back to an earlier commit")
def _(github: GitHub) -> str:
    return _go_back(github, github.git("rev-parse", "main"))


@case("publish", "after that, a notice is merged")
def _(github: GitHub) -> str:
    _back(github)
    github.commit("Posted", {SECOND: OTHER})
    said = published(github)
    assert not (github.live / "evidence/index.html").exists()
    assert (github.live / "notices/2026-11-25-other/index.html").exists()
    return f"{said}, still the earlier commit"


@case("publish", "after that, the fault is mended")
def _(github: GitHub) -> str:
    _back(github)
    github.commit("Mended", {"docs/evidence.md": "# Mended\n"})
    said = published(github)
    assert (github.live / "evidence/index.html").exists()
    return f"{said}, main again"


@case("publish", "going back waits its turn, and the fault is mended meanwhile")
def _(github: GitHub) -> str:
    first = github.git("rev-parse", "main")
    fault = github.commit("A fault", {"docs/evidence.md": "# A fault\n"})
    published(github)
    github.commit("Mended", {"docs/evidence.md": "# Mended\n"})
    said = published(github, "workflow_dispatch", asked_at=fault, commit=first)
    assert "Mended" in (github.live / "evidence/index.html").read_text("utf-8")
    return f"{said}, main with the cure"


@case("publish", "issues are off, and main doesn’t build")
def _(github: GitHub) -> str:
    github.issues(are_on=False)
    github.commit("Broken", {NAME: GOOD.replace("title:", "titel:")})
    return published(github)


@case("watch", "no notice")
def _(github: GitHub) -> str:
    return watched(github)


def _due(github: GitHub) -> None:
    github.commit("Posted", {NAME: GOOD})
    github.now = 1_795_694_400  # Thursday, November 26, 07:00 in New York: the promise ends at 15:40


@case("watch", "a duty is due within half a day")
def _(github: GitHub) -> str:
    _due(github)
    return watched(github)


@case("watch", "an hour later, the same duty")
def _(github: GitHub) -> str:
    _due(github)
    watched(github)
    github.now += HOUR
    return watched(github)


@case("watch", "one more duty is due")
def _(github: GitHub) -> str:
    _due(github)
    watched(github)
    github.commit("Posted", {SECOND: OTHER})
    return watched(github)


@case("watch", "the duties are met")
def _(github: GitHub) -> str:
    _due(github)
    watched(github)
    github.commit("Told", {NAME: GOOD.replace("posted:", "families_notified: 2026-11-25 04:20\nposted:")})
    return watched(github)


@case("watch", "the notices can’t be read")
def _(github: GitHub) -> str:
    github.commit("Broken", {NAME: "title: [\n"})
    return watched(github)


@case("watch", "a duty is due, and then the notices can’t be read")
def _(github: GitHub) -> str:
    _due(github)
    watched(github)
    github.commit("Broken", {SECOND: "title: [\n"})
    said = watched(github)
    assert len(github.open_issues()) == 1
    return f"{said}, and the issue stays"


@case("watch", "issues are off, and a duty is due")
def _(github: GitHub) -> str:
    github.issues(are_on=False)
    _due(github)
    return watched(github)


def verdict(each: Case, folder: Path) -> str:
    """Run one case in an empty folder."""
    return each.verdict(GitHub.make(folder))


def row(each: Case, said: str) -> str:
    return f"| `{each.flow}` | {each.name} | {said} |"


def rows() -> Iterator[str]:
    for each in CASES:
        folder = Path(tempfile.mkdtemp())
        try:
            yield row(each, verdict(each, folder))
        finally:
            shutil.rmtree(folder)


def main() -> None:
    print("| workflow | what happens | what it does |\n|---|---|---|")
    for line in rows():
        print(line, flush=True)


if __name__ == "__main__":
    main()
