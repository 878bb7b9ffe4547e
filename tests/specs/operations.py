"""Which operation of HubSpot's specs is this request?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from harness.portal.objects.types import TYPES
from tests.specs.files import Spec

NAMES = {type.name: (type.id, type.name, type.singular) for type in TYPES}
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """One method of one path of one spec."""

    spec: Spec
    method: str  # in capitals
    path: str
    definition: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.path} ({self.spec.name})"

    def __hash__(self) -> int:
        return hash((self.spec.name, self.method, self.path))

    @cached_property
    def segments(self) -> list[str]:
        """The path in parts."""
        return parts(self.path)

    @property
    def variables(self) -> int:
        """How many of its parts are variable."""
        return sum(part.startswith("{") for part in self.segments)

    def matches(self, asked: list[str], any_type: bool = False) -> bool:
        """Whether a path is one of this operation's."""
        for own, given in zip(self.segments, asked, strict=True):
            if not _fits(own, given, any_type):
                return False
        return any_type or not self._of_another_type(asked)

    def _of_another_type(self, asked: list[str]) -> bool:
        """The dated specs of one type spell its paths with {objectType}, as if they were of any."""
        mine = self.spec.object_type
        given = [asked[at] for at, part in enumerate(self.segments) if part in ("{objectType}", "{fromObjectType}")]
        return bool(mine and given) and given[0].lower() not in NAMES[mine]


@dataclass
class Operations:
    """All operations of some specs."""

    all: list[Operation] = field(default_factory=list)
    _by_shape: dict[tuple[str, int], list[Operation]] = field(default_factory=dict)

    @classmethod
    def of(cls, specs: Iterable[Spec]) -> "Operations":
        """Those of these specs."""
        made = cls()
        for spec in specs:
            for path, methods in spec.document["paths"].items():
                for method in METHODS:
                    if method in methods:
                        made._add(Operation(spec, method.upper(), path.rstrip("/"), methods[method]))
        return made

    def find(self, method: str, path: str, any_type: bool = False) -> Operation | None:
        """The most specific path wins, then the spec of the record's own type; any_type: or that of another."""
        asked = parts(path)
        candidates = self._by_shape.get((method, len(asked)), [])
        fitting = [operation for operation in candidates if operation.matches(asked, any_type)]
        return min(fitting, key=lambda each: (each.variables, not each.spec.object_type), default=None)

    def _add(self, operation: Operation) -> None:
        self.all.append(operation)
        self._by_shape.setdefault((operation.method, len(operation.segments)), []).append(operation)


def _fits(own: str, given: str, any_type: bool) -> bool:
    """Whether a part of a path is meant; a type may be named by its id or singular, too (documented).

    With any_type it may also be one that there is not: HubSpot's refusal of it is the operation's.
    """
    if own.startswith("{") or (any_type and own in NAMES):
        return given != ""
    return given == own or given.lower() in NAMES.get(own, ())


def parts(path: str) -> list[str]:
    """A path, cut at its slashes; a last one says nothing."""
    return path.removesuffix("/").split("/")[1:]
