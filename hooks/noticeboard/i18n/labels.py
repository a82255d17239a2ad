"""What the codes of the format are called in public, for every language's catalog."""

from __future__ import annotations

from noticeboard.i18n.catalogs import N_

STATUS = {
    "investigating": N_("We are looking into it"),
    "contained": N_("Stopped"),
    "resolved": N_("Resolved"),
    "withdrawn": N_("Withdrawn"),
}
STATUS_SENTENCE = {
    "investigating": N_("We are looking into it."),
    "contained": N_("It has been stopped."),
    "resolved": N_("It is over, and our work on it is done."),
    "withdrawn": N_("This notice was withdrawn. It stays here so that its address keeps working."),
}
PEOPLE = {
    "students": N_("Students"),
    "former_students": N_("Former students"),
    "parents_guardians": N_("Parents and guardians"),
    "staff": N_("Staff"),
    "former_staff": N_("Former staff"),
    "applicants": N_("Applicants"),
    "residents": N_("Residents"),
}
PERSONS = {
    "child": N_("Your child"),
    "former_student": N_("If you were a student here"),
    "adult": N_("You"),
    "staff": N_("If you work or worked here"),
    "everyone": N_("Everyone"),
}
"""Whom advice is for; see `law.advice.PERSONS`."""
UPDATE = {
    "update": N_("Update"),
    "correction": N_("Correction"),
    "withdrawal": N_("Withdrawn"),
}
EVENT = {"posted": N_("New notice"), **UPDATE}
STARTS = {
    "discovered": N_("when the breach was discovered"),
    "received": N_("when the contractor’s notice reached the district"),
    "families_notified": N_("when the people affected were told"),
}
WEEKEND = {"Saturday": N_("Saturday"), "Sunday": N_("Sunday")}
HOLIDAYS = {
    "New Year's Day": N_("New Year’s Day"),
    "Martin Luther King Jr. Day": N_("Martin Luther King Jr. Day"),
    "Lincoln's Birthday": N_("Lincoln Day"),
    "Washington's Birthday": N_("Washington’s Birthday"),
    "Good Friday": N_("Good Friday"),
    "Memorial Day": N_("Memorial Day"),
    "Juneteenth National Independence Day": N_("Juneteenth"),
    "Independence Day": N_("Independence Day"),
    "Labor Day": N_("Labor Day"),
    "Columbus Day": N_("Columbus Day"),
    "Veterans Day": N_("Veterans’ Day"),
    "Thanksgiving Day": N_("Thanksgiving Day"),
    "Christmas Day": N_("Christmas Day"),
}

SECTION_HEADINGS = {
    "what-happened": N_("What happened"),
    "what-information": N_("What information was involved"),
    "what-we-are-doing": N_("What we are doing"),
    "what-you-can-do": N_("What you can do"),
    "more-information": N_("For more information"),
    "updates": N_("Updates"),
}
"""The sections of every notice in their order, by the ids that links name."""

PAGE_SECTIONS = ("what-you-can-do", "what-happened", "what-we-are-doing", "more-information", "what-information")
"""The sections of a notice in the order of its page: what to do before what happened, and all data last."""

SECTION_TEXTS = {
    "what-happened": "what_happened",
    "what-we-are-doing": "what_we_are_doing",
    "what-you-can-do": "what_you_can_do",
    "more-information": "more_information",
}
"""The sections that begin with a Markdown text, and its field."""

FACTS = {
    "occurred": N_("When it happened"),
    "discovered": N_("When the contractor found out"),
    "received": N_("When its notice reached us"),
    "confirmed": N_("When we knew that our data was in it"),
    "contained": N_("When it was stopped"),
    "families_notified": N_("When the people affected were told"),
    "attorney_general_notified": N_("When the Attorney General was told"),
    "police_delay": N_("When police asked us to wait"),
}
"""The dates of a breach in their order, by field."""
DISCOVERED_OWN = N_("When we found out")
"""What `discovered` is called for the district's own systems."""
