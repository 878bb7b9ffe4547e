"""What would our file say if it took over what was changed in HubSpot, and nothing else?

Four texts of one workflow, all as our file writes it: the file, what was ours at the last shipment, what HubSpot had
after it, what HubSpot has. Where HubSpot's two are equal the file stays as it is. Where they differ, HubSpot's wins,
unless the file was changed there too: then the file stays as it is, and that is said.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from deploy.overlay import identity_of

NONE: Any = object()
"""What is not there."""
ORDERLESS = ("actionId", "name")  # actions, inputs and outputs: their order says nothing


@dataclass(frozen=True, slots=True)
class Merge:
    """How values are compared, and who is told."""

    clash: Callable[[str, Any, Any], object]
    """Told of each conflict: where, what we say, what HubSpot says."""
    trimmed: Callable[[Any], Any]
    """A file's action without what other files say of it."""

    def merged(self, file: Any, ours: Any, before: Any, now: Any, where: str = "") -> Any:
        """The file's value with HubSpot's changes in it; NONE when the value goes."""
        if now in (before, file):
            return file
        values = (file, before, now)
        if isinstance(file, dict) and isinstance(now, dict) and (isinstance(before, dict) or before is NONE):
            return self._dict(file, _or(ours, {}), _or(before, {}), now, where)
        if all(isinstance(each, list) for each in values):
            keys = {identity_of(each) for each in values if each}
            if len(keys) == 1 and "" not in keys:
                return self._list(file, _or(ours, []), before, now, keys.pop(), where)
        if file is NONE or file == ours or (isinstance(file, dict) and self.trimmed(file) == ours):
            return now
        self.clash(where, file, now)
        return file

    def _dict(self, file: Any, ours: Any, before: Any, now: Any, where: str) -> dict[str, Any]:
        found = {}
        for name in [*file, *(name for name in now if name not in file)]:
            at = f"{where}, {name}".removeprefix(", ")
            value = self._one(name, (file, ours, before, now), at)
            if value is not NONE:
                found[name] = value
        return found

    def _one(self, name: str, four: tuple[Any, ...], where: str) -> Any:
        file, ours, before, now = (each.get(name, NONE) for each in four)
        return self.merged(file, ours, before, now, where)

    def _list(self, file: Any, ours: Any, before: Any, now: Any, key: str, where: str) -> list[Any]:
        """Entries that can be told apart, in the file's order; in HubSpot's where that was changed and has a sense."""
        by = tuple({entry[key]: entry for entry in each} for each in (file, ours, before, now))
        order = [entry[key] for entry in file]
        if key not in ORDERLESS and [*by[2]] != [*by[3]]:
            order = [*by[3], *(name for name in order if name not in by[3])]
        found = []
        for name in [*order, *(name for name in by[3] if name not in order)]:
            value = self._one(name, by, f"{where} {name}".strip())
            if value is not NONE:
                found.append(value)
        return found


def _or(value: Any, other: Any) -> Any:
    return value if isinstance(value, type(other)) else other
