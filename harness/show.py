"""How does a person see the outcome of a run? A headline, the outputs, the problems, the calls, the log."""

import json

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from harness.runtime.outcome import Outcome

COLOURS = {"succeeded": "green", "failed": "red", "will_retry": "yellow", "unknown": "yellow"}


def show(outcome: Outcome, name: str) -> None:
    """Print it to the terminal."""
    console = Console(highlight=False, soft_wrap=True)
    colour = COLOURS[outcome.status]
    console.print(f"[bold]{escape(name)}[/] [{colour}]{outcome.status.replace('_', ' ')}[/] ({outcome.mark})")
    if outcome.error is not None:
        console.print(f"  [red]{escape(outcome.error.name)}[/]: {escape(outcome.error.sentence)}")
    for problem in outcome.problems:
        console.print(f"  [yellow]problem[/]: {escape(problem)}")
    if outcome.output_fields is not None:
        console.print(_outputs(outcome))
    for call in outcome.calls:
        answered = str(call.status) if call.status else "never answered"
        console.print(f"  {call.method} {escape(call.path)} → {answered}")
    console.print(outcome.logs.rstrip("\n"), style="dim", markup=False)


def _outputs(outcome: Outcome) -> Table:
    table = Table("output", "value", box=None, pad_edge=True, header_style="bold")
    for name, value in (outcome.output_fields or {}).items():
        table.add_row(escape(name), escape(json.dumps(value, ensure_ascii=False)))
    return table
