"""Work shared between the machine's cores, where the system can fork; elsewhere one thing is done after the other."""

from __future__ import annotations

import gc
import os
import pickle
import struct
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

MOST = 8
"""Processes at most: more would wait for the disk."""


_REFUSED = 3
"""How a process ends when the system refused it something: its result is the error."""


class WorkError(RuntimeError):
    """Something failed in another process; its message is that process's traceback."""


def count() -> int:
    """Tell how many processes can share the work: one beside other threads, as a copy of them may hang."""
    can_fork = hasattr(os, "fork") and hasattr(os, "sched_getaffinity") and threading.active_count() == 1
    return min(len(os.sched_getaffinity(0)), MOST) if can_fork else 1


def share(tasks: Sequence[Callable[[], T]], processes: int) -> list[T]:
    """Run tasks, each in one of some processes, and give their results in the tasks' order.

    A result must be something that pickle can carry. Raises WorkError if a task raised in another process; what the
    system refused there (an OSError) is raised as it was.
    """
    if processes < 2 or len(tasks) < 2:
        return [task() for task in tasks]
    waiting, fill = os.pipe()
    os.write(fill, b"".join(struct.pack("<H", number) for number in range(len(tasks))))
    os.close(fill)
    sys.stdout.flush()
    sys.stderr.flush()
    # What is there stays: no process need look through it for garbage.
    gc.freeze()
    started = [_start(tasks, waiting) for _ in range(min(processes, len(tasks)))]
    os.close(waiting)
    gc.unfreeze()
    # All are waited for before anything is raised: none may go on writing behind the caller's back.
    ended = [_end(process, results) for process, results in started]
    found: dict[int, T] = {}
    for status, content in ended:
        if os.waitstatus_to_exitcode(status) == _REFUSED and content:
            raise pickle.loads(content)  # noqa: S301 (from our own process)
        if status or not content:
            raise WorkError(content.decode("utf-8", "replace") or f"a process ended with status {status}")
        found.update(pickle.loads(content))  # noqa: S301 (from our own process)
    return [found[number] for number in range(len(tasks))]


def _end(process: int, results: int) -> tuple[int, bytes]:
    """Wait for a process; give its status and all that it wrote."""
    with os.fdopen(results, "rb") as stream:
        content = stream.read()
    return os.waitpid(process, 0)[1], content


def _start(tasks: Sequence[Callable[[], T]], waiting: int) -> tuple[int, int]:
    """Start a process that takes one waiting task after the other; give its id, and where its results come out."""
    results, write = os.pipe()
    process = os.fork()
    if process:
        os.close(write)
        return process, results
    status = 1
    try:
        with os.fdopen(write, "wb") as stream:
            try:
                content = pickle.dumps({number: tasks[number]() for number in _numbers(waiting)}, -1)
                status = 0
            except OSError as error:
                content, status = pickle.dumps(error), _REFUSED
            except BaseException:
                content = traceback.format_exc().encode()
            stream.write(content)
    finally:
        # No handler of the parent's may run twice.
        os._exit(status)


def _numbers(waiting: int) -> Iterator[int]:
    """Take the waiting tasks' numbers; garbage is collected between tasks only, which saves a seventh of the time."""
    gc.disable()
    while number := os.read(waiting, 2):
        yield struct.unpack("<H", number)[0]
        gc.collect()
