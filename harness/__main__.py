"""What does `python -m harness` do? The same as `chat-handoff harness`."""

import sys

from harness.ending import watched


def main() -> int:
    """Loaded where a Ctrl-C is minded already: to load it takes most of the time of a short command."""
    from harness.cli import main as typed

    return typed(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(watched(main, "harness", as_json="--json" in sys.argv, lasting=True))
