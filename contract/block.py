"""Where in an action file does the contract stand, and on which line is each of its keys?

The block is PEP 723 inline metadata (`# /// script` ... `# ///`); what is ours in it is `[tool.hubspot]`.
PEP 723 lets a reader pass over a block that is not closed. We refuse it: better no contract than one that
nobody reads.
"""

import bisect
import contextlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OPENING = "# /// script"
CLOSING = "# ///"
# The expression PEP 723 gives, for the one block type it defines; an empty block is a block too.
BLOCK = re.compile(r"(?m)^# /// script$\n(?P<content>(^#(| .*)$\n)*)^# ///$")
ALMOST = re.compile(r"#\s*/{2,}\s*script\s*", re.IGNORECASE)
TOML_PLACE = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)", re.DOTALL)


class ContractError(Exception):
    """A contract that is wrong: where, what was expected, what was found, what to do."""

    def __init__(self, file: Path | str, line: int, *, expected: str, found: str, remedy: str) -> None:
        """Put the four together into one sentence that starts like a compiler's."""
        self.file = str(file)
        self.line = line
        self.expected = expected
        self.found = found
        self.remedy = remedy
        super().__init__(f"{self.file}:{line}: expected {expected}, found {found}. {remedy}")


@dataclass(frozen=True)
class Block:
    """The TOML of one file's block and the line of the file its first line stands on."""

    file: Path
    first_line: int
    text: str
    data: dict[str, Any]

    def line_of(self, *keys: str) -> int:
        """Return the line on which `keys`, a table or a value, begins; its table's when it is not there.

        tomllib gives no places, so the text's beginnings are read: the shortest one that parses and holds the key
        ends with the key's value, and the one before it, which parses too, ends above the key.
        """
        lines = self.text.split("\n")

        def held(begin: int, sought: tuple[str, ...]) -> bool:
            """Does the next beginning that parses, from so many lines on, hold it?"""
            for end in range(begin, len(lines) + 1):
                with contextlib.suppress(tomllib.TOMLDecodeError):
                    return _holds(tomllib.loads("\n".join(lines[:end])), sought)
            return False

        for depth in range(len(keys), 0, -1):
            at = bisect.bisect_left(range(1, len(lines) + 1), True, key=lambda begin: held(begin, keys[:depth]))
            if at < len(lines):
                return self.first_line + at
        return self.first_line

    def refuse(self, *keys: str, expected: str, found: str, remedy: str) -> ContractError:
        """Return the error that points at `keys`."""
        return ContractError(self.file, self.line_of(*keys), expected=expected, found=found, remedy=remedy)


def find(source: str, file: Path) -> Block | None:
    """Return the one `script` block of a file in canonical text, or None when it has none."""
    lines = source.split("\n")
    opened = [number for number, line in enumerate(lines, 1) if line == OPENING]
    for number, line in enumerate(lines, 1):
        if line != OPENING and ALMOST.fullmatch(line):
            raise ContractError(
                file,
                number,
                expected=f"'{OPENING}' to open a block",
                found=repr(line),
                remedy="Write it exactly so: with another spelling nobody reads the block.",
            )
    if not opened:
        return None
    first = opened[0]
    block = BLOCK.search(source)
    if block is None or _line_at(source, block.start()) != first:
        raise _unclosed(source, file, first)
    if len(opened) > 1:
        raise ContractError(
            file,
            opened[1],
            expected=f"one '{OPENING}' block",
            found=f"another one opening (the first is on line {first})",
            remedy=f"Put both into one block that ends with '{CLOSING}'.",
        )
    text = "\n".join(line[2:] for line in block["content"].removesuffix("\n").split("\n"))
    return Block(file, first + 1, text, _load(text, file, first + 1))


def _unclosed(source: str, file: Path, begin: int) -> ContractError:
    """Return the error for a block that PEP 723 would pass over."""
    after = enumerate(source.split("\n")[begin:], begin + 1)
    number, line = next((number, line) for number, line in after if line != "#" and not line.startswith("# "))
    return ContractError(
        file,
        number,
        expected=f"a line of the block (starting with '# ') or its closing '{CLOSING}'",
        found=repr(line) if line else "an empty line",
        remedy=f"Close the block that opens on line {begin}.",
    )


def _load(text: str, file: Path, first_line: int) -> dict[str, Any]:
    """Return the block's TOML; a mistake in it is reported on its line of the file."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as mistake:
        place = TOML_PLACE.fullmatch(str(mistake))
        last = text.count("\n") + 1
        line = int(place["line"] or last) if place else 1
        raise ContractError(
            file,
            first_line + line - 1,
            expected="TOML",
            found=f"a mistake in it: {place['what'] if place else mistake}",
            remedy="Correct this line.",
        ) from None
    except (ValueError, RecursionError) as mistake:  # a number of thousands of digits, thousands of brackets
        what = "one nested too deep" if isinstance(mistake, RecursionError) else f"a mistake in it: {mistake}"
        raise ContractError(file, first_line, expected="TOML", found=what, remedy="Correct the block.") from None


def _holds(table: object, keys: tuple[str, ...]) -> bool:
    for key in keys:
        if not isinstance(table, dict) or key not in table:
            return False
        table = table[key]
    return True


def _line_at(source: str, offset: int) -> int:
    return source.count("\n", 0, offset) + 1
