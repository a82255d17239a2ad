"""Nothing is lost of what the guide and the breach page must say: each fact, the page that carries it, and the words.

The first column is the fact as the City's guide (G), the district's breach page (B) or the law (L) has it, in short.
What only the first district's own facts say is in test_danbury.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from noticeboard.settings import Settings
from tests.support import text

FACTS = [
    (
        "G prompt reports limit harm and keep evidence",
        "guide/",
        ["A fast report limits the harm and keeps the evidence"],
    ),
    ("G for municipal staff, businesses, residents", "guide/", ["City staff, businesses and residents"]),
    ("G covers municipal systems", "guide/who-must-report/", ["Suspected breaches of the City's own computer systems"]),
    ("G covers city vendors", "guide/who-must-report/", ["Suspected breaches at companies that work for the City"]),
    (
        "G covers what materially affects residents or services",
        "guide/who-must-report/",
        ["seriously affect the people of {city} or the City's services"],
    ),
    (
        "G private entities follow state rules",
        "guide/who-must-report/",
        ["Connecticut's rules on breach notices apply to you"],
    ),
    (
        "G private entities should tell IT or police",
        "guide/who-must-report/",
        [
            "If a City system or the data of residents is part of it, tell the City's IT department or the police too",
            "Advice, not a legal duty",
        ],
    ),
    (
        "G City IT for municipal systems",
        "guide/who-must-report/",
        ["Tell the City's Information Technology Department about any incident in a City system"],
    ),
    ("G police for potential crimes", "guide/who-must-report/", ["If it may be a crime, tell the {city} police"]),
    ("G isolate systems", "guide/first-steps/", ["Take the affected systems off the network"]),
    (
        "G keep logs, backups, timestamps, don't overwrite",
        "guide/first-steps/",
        ["Save logs, backups and the times", "Do not overwrite anything"],
    ),
    (
        "G tell City IT and police at once",
        "guide/first-steps/",
        ["Tell the right people at once", "The City's IT department", "The police, if it may be a crime"],
    ),
    (
        "G resident data: state obligations, Attorney General",
        "guide/first-steps/",
        ["follow the State's rules on notices", "The Attorney General explains them"],
    ),
    (
        "G document everything for review and legal needs",
        "guide/first-steps/",
        ["Note what you did, whom you told", "Your own review will need it, and a court or a state office may ask"],
    ),
    (
        "G no ordinance with enumerated fines",
        "guide/penalties/",
        ["no City ordinance that is just about reporting cyber incidents and lists fines"],
    ),
    (
        "G enforcement: City IT and police, state for notices",
        "guide/penalties/",
        ["The City's IT department and the police", "The Attorney General and other state offices"],
    ),
    (
        "G amounts by state law or contract",
        "guide/penalties/",
        ["The City's pages give no amounts", "state law or a contract with the City sets the amount"],
    ),
    (
        "G escalation not specified, prosecutors",
        "guide/penalties/",
        ["do not say whether a first and a second offense differ", "prosecutors decide about criminal charges"],
    ),
    (
        "G non-monetary sanctions",
        "guide/penalties/",
        ["orders", "loss of access to the City's systems", "the end of a contract", "a referral for criminal charges"],
    ),
    (
        "G appeals not specified",
        "guide/penalties/",
        ["describe no way to appeal", "turn to the department that made it, or use the City's appeal process"],
    ),
    (
        "G standard incident or police report, no own form",
        "guide/forms/",
        [
            "The City publishes no form of its own for cyber incidents",
            "a standard incident report",
            "or a police report",
        ],
    ),
    (
        "G Attorney General for templates and guidance",
        "guide/forms/",
        ["The Attorney General has a form for data breaches, and guidance on notices"],
    ),
    ("G how-to: disconnect if safe", "guide/how-to-report/", ["Disconnect them from the network if that is safe"]),
    (
        "G how-to: logs, backups, configuration, accounts",
        "guide/how-to-report/",
        ["Secure logs, backups, configuration files and the details of accounts"],
    ),
    (
        "G how-to: City IT and police at once",
        "guide/how-to-report/",
        ["Tell the City's IT department at once", "tell the {city} police at once, too"],
    ),
    (
        "G how-to: state obligations",
        "guide/how-to-report/",
        ["the Attorney General's page says who must be told and how"],
    ),
    (
        "G how-to: follow instructions, submit, retain for audits",
        "guide/how-to-report/",
        [
            "Follow the published instructions",
            "Hand in the incident report or police report",
            "Keep copies of everything: an audit may want them",
        ],
    ),
    (
        "G how-to: contract or law may ask for notices, in time",
        "guide/how-to-report/",
        ["A contract or state law may say that you must tell people and state offices", "keep to the time limits"],
    ),
    (
        "G FAQ: whom first",
        "faq/",
        [
            "Whom do I contact first about a breach of City systems?",
            "The City's IT department",
            "State rules on notices may apply too",
        ],
    ),
    (
        "G FAQ: fines",
        "faq/",
        [
            "Are there set fines for not reporting?",
            "The guide that we follow found none of the City's",
            "State law or a contract may set penalties",
        ],
    ),
    (
        "G FAQ: form",
        "faq/",
        [
            "Is there a public form for cyber incidents?",
            "The City publishes none",
            "to the City's IT department or to the police",
        ],
    ),
    ("G takeaway: report quickly", "guide/", ["Report quickly, to the City's IT department and to the police"]),
    (
        "G takeaway: evidence before repairs that alter it",
        "guide/",
        ["Save logs and backups before you repair anything that would change them"],
    ),
    (
        "G takeaway: state notices to residents",
        "guide/",
        ["State law may require you to tell the people whose data was seen or taken"],
    ),
    ("G resources: City IT", "resources/", ["City of {city}, Information Technology Department"]),
    ("G resources: police", "resources/", ["{city} Police Department"]),
    ("G resources: Attorney General", "resources/", ["Connecticut Attorney General, data breaches"]),
    ("G resources: DAS", "resources/", ["Connecticut Department of Administrative Services (DAS), statewide IT"]),
    (
        "B a general notice is posted here",
        "breach-process/",
        [
            "When {publisher} is notified of a breach that released student information, it posts a general notice on the board"
        ],
    ),
    ("B currently none", "breach-process/", ["No notices are posted, as of"]),
    (
        "B 48 hours on a contractor's notice",
        "breach-process/",
        ["48 hours", "The district’s promise", "when the contractor’s notice reached the district"],
    ),
    (
        "B students and parents or guardians",
        "breach-process/",
        ["must tell both the students and their parents or guardians, by electronic means"],
    ),
    (
        "B student information, records, generated content",
        "breach-process/",
        ["student information, student records and work that students made"],
    ),
    ("B also post on its website", "breach-process/", ["It must also post that same notice on its website"]),
    (
        "B the law now: two business days (P.A. 17-200)",
        "breach-process/",
        ["2 business days", "Conn. Gen. Stat. § 10-234dd(a)(3), as amended by P.A. 17-200 § 2", "June 30, 2017"],
    ),
    (
        "B 30 days, not directory information",
        "breach-process/",
        ["student information that is not directory information", "30 calendar days"],
    ),
    (
        "B 30 days: without unreasonable delay, no later than",
        "breach-process/",
        ["without unreasonable delay, and no later than 30 calendar days"],
    ),
    (
        "B window: investigate scope and identity",
        "breach-process/",
        ["find out how much got out, and which students it is about"],
    ),
    ("B window: restore the system", "breach-process/", ["make its system safe again"]),
    (
        "B 60 days: directory information, records, content",
        "breach-process/",
        [
            "This limit is for directory information, student records and work that students made",
            "no later than 60 calendar days",
        ],
    ),
    (
        "L § 10-234dd(a)(3): no time for the posting, and none for keeping it",
        "breach-process/",
        [
            "sets no time for the posting, and does not say how long the notice must stay",
            "comes from us, and not from the law",
        ],
    ),
    (
        "L § 10-234dd(b): an operator without a contract",
        "breach-process/",
        ["must tell the student, or the parents or guardians, itself", "no later than 30 calendar days or 60 calendar"],
    ),
    (
        "L § 36a-701b(a): credentials",
        "breach-process/",
        ["a user name or e-mail address, together with a password or a security question and answer"],
    ),
    (
        "L § 36a-701b(b): who, the harm test, identity protection",
        "breach-process/",
        [
            "owns, licenses or maintains the data",
            "reasonably finds that harm is not likely (§ 36a-701b(b)(1))",
            "free identity protection for at least 2 years",
            "how to enroll, and how to place a credit freeze",
        ],
    ),
    (
        "L § 36a-701b(d): police may ask to wait, in this law only",
        "breach-process/",
        ["the notice must wait for a reasonable time (§ 36a-701b(d))", "The law on student data has no such delay"],
    ),
    (
        "L § 36a-701b(e): substitute notice",
        "breach-process/",
        ["a cost above $250,000, more than 500,000 people to tell, or too few contact details"],
    ),
    (
        "L business days are our reading",
        "breach-process/",
        ["Business days are not defined in § 10-234dd. Our reading: Monday to Friday without the legal holidays"],
    ),
    (
        "L § 10-234bb(g): contracts",
        "breach-process/",
        ["a website with information on all its contracts", "no later than five business days", "September 1"],
    ),
    (
        "L FERPA and COPPA",
        "breach-process/",
        ["requires no notice of a breach", "keep a record of what was disclosed (34 CFR 99.32)", "not the district"],
    ),
    ("L which text was read", "breach-process/", ["Justia's copy, which has the sessions up to 2024"]),
    (
        "L §§ 36a-701, 36a-701a: a child's freeze",
        "faq/",
        ["a child under 16, and it costs nothing", "makes one and freezes it", "no later than five business days"],
    ),
    (
        "L §§ 36a-701b(j), 42-110o(b): penalties",
        "guide/penalties/",
        ["counts as an unfair trade practice", "up to $5,000 for each violation (§ 42-110o(b))"],
    ),
    (
        "L the Attorney General's form",
        "guide/how-to-report/",
        ["prefers to get first reports through its form. It is not the only way", "has asked for", "cannot be saved"],
    ),
]


@pytest.mark.parametrize(("address", "words"), [fact[1:] for fact in FACTS], ids=[fact[0] for fact in FACTS])
def test_fact(address: str, words: list[str], empty: Path, site_settings: Settings) -> None:
    carried = text(empty, address)
    assert [said for said in map(site_settings.filled, words) if said not in carried] == []
