"""One pytest that stays: it has collected the stories once, and runs those it is asked for, again and again."""

import re
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation import reach
from tests.mutation.plan import Plan, Story
from tests.mutation.swapping import SwappingRuntime, part_swapped

WATCHED = 10
"""How many times as long a story may take while it is watched: line by line is slower, and it is not to blame."""
SILENT = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:logging", "-W", "ignore")


class Endless(BaseException):
    """A story goes on and on; not an Exception, so that nobody takes it for his."""


@dataclass(frozen=True)
class Swapped:
    """What is put in the place of what while stories run."""

    actions: Mapping[str, str]
    part: str = ""
    code: str | None = None


NOTHING = Swapped({})


class Stage:
    """The plugin: gives the stories its runtime, and runs them when it is asked to."""

    def __init__(self, perform: Callable[["Stage"], None], plan: Plan) -> None:
        self._perform, self._plan = perform, plan
        self._runtime: SwappingRuntime | None = None
        self._items: dict[str, pytest.Item] = {}
        self.failure: BaseException | None = None

    @property
    def names(self) -> list[str]:
        """The stories."""
        return list(self._items)

    def play(self, name: str, swapped: Swapped, times: int = 1) -> str:
        """Why a story fails with this in its place; nothing where it does not, or is as slow with nothing in it.

        It may take so many times as long as others.
        """
        patience = self._plan.patience * times
        try:
            return self._with(swapped, name, patience)
        except Endless:
            why = f"it goes on for more than {patience:g} s"
        if swapped is not NOTHING:
            try:
                self._with(NOTHING, name, patience)
            except Endless:
                return ""
        return why

    def _with(self, swapped: Swapped, name: str, patience: float) -> str:
        if self._runtime is not None:
            self._runtime.instead = swapped.actions
        with part_swapped(swapped.part, swapped.code):
            return self._play(self._items[name], patience)

    def watch(self, name: str) -> Story:
        """A story as it is, the lines it comes by, and the time it takes, watched."""
        lines: reach.Lines = {}
        if self._runtime is None:
            self.play(name, NOTHING, WATCHED)  # the first story is given its runtime while it plays
        began = time.perf_counter()
        with ExitStack() as watched:
            for file, path in self._plan.parts.items():
                lines[file] = watched.enter_context(reach.in_this_process(path))
            if self._runtime is not None:
                self._runtime.reached = lines
            failed = self.play(name, NOTHING, WATCHED)
        if self._runtime is not None:
            self._runtime.reached = None
        took = time.perf_counter() - began
        return Story(name, round(took, 3), {file: sorted(found) for file, found in lines.items() if found}, failed)

    def _play(self, item: pytest.Item, patience: float) -> str:
        other = next((one for one in self._items.values() if one is not item), None)
        over: list[int] = []

        def enough(number: int, frame: FrameType | None) -> None:
            over.append(number)
            raise Endless

        signal.signal(signal.SIGALRM, enough)
        signal.setitimer(signal.ITIMER_REAL, patience)
        try:
            item.session._setupstate.teardown_exact(item)  # of the last story whatever this one does not share
            reports = runtestprotocol(item, log=False, nextitem=other)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            if over:  # pytest makes a failure of whatever a test raises
                raise Endless
        failed = next((report for report in reports if report.failed), None)
        return "" if failed is None else _why(failed)

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: pytest.FixtureRequest) -> object:
        """The runtime of the stories is ours: one of workers, which takes other texts."""
        if fixturedef.argname != "runtime" or fixturedef.scope != "session":
            return None
        self._runtime = SwappingRuntime(request.getfixturevalue("switchboard"), start="worker")
        self._runtime.longest = self._plan.longest
        fixturedef.cached_result = (self._runtime, fixturedef.cache_key(request), None)
        return self._runtime

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In the place of one run of all."""
        self._items = {item.nodeid: item for item in session.items}
        session.config.hook.pytest_deselected(items=[])  # no run of ours says which texts are tested
        try:
            self._perform(self)
        except BaseException as failure:  # noqa: BLE001 - told when pytest is over
            self.failure = failure
        finally:
            if self._runtime is not None:
                self._runtime.close()
        return True


def on_stage(perform: Callable[[Stage], None], plan: Plan) -> None:
    """Collect the stories, and let somebody have them run as long as he likes."""
    stage = Stage(perform, plan)
    code: int = pytest.ExitCode.OK
    with suppress(SystemExit):
        code = pytest.main([*map(str, plan.stories), f"--rootdir={plan.root}", *SILENT], plugins=[stage])
    if stage.failure is not None:
        raise stage.failure
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise RuntimeError(
            f"expected stories in {', '.join(map(str, plan.stories))}, found that pytest ends with {code}"
        )


def _why(report: pytest.TestReport) -> str:
    """The line in which a test says what it found."""
    lines = [line[1:].strip() for line in report.longreprtext.splitlines() if line.startswith("E")]
    return re.sub(r"\s+", " ", " ".join(lines))[:200] or report.longreprtext[-200:]
