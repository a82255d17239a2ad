"""The form at /post/: its rules are the core's, and ten real incidents can be written with a keyboard on a phone."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

from noticeboard import check, due, notice_file, personal_data, post_form, yaml_file
from noticeboard.check import Source
from noticeboard.notice import Notice
from noticeboard.settings import Settings
from noticeboard.statutes import Law
from tests.conftest import EXAMPLES, NOW, ROOT, ZONE
from tests.test_clocks import LATER, STUDENTS, WORKED

BENCHES = [ROOT / "tests" / "bench" / name for name in ("personal_data.yml", "personal_data_unseen.yml")]


@pytest.fixture
def form(page: Page, demo_url: str) -> Page:
    page.clock.set_fixed_time(NOW)
    page.goto(f"{demo_url}post/")
    page.wait_for_selector("[data-is-ready]")
    return page


def module(page: Page, name: str, call: str, argument: Any) -> Any:
    """Call a function of one of the form's modules with an argument."""
    return page.evaluate(
        "async ([name, call, argument]) => { const module = await import(new URL('../assets/post/' + name, location.href));"
        " return await eval(call)(module, argument); }",
        [name, call, argument],
    )


# The clocks

DUE = """async (clocks, { notices, law, zone }) => {
  const when = await import(new URL('../assets/post/when.js', location.href));
  const READ = { received: 'moment', posted: 'moment', families_notified: 'moment', attorney_general_notified: 'moment',
                 discovered: 'when', police_delay: 'delay' };
  const iso = (at) => (at === null || at === undefined ? null : at);
  return notices.map(({ notice, now }) => {
    const read = { ...notice };
    for (const [name, form] of Object.entries(READ)) if (read[name]) read[name] = when[form](read[name], zone);
    return clocks.of(read, law, zone, now).map((clock) => [clock.rule.id, iso(clock.starts), iso(clock.due), iso(clock.met), clock.state, clock.estimated]);
  });
}"""


def expected(notice: Notice, law: Law, now: datetime) -> list[list[object]]:
    from noticeboard import clocks

    def at(moment: datetime | None) -> int | None:
        return int(moment.timestamp() * 1000) if moment else None

    return [
        [clock.rule.id, at(clock.starts), at(clock.due), at(clock.met), clock.state, clock.estimated]
        for clock in clocks.of("x", notice, law, now)
    ]


def as_form(notice: Notice) -> dict[str, Any]:
    dates = ("received", "posted", "families_notified", "attorney_general_notified", "discovered", "police_delay")
    return {
        "contractor": notice.contractor,
        "status": notice.status,
        "affected": [{"who": group.who, "data": list(group.data)} for group in notice.affected],
        **{name: when.text for name in dates if (when := getattr(notice, name))},
    }


def random_changes(rng: random.Random, law: Law) -> dict[str, str | None]:
    """Draw a notice's dates, data and people; some dates fall into the nights on which the clocks change."""

    def day(first: int = 2015) -> str:
        return f"{rng.randint(first, 2029)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"

    def moment() -> str:
        return rng.choice([day(), f"{day()} {rng.randint(4, 23):02}:{rng.randint(0, 59):02}", f"{day()} 03:30Z"])

    def any_when() -> str:
        year = rng.randint(2015, 2029)
        return rng.choice([day(), f"{year}", f"{year}-{rng.randint(1, 12):02}", f"{year}-02-01 to {year}-03-05", "unknown"])

    codes = list(law.codes)
    groups = "".join(
        f"\n  - who: {rng.choice(['students', 'staff', 'former_students', 'parents_guardians', 'applicants', 'residents'])}\n"
        f"    data: [{', '.join(rng.sample(codes, rng.randint(1, 4)))}]"
        for _ in range(rng.randint(1, 3))
    )
    changes: dict[str, str | None] = {
        "contractor": rng.choice(["Company", "Company", "none"]),
        "discovered": any_when(),
        "received": moment(),
        "posted": moment(),
        "affected": groups,
        "status": rng.choice(["investigating", "resolved", "withdrawn"]),
    }
    if rng.random() < 0.5:
        changes["families_notified"] = moment()
    if rng.random() < 0.3:
        changes["attorney_general_notified"] = moment()
    if rng.random() < 0.3:
        start = day(2020)
        changes["police_delay"] = f"{start} to {rng.choice(['unknown', '2029-12-01'])}"
    return changes


def read(text: str, law: Law) -> Notice:
    """Read a notice's fields, whatever the other rules say of them."""
    from noticeboard.check import fields
    from noticeboard.fields import Reading

    document = yaml_file.read(text.encode(), "x")
    found = fields.read(document, Reading(law.zone, law.codes, ("es", "pt-BR")))
    assert not found.problems, found.problems
    return found.notice


def test_clocks_are_the_cores(form: Page, law: Law, make_notice: Callable[..., Notice]) -> None:
    """The worked examples and 1,000 random notices give the same starts, due times and states in both."""
    from tests.conftest import bent

    rng = random.Random(20261122)
    worked = [make_notice(**changes, affected=STUDENTS.format(data)) for _, changes, data, _ in WORKED]
    drawn = [read(bent(**random_changes(rng, law)), law) for _ in range(1000)]
    cases = [(notice, LATER) for notice in worked]
    cases += [(notice, datetime(rng.randint(2016, 2030), rng.randint(1, 12), 15, 12, tzinfo=UTC)) for notice in drawn]
    asked = [{"notice": as_form(notice), "now": int(now.timestamp() * 1000)} for notice, now in cases]
    data = {"notices": asked, "law": post_form.law_data(law, 2042), "zone": str(ZONE)}
    found = module(form, "clocks.js", DUE, data)
    wanted = [expected(notice, law, now) for notice, now in cases]
    assert sum(len(each) for each in wanted) > 3500
    assert found == wanted


# Texts

def test_personal_data_is_found_alike(form: Page) -> None:
    """Browser and command find the same in every text of the benches."""
    texts = [item["text"] for path in BENCHES for item in yaml.safe_load(path.read_text("utf-8"))]
    call = "(module, { texts, patterns, names }) => { const find = module.finder(patterns, names);" \
        " return texts.map((text) => find(text).map((each) => [each.kind, each.found])); }"
    found = module(form, "personal_data.js", call, {
        "texts": texts, "patterns": personal_data.exported(), "names": personal_data.not_names(),
    })  # fmt: skip
    assert found == [[[each.kind, each.found] for each in personal_data.find(text)] for text in texts]


ODD = {
    "title": "Notice: it's \"odd\" # no comment", "contractor": "yes", "product": "2.0", "summary": "x " * 140,
    "occurred": "2024", "cohort": None, "what_happened": "  indented first\n\n- a\n  - b\n", "text": "plain",
    "affected": [{"who": "students", "schools": ["A: B", "@home", "No"], "data": ["name", "grades"], "count": "fewer than 10"}],
    "translations": {"es": {"title": "¿Qué pasó?", "updates": ["one\n\ntwo", None, "three"]}},
}  # fmt: skip


def test_files_are_written_alike(form: Page) -> None:
    """Browser and command write the same file from the same answers, and it reads back as it was meant."""
    datas = [yaml_file.read(path.read_bytes(), path.name).data for path in sorted(EXAMPLES.glob("*.yml"))]
    datas.append({key: value for key, value in ODD.items() if value is not None})
    texts = [notice_file.text(data) for data in datas]
    assert module(form, "notice_file.js", "(module, datas) => datas.map(module.text)", datas) == texts
    for data, text in zip(datas, texts, strict=True):
        assert plain(yaml_file.read(text.encode(), "x").data) == plain(data)


def plain(value: Any) -> Any:
    """Give data without what a file may write in two ways: blanks around texts, and folded lines."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items() if each not in (None, [], {})}
    if isinstance(value, list):
        return [plain(each) for each in value]
    lines = str(value).strip("\n").rstrip().split("\n") if value is not None else []
    return "\n".join(line.rstrip() for line in lines) if lines else value


# Ten incidents, by keyboard

def focus(page: Page, selector: str) -> None:
    """Press Tab until the focus is on a control."""
    for _ in range(400):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never reaches {selector}")


def enter(page: Page, scope: str, name: str, value: Any) -> None:
    """Answer one question with the keys that a person would use."""
    field = f"{scope} [data-field={name}]"
    kind = page.eval_on_selector(field, "(field) => field.dataset.kind")
    if kind == "codes":
        for code in page.eval_on_selector_all(f"{field} input", "(boxes) => boxes.map((box) => box.value)"):
            if code in value:
                focus(page, f"{field} input[value={code}]")
                page.keyboard.press("Space")
        return
    focus(page, f"{field} :is(input, textarea, select)")
    if kind == "choice":
        page.keyboard.type(page.eval_on_selector(f"{field} option[value={value}]", "(option) => option.textContent"))
        return
    page.keyboard.press("Control+A")
    text = ", ".join(value) if kind == "schools" and isinstance(value, list) else "\n".join(value) if isinstance(value, list) else value
    page.keyboard.insert_text(text)


SECTIONS = [name for _, _, names in post_form.SECTIONS for name in names]


def fill(page: Page, data: dict[str, Any]) -> None:
    """Write a whole notice, question by question in the form's order."""
    new = "div[data-mode=new]"
    for name in SECTIONS:
        value = data.get(name)
        if name == "contacts":
            clear_contacts(page)
        if value is None:
            continue
        if name in {"affected", "contacts", "steps", "links"}:
            fill_list(page, name, value)
        elif name in {"protection", "translations"}:
            for part, inner in (value.items() if name == "translations" else [("", value)]):
                scope = f"{new} [data-part={name}]" + (f" > details > [data-part={part}]" if part else "")
                opened = f"{new} [data-part={name}] details:has(> [data-part={part}]) > summary" if part else f"details:has(> [data-part={name}]) > summary"
                focus(page, opened)
                page.keyboard.press("Enter")
                for key in order(page, scope):
                    if key in inner:
                        enter(page, scope, key, inner[key])
        elif name == "not_involved":
            focus(page, "details:has(> [data-field=not_involved]) > summary")
            page.keyboard.press("Enter")
            enter(page, new, name, value)
        else:
            enter(page, f"{new} section >", name, value)


def order(page: Page, scope: str) -> list[str]:
    names: list[str] = page.eval_on_selector_all(f"{scope} [data-field]", "(all) => all.map((each) => each.dataset.field)")
    return names


def clear_contacts(page: Page) -> None:
    """Take out the contact that the form suggests."""
    focus(page, "[data-list=contacts] [data-remove]")
    page.keyboard.press("Enter")


def fill_list(page: Page, name: str, items: list[dict[str, Any]]) -> None:
    has_first = page.locator(f"[data-list={name}] [data-item]").count()
    for index, item in enumerate(items):
        if index >= has_first:
            focus(page, f"[data-list={name}] [data-add]")
            page.keyboard.press("Enter")
        scope = f"[data-list={name}] [data-item]:nth-of-type({index + 1})"
        for key in order(page, scope):
            if key in item:
                enter(page, scope, key, item[key])


# A withdrawn notice begins as another; it is made with an addition to it.
INCIDENTS = [path for path in sorted(EXAMPLES.glob("*.yml")) if path.stem != "2026-03-02-wrong-list"]


@pytest.mark.parametrize("path", INCIDENTS, ids=lambda path: path.stem)
def test_incident_by_keyboard(form: Page, path: Path, site_settings: Settings, law: Law) -> None:
    """A real incident, typed on a phone, is a file that passes, with the data of the one written by hand."""
    data = dict(yaml_file.read(path.read_bytes(), path.name).data)
    data.pop("updates", None)
    for words in (data.get("translations") or {}).values():
        words.pop("updates", None)
    fill(form, data)
    focus(form, "[data-open]")
    form.wait_for_timeout(300)
    text = form.inner_text("[data-file]")
    samples = site_settings.model_copy(update={"samples": True})
    checked = check.notices([Source(f"notices/{path.name}", text.encode())], samples, law, NOW)
    assert not [each for each in checked.problems if each.severity == "error"], checked.problems
    assert flat(yaml_file.read(text.encode(), "x").data) == flat(data)
    assert form.locator("[data-problems] .nb-post__error").all_inner_texts() == []
    assert form.inner_text("[data-status]") == "No problem found."
    assert form.eval_on_selector_all("[data-clocks] [data-clock]", "(all) => all.map((each) => [each.dataset.clock, each.dataset.due])") == [
        [row["clock"], datetime.fromisoformat(row["due"]).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z") if row["due"] else ""]
        for row in rows(text, law)
    ]


def rows(text: str, law: Law) -> list[dict[str, Any]]:
    from noticeboard import clocks

    found = clocks.of("x", read(text, law), law, NOW)
    made: list[dict[str, Any]] = json.loads(due.as_json(found, ZONE, NOW))["clocks"]
    return made


def flat(value: Any) -> Any:
    """Give a notice as data: codes in any order, a summary in any lines."""
    made = plain(value)
    made["summary"] = " ".join(made["summary"].split())
    for words in made.get("translations", {}).values():
        if "summary" in words:
            words["summary"] = " ".join(words["summary"].split())
    for group in made["affected"]:
        group["data"] = sorted(group["data"])
    made["not_involved"] = sorted(made.get("not_involved", []))
    return made
