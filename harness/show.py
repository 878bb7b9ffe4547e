"""How does a person see the outcome of a run? A headline, the outputs, the problems, the calls, the log.

Word for word: nothing is cut, wrapped or turned into an emoji, and what would steer the terminal is spelled out; only
tabs become blanks.
"""

import json
import re

from rich.console import Console
from rich.text import Text

from harness.ending import Paper
from harness.runtime.outcome import Outcome

COLOURS = {"succeeded": "green", "failed": "red", "will_retry": "yellow", "unknown": "yellow"}
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def show(outcome: Outcome, name: str) -> str:
    """What is printed, in the colours and letters of the terminal it is for."""
    printed = Paper()
    console = Console(file=printed, highlight=False, soft_wrap=True, emoji=False)

    def line(*pieces: str | tuple[str, str]) -> None:
        told = [(plain(piece), "") if isinstance(piece, str) else (plain(piece[0]), piece[1]) for piece in pieces]
        console.print(Text.assemble(*told))

    line((name, "bold"), " ", (outcome.status.replace("_", " "), COLOURS[outcome.status]), f" ({outcome.mark})")
    if outcome.error is not None:
        line("  ", (outcome.error.name, "red"), f": {outcome.error.sentence}")
    for problem in outcome.problems:
        line("  ", ("problem", "yellow"), f": {problem}")
    if outcome.output_fields is not None:
        width = max((len(plain(output)) for output in outcome.output_fields), default=0)
        width = max(width, len("output"))
        line(" ", (f"{'output':{width}}  value", "bold"))
        for output, value in outcome.output_fields.items():
            line(f" {plain(output):{width}}  {json.dumps(value, ensure_ascii=False)}")
    for call in outcome.calls:
        answered = str(call.status) if call.status else "never answered"
        line(f"  {call.method} {call.path} → {answered}")
    line((outcome.logs.rstrip("\n"), "dim"))
    return printed.getvalue()


def plain(text: str) -> str:
    """Control characters and halves of surrogate pairs as their escapes; lines and tabs stay."""
    return _STEERING.sub(lambda found: ascii(found[0])[1:-1], text)
