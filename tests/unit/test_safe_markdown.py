"""A notice's Markdown: what survives, what is named as lost, and that nothing hostile comes through."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticeboard.text import safe_markdown
from tests.support import MARKDOWN_TAGS

GOOD = """\
First paragraph with *emphasis*, **strong** and [a link](https://example.org/a "title").
Write to [us](mailto:privacy@example.org) or [call](tel:+1-203-555-0100).

- one
- two
  1. deep

### Heading

| a | b |
|---|:-:|
| 1 | 2 |

See [the rules][rules]. 5 < 6 & 7 © <https://example.org/>

[rules]: https://example.org/rules
"""


def test_what_is_allowed_loses_nothing() -> None:
    assert safe_markdown.unsupported_markup(GOOD) == []
    made = safe_markdown.html(GOOD)
    for part in (
        "<em>emphasis</em>",
        "<strong>strong</strong>",
        '<a href="https://example.org/a" title="title">',
        "<li>two",
        "<ol>",
        "<h3>Heading</h3>",
        "<td>2</td>",
        'href="tel:+1-203-555-0100"',
        'href="mailto:privacy@example.org"',
        'href="https://example.org/rules"',
        "5 &lt; 6 &amp; 7 ©",
    ):
        assert part in made


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("# a", "a heading of the first two levels"),
        ("a\n===", "a heading of the first two levels"),
        ("a\n---", "a heading of the first two levels"),
        ("<b>a</b>", "an HTML tag or comment"),
        ("<!-- a -->", "an HTML tag or comment"),
        ("<div onclick=x>\na\n</div>", "an HTML tag or comment"),
        ("![a](https://example.org/a.png)", "a picture"),
        ("`a`", "code in backticks"),
        ("```\na\n```", "a block of code"),
        ("    a", "a line indented by four"),
        ("> a", "a quote"),
        ("a\n\n***\n\nb", "a line of dashes"),
        ("[a](http://example.org)", "a link to an http address"),
        ("[a](/b)", "a link that is not a whole https address"),
        ("[a](b.html)", "a link that is not a whole https address"),
        ("[a](javascript:alert(1))", "a link that is not a whole https address"),
        ("[a](JaVaScRiPt:alert(1))", "a link that is not a whole https address"),
        ("[a](data:text/html,x)", "a link that is not a whole https address"),
        ("[a](https://example.org@evil.example)", "a https link that is not well formed"),
        ("[a](https://xn--80ak6aa92e.com)", "a link to a site whose name has other signs"),
        ("[a][b]\n\n[b]: https://еxperian.com", "a link to a site whose name has other signs"),
        ("[https://ed.gov](https://ed.gov.evil.ru)", "a link whose words name another address (https://ed.gov)"),
        ("[**ed**.gov][b]\n\n[b]: https://ed.org", "a link whose words name another address (ed.gov)"),
        ("[a@ed.gov](mailto:b@ed.gov)", "a link whose words name another address (a@ed.gov)"),
        ("[ ](https://ed.gov)", "a link without words"),
        ("[…](https://ed.gov)", "a link without words"),
        ("[a](mailto:x)", "a mailto link that is not well formed"),
        ("a {: onclick=x }", "attributes in braces"),
        ('--8<-- "x"', "a snippet mark"),
        ("a[^1]\n\n[^1]: b", "a footnote mark"),
        ("[a]: https://example.org", "the address of a link that is not used"),
        ("a &#x202e; b", "a sign that turns the direction"),
        ("| a | b |\n|---|---|\n| 1 | 2 | 300 people |", "words that would not show (300 people)"),
        ("- - - - - - - - - - - - secret word", "lists or emphasis more than 10 deep"),
        ("*a **b " * 6 + "c" + "** d*" * 6, "lists or emphasis more than 10 deep"),
        ("|a" * 150 + "\n" + "|-" * 150 + "\n|b" * 20, "more marks than letters"),
        ("text\na | b\n---|---\n1 | 2", "a table that would not show as one"),
        ("[a][x]\n\n[x]: https://a.org\n[x]: https://second.org", "words that would not show (second)"),
    ],
)
def test_losses(text: str, lost: str) -> None:
    assert any(loss.what.startswith(lost) for loss in safe_markdown.unsupported_markup(text)), (
        safe_markdown.unsupported_markup(text)
    )


def test_losses_know_their_lines() -> None:
    found = safe_markdown.unsupported_markup("fine\n\nalso `fine`\nand <b>\n\n> quote\n")
    assert [(loss.line, loss.what[:9]) for loss in found] == [(2, "code in b"), (3, "an HTML t"), (5, "a quote (")]


def test_losses_know_their_lines_beside_letters_of_more_than_a_byte() -> None:
    found = safe_markdown.unsupported_markup(
        "ééé 😀\r\nó <b>\n\n“[a](http://example.org)”\n\n[ü]: https://example.org\n"
    )
    assert [(loss.line, loss.what[:9]) for loss in found] == [(1, "an HTML t"), (3, "a link to"), (5, "the addre")]


def test_a_text_full_of_losses_names_the_first() -> None:
    """It would keep the check busy, and nobody reads on."""
    found = safe_markdown.unsupported_markup("".join(f"[a{number}]: x\n" for number in range(5_000)))
    assert [loss.line for loss in found] == list(range(safe_markdown.MAX_PROBLEMS))


def test_labels_differ_in_case_and_blanks() -> None:
    assert safe_markdown.unsupported_markup("[a][The\nrules]\n\n[the  RULES]: https://example.org") == []


def test_what_is_no_text_does_not_raise() -> None:
    text = "a\ud800 \x00 `b`"
    assert safe_markdown.unsupported_markup(text)
    assert safe_markdown.html(text) == "<p>a\ufffd \ufffd b</p>"
    assert safe_markdown.plain(text) == "a\ufffd \ufffd"


HOSTILE = st.lists(
    st.sampled_from(
        [
            "<script>",
            "</script>",
            "<img src=x onerror=",
            "alert(1)",
            ">",
            "[x](",
            "javascript:",
            ")",
            "\n",
            "\n\n",
            "`",
            "<svg/onload=",
            "&#106;",
            "data:text/html,",
            '"',
            "'",
            "<!--",
            "-->",
            "<a href=",
            "](",
            "![",
            "| a |",
            "|---|",
            "{: onload=x }",
            "- ",
            "    ",
            "<style>",
            "<math>",
            "&lt;",
            "\x00",
            "<iframe src=",
            "](https://a.org/",
            " onmouseover=x",
        ]
    ),
    max_size=14,
).map("".join)


@given(HOSTILE)
def test_no_active_content_comes_through(text: str) -> None:
    """Whatever is written: only the tags on the list, only their attributes, only links that may be followed."""
    safe_markdown.unsupported_markup(text)
    tree = html5lib.parseFragment(safe_markdown.html(text), namespaceHTMLElements=False)
    for element in tree.iter():
        if element is tree:
            continue
        assert element.tag in MARKDOWN_TAGS
        assert set(element.attrib) <= {"href", "title", "start"}
        assert element.attrib.get("href", "https://").startswith(("https://", "mailto:", "tel:"))


@given(st.text(max_size=200))
def test_any_text_is_rendered(text: str) -> None:
    safe_markdown.html(text)
    safe_markdown.plain(text)
    safe_markdown.unsupported_markup(text)
