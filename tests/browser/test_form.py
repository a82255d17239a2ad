"""The form at /post/: its rules are the core's, and ten real incidents can be written with a keyboard on a phone."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pydantic import TypeAdapter, ValidationError

from noticeboard.check import person_names, personal_data, personal_data_patterns, runner
from noticeboard.check.runner import Source
from noticeboard.law.statutes import Law
from noticeboard.notice import field_types, strict_yaml, writer
from noticeboard.notice.model import Notice
from noticeboard.outputs import due
from noticeboard.outputs.attorney_general import QUESTIONS
from noticeboard.post.law_data import law_data
from noticeboard.settings import Settings
from noticeboard.text import web_addresses
from tests.browser.typist import NEW, Typist, open_step
from tests.support import EXAMPLES, LATER, NOW, ROOT, STUDENTS, ZONE, bent, golden
from tests.tools.bench import personal_data as bench


@pytest.fixture
def form(page: Page, demo_url: str) -> Page:
    page.clock.set_fixed_time(NOW)
    page.goto(f"{demo_url}post/")
    page.wait_for_selector("[data-is-ready]")
    return page


@pytest.fixture
def blank(page: Page, empty_url: str) -> Page:
    """The form of a board without a notice."""
    page.clock.set_fixed_time(NOW)
    page.goto(f"{empty_url}post/")
    page.wait_for_selector("[data-is-ready]")
    return page


def module(page: Page, name: str, call: str, argument: Any) -> Any:
    """Call a function of one of the form's modules with an argument."""
    return page.evaluate(
        "async ([name, argument]) => { const module = await import(new URL('../assets/post/' + name, location.href));"
        f" return await ({call})(module, argument); }}",
        [name, argument],
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
    from noticeboard.law import clocks

    def at(moment: datetime | None) -> int | None:
        return int(moment.timestamp() * 1000) if moment else None

    return [
        [clock.rule.id, at(clock.starts_at), at(clock.due_at), at(clock.met_at), clock.state, clock.estimated]
        for clock in clocks.clocks_for("x", notice, law, now)
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
        return rng.choice(
            [day(), f"{year}", f"{year}-{rng.randint(1, 12):02}", f"{year}-02-01 to {year}-03-05", "unknown"]
        )

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
    from noticeboard.check import parse
    from noticeboard.notice.field_types import ParseContext

    document = strict_yaml.read(text.encode(), "x")
    found = parse.read(document, ParseContext(law.zone, law.codes, ("es", "pt-BR")))
    assert found.notice, found.problems
    return found.notice


def test_clocks_are_the_cores(form: Page, law: Law, make_notice: Callable[..., Notice]) -> None:
    """The worked examples and 1,000 random notices give the same starts, due times and states in both."""

    rng = random.Random(20261122)
    worked = [
        make_notice(**each["notice"], affected=STUDENTS.format(each["data"])) for each in golden("worked_examples")
    ]
    # Examples 23 and 24: the district's own systems, and police who asked to wait.
    own = {"contractor": "none", "received": None, "discovered": "2027-01-05", "posted": "2027-01-06"}
    own |= {"families_notified": "2027-02-01", "affected": "\n  - who: staff\n    data: [name, ssn]"}
    worked += [read(bent(**own), law), read(bent(**own | {"police_delay": "2027-01-20 to 2027-03-15"}), law)]
    del own["families_notified"]
    worked.append(read(bent(**own | {"police_delay": "2027-01-20 to unknown"}), law))
    drawn = [read(bent(**random_changes(rng, law)), law) for _ in range(1000)]
    cases = [(notice, LATER) for notice in worked]
    cases += [(notice, datetime(rng.randint(2016, 2030), rng.randint(1, 12), 15, 12, tzinfo=UTC)) for notice in drawn]
    asked = [{"notice": as_form(notice), "now": int(now.timestamp() * 1000)} for notice, now in cases]
    data = {"notices": asked, "law": law_data(law, 2042), "zone": str(ZONE)}
    found = module(form, "clocks.js", DUE, data)
    wanted = [expected(notice, law, now) for notice, now in cases]
    assert sum(len(each) for each in wanted) > 3500
    assert found == wanted


# Texts


def test_personal_data_is_found_alike(form: Page) -> None:
    """Browser and command find the same in every text of the benches, and in what every part of a file may hide."""
    texts = [item.text for name in bench.SETS for item in bench.items(name)]
    texts += [case["notice"] for case in golden("personal_data_in_notices")]
    call = (
        "(module, { texts, patterns, names }) => { const find = module.finder(patterns, names);"
        " return texts.map((text) => find(text).map((each) => [each.kind, each.found])); }"
    )
    found = module(form, "personal_data.js", call, {
        "texts": texts, "patterns": personal_data_patterns.browser_data(), "names": person_names.browser_data(),
    })  # fmt: skip
    assert found == [[[each.kind, each.found] for each in personal_data.find_all(text)] for text in texts]


def test_the_same_may_be_named(form: Page) -> None:
    """Browser and command take the same for what an office publishes."""
    contacts = golden("published_contacts")
    pairs = [*contacts["alike"], *contacts["same"]]
    call = (
        "(module, { pairs, patterns, names }) => { const find = module.finder(patterns, names);"
        " return pairs.map(([own, other]) => find(`Call or write to ${other}.`, [own]).length > 0); }"
    )
    found = module(
        form,
        "personal_data.js",
        call,
        {
            "pairs": pairs,
            "patterns": personal_data_patterns.browser_data(),
            "names": person_names.browser_data(),
        },
    )
    assert found == [True] * len(contacts["alike"]) + [False] * len(contacts["same"])


ODD = {
    "title": "Notice: it's \"odd\" # no comment", "contractor": "yes", "product": "2.0", "summary": "x " * 140,
    "occurred": "2024", "cohort": None, "what_happened": "  indented first\n\n- a\n  - b\n", "text": "plain",
    "affected": [{"who": "students", "schools": ["A: B", "@home", "No"], "data": ["name", "grades"], "count": "fewer than 10"}],
    "translations": {"es": {"title": "¿Qué pasó?", "updates": ["one\n\ntwo", None, "three"]}},
}  # fmt: skip


def test_files_are_written_alike(form: Page) -> None:
    """Browser and command write the same file from the same answers, and it reads back as it was meant."""
    datas = [strict_yaml.read(path.read_bytes(), path.name).data for path in sorted(EXAMPLES.glob("*.yml"))]
    datas.append({key: value for key, value in ODD.items() if value is not None})
    texts = [writer.text(data) for data in datas]
    assert module(form, "notice_file.js", "(module, datas) => datas.map(module.text)", datas) == texts
    for data, text in zip(datas, texts, strict=True):
        assert plain(strict_yaml.read(text.encode(), "x").data) == plain(data)


def plain(value: Any) -> Any:
    """Return data without what a file may write in two ways: blanks around texts, and folded lines."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items() if each not in (None, [], {})}
    if isinstance(value, list):
        return [plain(each) for each in value]
    lines = str(value).strip("\n").rstrip().split("\n") if value is not None else []
    return "\n".join(line.rstrip() for line in lines) if lines else value


# Ten incidents, by keyboard


# A withdrawn notice begins as another; it is made with an addition to it.
INCIDENTS = [path for path in sorted(EXAMPLES.glob("*.yml")) if path.stem != "2026-03-02-wrong-list"]


@pytest.mark.parametrize("path", INCIDENTS, ids=lambda path: path.stem)
def test_incident_by_keyboard(blank: Page, path: Path, site_settings: Settings, law: Law) -> None:
    """A real incident, typed on a phone, is a file that passes, with the data of the one written by hand."""
    data = dict(strict_yaml.read(path.read_bytes(), path.name).data)
    data.pop("updates", None)
    for words in (data.get("translations") or {}).values():
        words.pop("updates", None)
    typist = Typist(blank)
    typist.fill(data)
    typist.focus("[data-open]")
    blank.wait_for_timeout(300)
    text = blank.text_content("[data-file]") or ""
    samples = site_settings.model_copy(update={"samples": True})
    checked = runner.check_files([Source(f"notices/{path.name}", text.encode())], runner.FileChecker(samples, law, NOW))
    assert not [each for each in checked.problems if each.severity == "error"], checked.problems
    assert flat(strict_yaml.read(text.encode(), "x").data) == flat(data)
    assert blank.locator("[data-problems] .nb-post__error").all_inner_texts() == []
    assert blank.inner_text("[data-status]") == "No problem found."
    assert blank.eval_on_selector_all(
        "[data-clocks] [data-clock]", "(all) => all.map((each) => [each.dataset.clock, each.dataset.due])"
    ) == [
        [
            row["clock"],
            datetime.fromisoformat(row["due"]).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z") if row["due"] else "",
        ]
        for row in rows(text, law)
    ]


def rows(text: str, law: Law) -> list[dict[str, Any]]:
    from noticeboard.law import clocks

    found = clocks.clocks_for("x", read(text, law), law, NOW)
    made: list[dict[str, Any]] = json.loads(due.as_json(found, ZONE, NOW))["clocks"]
    return made


def flat(value: Any) -> Any:
    """Return a notice as data: codes in any order, a summary in any lines."""
    made = plain(value)
    made["summary"] = " ".join(made["summary"].split())
    for words in made.get("translations", {}).values():
        if "summary" in words:
            words["summary"] = " ".join(words["summary"].split())
    for group in made["affected"]:
        group["data"] = sorted(group["data"])
    made["not_involved"] = sorted(made.get("not_involved", []))
    return made


# What families will see

MARKDOWN = [
    "One\ntwo.\n\nThree *four* **five** _six_ __seven__.", "- a\n- b **c**\n\n1. d\n2. e", "* a\n  - b\n  - c\n* d",
    "### Head *ing*\ntext", "| A | B |\n|---|:-:|\n| 1 | **2** |\n| 3 |", "[x](https://www.ed.gov/a_b_c?d=e&f=g) and [y][z]\n\n[z]: https://www.ed.gov",
    "<https://www.ed.gov>", "a  \nb", "a\\\nb", "5 * 3 * 2 and snake_case_word", "3. three\n4. four", "a\n- b", "- a\n\n- b\n\n  more",
    "[m](mailto:a@example.org) [t](tel:+1-203-555-0100)", "**bold with *em* in it** done", "A\\* b\\_c", "“Quoted” – dashes… & < > \"", "- a\ncontinued\n- b",
    "##### five\n\n###### six", "text\n### head\ntext", "1) a\n2) b", "- a\n    - deep\n- b", "***both***", "*a **b** c*",
]  # fmt: skip
SHOW = """(module, { texts, htmls }) => texts.map((text, index) => {
  const tidy = (box) => box.innerHTML.replace(/\\s+/g, ' ').replace(/ ?(<\\/?(?:p|ul|ol|li|table|thead|tbody|tr|th|td|h[3-6]|br)[^>]*>) ?/g, '$1');
  const [own, made] = [document.createElement('div'), document.createElement('div')];
  own.append(module.rendered(text));
  made.innerHTML = htmls[index];
  return [tidy(own), tidy(made)];
})"""


def test_markdown_is_shown_alike(form: Page, law: Law) -> None:
    """The preview shows a text as the page will."""
    from noticeboard.text import safe_markdown

    texts = list(MARKDOWN)
    for path in EXAMPLES.glob("*.yml"):
        texts += [text for _, text in notice_texts(read(path.read_text("utf-8"), law))]
    htmls = [str(safe_markdown.html(text)) for text in texts]
    for own, made in module(form, "markdown.js", SHOW, {"texts": texts, "htmls": htmls}):
        assert own == made


def notice_texts(notice: Notice) -> list[tuple[str, str]]:
    from noticeboard.check.content import _texts

    return [(str(path), text) for path, text in _texts(notice)]


LINKS = [
    f"[{words}]({address})"
    for words in ("ed.gov", "https://www.ed.gov/a", "**Ed**.gov", "a@ed.gov", "еd.gov", "ed．gov/a", "the rules", "a.pdf", "see ed.gov/a.", "⠀", "")
    for address in ("https://ed.gov", "https://www.ed.gov/a/b?c", "https://ED.gov/ab", "https://ed.gov.evil.ru/a", "https://ed.gov%2eevil.ru",
                    "https://xn--80ak6aa92e.com", "https://еd.gov", "https://ed.gov∕a.ru/", "https://ed.gov:8443/a", "mailto:a@ed.gov?subject=x", "mailto:b@ed.gov", "mailto:a@mail.XN--80ak6aa92e.com", "tel:+1-203-555-0100")
]  # fmt: skip
"""Links whose words name where they lead, or don't."""


def test_addresses_are_judged_alike(form: Page) -> None:
    """Browser and command take the same for a good address, a lie, and an address in a title."""
    pairs = [each[1:-1].split("](") for each in LINKS]
    call = (
        "(module, pairs) => pairs.map(([words, address]) => [module.isHttps(address), module.hasOddHost(address),"
        " module.hasWords(words), module.named(words), module.namedElsewhere(words, address)])"
    )
    wanted = [
        [web_addresses.is_https(address), web_addresses.has_odd_host(address), web_addresses.has_words(words), web_addresses.addresses_in(words),
         web_addresses.conflicting_address(words, address)]
        for words, address in pairs
    ]  # fmt: skip
    assert module(form, "addresses.js", call, pairs) == wanted


SCALARS = {
    "count": ["12", "9", "011", "11250", "1,250", "12345678", "123456789", "1234567890", "fewer than 10", "unknown", "some"],
    "months": ["0", "1", "24", "240", "241", "2.5", "two years"],
    "email": ["a@ed.gov", "a@ed", "a b@ed.gov", "a@xn--80ak6aa92e.com", "a@mail.XN--80ak6aa92e.com", "é@ed.gov"],
    "phone": ["203-555-0100", "203-555-0100 ext. 12", "(203) 555-0100", "911", "12", "203-555-0100 or 0101", "1-800-ED-HELPS", "2035550100203555"],
    "https": ["https://ed.gov/a", "http://ed.gov", "https://ed", "ed.gov", "https://a@ed.gov", "https://xn--80ak6aa92e.com"],
    "contractor": ["none", "None", "n/a", "Example Pages", "us"],
}  # fmt: skip
"""Good and bad texts of the fields that hold one line, by their kinds."""
JUDGE = """(module, pairs) => {
  const page = { words: new Proxy({}, { get: (_, key) => String(key) }), published: [], zone: 'America/New_York', law: { protections: [] } };
  return pairs.map(([kind, value]) => module.check([{ path: 'x', field: { kind }, value }], {}, page, () => [], 0).problems.length);
}"""


def test_lines_are_judged_alike(form: Page) -> None:
    """What the command refuses in a field, the form refuses, and nothing else."""
    readers: dict[str, TypeAdapter[Any]] = {
        "count": TypeAdapter(field_types.Count),
        "months": TypeAdapter(field_types.Months),
        "email": TypeAdapter(field_types.Email),
        "phone": TypeAdapter(field_types.Phone),
        "https": TypeAdapter(field_types.Url),
        "contractor": TypeAdapter(field_types.Contractor),
    }
    pairs = [(kind, text) for kind, texts in SCALARS.items() for text in texts]

    def is_refused(kind: str, text: str) -> bool:
        try:
            readers[kind].validate_python(text)
        except ValidationError:
            return True
        return False

    found = module(form, "problems.js", JUDGE, pairs)
    assert dict(zip(pairs, map(bool, found), strict=True)) == {pair: is_refused(*pair) for pair in pairs}


def test_losses_are_named_alike(form: Page) -> None:
    """What the command refuses in a text, the form refuses, and nothing else."""
    from noticeboard.text import safe_markdown

    texts = [*MARKDOWN, "<b>x</b>", "![a](https://b.example.org/c.png)", "`code`", "```\ncode\n```", "> quote", "# One", "## Two", "Under\n===", "---", "***",
             "[x](http://www.ed.gov)", "[x](javascript:alert(1))", "[x](../y)", "text {: .a }", "note[^1]", "--8<-- x", "    indented", "a <!-- b --> c",
             "2 < 3 and 5 > 4", "text\na | b\n---|---\n1 | 2", "text\n| a | b |\n|---|---|\n| 1 | 2 |", "[DAY] the company", "a - b - c", "x\n\n    code", *LINKS]  # fmt: skip
    found = module(
        form, "markdown.js", "(module, texts) => texts.map((text) => module.lossesOf(text).length > 0)", texts
    )
    wanted = [bool(safe_markdown.unsupported_markup(text)) for text in texts]
    assert [text for text, one, other in zip(texts, found, wanted, strict=True) if one != other] == []


PARTS = {
    "facts": ".nb-facts > div", "groups": ".nb-group", "none": ".nb-not-involved p", "offer": ".nb-offer", "steps": ".nb-steps li",
    "status": ".nb-status", "lead": ".nb-lead",
}  # fmt: skip
WORDS_OF = """(roots) => {
  for (const extra of document.querySelectorAll('.nb-relative')) extra.remove();
  const root = document.querySelector(roots.root);
  // What is folded, or over by now, counts as well.
  for (const fold of root.querySelectorAll('details')) fold.open = true;
  for (const part of root.querySelectorAll('[hidden]')) part.hidden = false;
  return Object.fromEntries(Object.entries(roots.parts).map(([name, selector]) =>
    [name, [...root.querySelectorAll(selector)].map((each) => each.innerText.toLowerCase().match(/[\\p{L}\\p{N}’'-]+/gu).sort())]));
}"""
"""The words of each part, in any order: a form gives kinds of data in the order of their table."""


@pytest.mark.parametrize("language", ["", "es/", "pt/"])
def test_preview_is_the_page(form: Page, demo_url: str, language: str) -> None:
    """What the form shows of a notice is what its page says, in each language."""
    for path in sorted(EXAMPLES.glob("*.yml")):
        data = dict(strict_yaml.read(path.read_bytes(), path.name).data)
        if data.pop("translations", None) and language:
            continue  # its page says other words than the English file
        data.pop("updates", None)
        form.goto(f"{demo_url}{language}post/")
        form.evaluate("(data) => localStorage.setItem('noticeboard-draft /board/', JSON.stringify({ data }))", data)
        form.goto(f"{demo_url}{language}post/")
        form.wait_for_selector("[data-is-ready]")
        open_step(form, 6)
        ours = form.evaluate(WORDS_OF, {"root": "[data-preview]", "parts": PARTS})
        form.goto(f"{demo_url}{language}notices/{path.stem}/")
        theirs = form.evaluate(WORDS_OF, {"root": "article", "parts": PARTS})
        for part in PARTS:
            assert ours[part] == theirs[part], (path.stem, part)


# Adding to what is posted


@pytest.mark.parametrize(
    ("name", "kind", "status"),
    [
        ("2026-11-12-bus-routes", "update", ""),
        ("2025-01-09-powerschool", "correction", ""),
        ("2026-11-20-reading-app", "withdrawal", "withdrawn"),
        ("2026-09-22-portal-passwords", "update", "resolved"),
    ],
)
def test_addition_keeps_what_is_posted(
    form: Page, demo_url: str, name: str, kind: str, status: str, site_settings: Settings, law: Law
) -> None:
    """An update, a correction, a withdrawal and a status that moves on: all else stays, to the letter."""
    form.goto(f"{demo_url}post/?notice={name}")
    form.wait_for_selector("[data-is-ready]")
    scope = "[data-update]"
    typist = Typist(form)
    typist.enter(scope, "kind", kind)
    typist.enter(scope, "text", "We looked again.\n\n- One\n- Two")
    if status:
        typist.enter(scope, "status", status)
    form.wait_for_timeout(300)
    assert form.locator("[data-problems] .nb-post__error").all_inner_texts() == []
    old, new = (
        (EXAMPLES / f"{name}.yml").read_text("utf-8"),
        (form.text_content("[data-file]") or "").rstrip("\n") + "\n",
    )
    kept = [line for line in old.splitlines() if not (status and line.startswith("status:"))]
    rest = iter(new.splitlines())
    assert all(line in rest for line in kept), "every old line stands in its order"
    samples = site_settings.model_copy(update={"samples": True})
    source = Source(f"notices/{name}.yml", new.encode())
    checked = runner.check_files([source], runner.FileChecker(samples, law, NOW), [Source(source.file, old.encode())])
    assert not [each for each in checked.problems if each.severity == "error"], checked.problems
    added = checked.notices[name].updates
    assert added
    assert (added[-1].kind, added[-1].text.strip()) == (kind, "We looked again.\n\n- One\n- Two")
    assert checked.notices[name].status == (status or read(old, law).status)
    assert form.get_attribute("[data-open]", "href") == f"https://github.com/example/board/edit/main/notices/{name}.yml"


def test_a_correction_names_what_it_corrects(form: Page, demo_url: str) -> None:
    """The fields are asked for with a correction only, and stand in the file before the text."""
    form.goto(f"{demo_url}post/?notice=2025-01-09-powerschool")
    form.wait_for_selector("[data-is-ready]")
    asked, choice = form.locator("[data-update] [data-field=corrects]"), "[data-update] [data-field=kind] select"
    seen = {}
    for kind in ("update", "correction", "withdrawal"):
        form.select_option(choice, kind)
        form.wait_for_timeout(300)
        seen[kind] = asked.is_visible()
    assert seen == {"update": False, "correction": True, "withdrawal": False}
    form.select_option(choice, "correction")
    form.fill("[data-update] [data-field=text] textarea", "The title was wrong.")
    form.wait_for_timeout(300)
    for name in ("Title", "Español"):
        asked.get_by_label(name, exact=True).check()
    form.wait_for_timeout(300)
    file = form.text_content("[data-file]") or ""
    assert (
        "    kind: correction\n    corrects: [title, translations.es]\n    text: |\n      The title was wrong.\n"
        in file
    )
    form.select_option(choice, "update")
    form.wait_for_timeout(300)
    assert "translations.es]" not in (form.text_content("[data-file]") or "")


def test_editors_can_read_the_schemas_patterns(blank: Page) -> None:
    """Most editors are browsers inside: each pattern is a regular expression there too, in its strict form."""
    schema = (ROOT / "notices" / "notice.schema.json").read_text("utf-8")
    patterns = sorted(set(re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', schema)))
    assert len(patterns) >= 14
    for pattern in patterns:
        assert blank.evaluate("(pattern) => new RegExp(pattern, 'u').source.length", json.loads(pattern)) > 2


def test_github_gets_the_file(blank: Page) -> None:
    """The link carries name and text; a notice too long for it is copied instead."""
    from urllib.parse import parse_qs, urlsplit

    data = strict_yaml.read((EXAMPLES / "2020-09-08-ransomware.yml").read_bytes(), "x").data
    blank.evaluate(
        "(data) => localStorage.setItem('noticeboard-draft /board/', JSON.stringify({ data, name: 'ransomware' }))",
        data,
    )
    blank.reload()
    blank.wait_for_selector("[data-is-ready]")
    url = urlsplit(blank.get_attribute("[data-open]", "href") or "")
    assert (url.netloc, url.path) == ("github.com", "/example/board/new/main")
    query = parse_qs(url.query)
    assert query["filename"] == ["notices/2020-09-08-ransomware.yml"]
    assert query["value"][0].strip() == (blank.text_content("[data-file]") or "").strip()
    open_step(blank, 4)
    blank.fill("[data-step] > [data-field=what_happened] textarea", "A long text. " * 800)
    blank.wait_for_timeout(400)
    assert "value=" not in (blank.get_attribute("[data-open]", "href") or "")
    assert blank.get_attribute("[data-open]", "data-is-too-long") == "true"


def test_the_report_says_what_the_notice_answers(blank: Page) -> None:
    """What the Attorney General has asked for, in its order: in the notice, not yet, or to have ready."""

    def answers() -> dict[str, str]:
        lines = blank.locator("[data-report] li").all_text_contents()
        return dict(line.rsplit(": ", 1) for line in lines)

    before = answers()
    assert list(before) == [question for question, _ in QUESTIONS.values()]
    assert before["What happened"] == "not in the notice"
    assert before["A sample of the letter"] == "no part of a notice; have it ready"
    typist = Typist(blank)
    typist.enter(NEW, "found_by", "district")
    open_step(blank, 4)
    typist.enter(f"{NEW} section >", "what_happened", "Someone copied a list.")
    blank.wait_for_timeout(300)
    changed = {question: answer for question, answer in answers().items() if answer != before[question]}
    assert changed == {"What happened": "in the notice", "How it was discovered": "in the notice"}


@pytest.mark.parametrize(
    "data", [{"contacts": 5}, {"affected": [{"data": 5}]}, {"title": "A breach", "contacts": [None]}], ids=str
)
def test_a_draft_of_another_shape_is_set_aside(blank: Page, data: dict[str, Any]) -> None:
    """Another site on the same host, or an older form, may have left it: the form starts empty, and works."""
    blank.evaluate(
        "(data) => localStorage.setItem('noticeboard-draft /board/', JSON.stringify({ data, name: 'acme' }))",
        data,
    )
    blank.reload()
    blank.wait_for_selector("[data-is-ready]")
    assert blank.is_visible(".nb-post form")
    assert blank.evaluate("localStorage.getItem('noticeboard-draft /board/')") is None
    assert [blank.input_value(f"[data-field={name}] input") for name in ("contractor", "received")] == ["", ""]
    assert blank.input_value("[data-short-name] input") == ""
    blank.fill("[data-field=contractor] input", "A company")
    blank.wait_for_timeout(400)
    assert "A company" in (blank.text_content("[data-file]") or "")


def test_without_scripts_the_form_says_so(browser: Any, empty_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{empty_url}post/")
    assert page.locator(".nb-post").is_hidden()
    assert (
        page.locator("noscript a").get_attribute("href")
        == "https://github.com/example/board/blob/main/notices/_template.yml"
    )
    assert page.locator("noscript").is_visible()
    context.close()
