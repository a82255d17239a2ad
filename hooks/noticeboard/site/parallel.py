"""Work shared between processes, where the system can fork; elsewhere tasks run one after the other."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

T = TypeVar("T")

MAX_WORKERS = 8
"""More would wait for the disk."""

_tasks: Sequence[Callable[[], Any]] = ()
"""In a worker: all tasks, as they were when it was forked. They need no pickling, and are named by their index."""


class WorkerError(RuntimeError):
    """A worker process ended before its task was done."""


def worker_count() -> int:
    """Return the number of workers; 1 if other threads run, since forking could deadlock."""
    can_fork = hasattr(os, "fork") and hasattr(os, "sched_getaffinity") and threading.active_count() == 1
    return min(len(os.sched_getaffinity(0)), MAX_WORKERS) if can_fork else 1


def run_all(tasks: Sequence[Callable[[], T]], workers: int) -> list[T]:
    """Run tasks, and return their results in the tasks' order.

    A result must be something that pickle can carry. What a task raises is raised here; WorkerError if a process
    was killed.
    """
    if workers < 2 or len(tasks) < 3:
        return [task() for task in tasks]
    # What the first task loads and remembers, every worker has then.
    first, rest = tasks[0](), tasks[1:]
    pool = ProcessPoolExecutor(
        min(workers, len(rest)), mp_context=get_context("fork"), initializer=_set_tasks, initargs=(rest,)
    )
    try:
        with pool:
            return [first, *pool.map(_run, range(len(rest)))]
    except BrokenProcessPool as error:
        raise WorkerError(f"A process of the build was stopped: {error}") from None


class Background:
    """Tasks that a process of its own works on, one after the other, while this one goes on.

    Where there is but one worker, each is done when its result is asked for.
    """

    def __init__(self, tasks: Sequence[Callable[[], Any]], workers: int) -> None:
        """Begin; the process knows all that this one knows now."""
        self._tasks, self._pool, self._futures = tasks, None, list[Future[Any]]()
        if workers > 1:
            context = get_context("fork")
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_set_tasks, initargs=(tasks,))
            self._futures = [self._pool.submit(_run, index) for index in range(len(tasks))]

    def result(self, index: int) -> Any:
        """Wait for a task's result: what pickle can carry. What it raises is raised here; else see `run_all`."""
        if not self._pool:
            return self._tasks[index]()
        try:
            return self._futures[index].result()
        except BrokenProcessPool as error:
            raise WorkerError(f"A process of the build was stopped: {error}") from None

    def close(self) -> None:
        """End the process, so that others can be started."""
        if self._pool:
            self._pool.shutdown()


def _set_tasks(tasks: Sequence[Callable[[], Any]]) -> None:
    global _tasks
    _tasks = tasks


def _run(index: int) -> Any:
    return _tasks[index]()
