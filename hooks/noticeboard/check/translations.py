"""What must hold between a notice and its translations: one generator a rule, its docstring is the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from noticeboard.check.context import RuleContext
from noticeboard.i18n.catalogs import SOURCE
from noticeboard.notice.model import TEXTS
from noticeboard.notice.problem import Problem
from noticeboard.notice.strict_yaml import Path


def active_notice_in_each_language(context: RuleContext) -> Iterator[Problem]:
    """While a notice is active, every reader should have it in their language."""
    notice = context.notice
    # A translation that could not be read has its own errors already.
    if not notice.status or not notice.is_active or context.is_template:
        return
    translations = context.document.data.get("translations") or {}
    lacking = [
        language
        for language in context.settings.languages
        if language != SOURCE and isinstance(translations, dict) and language not in translations
    ]
    if lacking:
        message = (
            f"should have {' and '.join(lacking)} too while the notice is active; till then readers get the English"
        )
        yield context.problem("warning", "translation-missing", ("translations",), message)


def translations_are_not_older(context: RuleContext) -> Iterator[Problem]:
    """A translation was compared with the English after its last update."""
    for language, translation in (context.notice.translations or {}).items():
        reviewed = translation.reviewed
        if reviewed is None or reviewed.last is None:
            continue
        updates = [update.at for update in context.notice.updates or [] if update]
        newer = [at.text for at in updates if at.instant > reviewed.last]
        if newer:
            message = f"is {reviewed.text}, but the English has news of {newer[-1]}; compare both, and set the day anew"
            yield context.problem("warning", "translation-older", ("translations", language, "reviewed"), message)


def translations_keep_facts(context: RuleContext) -> Iterator[Problem]:
    """A translation has the numbers, phones and links of its English."""
    for language, translation in (context.notice.translations or {}).items():
        for path, english, translated in _pairs(context.notice, translation, ("translations", language)):
            ours, theirs = _facts(english), _facts(translated)
            lacking, more = sorted(ours - theirs), sorted(theirs - ours)
            if lacking or more:
                differences = [f"lacks {', '.join(lacking)}"] if lacking else []
                differences += [f"has {', '.join(more)} more"] if more else []
                found = " and ".join(differences)
                message = f"should have the numbers and links of the English, but {found}; check the facts"
                yield context.problem("warning", "translation-facts", path, message)


def _pairs(notice: Any, translation: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    for name in ("title", "summary", *TEXTS):
        pair = getattr(notice, name), getattr(translation, name)
        if all(pair):
            yield (*path, name), *pair
    lists = {
        "cohort": [group.cohort if group else None for group in notice.affected or []],
        "steps": [step.do if step else None for step in notice.steps or []],
        "updates": [update.text if update else None for update in notice.updates or []],
        "contact_hours": [contact.hours if contact else None for contact in notice.contacts or []],
    }
    for name, english_items in lists.items():
        for index, translated in enumerate(getattr(translation, name) or []):
            english = english_items[index] if index < len(english_items) else None
            if translated and english:
                yield (*path, name, index), english, translated


# One set of characters to begin with, so that the search passes over all others quickly.
_FACT = re.compile(r"[h0-9](?:(?<=h)ttps://[^\s)>\]]+|(?<=[0-9])[0-9]*(?:[.,][0-9]{3})*(?:-[0-9]+)*)")


def _facts(text: str) -> set[str]:
    """Collect the links, and the numbers without the marks that languages set between thousands."""
    return {fact if fact.startswith("https") else re.sub(r"[.,]", "", fact) for fact in _FACT.findall(text)}
