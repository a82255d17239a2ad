"""The format for editors: generated from the model, and the same as what the model accepts."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from noticeboard.check import runner
from noticeboard.check.runner import Source
from noticeboard.i18n.language import Language
from noticeboard.law.statutes import Law
from noticeboard.notice import data_codes, model
from noticeboard.notice.problem import errors
from noticeboard.outputs import json_data
from noticeboard.post.steps import STEPS
from noticeboard.settings import Settings
from tests.support import EXAMPLES, NOW, ROOT, bent

SCHEMA = ROOT / "notices" / "notice.schema.json"
CASES = ROOT / "tests" / "cases"


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def test_file_is_what_the_model_gives() -> None:
    """Run `make schema` after a change of the model."""
    assert SCHEMA.read_text("utf-8") == model.schema_text(data_codes.names(), Language.available()[1:])


def as_text(value: object) -> object:
    """Read a notice as an editor does: dates as text, numbers as numbers."""
    return yaml.load(value, Loader=_Loader)


class _Loader(yaml.SafeLoader):
    pass


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize(
    "path", [*sorted(EXAMPLES.glob("*.yml")), ROOT / "notices" / "_template.yml"], ids=lambda path: path.stem
)
def test_samples_and_template_fit(path: Path) -> None:
    jsonschema.validate(as_text(path.read_text("utf-8")), json.loads(SCHEMA.read_text("utf-8")))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "open"),
        ("titel", "x"),
        ("affected", []),
        ("contacts", "Office"),
        ("posted", "Sept 14"),
        ("translations", {"xx": {"title": "x"}}),
    ],
)
def test_wrong_notice_does_not(field: str, value: object) -> None:
    sample = as_text((EXAMPLES / "2020-09-08-ransomware.yml").read_text("utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(sample | {field: value}, json.loads(SCHEMA.read_text("utf-8")))


BEYOND_A_SCHEMA = {
    "clock-changes": "which nights the clocks change",
    "date-order": "which of two dates is earlier",
    "dates-out-of-order-around-a-partial-one": "which of two dates is earlier",
    "told-too-soon": "which of two dates is earlier",
    "updates-out-of-order-around-a-day": "which of two dates is earlier",
    "future": "what time it is",
    "police-delay-in-the-future": "what time it is",
    "directive": "what is not in the data",
    "duplicate-keys": "what is not in the data",
    "hidden-in-a-links-title": "what Markdown makes of a text",
    "markdown": "what Markdown makes of a text",
    "table-loses-a-cell": "what Markdown makes of a text",
    "last-day-in-words": "words that are a date",
}
"""Wrong notices that no schema can refuse, and what it would have to know."""
STOPPED = [case for case in sorted(CASES.glob("*.yml")) if ": error: " in case.with_suffix(".txt").read_text("utf-8")]


@pytest.mark.parametrize("case", STOPPED, ids=lambda path: path.stem)
def test_the_schema_stops_what_a_schema_can(case: Path, validator: jsonschema.Draft202012Validator) -> None:
    try:
        is_refused = not validator.is_valid(as_text(case.read_text("utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError):
        is_refused = True
    assert is_refused is (case.stem not in BEYOND_A_SCHEMA)


FIELDS: list[tuple[str, list[str], list[str]]] = [
    ("title", ["Breach", "'2024'", "Ñ", "|\n  One line"], ["''", "'—'", "|\n  Two\n  lines", f"{'x' * 101}", '"A\\u202eB"', "[a]"]),
    ("summary", ["Words.", "|\n  Two\n  lines."], ["''", "'…'", f"{'x' * 281}", "{a: b}"]),
    ("contractor", ["Company", "none", "Nonesuch", "Nano"], ["None", "n/a", "' no '", "NONE.", "ourselves", "''"]),
    ("product", ["SIS"], ["|\n  Two\n  lines", f"{'x' * 501}"]),
    ("contract", ["https://example.org/a?b#c", "https://example.org"], ["http://example.org/", "https://exa mple.org/", "https://a@example.org/", "https://xn--80ak6aa92e.com/", "https://exämple.org/", "example.org", "https://localhost/", "https://example.org:0/"]),
    ("cause", ["phishing"], ["Phishing", "fire"]),
    ("discovered", ["2026-09-14", "2026-09", "2026", "unknown", "2026-09-01 to 2026-09-14", "2026-09-14 10:00", "2024-02-29"], ["2026-9-14", "2026-13-01", "2026-02-30", "2025-02-29", "1899", "2026-09-31", "2026-09-14 24:00", "9/14/2026", "2026-09-14 to", "unknown to 2026-09-14", "yesterday"]),
    ("received", ["2026-09-18 15:40", "2026-09-18", "2026-09-18T15:40:00Z", "2026-09-18 15:40 -05:00"], ["2026-09", "unknown", "2026-09-18 3:40 pm", "2026-09-18 15:60", "2026-09-18 15:40 -15:00", "~"]),
    ("police_delay", ["2026-09-18 to unknown", "2026-09-18 to 2026-10-01"], ["2026-09-18", "unknown to 2026-09-18", "2026-09-18 to soon"]),
    ("affected", ["[{who: students, data: [name]}]", "[{who: students, data: [name], count: 11250}]", "[{who: students, data: [unknown], count: fewer than 10}]", "[{who: students, data: [name], count: '010'}]", "[{who: students, data: [name], schools: all}]"], ["[]", "[{who: students, data: []}]", "[{who: pupils, data: [name]}]", "[{who: students, data: [name, name]}]", "[{who: students, data: [unknown, name]}]", "[{who: students, data: [name], count: 9}]", "[{who: students, data: [name], count: about 50}]", "[{who: students, data: [name], count: '09'}]", "[{who: students, data: [name], count: 123456789}]", "[{who: students, data: [name], schools: []}]", "[{who: students, data: [name], schools: some}]", "[{who: students, data: [name], schools: ['']}]", "[{data: [name]}]"]),
    ("not_involved", ["[payment_card]", "~"], ["[unknown]", "[other]", "[payment_card, payment_card]", "payment_card"]),
    ("what_happened", ["Text."], ["''", "'  '", '"A\\u200bB"']),
    ("protection", ["{provider: A, months: 24}", "{provider: A, months: '024', enroll_by: 90 days from your letter}", "{provider: A, months: 1, enroll_by: 2026-12-31 17:00}"], ["{provider: A, months: two}", "{provider: A, months: 0}", "{provider: A, months: 241}", "{provider: A, months: 24 months}", "{provider: A, months: '0'}", "{months: 24}", "{provider: A, months: 24, enroll_by: 2026-13-01}", "{provider: A, months: 24, enroll_by: 12/31/2026}", "{provider: A, months: 24, enroll_by: ''}"]),
    ("steps", ["[{do: Change it, by: 2026-12-31}]"], ["[{by: 2026-12-31}]", "[{do: Change it, by: soon}]", "[Change it]"]),
    ("contacts", ["[{name: A, phone: 203-555-2368}]", "[{name: A, phone: (203) 555-2368 ext. 12}]", "[{name: A, phone: 1-800-FLOWERS}]", "[{name: A, email: a.b@example.org}]", "[{name: A, url: 'https://example.org/'}]"], ["[{name: A}]", "[{phone: 203-555-2368}]", "[{name: A, phone: call us}]", "[{name: A, phone: 203-555-2368 or 203-555-2369}]", "[{name: A, phone: '12'}]", "[{name: A, email: a at example.org}]", "[{name: A, email: a@example}]", "[{name: A, phone: 203-555-2368, fax: 203-555-2369}]"]),
    ("links", ["[{title: A, url: 'https://example.org/'}]"], ["[{title: A}]", "[{title: A, url: 'ftp://example.org/'}]"]),
    ("updates", ["[{at: 2026-09-20, kind: update, text: A.}]", "[{at: 2026-09-20, kind: correction, text: A., corrects: [title, translations.es]}]"], ["[{at: 2026-09, kind: update, text: A.}]", "[{at: 2026-09-20, kind: news, text: A.}]", "[{at: 2026-09-20, kind: update, text: A., corrects: [title]}]", "[{at: 2026-09-20, kind: correction, text: A., corrects: []}]", "[{at: 2026-09-20, kind: correction, text: A., corrects: [posted]}]", "[{at: 2026-09-20, kind: correction, text: A., corrects: [title, title]}]", "[{at: 2026-09-20, kind: update, text: ''}]"]),
    ("translations", ["{es: {title: Robo, reviewed: 2026-09-20}}"], ["{fr: {title: Vol}}", "{es: {titel: Robo}}", "{es: {reviewed: soon}}", "{es: {title: ''}}"]),
    ("status", ["contained"], ["withdrawn", "open"]),
]  # fmt: skip


@pytest.mark.parametrize(("field", "good", "bad"), FIELDS, ids=[row[0] for row in FIELDS])
def test_the_schema_is_as_strict_as_the_check(
    field: str, good: list[str], bad: list[str], validator: jsonschema.Draft202012Validator, law: Law, site_settings: Settings
) -> None:  # fmt: skip
    """Each value is right for both, or for neither."""
    checker = runner.FileChecker(site_settings, law, NOW)

    def verdicts(value: str) -> tuple[bool, bool]:
        text = bent(**{field: value})
        checked = runner.check_files([Source("notices/2026-09-18-company.yml", text.encode())], checker)
        return not errors(checked.problems), validator.is_valid(as_text(text))

    assert {value: verdicts(value) for value in good} == dict.fromkeys(good, (True, True))
    assert {value: verdicts(value) for value in bad} == dict.fromkeys(bad, (False, False))


def test_every_field_is_explained() -> None:
    """An editor shows a title, a description and, for what is one line, an example."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    parts = {"affected", "protection", "steps", "contacts", "links", "updates", "translations"}
    for part in [schema, *schema["$defs"].values()]:
        for name, field in part.get("properties", {}).items():
            assert field.get("title"), name
            assert field.get("description"), name
            is_text = "markdown" in json.dumps(field) or part.get("title") == "Translation"
            assert field.get("examples") or name in parts or is_text, name
            assert field["title"] != name.replace("_", " ").title() or " " not in field["title"], name


def test_every_code_is_explained() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    data = schema["$defs"]["Group"]["properties"]["data"]["items"]
    assert dict(zip(data["enum"], data["enumDescriptions"], strict=True))["ssn"] == "Social Security number"


def test_every_field_has_its_place() -> None:
    """The form and `noticeboard new` ask for it, and the open data hold it."""
    fields = set(model.Notice.model_fields)
    assert {name for step in STEPS for name in step.names} == fields - {"updates"}
    published = {*json_data.fields(json_data.NoticeData), *json_data.fields(json_data.TextData)}
    # Updates are among its events, and translations among its texts.
    assert fields - published == {"updates", "translations"}
