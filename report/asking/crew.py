"""Several at once, in threads, for one who takes the results one by one: nothing runs on when he stops.

What is to be done is taken in his own thread and only so far ahead as keeps the threads busy, so that it may come
from a file of his. When one of them fails nothing new begins; what is done comes first, then the failure.
"""

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, Self, TypeVar

AHEAD = 4  # times as many as there are threads: taken and not yet given back
LOOK = 0.5  # seconds between two looks for Ctrl-C, where waiting would not notice it
LEAVING = 10.0  # seconds for what is under way, when one has failed
AT_ONCE = 0.05  # seconds in which a thread ends that waits for no answer
CUTTING = 2.0  # seconds for all of them

In = TypeVar("In")
Out = TypeVar("Out")


class Stopped(BaseException):
    """Nobody waits for this any more. No Exception: nothing that tries again may catch it."""


class Crew(Generic[In, Out]):
    """Threads that begin as they are needed and end with it."""

    def __init__(
        self,
        work: Callable[[In, Callable[[float], None]], Out],
        most: int,
        cut: Callable[[], None],
        sleep: Callable[[float], object] | None = None,
        gentle: type[Exception] | tuple[type[Exception], ...] = (),
    ) -> None:
        """`work` is given how to rest. `cut` ends what cannot be told to end. `sleep`: how time passes.

        `gentle`: failures after which what is under way goes on as long as it takes.
        """
        self._gentle = gentle
        self._work, self._most, self._cut, self._sleep = work, max(most, 1), cut, sleep
        self._stopping = threading.Event()
        self._todo: queue.SimpleQueue[In | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[tuple[In, Out | None, BaseException | None]] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def each(self, calls: Iterable[In]) -> Iterator[tuple[In, Out]]:
        """Results as they come."""
        coming, out, more, failure = iter(calls), 0, True, None
        deadline = float("inf")
        while out or more:
            while more and out < AHEAD * self._most:
                try:
                    call = next(coming)
                except StopIteration:
                    more = False
                    break
                out += 1
                self._hand(call, out)
            if not out:
                break
            try:
                done, answer, problem = self._done.get(timeout=LOOK)
            except queue.Empty:
                if time.monotonic() > deadline:
                    break
                continue
            out -= 1
            if problem is None:
                yield done, answer  # type: ignore[misc]
            elif failure is None and not isinstance(problem, Stopped):
                failure, more = problem, False
                if not isinstance(problem, self._gentle):
                    deadline = time.monotonic() + LEAVING
                    self._stopping.set()
        if failure is not None:
            raise failure

    def stop(self) -> None:
        """End all threads, whatever they are at."""
        self._stopping.set()
        for _ in self._threads:
            self._todo.put(None)
        begun = time.monotonic()
        # One without an ident was just being started when Ctrl-C came. One that is still connecting after all this
        # ends by itself, and nothing waits for it.
        while any(thread.is_alive() or thread.ident is None for thread in self._threads):
            passed = time.monotonic() - begun
            if passed > CUTTING:
                return
            if passed > AT_ONCE:
                self._cut()
            time.sleep(0.005)

    def _hand(self, call: In, out: int) -> None:
        self._todo.put(call)
        if len(self._threads) < min(out, self._most):
            thread = threading.Thread(target=self._serve, name="asking", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self) -> None:
        while (call := self._todo.get()) is not None:
            answer: Any = None
            problem: BaseException | None = None
            try:
                self._rest(0)
                answer = self._work(call, self._rest)
            except BaseException as caught:  # noqa: BLE001 - it is raised where the results are taken
                problem = caught
            self._done.put((call, answer, problem))

    def _rest(self, seconds: float) -> None:
        """Let time pass; Stopped when nobody waits any more."""
        if not self._stopping.is_set() and seconds > 0:
            if self._sleep is None:
                self._stopping.wait(seconds)
            else:
                self._sleep(seconds)
        if self._stopping.is_set():
            raise Stopped
