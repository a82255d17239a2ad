"""What a person has answered so far, kept in a file beside the notices, so that `noticeboard new` can go on."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAME = ".draft.json"
"""Its name in the folder of notices; no build and no check reads it."""


@dataclass
class Draft:
    """Answers, and the questions that were asked; one may have been left out."""

    path: Path
    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @classmethod
    def kept_in(cls, folder: Path) -> Draft | None:
        """Read the draft in a folder; None if there is none, or one that can't be read."""
        path = folder / NAME
        try:
            kept = json.loads(path.read_text("utf-8"))
            answers, asked = dict(kept["answers"]), [str(name) for name in kept["asked"]]
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return cls(path, answers, asked)

    def keep(self) -> None:
        """Write the file. Raises OSError where the folder takes none."""
        kept = {"answers": self.answers, "asked": self.asked}
        write_whole(self.path, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")

    @property
    def words(self) -> str:
        """Say where the answers are, and how to go on."""
        return f"Your answers are in {self.path}. Run it again: only what is still open is asked."

    def ask_again(self, fields: Iterable[str]) -> None:
        """Forget the answers to these fields, such as `contacts[0].phone`, so that they are asked again."""
        names = {re.split(r"[.\[]", name)[0] for name in fields}
        self.asked = [name for name in self.asked if name not in names]
        self.answers = {name: answer for name, answer in self.answers.items() if name not in names}

    def delete(self) -> None:
        """Delete the file, if there is one."""
        self.path.unlink(missing_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all. Raises OSError with the path of the file that was meant."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        partial.write_text(text, "utf-8", newline="\n")
        partial.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        partial.unlink(missing_ok=True)
