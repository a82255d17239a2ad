"""The kinds of data that a notice can name (data_codes.yml), and the legal categories that a state's law gives them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib import resources

from noticeboard.notice import strict_yaml

STUDENT_INFORMATION = "student_information"
DIRECTORY_INFORMATION = "directory_information"
STUDENT_RECORD = "student_record"
UNKNOWN = "unknown"
"""The category of data that isn't known yet: whatever could apply."""


@dataclass(frozen=True)
class DataCode:
    """One kind of data."""

    code: str
    name: str
    """In plain English; other languages have it in their catalogs."""
    categories: frozenset[str]
    categories_by_themselves: frozenset[str] | None = None
    """The categories in a group whose codes all have this, where they differ: work that students made."""
    personal: frozenset[str] = frozenset()
    """Those of its categories that the law on residents counts."""
    personal_from: date | None = None
    """The first day on which that law counts it; None: always."""

    def categories_on(self, day: date | None, *, by_themselves: bool) -> frozenset[str]:
        """Return the categories for an event of that day; None is a day that isn't known.

        `by_themselves` says that all codes of the group have `categories_by_themselves`.
        """
        categories = self.categories_by_themselves if by_themselves else self.categories
        assert categories is not None
        if self.personal_from and day and day < self.personal_from:
            return categories - self.personal
        return categories


def names(text: str | None = None) -> Mapping[str, str]:
    """Read each code's name, in the table's order; None: the one that ships, read anew each time for live reload."""
    text = resources.files(__package__).joinpath("data_codes.yml").read_text("utf-8") if text is None else text
    codes: Mapping[str, str] = strict_yaml.read_data(text)["codes"]
    return codes


def worst_first(codes: Iterable[str], table: Mapping[str, DataCode]) -> list[str]:
    """Put kinds of data into the order of the harm that they can do: numbers that open accounts before a name."""
    return sorted(codes, key=lambda code: _harm(table[code]))


def _harm(entry: DataCode) -> int:
    """Return how much harm a kind of data can do, by its legal categories; 0 is the most."""
    if entry.personal:
        return 1 if entry.personal_from else 0
    if entry.categories & {DIRECTORY_INFORMATION, UNKNOWN}:
        return 3
    return 2


def for_district(codes: Mapping[str, DataCode], directory: Collection[str] | None) -> Mapping[str, DataCode]:
    """Return a table as a district's own yearly list of directory information has it; None: the table's list.

    A code that the list leaves out is student information; one that it adds is directory information.
    """
    if directory is None:
        return codes
    return {code: _moved(entry, is_listed=code in directory) for code, entry in codes.items()}


def _moved(entry: DataCode, *, is_listed: bool) -> DataCode:
    if is_listed == (DIRECTORY_INFORMATION in entry.categories):
        return entry
    if is_listed:
        categories = entry.categories - {STUDENT_INFORMATION} | {DIRECTORY_INFORMATION, STUDENT_RECORD}
    else:
        categories = entry.categories - {DIRECTORY_INFORMATION} | {STUDENT_INFORMATION}
    return replace(entry, categories=categories, categories_by_themselves=None)
