"""Why did nobody notice? The kept list of reasons, each for a line and what was changed in it."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from tests.mutation.bench import Verdict
from tests.mutation.targets import Mutant

LIST = Path(__file__).parent / "survivors.toml"


class BadList(Exception):
    """A list of reasons that cannot be read: where, expected, found."""


class Reason(msgspec.Struct, forbid_unknown_fields=True):
    """One reason, for one change or several of one line."""

    file: str
    function: str
    code: str
    """The line as it stands there."""
    changes: list[Annotated[list[str | int], msgspec.Meta(min_length=2, max_length=3)]]
    """What stands there, what instead, and of several equal ones which."""
    kind: Literal["equivalent", "not observable", "gap"]
    why: str

    def mutants(self) -> list[str]:
        """The keys of those it speaks of."""
        return [
            "\t".join((self.file, self.function, self.code, *map(str, (*change, 1)[:3]))) for change in self.changes
        ]


class _List(msgspec.Struct, forbid_unknown_fields=True):
    survivor: list[Reason] = []


def reasons(path: Path = LIST) -> dict[str, Reason]:
    """The list, by mutant."""
    try:
        listed = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _List)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as mistake:
        raise BadList(f"{path.name}: {mistake}") from None
    return {key: reason for reason in listed.survivor for key in reason.mutants()}


def stale(listed: Iterable[str], mutants: Iterable[Mutant], verdicts: dict[str, Verdict]) -> list[tuple[str, str]]:
    """Keys in the list that need no reason, and why not: the mutant is gone, or somebody notices."""
    known = {mutant.key for mutant in mutants}
    found = []
    for key in listed:
        if key not in known:
            found.append((key, "is gone"))
        elif key in verdicts and verdicts[key].killed:
            found.append((key, f"is found by the {verdicts[key].judge}: {verdicts[key].by or verdicts[key].why}"))
    return found


def proposed(mutant: Mutant) -> str:
    """An entry for the list, in which only the reason has to be written."""
    change = mutant.change
    nth = f", {mutant.nth}" if mutant.nth > 1 else ""
    quoted = [msgspec.json.encode(text).decode() for text in (change.before, change.after)]
    return "\n".join(
        (
            "[[survivor]]",
            f'file = "{mutant.file}"',
            f'function = "{change.function}"',
            f"code = {msgspec.json.encode(mutant.code).decode()}",
            f"changes = [[{quoted[0]}, {quoted[1]}{nth}]]",
            'kind = "gap"',
            'why = ""',
        )
    )
