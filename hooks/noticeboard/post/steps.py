"""The steps of the form: which fields each asks for now, which can wait, and the form's own words for a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from noticeboard.i18n.catalogs import N_


@dataclass(frozen=True)
class Step:
    """One step: a page of the form."""

    key: str
    title: str
    needed: tuple[str, ...]
    """The fields that a notice needs, in their order."""
    later: tuple[str, ...]
    """The fields that can be added later."""

    @property
    def names(self) -> tuple[str, ...]:
        """All of its fields."""
        return self.needed + self.later


STEPS = (
    Step("company", N_("Company"), ("received", "contractor", "product"), ("contract", "cause", "found_by")),
    Step(
        "dates",
        N_("Dates"),
        ("discovered", "status", "posted"),
        ("occurred", "confirmed", "contained", "families_notified", "attorney_general_notified", "police_delay"),
    ),
    Step("who", N_("Who and which data"), ("affected",), ("not_involved",)),
    Step(
        "words",
        N_("In words"),
        ("title", "summary", "what_happened", "what_we_are_doing", "what_you_can_do"),
        ("more_information", "translations"),
    ),
    Step("ask", N_("Whom to ask"), ("contacts",), ("protection", "steps", "links")),
)
"""The steps with questions; the form's last step is to look at it and check it."""

COMMON_DATA = (
    "unknown", "name", "ssn", "date_of_birth", "home_address", "phone", "email", "student_id", "grades",
    "parent_contact", "health_record", "password",
)  # fmt: skip
"""The data codes that are offered first; the others are folded, and found by the search."""

QUESTIONS: Mapping[str, tuple[str, str]] = {
    "received": (
        N_("When did their notice reach you?"),
        N_("The day and the time, whether or not anyone had read it yet. For example: Nov 20 3:10 PM"),
    ),
    "contractor": (N_("Which company was it?"), N_("Its name, as families know it.")),
    "product": (N_("Which of its programs or services?"), ""),
    "discovered": (
        N_("When was it found out?"),
        N_("By the company; in our own systems, by us. A day, a month, a year, or unknown. For example: 11/16/2026"),
    ),
    "status": (N_("Where does it stand?"), ""),
    "posted": (
        N_("When does this notice go up?"),
        N_("Filled in with the present time. Change it only if that is wrong."),
    ),
    "occurred": (N_("When did it happen?"), N_("A day, a month, a year, “Nov 1 to Nov 14, 2026”, or unknown.")),
    "police_delay": (
        N_("Did police ask you to wait? From when to when?"),
        N_("For example: Nov 20 to unknown"),
    ),
    "title": (N_("Title"), N_("One line that families will understand.")),
    "summary": (N_("Summary"), N_("One or two sentences. They go on the board and into messages.")),
    "what_happened": (N_("What happened"), N_("Write your own words in place of each [BLANK].")),
}
"""Questions that the form asks in other words than the format's titles: the question, and what helps beside it."""

STARTERS: Mapping[str, Mapping[str, str]] = {
    "company": {
        "title": "Data breach at [COMPANY]",
        "summary": "[COMPANY] told us that [WHAT HAPPENED].",
        "what_happened": "[COMPANY] told us on [DATE] that [WHAT HAPPENED].",
        "what_we_are_doing": "We asked [COMPANY] [WHAT WE ASKED]. We will post what we learn on this page.",
        "what_you_can_do": "Be careful with messages about [COMPANY].\n"
        "Do not give a password or a Social Security number to anyone who calls, texts or writes to you.",
    },
    "own": {
        "title": "",
        "summary": "We found that [WHAT HAPPENED].",
        "what_happened": "On [DATE] we found that [WHAT HAPPENED].",
        "what_we_are_doing": "We [WHAT WE DID]. We will post what we learn on this page.",
        "what_you_can_do": "Be careful with messages that say they come from our schools.\n"
        "Do not give a password or a Social Security number to anyone who calls, texts or writes to you.",
    },
}
"""Sentences to begin with, for a company's breach and for the district's own; what must be filled in is a blank that
`check` refuses. A notice is written in English, so they are not translated."""

LONGEST_TEXT = 20_000
"""Characters of one text that the form still looks at; a longer one is refused before anything searches it."""
