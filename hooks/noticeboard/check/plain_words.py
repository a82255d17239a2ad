"""Plain words: warnings about texts that are hard to read, each with the sentence and a simpler pattern.

English texts only: the grade is made for English, and translations follow the English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from noticeboard.check import sentences
from noticeboard.check.context import RuleContext
from noticeboard.notice.problem import Problem, quote

MAX_GRADE = 9
MAX_WORDS = 30
"""Words in a sentence."""
MIN_WORDS = 30
"""A shorter text has no grade worth the name."""


def texts_read_easily(context: RuleContext) -> Iterator[Problem]:
    """A text reads at grade 9 or below."""
    for text in context.english:
        grade = sentences.reading_grade(text.words)
        if grade > MAX_GRADE and sum(map(sentences.word_count, text.sentences)) >= MIN_WORDS:
            hardest = max(
                text.sentences, key=lambda sentence: sentences.reading_grade([sentences.graded_words(sentence)])
            )
            words = (
                f"reads at school grade {grade:.0f}; {MAX_GRADE} or below reaches more families. The hardest "
                f"sentence is {quote(hardest, 120)}; use shorter words, and say one thing in a sentence"
            )
            yield context.problem("warning", "reading-grade", text.path, words, text.line(hardest))


def sentences_are_short(context: RuleContext) -> Iterator[Problem]:
    """A sentence has at most 30 words."""
    for text in context.english:
        for sentence, split in zip(text.sentences, text.words, strict=True):
            if len(split) > MAX_WORDS and (count := sentences.word_count(sentence)) > MAX_WORDS:
                words = (
                    f"has a sentence of {count} words: {quote(sentence, 90)}; make it two: first what happened, then "
                    "what it means"
                )
                yield context.problem("warning", "long-sentence", text.path, words, text.line(sentence))


# It begins with the capital, so that only capitals are looked at.
_ACRONYM = re.compile(r"[A-Z](?<![A-Za-z0-9&./\[-][A-Z])[A-Z]{1,5}(?=s?(?![A-Za-z0-9&/-]))")
_EXPLAINED = re.compile(r"\(([A-Z]{2,6})s?\)|([A-Z]{2,6}) \([A-Za-z]")
_KNOWN = {"US", "USA", "CT", "ET", "EST", "EDT", "AM", "PM", "ID", "IT", "TV", "FBI", "PDF", "OK", "PIN", "NY", "AT"}


def acronyms_are_explained(context: RuleContext) -> Iterator[Problem]:
    """What is written in capitals is written out once."""
    uses = [
        (text, sentence, acronym)
        for text in context.english
        for sentence in text.sentences
        for acronym in _ACRONYM.findall(sentence)
    ]
    done = _explained(context) if uses else set()
    for text, sentence, acronym in uses:
        if acronym not in done:
            done.add(acronym)
            words = (
                f"uses {acronym} without saying what it means: {quote(sentence, 90)}; write it out the first "
                f"time, like ‘Social Security number (SSN)’"
            )
            yield context.problem("warning", "acronym", text.path, words, text.line(sentence))


def _explained(context: RuleContext) -> set[str]:
    """Collect the acronyms that need no words: well known, a name, or written out somewhere."""
    names = " ".join(str(name) for name in (context.notice.contractor, context.notice.product) if name)
    names += " ".join(contact.name for contact in context.notice.contacts or [] if contact)
    explained = _EXPLAINED.findall(" ".join(text.text for text in context.english))
    return _KNOWN | set(_ACRONYM.findall(names)) | {acronym for pair in explained for acronym in pair}


_PARTICIPLE = (
    r"[a-z]+ed|taken|stolen|seen|found|sent|shown|made|told|put|kept|held|lost|given|known|written|hit|begun|done|read"
)
_PASSIVE = re.compile(
    r"(?!(?:We|You|I|Someone|Somebody|If|When|On|In|After|Before) )"
    r"(?:[A-Z][a-z’]+(?: (?!that |which |who )[a-z’-]+){0,4}) (?:was|were|(?:has|have|had) been|is being|are being) "
    rf"(?:[a-z]+ly |also |first |then )?(?:{_PARTICIPLE})(?! by\b)\b"
)


def sentences_say_who(context: RuleContext) -> Iterator[Problem]:
    """A text does not begin in the passive: readers want to know who did it."""
    for text in context.english:
        first = next(iter(text.sentences), "")
        if _PASSIVE.match(first):
            words = (
                f"begins without saying who did it: {quote(first, 90)}; begin with who, like ‘Someone copied …’ or "
                "‘We told …’"
            )
            yield context.problem("warning", "passive", text.path, words, text.line(first))
