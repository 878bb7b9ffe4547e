"""Which of our command lines does `chat-handoff <name> ...` hand over to?

The one door of an installed copy: it does not depend on what folders the caller's own repository has.
"""

import importlib
import sys
from pathlib import Path

DOORS = {"harness": "harness.cli", "deploy": "deploy.cli", "report": "report.cli"}
"""What each name is: the module whose `main(arguments)` takes the rest of the line."""


def main(arguments: list[str] | None = None) -> int:
    """Hand the rest of the line to the door it names; with another name, say which there are."""
    name, *rest = (sys.argv[1:] if arguments is None else arguments) or [""]
    if name in {"-h", "--help"}:
        print(usage())
        return 0
    if name not in DOORS:
        found = f"'{name}'" if name else "none"
        print(f"chat-handoff: expected a command, found {found}.\n{usage()}", file=sys.stderr)
        return 1  # 2 would be a difference, to whoever asks deploy for one
    sys.path.insert(0, str(Path(__file__).resolve().parent))  # before PYTHONPATH, which may hold folders of our names
    door = importlib.import_module(DOORS[name])
    code: int | None = door.main(rest)
    return code or 0


def usage() -> str:
    """Return what can be typed."""
    return "usage: " + "\n       ".join(f"chat-handoff {name} ..." for name in DOORS)


if __name__ == "__main__":
    sys.exit(main())
