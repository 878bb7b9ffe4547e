"""What does a person write into the account's file? `python -m tests.first_hour.write TABLE KEY VALUE` writes it."""

import sys
from pathlib import Path
from typing import Any

import tomlkit

FILE = Path("deploy/portals/trial.toml")


def main(table: str, key: str, value: str) -> int:
    """Set one key of one table, which is made if need be; the value is TOML."""
    document: Any = tomlkit.parse(FILE.read_text("utf-8"))
    place = document
    for name in table.split("."):
        place = place.setdefault(name, tomlkit.table())
    place[key] = tomlkit.value(value)
    FILE.write_text(tomlkit.dumps(document), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
