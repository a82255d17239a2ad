"""Plain words: warnings about texts that are hard to read, each with the sentence and a simpler pattern.

English texts only: the grade is made for English, and translations follow the English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from noticeboard.check import reading_grade, sentences
from noticeboard.check.context import NoticeFile
from noticeboard.notice.problem import Problem, quoted

HIGHEST_GRADE = 9
LONGEST_SENTENCE = 30
"""Words in a sentence."""
FEWEST_WORDS = 30
"""A shorter text has no grade worth the name."""


def texts_read_easily(file: NoticeFile) -> Iterator[Problem]:
    """A text reads at grade 9 or below."""
    for text in file.english:
        grade = reading_grade.of(text.words)
        if grade > HIGHEST_GRADE and sum(map(sentences.count, text.sentences)) >= FEWEST_WORDS:
            hardest = max(text.sentences, key=lambda each: reading_grade.of([reading_grade.words(each)]))
            words = (
                f"reads at school grade {grade:.0f}; {HIGHEST_GRADE} or below reaches more families. The hardest "
                f"sentence is {quoted(hardest, 120)}; use shorter words, and say one thing in a sentence"
            )
            yield file.problem("warning", "reading-grade", text.path, words, text.line(hardest))


def sentences_are_short(file: NoticeFile) -> Iterator[Problem]:
    """A sentence has at most 30 words."""
    for text in file.english:
        for sentence, split in zip(text.sentences, text.words, strict=True):
            if len(split) > LONGEST_SENTENCE and (count := sentences.count(sentence)) > LONGEST_SENTENCE:
                words = (
                    f"has a sentence of {count} words: {quoted(sentence, 90)}; make it two: first what happened, then "
                    "what it means"
                )
                yield file.problem("warning", "long-sentence", text.path, words, text.line(sentence))


# It begins with the capital, so that only capitals are looked at.
_ACRONYM = re.compile(r"[A-Z](?<![A-Za-z0-9&./\[-][A-Z])[A-Z]{1,5}(?=s?(?![A-Za-z0-9&/-]))")
_EXPLAINED = re.compile(r"\(([A-Z]{2,6})s?\)|([A-Z]{2,6}) \([A-Za-z]")
_KNOWN = {"US", "USA", "CT", "ET", "EST", "EDT", "AM", "PM", "ID", "IT", "TV", "FBI", "PDF", "OK", "PIN", "NY", "AT"}


def acronyms_are_explained(file: NoticeFile) -> Iterator[Problem]:
    """What is written in capitals is written out once."""
    uses = [
        (text, sentence, acronym)
        for text in file.english
        for sentence in text.sentences
        for acronym in _ACRONYM.findall(sentence)
    ]
    done = _explained(file) if uses else set()
    for text, sentence, acronym in uses:
        if acronym not in done:
            done.add(acronym)
            words = (
                f"uses {acronym} without saying what it means: {quoted(sentence, 90)}; write it out the first "
                f"time, like ‘Social Security number (SSN)’"
            )
            yield file.problem("warning", "acronym", text.path, words, text.line(sentence))


def _explained(file: NoticeFile) -> set[str]:
    """Collect the acronyms that need no words: well known, a name, or written out somewhere."""
    names = " ".join(str(each) for each in (file.notice.contractor, file.notice.product) if each)
    names += " ".join(each.name for each in file.notice.contacts or [] if each)
    found = _EXPLAINED.findall(" ".join(each.text for each in file.english))
    return _KNOWN | set(_ACRONYM.findall(names)) | {each for pair in found for each in pair}


_PARTICIPLE = (
    r"[a-z]+ed|taken|stolen|seen|found|sent|shown|made|told|put|kept|held|lost|given|known|written|hit|begun|done|read"
)
_PASSIVE = re.compile(
    r"(?!(?:We|You|I|Someone|Somebody|If|When|On|In|After|Before) )"
    r"(?:[A-Z][a-z’]+(?: (?!that |which |who )[a-z’-]+){0,4}) (?:was|were|(?:has|have|had) been|is being|are being) "
    rf"(?:[a-z]+ly |also |first |then )?(?:{_PARTICIPLE})(?! by\b)\b"
)


def sentences_say_who(file: NoticeFile) -> Iterator[Problem]:
    """A text does not begin in the passive: readers want to know who did it."""
    for text in file.english:
        first = next(iter(text.sentences), "")
        if _PASSIVE.match(first):
            words = (
                f"begins without saying who did it: {quoted(first, 90)}; begin with who, like ‘Someone copied …’ or "
                "‘We told …’"
            )
            yield file.problem("warning", "passive", text.path, words, text.line(first))
