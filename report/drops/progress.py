"""How far is it? A line on standard error while HubSpot is asked, with an estimate of what is left."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich import progress as bars
from rich.console import Console

from report.gather.run import Progress, Tell


@contextmanager
def progress() -> Iterator[Tell]:
    """Show it on a terminal; where standard error is a file, a line for each stage."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines()
        return
    columns = (bars.TextColumn("{task.description}"), bars.BarColumn(), bars.TextColumn("{task.fields[said]}"))
    with bars.Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("asking HubSpot", total=None, said="")
        yield lambda at: bar.update(task, description=at.stage, completed=at.done, total=at.of, said=_said(at))


def _lines() -> Tell:
    seen: set[str] = set()

    def tell(at: Progress) -> None:
        if at.stage not in seen:
            seen.add(at.stage)
            print(f"report: {at.stage} ({at.calls} calls so far)", file=sys.stderr, flush=True)

    return tell


def _said(at: Progress) -> str:
    counted = f"{at.done} of {at.of}" if at.of is not None else f"{at.done}"
    left = f", about {_short(at.seconds_left)} left" if at.seconds_left is not None else ""
    return f"{counted}, {at.calls} calls{left}"


def _short(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
