"""A notice's Markdown as text for people: lists with their marks, links with their address behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from noticeboard.text import markdown
from noticeboard.text.markdown import Token
from noticeboard.text.unsafe_characters import replace_unsafe


def to_text(text: str) -> str:
    """Return a text's blocks with an empty line between paragraphs; lines are not wrapped."""
    writer = _Writer()
    for token in markdown.in_paragraphs(text):
        write = _WRITE.get(token.kind)
        if write:
            write(writer, token)
    return "\n".join(line.rstrip() for line in "".join(writer.parts).split("\n")).strip()


def neutralize(text: str) -> str:
    """Leave in a text nothing that a terminal obeys, and no `{{field}}` for a mass mailer to fill in."""
    return re.sub(r"\{(?=\{)", "{ ", replace_unsafe(text))


@dataclass
class _Writer:
    """Writes token by token."""

    parts: list[str] = field(default_factory=list)
    marks: list[int | None] = field(default_factory=list)
    """For each open list the number of its next item; None: it has none."""
    is_item_new: bool = False
    cells: int = 0
    address: str = ""
    words: int = 0
    """Where among the parts an open link's words start."""

    def block(self, token: Token) -> None:
        if not self.marks:
            self.parts.append("\n\n")
        elif not self.is_item_new:
            self.parts.append("\n" + "  " * len(self.marks))
        self.is_item_new = False

    def line(self, token: Token) -> None:
        self.parts.append("\n")
        self.cells = 0

    def cell(self, token: Token) -> None:
        self.cells += 1
        self.parts.append(" | " if self.cells > 1 else "")
        self.is_item_new = False

    def list_start(self, token: Token) -> None:
        if not self.marks:
            self.parts.append("\n")
        self.marks.append(int(token.value) if token.value else None)

    def list_end(self, token: Token) -> None:
        self.marks.pop()

    def item(self, token: Token) -> None:
        number = self.marks[-1]
        self.parts.append("\n" + "  " * (len(self.marks) - 1) + ("- " if number is None else f"{number}. "))
        self.marks[-1] = None if number is None else number + 1
        self.is_item_new = True

    def text(self, token: Token) -> None:
        self.parts.append(token.value)

    def soft_break(self, token: Token) -> None:
        self.parts.append(" ")

    def hard_break(self, token: Token) -> None:
        self.parts.append("\n")

    def link_start(self, token: Token) -> None:
        self.address, self.words = token.value, len(self.parts)

    def link_end(self, token: Token) -> None:
        bare = self.address.removeprefix("mailto:").removeprefix("tel:")
        if bare not in "".join(self.parts[self.words :]):
            self.parts.append(f" ({bare})")


_WRITE = {
    "Paragraph": _Writer.block,
    "Heading": _Writer.block,
    "Table": _Writer.line,
    "TableHead": _Writer.line,
    "TableRow": _Writer.line,
    "TableCell": _Writer.cell,
    "List": _Writer.list_start,
    "/List": _Writer.list_end,
    "Item": _Writer.item,
    "Text": _Writer.text,
    "SoftBreak": _Writer.soft_break,
    "HardBreak": _Writer.hard_break,
    "Link": _Writer.link_start,
    "/Link": _Writer.link_end,
}
