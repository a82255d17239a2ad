"""Make many seeded notices of some two kilobytes each, for measuring; never into notices/.

python -m tests.tools.bench.made_notices FOLDER [COUNT]
"""

from __future__ import annotations

import random
import sys
from datetime import datetime, timedelta
from pathlib import Path

from noticeboard.notice import writer

FIRST, LAST = datetime(2017, 1, 9), datetime(2026, 11, 18)
ACTIVE = 12
"""How many of the newest are not resolved: even a large office has a few at a time."""

COMPANIES = [f"Example {name}" for name in (
    "Learning", "Lunch Accounts", "Bus Routes", "Reading", "Rosters", "Tests", "Portals", "Photos", "Payroll", "Alerts",
    "Libraries", "Health Forms", "Surveys", "Storage", "Calendars", "Tutors",
)]  # fmt: skip
SCHOOLS = [f"{name} School" for name in (
    "North", "South", "East", "West", "Hill", "Lake", "Park", "River", "Valley", "Harbor", "Meadow", "Bridge",
    "Orchard", "Summit", "Mill", "Garden", "Forest", "Market", "Spring", "Stone",
)]  # fmt: skip
DATA = [
    "name",
    "grades",
    "email",
    "date_of_birth",
    "student_id",
    "home_address",
    "phone",
    "meal_purchases",
    "health_record",
    "ssn",
]
SENTENCES = (
    "The company found that someone had signed in to its system with a copied password.",
    "We asked the company which records were copied, and for which of our schools.",
    "Records of students who left our schools may be part of it.",
    "Nothing shows that anybody has used the records so far.",
    "The company shut the account that was misused and changed its keys.",
    "Our technology office went through the sign-in lists of the past months.",
    "We will post here what we learn, and the date when we learn it.",
    "You can ask the office below whether your child is part of it.",
    "Be careful with messages that say they come from our schools or from the company.",
    "Choose a new password, and do not use it anywhere else.",
    "Look at the bills of your health plan for visits that did not happen.",
    "We told the state on the same day as the families.",
)  # fmt: skip
SPANISH = ("La empresa nos avisó de que alguien copió datos.", "Pregunte a la oficina si tiene dudas.")
PORTUGUESE = ("A empresa nos avisou de que alguém copiou dados.", "Pergunte ao escritório se tiver dúvidas.")


def text(rng: random.Random, sentences: tuple[str, ...], paragraphs: int) -> str:
    made = [" ".join(rng.sample(sentences, min(3, len(sentences)))) for _ in range(paragraphs)]
    made.insert(1, "- " + "\n- ".join(rng.sample(sentences, 2)))
    return "\n\n".join(made) + "\n"


def notice(rng: random.Random, posted: datetime, is_active: bool) -> dict[str, object]:
    company = rng.choice(COMPANIES)
    received = posted - timedelta(hours=rng.randint(2, 40))
    found = received - timedelta(days=rng.randint(1, 25))
    data = rng.sample(DATA, rng.randint(2, 5))
    made: dict[str, object] = {
        "title": f"{company}: records of {found:%B %Y}",
        "status": "investigating" if is_active else "resolved",
        "summary": f"{company} told us that someone copied records of our schools from its system.",
        "contractor": company,
        "product": f"{company} Suite",
        "occurred": f"{found - timedelta(days=9):%Y-%m-%d} to {found:%Y-%m-%d}",
        "discovered": f"{found:%Y-%m-%d}",
        "received": f"{received:%Y-%m-%d} 10:30",
        "families_notified": f"{posted:%Y-%m-%d} 14:00",
        "attorney_general_notified": f"{posted:%Y-%m-%d}",
        "posted": f"{posted:%Y-%m-%d %H:%M}",
        "affected": [
            {"who": "students", "schools": rng.sample(SCHOOLS, 3), "data": data, "count": str(rng.randint(40, 9000))},
            {"who": "parents_guardians", "schools": "all", "data": ["name", "email"]},
        ],
        "not_involved": ["payment_card"],
        "what_happened": text(rng, SENTENCES, 2),
        "what_we_are_doing": text(rng, SENTENCES, 1),
        "what_you_can_do": text(rng, SENTENCES, 1),
        "protection": {"provider": "Example Protection", "months": "24", "url": "https://protection.k12.ct.us/enroll"},
        "steps": [{"do": "Change the password of your account", "url": "https://portal.k12.ct.us/account"}],
        "contacts": [{"name": "Data privacy office", "phone": "203-790-2805"}],
    }
    if not is_active or rng.random() < 0.5:
        at = posted + timedelta(days=1)
        made["updates"] = [{"at": f"{at:%Y-%m-%d} 09:00", "kind": "update", "text": rng.choice(SENTENCES) + "\n"}]
    if rng.random() < 0.25:
        told = {"es": ("Copia de datos", SPANISH), "pt-BR": ("Cópia de dados", PORTUGUESE)}
        made["translations"] = {
            code: {
                "title": f"{title}: {company}",
                "summary": sentences[0],
                "what_happened": text(rng, sentences, 1),
                "what_we_are_doing": text(rng, sentences, 1),
                "what_you_can_do": text(rng, sentences, 1),
            }
            for code, (title, sentences) in told.items()
        }
    return made


def write(folder: Path, count: int, seed: int = 20261122) -> None:
    """Write so many notices; the first ones are the same whatever the count."""
    folder.mkdir(parents=True, exist_ok=True)
    span = (LAST - FIRST) / max(count, 1)
    for number in range(count):
        rng = random.Random(f"{seed}:{number}")
        posted = (FIRST + span * (number + 1)).replace(hour=15, minute=rng.randrange(60), second=0, microsecond=0)
        made = notice(rng, posted, count - number <= ACTIVE)
        (folder / f"{posted:%Y-%m-%d}-case-{number:05}.yml").write_text(writer.text(made), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
