"""No message shows a Social Security number, however it is written, wherever it stands, in any format."""

from __future__ import annotations

import re

import pytest

from noticeboard.check.runner import FileChecker, Source, check_files
from noticeboard.law.statutes import Law
from noticeboard.notice.problem import as_report
from noticeboard.settings import Settings
from noticeboard.text.disguises import normalized
from tests.support import NOTICE, NOW, bent

PLAIN = "219-09-9999"
WRITTEN = {
    "plain": PLAIN,
    "en dashes": PLAIN.replace("-", "–"),
    "hyphens that don’t break": PLAIN.replace("-", "\u2011"),
    "minus signs": PLAIN.replace("-", "\u2212"),
    "full-width digits": PLAIN.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "Arabic digits": PLAIN.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    "blanks": PLAIN.replace("-", " "),
    "blanks that don’t break": PLAIN.replace("-", "\u00a0"),
    "stops": PLAIN.replace("-", "."),
    "entities": PLAIN.replace("-", "&#45;"),
    "in bold": "219-**09**-9999",
    "soft hyphens": PLAIN.replace("-", "-\u00ad"),
}

LONG = "The district learned that somebody had copied the records of a student whose number is {} and of others too. "

PLACES = {
    "title": lambda number: bent(title=f"'Breach {number}'"),
    "long title": lambda number: bent(title=f"'{'Breach ' * 6}{number} {'x' * 90}'"),
    "summary": lambda number: bent(summary=f"'SSN {number}'"),
    "status": lambda number: bent(status=f"'{number}'"),
    "a date": lambda number: bent(discovered=f"'{number}'"),
    "contractor": lambda number: bent(contractor=f"'{number}'"),
    "a code": lambda number: NOTICE.replace("[name, grades]", f"['{number}', grades]"),
    "a count": lambda number: NOTICE.replace("[name, grades]", f"[name, grades]\n    count: '{number}'"),
    "a phone": lambda number: NOTICE.replace("203-555-2368", f"'{number}'"),
    "a mail address": lambda number: NOTICE.replace("phone: 203-555-2368", f"email: '{number} at example.org'"),
    "a web address": lambda number: NOTICE.replace("phone: 203-555-2368", f"url: 'http://example.org/{number}'"),
    "a key": lambda number: NOTICE + f"'{number}': x\n",
    "a key within": lambda number: NOTICE + f"    '{number}': x\n",
    "a language": lambda number: NOTICE + f"translations:\n  '{number}':\n    title: x\n",
    "months": lambda number: NOTICE + f"protection:\n  provider: Experian\n  months: '{number}'\n",
    "a link": lambda number: NOTICE + f"links:\n  - title: '{number} https://example.org'\n    url: https://example.org/\n",
    "a hard sentence": lambda number: NOTICE.replace("  Text.", "  " + LONG.format(number) * 2, 1),
    "a comment": lambda number: NOTICE + f"# {number}\n",
    "a line that can’t be read": lambda number: NOTICE + f"x: a: {number}\n",
    "lost text": lambda number: NOTICE.replace("  Text.", f"  <b>{number}</b>", 1),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("written", WRITTEN)
def test_no_message_shows_a_number(place: str, written: str, site_settings: Settings, law: Law) -> None:
    source = Source("notices/2026-09-18-x.yml", PLACES[place](WRITTEN[written]).encode())
    problems = check_files([source], FileChecker(site_settings, law, NOW)).problems
    assert [problem for problem in problems if problem.severity == "error"]
    for output_format in ("text", "json", "github"):
        report = as_report(problems, output_format, 1)
        digits = re.sub(r"[^0-9]", "", re.sub(r":[0-9]+:[0-9]+|line.*?[0-9]+|col.*?[0-9]+", "", normalized(report)))
        # No more than two digits in a row of the number, so that none of its groups is there.
        assert "2190" not in digits, report
        assert "9999" not in digits, report
