"""Strict YAML: every value is text, and every key and item has a line and a column.

YAML's own types lose what staff wrote (`no`, `01234`, `12:30`, a date that doesn't exist), and its
anchors, tags and merges let a file say more than a reader sees; so all scalars stay text and the rest is refused.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import yaml

from noticeboard.notice.problem import Problem, field_name, quote
from noticeboard.notice.yaml_errors import plain_words
from noticeboard.text.unsafe_characters import forbidden_characters

Value = str | None | list[Any] | dict[str, Any]
Path = tuple[str | int, ...]

MAX_BYTES = 256 * 1024
"""Bytes in a file, at most."""
MAX_DEPTH = 20
"""Levels of nesting, at most."""


class Position(NamedTuple):
    """Where a key or an item stands, and where its value's text begins (all counted from 1)."""

    line: int
    column: int
    text_line: int
    """The line of the value's first line of text."""
    is_literal: bool = False
    """Whether the value's lines are the file's lines (a block that starts with `|`)."""


Marks = tuple[Any, Any, str]
"""The parser's marks of a key or an item and of its value, and the value's style: few are ever asked for a place."""


@dataclass(frozen=True)
class Document:
    """A file's content as text, lists and mappings, with the place of everything in it."""

    data: dict[str, Value]
    marks: Mapping[Path, Marks]
    file: str
    problems: tuple[Problem, ...] = ()
    """What could be read but looks wrong: warnings."""
    text: str = ""
    """The file as it stands, comments and all."""
    texts: tuple[tuple[Path, str], ...] = ()
    """Every value that is a text, with its path, in the order of the file."""

    def position(self, path: Path) -> Position:
        """Find the place of a field; of what is missing, the nearest place around it."""
        while path and path not in self.marks:
            path = path[:-1]
        if not path:
            return Position(1, 1, 1)
        key, start, style = self.marks[path]
        # The text of a block begins below its mark.
        return Position(key.line + 1, key.column + 1, start.line + 1 + (style in {"|", ">"}), style == "|")


@dataclass(frozen=True)
class YamlErrors(Exception):  # noqa: N818 (it carries the whole list, not one error)
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
        raise YamlErrors(tuple(problems))
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
        raise YamlErrors(tuple(reader.problems))
    if not isinstance(reader.root, dict):
        found = "the file is empty" if reader.root is None else "it holds something else"
        message = f"The file must be a list of fields, one ‘field: value’ a line, but {found}."
        raise YamlErrors((_problem(file, 1, 1, "not-fields", "", message),))
    return Document(reader.root, reader.marks, file, tuple(reader.warnings), text, tuple(reader.texts))


def read_data(text: str) -> Any:
    """Read one of the project's own data files; YAML's own types apply.

    Raises ValueError if it is no YAML.
    """
    try:
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from None


def read_settings(text: str, environment: Mapping[str, str] = os.environ) -> Any:
    """Read `mkdocs.yml` as MkDocs does: `!ENV [NAME, default]` is looked up, other tags are left out."""

    class Loader(yaml.CSafeLoader):
        """A loader of its own, so that its tags stay out of everybody else's."""

    def from_environment(loader: yaml.CSafeLoader, node: yaml.Node) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return environment.get(node.value)
        assert isinstance(node, yaml.SequenceNode)
        *names, default = loader.construct_sequence(node, deep=True)
        value = next((environment[name] for name in names if name in environment), None)
        return default if value is None else yaml.load(value, Loader=yaml.CSafeLoader)

    Loader.add_constructor("!ENV", from_environment)
    Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)
    try:
        return yaml.load(text, Loader=Loader)  # noqa: S506 (a safe loader with one tag more)
    except yaml.YAMLError as error:
        raise ValueError(f"mkdocs.yml can’t be read: {' '.join(str(error).split())}") from None


def _decode(content: bytes, file: str) -> str:
    """Decode UTF-8, with or without its byte-order mark."""
    if len(content) > MAX_BYTES:
        size = f"The file must be at most {MAX_BYTES // 1024} KiB, and is {len(content) // 1024 + 1} KiB; shorten it."
        raise YamlErrors((_problem(file, 1, 1, "too-large", "", size),))
    try:
        return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        message = "The file must be saved as UTF-8 text; save it again with that encoding."
        raise YamlErrors((_problem(file, line, column, "encoding", "", message),)) from None


def _problem(file: str, line: int, column: int, rule: str, field: str, message: str) -> Problem:
    return Problem(file, line, column, "error", rule, field, message)


def _at(mark: Any) -> tuple[int, int]:
    """Return a mark's line and column, counted from 1."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


_TOO_DEEP = f"The file must be at most {MAX_DEPTH} levels deep; look for too many brackets."


class _TooDeepError(Exception):
    pass


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is being read."""

    path: Path
    container: list[Any] | dict[str, Any]
    is_key_next: bool
    key: str = ""
    key_mark: Any = None


_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass
class _Reader:
    """Builds the document from the parser's events, and collects every refusal on the way."""

    file: str
    text: str
    root: Value = None
    marks: dict[Path, Marks] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    texts: list[tuple[Path, str]] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    documents: int = 0

    def refuse(self, mark: Any, rule: str, name: str, message: str) -> None:
        line, column = _at(mark)
        self.problems.append(_problem(self.file, line, column, rule, name, message))

    def read_all(self) -> None:
        readers: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.DocumentStartEvent: self._start_document,
            yaml.AliasEvent: self._alias,
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
        }
        for event in yaml.parse(self.text, Loader=yaml.CSafeLoader):
            if read := readers.get(type(event)):
                read(event)

    def _start_document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            message = "The file must hold one notice only; put the second one, after ‘---’, into a file of its own."
            self.refuse(event.start_mark, "second-document", "", message)
        if event.version or event.tags:
            self.refuse(event.start_mark, "directive", "", "A line that starts with ‘%’ is not allowed; delete it.")

    def _alias(self, event: yaml.AliasEvent) -> None:
        message = f"An alias (*{event.anchor}) is not allowed; write the value out."
        self.refuse(event.start_mark, "alias", "", message)
        self._add(event, None)

    def _check_node(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            message = f"An anchor (&{event.anchor}) is not allowed; put quotes around a value that starts with ‘&’."
            self.refuse(event.start_mark, "anchor", "", message)
        if event.tag:
            message = f"A tag ({event.tag}) is not allowed; put quotes around a value that starts with ‘!’."
            self.refuse(event.start_mark, "tag", "", message)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor or event.tag:
            self._check_node(event)
        if self.frames and self.frames[-1].is_key_next:
            self._key(self.frames[-1], event)
            return
        value, style = event.value, event.style
        if style:
            self._add(event, value, style)
            if style == '"':
                self._check_escapes(event)
        else:
            # libyaml gives a plain value the style "".
            path = self._add(event, None if value in _EMPTY else value)
            if event.end_mark and event.end_mark.line in self.marked:
                self._check_cut(event, path)

    def _key(self, frame: _Frame, event: yaml.ScalarEvent) -> None:
        key = event.value
        if key == "<<" and not event.style:
            self.refuse(event.start_mark, "merge-key", "", "A merge key (<<) is not allowed; write the fields out.")
        elif key in frame.container:
            name = field_name((*frame.path, key))
            first, _ = _at(self.marks[(*frame.path, key)][0])
            message = f"{name} must stand only once; it is on line {first} already. Delete one of the two."
            self.refuse(event.start_mark, "duplicate-key", name, message)
        frame.key, frame.key_mark, frame.is_key_next = key, event.start_mark, False

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        self._check_node(event)
        if len(self.frames) >= MAX_DEPTH:
            self.refuse(event.start_mark, "too-deep", "", _TOO_DEEP)
            raise _TooDeepError
        frame = self.frames[-1] if self.frames else None
        if frame and frame.is_key_next:
            self.refuse(event.start_mark, "key", "", "A field’s name must be a word, not a list; check the brackets.")
            frame.key, frame.key_mark, frame.is_key_next = "", event.start_mark, False
        is_mapping = type(event) is yaml.MappingStartEvent
        container: list[Any] | dict[str, Any] = {} if is_mapping else []
        self.frames.append(_Frame(self._add(event, container), container, is_key_next=is_mapping))

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        self.frames.pop()

    def _add(self, event: yaml.Event, value: Value, style: str = "") -> Path:
        """Put a value where it belongs, note its place, and give its path."""
        if not self.frames:
            if self.documents == 1:
                self.root = value
            return ()
        frame = self.frames[-1]
        start: Any = event.start_mark
        key = start
        if isinstance(frame.container, dict):
            path: Path = (*frame.path, frame.key)
            frame.container[frame.key] = value
            frame.is_key_next = True
            key = frame.key_mark or start
        else:
            path = (*frame.path, len(frame.container))
            frame.container.append(value)
        if isinstance(value, str):
            self.texts.append((path, value))
        # Of a key that stands twice, the first place counts.
        self.marks.setdefault(path, (key, start, style))
        return path

    def _check_escapes(self, event: yaml.ScalarEvent) -> None:
        """Look again at quoted text: an escape such as `\\u202e` can write what may not stand in a file."""
        for _, _, what in forbidden_characters(event.value):
            message = f"A value must not hold {what}, not even written as an escape; delete it."
            self.refuse(event.start_mark, "forbidden-character", "", message)

    def _check_cut(self, event: yaml.ScalarEvent, path: Path) -> None:
        """Warn of ` #5` behind a value: YAML drops it and all that follows, as a comment."""
        _, column = _at(event.end_mark)
        cut = re.match(r"\s*#[^\s#].*" if not event.value else r"\s+#[^\s#].*", self.line(event.end_mark)[column - 1 :])
        if cut and path:
            name = field_name(path)
            message = (
                f"{name} was read as {quote(event.value) if event.value else 'empty'}: what follows ‘#’ is a comment. "
                "Put quotes around the whole value."
            )
            line, column = _at(self.marks[path][0])
            self.warnings.append(Problem(self.file, line, column, "warning", "cut-value", name, message))

    def line(self, mark: Any) -> str:
        """Return the text of a mark's line; the parser may point behind the last one."""
        return self.lines[mark.line] if mark and mark.line < len(self.lines) else ""

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def marked(self) -> frozenset[int]:
        """The lines that may hold a comment."""
        return frozenset(number for number, line in enumerate(self.lines) if "#" in line)
