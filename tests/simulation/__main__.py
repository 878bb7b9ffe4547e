"""`python -m tests.simulation`: play seeds, judge them, and cut a failing one down to a story."""

import sys

from harness.ending import watched


def main() -> int:
    """Loaded where a Ctrl-C is minded already."""
    from tests.simulation.command import main as typed

    return typed(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(watched(main, "simulate", as_json="--json" in sys.argv, lasting=True))
