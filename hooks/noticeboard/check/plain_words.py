"""Plain words: warnings about texts that are hard to read, each with the sentence and a simpler pattern.

English texts only: the grade is made for English, and translations follow the English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from noticeboard import notice_text, reading_grade
from noticeboard.check.file import NoticeFile
from noticeboard.notice import TEXTS
from noticeboard.problem import Problem, quoted
from noticeboard.yaml_file import Path

HIGHEST_GRADE = 9
LONGEST_SENTENCE = 30
"""Words in a sentence."""
FEWEST_WORDS = 30
"""A shorter text has no grade worth the name."""


def texts_read_easily(file: NoticeFile) -> Iterator[Problem]:
    """A text reads at grade 9 or below."""
    for path, text in _english(file):
        sentences = _sentences(text)
        if sum(len(_words(each)) for each in sentences) < FEWEST_WORDS:
            continue
        grade = reading_grade.of(sentences)
        if grade > HIGHEST_GRADE:
            hardest = max(sentences, key=lambda each: reading_grade.of([each]))
            words = (
                f"reads at school grade {grade:.0f}; {HIGHEST_GRADE} or below reaches more families. The hardest "
                f"sentence is {quoted(hardest, 120)}; use shorter words, and say one thing in a sentence"
            )
            yield file.problem("warning", "reading-grade", path, words, _line(text, hardest))


def sentences_are_short(file: NoticeFile) -> Iterator[Problem]:
    """A sentence has at most 30 words."""
    for path, text in _english(file):
        for sentence in _sentences(text):
            count = len(_words(sentence))
            if count > LONGEST_SENTENCE:
                words = (
                    f"has a sentence of {count} words: {quoted(sentence, 90)}; make it two: first what happened, then "
                    "what it means"
                )
                yield file.problem("warning", "long-sentence", path, words, _line(text, sentence))


LONGEST_TEXT = 20_000
"""Characters; a longer text has other faults, and its grade would take long."""

_ACRONYM = re.compile(r"(?<![A-Za-z0-9&./\[-])[A-Z]{2,6}(?=s?(?![A-Za-z0-9&/-]))")
_KNOWN = {"US", "USA", "CT", "ET", "EST", "EDT", "AM", "PM", "ID", "IT", "TV", "FBI", "PDF", "OK", "PIN", "NY", "AT"}


def acronyms_are_explained(file: NoticeFile) -> Iterator[Problem]:
    """What is written in capitals is written out once."""
    texts = list(_english(file))
    names = " ".join(str(each) for each in (file.notice.contractor, file.notice.product) if each)
    names += " ".join(each.name for each in file.notice.contacts or [] if each)
    whole = " ".join(text for _, text in texts)
    explained = set(re.findall(r"\(([A-Z]{2,6})s?\)|([A-Z]{2,6}) \([A-Za-z]", whole))
    done = _KNOWN | set(_ACRONYM.findall(names)) | {each for pair in explained for each in pair}
    for path, text in texts:
        for sentence in _sentences(text):
            for acronym in _ACRONYM.findall(sentence):
                if acronym not in done:
                    done.add(acronym)
                    words = (
                        f"uses {acronym} without saying what it means: {quoted(sentence, 90)}; write it out the first "
                        f"time, like ‘Social Security number (SSN)’"
                    )
                    yield file.problem("warning", "acronym", path, words, _line(text, sentence))


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
    for path, text in _english(file):
        first = next(iter(_sentences(text)), "")
        if path[-1] != "title" and _PASSIVE.match(first):
            words = (
                f"begins without saying who did it: {quoted(first, 90)}; begin with who, like ‘Someone copied …’ or "
                "‘We told …’"
            )
            yield file.problem("warning", "passive", path, words, _line(text, first))


def _english(file: NoticeFile) -> Iterator[tuple[Path, str]]:
    return ((path, text) for path, text in _all_english(file) if len(text) <= LONGEST_TEXT)


def _all_english(file: NoticeFile) -> Iterator[tuple[Path, str]]:
    notice = file.notice
    if notice.summary:
        yield ("summary",), notice.summary
    for name in TEXTS:
        if text := getattr(notice, name):
            yield (name,), text
    for index, update in enumerate(notice.updates or []):
        if update and update.text:
            yield ("updates", index, "text"), update.text


def _sentences(text: str) -> list[str]:
    """Split a text into its sentences; a list item, a cell and a heading is one by itself."""
    found = []
    for block in notice_text.plain(text).split("\n"):
        # Not behind “a.m.”, “St.” or an initial.
        found += re.split(r"(?<=[a-z0-9)”][.!?]) +(?=[A-Z“])(?<!a\.m\. )(?<!p\.m\. )(?<!St\. )(?<!No\. )", block)
    return [each.strip() for each in found if each.strip()]


def _words(sentence: str) -> list[str]:
    return re.findall(r"[^\W_][\w’'.,@-]*", sentence)


def _line(text: str, sentence: str) -> int:
    """Find the line of a text in which a sentence begins, as well as can be: marks were taken out of it."""
    start = " ".join(sentence.split()[:3])
    return next((number for number, line in enumerate(text.split("\n")) if start in line), 0)
