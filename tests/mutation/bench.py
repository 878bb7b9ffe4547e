"""One process that judges mutants, one after another: stories, then the prover, then weeks of the simulation."""

import os
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import msgspec

from tests.mutation.plan import Plan
from tests.mutation.proving import convicted
from tests.mutation.stories import Stage, Swapped, on_stage
from tests.mutation.targets import PARTS, Mutant
from tests.simulation.seam import Starter
from tests.simulation.side_by_side import takes_its_place
from tests.simulation.telling import told_of

Judge = Literal["stories", "prover", "simulation", "time", "nobody", "not reached"]


class Unfair(Exception):
    """A judge objects to what nobody has changed."""


class Verdict(msgspec.Struct):
    """What became of one mutant."""

    key: str
    judge: Judge
    by: str = ""
    """The story, the trial or the seed that found it."""
    why: str = ""
    met: int = 0
    """Stories it met."""
    seconds: float = 0.0

    @property
    def killed(self) -> bool:
        """Whether anybody noticed."""
        return self.judge not in ("nobody", "not reached")


def work(plan: Plan, line: Connection, core: int | None) -> None:
    """Until nobody asks any more: what stories there are, what one comes by, what becomes of a mutant."""
    takes_its_place(core)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    try:
        on_stage(lambda stage: _Bench(plan, stage).answer(line), plan)
    except (EOFError, BrokenPipeError, SystemExit):  # nobody asks any more
        return
    except Exception as failure:  # noqa: BLE001 - told by name to whoever waits
        with suppress(OSError):
            line.send(f"{type(failure).__name__}: {failure}")


class _Bench:
    """Answers what is asked of one process."""

    def __init__(self, plan: Plan, stage: Stage) -> None:
        self._plan, self._stage = plan, stage
        self._starter: Starter | None = None
        self._ours_hold = False

    def answer(self, line: Connection) -> None:
        """Question after question; None is the end."""
        with ExitStack() as ends, TemporaryDirectory(prefix="mutate-") as folder:
            if self._plan.seeds:
                self._starter = ends.enter_context(Starter())
            line.send(self._stage.names)
            while (asked := line.recv()) is not None:
                if isinstance(asked, str):
                    line.send(self._stage.watch(asked))
                else:
                    mutant, stories = asked
                    line.send(self._judged(mutant, stories, Path(folder)))

    def _judged(self, mutant: Mutant, stories: list[str], folder: Path) -> Verdict:
        began = time.perf_counter()
        verdict = self._verdict(mutant, stories, folder)
        verdict.met, verdict.seconds = len(stories), round(time.perf_counter() - began, 2)
        return verdict

    def _verdict(self, mutant: Mutant, stories: list[str], folder: Path) -> Verdict:
        texts = self._plan.targets.texts(mutant)
        code = mutant.change.made_in(self._plan.targets.text(mutant.file)) if mutant.file.startswith(PARTS) else None
        swapped = Swapped(texts, mutant.file, code)
        for name in stories:
            why = self._stage.play(name, swapped)
            if why:
                return Verdict(mutant.key, "stories", name, why)
        if not stories:
            return Verdict(mutant.key, "not reached")
        self._try_ours(folder)
        if self._plan.prover and (why := convicted(texts, self._plan.targets.folder)):
            return Verdict(mutant.key, "prover", why=why)
        return self._played(mutant, texts, folder) or Verdict(mutant.key, "nobody")

    def _try_ours(self, folder: Path) -> None:
        """Once: the files as they are, before prover and simulation. Else whatever they object to would be found."""
        if self._ours_hold:
            return
        targets = self._plan.targets
        ours = {file.stem: targets.text(file.stem) for file in targets.folder.glob("[!_]*.py")}
        if self._plan.prover and (why := convicted(ours, targets.folder)):
            raise Unfair(f"the prover objects to the files as they are: {why}")
        if (week := self._week(ours, folder)) is not None:
            raise Unfair(f"the simulation objects to the files as they are: seed {week[0]}, {week[1]}")
        self._ours_hold = True

    def _played(self, mutant: Mutant, texts: Mapping[str, str], folder: Path) -> Verdict | None:
        """The first week that goes wrong."""
        week = self._week(texts, folder)
        return None if week is None else Verdict(mutant.key, "simulation", f"seed {week[0]}", week[1])

    def _week(self, texts: Mapping[str, str], folder: Path) -> tuple[int, str] | None:
        """The seed and the promise that is broken first."""
        files = {name: folder / f"{name}.py" for name in texts if name != "probe"}
        for name, file in files.items():
            file.write_text(texts[name], encoding="utf-8")
        for seed in range(1, self._plan.seeds + 1):
            assert self._starter is not None
            told, _ = told_of(seed, self._plan.chats, self._starter, files)
            if told.breaks:
                return seed, told.breaks[0].invariant
        return None
