"""Templates: compiled once, and each language says its own sentences."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import jinja2

from noticeboard.i18n.language import Language
from noticeboard.render import environment

ZONE = ZoneInfo("America/New_York")
TEMPLATE = (
    '{{ _("Print") }} · {% trans name="notices.json" %}The fields of {{ name }}{% endtrans %} · '
    "{% trans code=code %}Code: <strong>{{ code }}</strong>{% endtrans %} · {{ code }} · {{ code | safe }}"
)


def rendered(language: str, template: str, **values: object) -> str:
    templates = environment.template_environment(Language(language, ZONE))
    templates.loader = jinja2.DictLoader({"test.html": template})
    return templates.get_template("test.html").render(values)


def test_each_language_says_its_own() -> None:
    """Also where all of a sentence's values stand in the template, so that it could be filled in but once."""
    assert [rendered(code, TEMPLATE, code="<b>") for code in ("en", "es", "en")] == [
        "Print · The fields of notices.json · Code: <strong>&lt;b&gt;</strong> · &lt;b&gt; · <b>",
        "Imprimir · Los campos de notices.json · Code: <strong>&lt;b&gt;</strong> · &lt;b&gt; · <b>",
        "Print · The fields of notices.json · Code: <strong>&lt;b&gt;</strong> · &lt;b&gt; · <b>",
    ]


def test_a_changed_template_is_compiled_anew() -> None:
    """While the site is served, somebody works on its templates."""
    assert [rendered("en", text) for text in ("one", "two", "one")] == ["one", "two", "one"]
