"""The format for editors: generated from the model, and the same as what the model accepts."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from noticeboard.i18n.language import Language
from noticeboard.notice import data_codes, model
from noticeboard.outputs import json_data
from noticeboard.post.steps import STEPS
from tests.support import EXAMPLES, ROOT

SCHEMA = ROOT / "notices" / "notice.schema.json"


def test_file_is_what_the_model_gives() -> None:
    """Run `make schema` after a change of the model."""
    assert SCHEMA.read_text("utf-8") == model.schema_text(data_codes.load(), Language.available()[1:])


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
    published = {*json_data.NoticeData.model_fields, *json_data.TextData.model_fields}
    # Updates are among its events, and translations among its texts.
    assert fields - published == {"updates", "translations"}
