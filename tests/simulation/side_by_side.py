"""Plays many seeds at once, each process on a core of its own; a seed that fails hides no other."""

import multiprocessing
import os
import queue
import signal
import time
import traceback
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import FrameType
from typing import Any

from harness.ending import listens, undisturbed
from tests.simulation.seam import FAST, STRICT, Starter
from tests.simulation.telling import Told, told_of


@dataclass(frozen=True)
class Asked:
    """Which seeds, and how."""

    seeds: tuple[int, ...]
    chats: int
    strict: bool = False
    strict_every: int = 0
    """Each so-many-th seed is played again in the strict mode, whose history must be the same; 0: none."""
    actions: dict[str, Path] = field(default_factory=dict)
    """Files that take the place of ours, by name."""

    def again(self, seed: int) -> bool:
        """Whether this seed is played twice."""
        return bool(self.strict_every) and not self.strict and self.seeds.index(seed) % self.strict_every == 0


def tell(asked: Asked, seed: int, starter: Starter) -> Told:
    """One seed; whatever goes wrong with it is told, not raised."""
    began = time.perf_counter()
    try:
        told, _ = told_of(seed, asked.chats, starter, asked.actions)
        if asked.again(seed):
            with Starter(STRICT) as strictly:
                told.strict = told_of(seed, asked.chats, strictly, asked.actions)[0].digest
    except Exception:  # noqa: BLE001 - the other seeds go on
        told = Told(seed, error=traceback.format_exc())
    told.seconds = time.perf_counter() - began
    return told


def played(asked: Asked, jobs: int) -> Generator[Told, None, None]:
    """Each seed as it is done, by so many processes side by side; they end with this generator."""
    context = multiprocessing.get_context("spawn")
    with undisturbed():  # else what counts the queues' locks would end before us when a terminal goes away
        resource_tracker.ensure_running()
    begun, results = context.Value("q", 0), context.Queue()
    processes = []
    try:
        for number in range(min(jobs, len(asked.seeds))):
            with undisturbed():
                told = (asked, begun, results, core_of(number, jobs))
                processes.append(context.Process(target=_work, args=told, daemon=False))
                processes[-1].start()
        yield from _collected(asked.seeds, processes, results)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(_ENDS_IN)
            process.kill()
            process.join()
        results.close()


def _collected(asked: Sequence[int], processes: list[SpawnProcess], results: Any) -> Iterator[Told]:
    left = list(asked)
    while left:
        try:
            told = results.get(timeout=1)
        except queue.Empty:
            if not any(process.is_alive() for process in processes):
                yield from (Told(seed, error="the process that played it ended") for seed in sorted(left))
                return
            continue
        left.remove(told.seed)
        yield told


_ENDS_IN = 20
"""Seconds in which a process that was told to end has ended what it began."""


def _work(asked: Asked, begun: Any, results: Any, core: int | None) -> None:
    """One process: seed after seed, until all have been begun."""
    takes_its_place(core)
    with Starter(STRICT if asked.strict else FAST) as starter:
        while (place := _next(begun)) < len(asked.seeds):
            results.put(tell(asked, asked.seeds[place], starter))
    results.close()
    results.join_thread()


def core_of(number: int, jobs: int) -> int | None:
    """The core that is this process's own, where there is one for each."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    return cores[number % len(cores)] if jobs <= len(cores) else None


def takes_its_place(core: int | None) -> None:
    """In a process that somebody begins beside others: it stays on its core, and its parent ends it."""
    for name in ("SIGINT", "SIGHUP"):  # the terminal's, and so the parent's, which then ends us
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    listens()
    if core is not None:
        os.sched_setaffinity(0, {core})


def _next(begun: Any) -> int:
    """The place of the next seed that nobody has begun."""
    with begun.get_lock():
        begun.value += 1
        place: int = begun.value - 1
    return place


def _leave(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # told twice, by its group and by its parent, it still ends in good order
    raise SystemExit(128 + number)
