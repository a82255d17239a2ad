"""A notice's Markdown as text for people: lists with their marks, links with their address behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from noticeboard import notice_text


class _Token(Protocol):
    type: str
    content: str
    attrs: dict[str, str | int | float]
    children: list[_Token] | None


def of(text: str) -> str:
    """Give a text's blocks with an empty line between paragraphs; lines are not wrapped."""
    writer = _Writer()
    for token in notice_text.tokens(text):
        write = getattr(writer, token.type, None)
        if write:
            write(token)
    return "\n".join(line.rstrip() for line in writer.lines).strip()


@dataclass
class _Writer:
    """Writes block by block; each method is named after the token that it takes."""

    lines: list[str] = field(default_factory=list)
    marks: list[int | None] = field(default_factory=list)
    """For each open list the number of its next item; None: it has none."""
    is_item_new: bool = False
    cells: int = 0

    def _paragraph(self) -> None:
        if not self.marks:
            self.lines += ["", ""]
        elif not self.is_item_new:
            self.lines += ["  " * len(self.marks)]

    def paragraph_open(self, token: _Token) -> None:
        self._paragraph()

    def heading_open(self, token: _Token) -> None:
        self._paragraph()

    def table_open(self, token: _Token) -> None:
        self.lines.append("")

    def tr_open(self, token: _Token) -> None:
        self.lines.append("")
        self.cells = 0

    def th_open(self, token: _Token) -> None:
        self.cells += 1

    def td_open(self, token: _Token) -> None:
        self.cells += 1

    def bullet_list_open(self, token: _Token) -> None:
        if not self.marks:
            self.lines.append("")
        self.marks.append(None)

    def ordered_list_open(self, token: _Token) -> None:
        if not self.marks:
            self.lines.append("")
        self.marks.append(int(token.attrs.get("start", 1)))

    def bullet_list_close(self, token: _Token) -> None:
        self.marks.pop()

    def ordered_list_close(self, token: _Token) -> None:
        self.marks.pop()

    def list_item_open(self, token: _Token) -> None:
        number = self.marks[-1]
        self.lines.append("  " * (len(self.marks) - 1) + ("- " if number is None else f"{number}. "))
        self.marks[-1] = None if number is None else number + 1
        self.is_item_new = True

    def inline(self, token: _Token) -> None:
        self.lines = self.lines or [""]
        self.lines[-1] += (" | " if self.cells > 1 else "") + _line(token.children or [])
        self.is_item_new = False

    def table_close(self, token: _Token) -> None:
        self.cells = 0


def _line(children: Sequence[_Token]) -> str:
    parts: list[str] = []
    address, start = "", 0
    for child in children:
        if child.type == "link_open":
            address, start = str(child.attrs.get("href", "")), len(parts)
        elif child.type == "link_close":
            bare = address.removeprefix("mailto:").removeprefix("tel:")
            if bare not in "".join(parts[start:]):
                parts.append(f" ({bare})")
        elif child.type in {"text", "softbreak", "hardbreak"}:
            parts.append({"softbreak": " ", "hardbreak": "\n"}.get(child.type, child.content))
    return "".join(parts)
