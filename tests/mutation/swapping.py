"""How does a story come to run the file with the mistake? Its runtime takes another text than the one it is given."""

import importlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FunctionType
from typing import Any

from contract.action import Action
from harness import Outcome, Runtime
from harness.runtime.limits import TIMEOUT_S
from tests.mutation import reach
from tests.mutation.targets import PARTS

LONGEST = TIMEOUT_S
"""After so many seconds, those that it sleeps on the clock's time among them, a run is ended."""


class SwappingRuntime(Runtime):
    """Runs an action, or what was put in its place."""

    instead: Mapping[str, str] = {}
    """Texts that take the place of actions, by name."""
    reached: reach.Lines | None = None
    """Where it is written down which lines were come by, while that is asked."""

    longest = LONGEST

    def run(self, action: Path | str | Action, *arguments: Any, **more: Any) -> Outcome:
        """As a Runtime does."""
        action = action if isinstance(action, Action) else Action.read(action)
        name, more = action.path.stem, {"timeout_s": self.longest, **more}
        if name in self.instead:
            action = Action.parse(self.instead[name], action.path)
        if self.reached is None:
            return super().run(action, *arguments, **more)
        outcome = super().run(reach.watching(action), *arguments, **more)
        lines, logs = reach.told(outcome.logs)
        self.reached.setdefault(name, set()).update(lines)
        return replace(outcome, logs=logs)


@contextmanager
def part_swapped(file: str, code: str | None) -> Iterator[None]:
    """Puts code in the place of a part's that is imported here already, by whomever, and takes it back."""
    if code is None or not file.startswith(PARTS):
        yield
        return
    module = importlib.import_module("actions." + file.replace("/", "."))
    changed = dict(vars(module))
    exec(compile(code, str(module.__file__), "exec"), changed)  # noqa: S102 - our own text, one word of it changed
    before = {name: value for name, value in vars(module).items() if not isinstance(value, FunctionType)}
    bodies = [(ours, ours.__code__, ours.__defaults__) for ours in vars(module).values() if _is_of(ours, module)]
    for ours, _, _ in bodies:
        ours.__code__, ours.__defaults__ = changed[ours.__name__].__code__, changed[ours.__name__].__defaults__
    vars(module).update({name: value for name, value in changed.items() if name in before and _is_plain(value)})
    try:
        yield
    finally:
        vars(module).update(before)
        for ours, body, defaults in bodies:
            ours.__code__, ours.__defaults__ = body, defaults


def _is_of(value: Any, module: Any) -> bool:
    return isinstance(value, FunctionType) and value.__module__ == module.__name__


def _is_plain(value: Any) -> bool:
    """Whether it is a table or a number; records keep their class, which others have imported."""
    return isinstance(value, str | int | float | tuple | list | dict)
