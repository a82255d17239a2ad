"""Work shared between processes, where the system can fork; elsewhere tasks run one after the other."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from multiprocessing import get_context, parent_process
from typing import Any, Generic, TypeVar

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


class Background(Generic[T]):
    """Tasks that other processes work on, in their order, while this one goes on.

    Without other processes, each is done when its result is asked for.
    """

    def __init__(self, tasks: Sequence[Callable[[], T]], processes: int) -> None:
        """Begin; the processes know all that this one knows now."""
        self._tasks, self._pool = tasks, None
        self._futures, self._done = list[Future[T]](), dict[int, T]()
        processes = min(processes, len(tasks))
        if processes:
            context = get_context("fork")
            self._pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_set_tasks, initargs=(tasks,))
            self._futures = [self._pool.submit(_run, index) for index in range(len(tasks))]

    def result(self, index: int) -> T:
        """Wait for a task's result, which must be something that pickle can carry.

        What the task raises is raised here; WorkerError if a process was killed.
        """
        if not self._pool:
            if index not in self._done:
                self._done[index] = self._tasks[index]()
            return self._done[index]
        try:
            return self._futures[index].result()
        except BrokenProcessPool as error:
            raise WorkerError(f"A process of the build was stopped: {error}") from None

    def results(self) -> list[T]:
        """Wait for every result, in the tasks' order, and end the processes, so that others can be started."""
        with self._pool or nullcontext():
            return [self.result(index) for index in range(len(self._tasks))]


def run_all(tasks: Sequence[Callable[[], T]], workers: int) -> list[T]:
    """Run tasks, and return their results in the tasks' order, as `Background` does."""
    if workers < 2 or len(tasks) < 3:
        return [task() for task in tasks]
    # What the first task loads and remembers, every worker has then.
    return [tasks[0](), *Background(tasks[1:], workers).results()]


def _set_tasks(tasks: Sequence[Callable[[], Any]]) -> None:
    global _tasks
    _tasks = tasks
    threading.Thread(target=_end_with_the_build, daemon=True).start()


def _end_with_the_build() -> None:
    """End this process when the one that began it was killed: it would wait for tasks for ever."""
    build = parent_process()
    if build:
        build.join()
        os._exit(1)


def _run(index: int) -> Any:
    return _tasks[index]()
