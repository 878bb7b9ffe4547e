"""What can be typed after `python -m report`?"""

import importlib
import importlib.util
import sys
from collections.abc import Callable, Sequence

from deploy.command_line import REFUSED, Door

EXTRA = ("altair", "duckdb", "ibis", "jinja2", "vl_convert")
INTERRUPTED = 130  # what a shell calls the end by Ctrl-C
HELP = "The chats that fell through: count them, be told of them, put them right."


COMMANDS = {
    "drops": "report.drops.command",
    "calibrate": "report.calibrate.command",
    "alert": "report.alert.command",
    "repair": "report.repair.command",
    "forget": "report.forgetting.command",
    "accounts": "report.many.command",
    "tables": "report.many.command",
}
"""Where each command stands. Only what was typed is imported: some need libraries that take seconds to load."""


def main(arguments: list[str] | None = None) -> int:
    """Take the command line; 0 done, 1 refused or failed, 3 there is an alarm."""
    missing = [name for name in EXTRA if importlib.util.find_spec(name) is None]
    if missing:
        print(
            f"report: expected the libraries of its extra, found no {', no '.join(missing)}. "
            "Run pip install 'hubspot-chat-handoff[report]', or pip install -e '.[report]' in a checkout.",
            file=sys.stderr,
        )
        return REFUSED
    try:
        chosen = commands(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:  # while it loads
        return INTERRUPTED
    return Door("report", HELP, chosen).main(arguments)


def commands(typed: Sequence[str] = ()) -> tuple[Callable[..., None], ...]:
    """The command that was typed; where none was, all there are."""
    chosen = [word for word in typed if word in COMMANDS][:1]
    return tuple(getattr(importlib.import_module(COMMANDS[name]), name) for name in chosen or COMMANDS)
