"""Strict YAML: every value is text, and every key and item has a line and a column.

YAML's own types lose what staff wrote (`no`, `01234`, `12:30`, a date that doesn't exist), and its
anchors, tags and merges let a file say more than a reader sees; so all scalars stay text and the rest is refused.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from noticeboard.forbidden import forbidden_characters
from noticeboard.problem import Problem, field_name, quoted
from noticeboard.yaml_words import plain_words

Value = str | None | list[Any] | dict[str, Any]
Path = tuple[str | int, ...]

LARGEST = 256 * 1024
"""Bytes in a file, at most."""
DEEPEST = 20
"""Levels of nesting, at most."""


@dataclass(frozen=True)
class Place:
    """Where a key or an item stands, and where its value's text begins (all counted from 1)."""

    line: int
    column: int
    text_line: int
    """The line of the value's first line of text."""
    is_literal: bool = False
    """Whether the value's lines are the file's lines (a block that starts with `|`)."""


@dataclass(frozen=True)
class Document:
    """A file's content as text, lists and mappings, with the place of everything in it."""

    data: dict[str, Value]
    places: Mapping[Path, Place]
    file: str
    problems: tuple[Problem, ...] = ()
    """What could be read but looks wrong: warnings."""
    text: str = ""
    """The file as it stands, comments and all."""

    def place(self, path: Path) -> Place:
        """Find the place of a field; of what is missing, the nearest place around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(1, 1, 1))


@dataclass(frozen=True)
class Refusal(Exception):  # noqa: N818 (it carries the whole list, not one error)
    """A file that can't be read at all, with every reason found."""

    problems: tuple[Problem, ...]


def read(content: bytes, file: str) -> Document:
    """Read one notice file.

    Raises Refusal with every problem found, if the bytes are not the strict YAML that the format allows.
    """
    text = _decode(content, file)
    problems = [
        _problem(file, line, column, "forbidden-character", "", f"The file must not hold {what}; delete it.")
        for line, column, what in forbidden_characters(text)
    ]
    if problems:
        raise Refusal(tuple(problems))
    reader = _Reader(file, text)
    try:
        reader.read_all()
    except yaml.MarkedYAMLError as error:
        # A quote that is left open is noticed at the file's end; where it begins is what helps.
        mark = error.context_mark if "quoted scalar" in (error.context or "") else error.problem_mark
        reader.refuse(mark, "yaml", "", plain_words(error, reader.line(mark)))
    except yaml.YAMLError:
        reader.refuse(None, "yaml", "", "The file must be YAML as in notices/_template.yml.")
    except _TooDeepError:
        pass
    if reader.problems:
        raise Refusal(tuple(reader.problems))
    if not isinstance(reader.root, dict):
        found = "the file is empty" if reader.root is None else "it holds something else"
        message = f"The file must be a list of fields, one ‘field: value’ a line, but {found}."
        raise Refusal((_problem(file, 1, 1, "not-fields", "", message),))
    return Document(reader.root, reader.places, file, tuple(reader.warnings), text)


def read_data(text: str) -> Any:
    """Read one of the project's own data files; YAML's own types apply."""
    return yaml.load(text, Loader=yaml.CSafeLoader)


def read_settings(text: str, environment: Mapping[str, str] = os.environ) -> Any:
    """Read `mkdocs.yml` as MkDocs does: `!ENV [NAME, default]` is looked up, other tags are left out."""

    class Loader(yaml.CSafeLoader):
        """A loader of its own, so that its tags stay out of everybody else's."""

    def from_environment(loader: yaml.CSafeLoader, node: yaml.Node) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return environment.get(node.value)
        assert isinstance(node, yaml.SequenceNode)
        *names, default = loader.construct_sequence(node, deep=True)
        found = next((environment[name] for name in names if name in environment), None)
        return default if found is None else yaml.load(found, Loader=yaml.CSafeLoader)

    Loader.add_constructor("!ENV", from_environment)
    Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)
    try:
        return yaml.load(text, Loader=Loader)  # noqa: S506 (a safe loader with one tag more)
    except yaml.YAMLError as error:
        raise ValueError(f"mkdocs.yml can’t be read: {' '.join(str(error).split())}") from None


def _decode(content: bytes, file: str) -> str:
    """Decode UTF-8, with or without its byte-order mark."""
    if len(content) > LARGEST:
        size = f"The file must be at most {LARGEST // 1024} KiB, and is {len(content) // 1024 + 1} KiB; shorten it."
        raise Refusal((_problem(file, 1, 1, "too-large", "", size),))
    try:
        return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        message = "The file must be saved as UTF-8 text; save it again with that encoding."
        raise Refusal((_problem(file, line, column, "encoding", "", message),)) from None


def _problem(file: str, line: int, column: int, rule: str, field: str, message: str) -> Problem:
    return Problem(file, line, column, "error", rule, field, message)


def _at(mark: Any) -> tuple[int, int]:
    """Give a mark's line and column, counted from 1."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


_TOO_DEEP = f"The file must be at most {DEEPEST} levels deep; look for too many brackets."


class _TooDeepError(Exception):
    pass


@dataclass
class _Frame:
    """A list or mapping that is being read."""

    path: Path
    container: list[Any] | dict[str, Any]
    key: str | None = None
    is_key_next: bool = True


@dataclass
class _Reader:
    """Builds the document from the parser's events, and collects every refusal on the way."""

    file: str
    text: str
    root: Value = None
    places: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    documents: int = 0

    def refuse(self, mark: Any, rule: str, name: str, message: str) -> None:
        line, column = _at(mark)
        self.problems.append(_problem(self.file, line, column, rule, name, message))

    def read_all(self) -> None:
        for event in yaml.parse(self.text, Loader=yaml.CSafeLoader):
            match event:
                case yaml.DocumentStartEvent():
                    self._start_document(event)
                case yaml.AliasEvent():
                    self.refuse(
                        event.start_mark,
                        "alias",
                        "",
                        f"An alias (*{event.anchor}) is not allowed; write the value out.",
                    )
                    self._add(event, None)
                case yaml.ScalarEvent():
                    self._check_node(event)
                    self._scalar(event)
                case yaml.CollectionStartEvent():
                    self._check_node(event)
                    self._open(event)
                case yaml.CollectionEndEvent():
                    self.frames.pop()

    def _start_document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            message = "The file must hold one notice only; put the second one, after ‘---’, into a file of its own."
            self.refuse(event.start_mark, "second-document", "", message)
        if event.version or event.tags:
            self.refuse(event.start_mark, "directive", "", "A line that starts with ‘%’ is not allowed; delete it.")

    def _check_node(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            message = f"An anchor (&{event.anchor}) is not allowed; put quotes around a value that starts with ‘&’."
            self.refuse(event.start_mark, "anchor", "", message)
        if event.tag:
            message = f"A tag ({event.tag}) is not allowed; put quotes around a value that starts with ‘!’."
            self.refuse(event.start_mark, "tag", "", message)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        frame = self.frames[-1] if self.frames else None
        if frame and isinstance(frame.container, dict) and frame.is_key_next:
            self._key(frame, event)
            return
        # libyaml gives a plain value the style "".
        is_plain = not event.style
        is_empty = is_plain and event.value in {"", "~", "null", "Null", "NULL"}
        self._add(event, None if is_empty else event.value)
        if event.style == '"':
            self._check_escapes(event)
        if is_plain:
            self._check_cut(event)

    def _key(self, frame: _Frame, event: yaml.ScalarEvent) -> None:
        key = event.value
        name = field_name((*frame.path, key))
        if key == "<<" and not event.style:
            self.refuse(event.start_mark, "merge-key", "", "A merge key (<<) is not allowed; write the fields out.")
        elif key in frame.container:
            first = self.places[(*frame.path, key)].line
            message = f"{name} must stand only once; it is on line {first} already. Delete one of the two."
            self.refuse(event.start_mark, "duplicate-key", name, message)
        frame.key, frame.is_key_next = key, False
        if (*frame.path, key) not in self.places:
            line, column = _at(event.start_mark)
            self.places[(*frame.path, key)] = Place(line, column, line)

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        if len(self.frames) >= DEEPEST:
            self.refuse(
                event.start_mark,
                "too-deep",
                "",
                _TOO_DEEP,
            )
            raise _TooDeepError
        container: list[Any] | dict[str, Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        frame = self.frames[-1] if self.frames else None
        if frame and isinstance(frame.container, dict) and frame.is_key_next:
            self.refuse(event.start_mark, "key", "", "A field’s name must be a word, not a list; check the brackets.")
            frame.key, frame.is_key_next = "", False
        self.frames.append(_Frame(self._add(event, container), container))

    def _add(self, event: yaml.Event, value: Value) -> Path:
        """Put a value where it belongs, note its place, and give its path."""
        if not self.frames:
            if self.documents == 1:
                self.root = value
            return ()
        frame, (line, column) = self.frames[-1], _at(event.start_mark)
        style = getattr(event, "style", None)
        if isinstance(frame.container, dict):
            path = (*frame.path, frame.key or "")
            frame.container[frame.key or ""] = value
            frame.is_key_next = True
            key = self.places.get(path, Place(line, column, 0))
        else:
            path = (*frame.path, len(frame.container))
            frame.container.append(value)
            key = Place(line, column, 0)
        text_line = line + (style in {"|", ">"})
        self.places[path] = Place(key.line, key.column, text_line, style == "|")
        return path

    def _check_escapes(self, event: yaml.ScalarEvent) -> None:
        """Look again at quoted text: an escape such as `\\u202e` can write what may not stand in a file."""
        for _, _, what in forbidden_characters(event.value):
            message = f"A value must not hold {what}, not even written as an escape; delete it."
            self.refuse(event.start_mark, "forbidden-character", "", message)

    def _check_cut(self, event: yaml.ScalarEvent) -> None:
        """Warn of ` #5` behind a value: YAML drops it and all that follows, as a comment."""
        _, column = _at(event.end_mark)
        cut = re.match(r"\s*#[^\s#].*" if not event.value else r"\s+#[^\s#].*", self.line(event.end_mark)[column - 1 :])
        if cut and self.frames:
            path = self._path_of_last()
            name = field_name(path)
            message = (
                f"{name} was read as {quoted(event.value) if event.value else 'empty'}: what follows ‘#’ is a comment. "
                "Put quotes around the whole value."
            )
            place = self.places[path]
            self.warnings.append(Problem(self.file, place.line, place.column, "warning", "cut-value", name, message))

    def _path_of_last(self) -> Path:
        frame = self.frames[-1]
        step = len(frame.container) - 1 if isinstance(frame.container, list) else frame.key or ""
        return (*frame.path, step)

    def line(self, mark: Any) -> str:
        """Give the text of a mark's line; the parser may point behind the last one."""
        return self.lines[mark.line] if mark and mark.line < len(self.lines) else ""

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")
