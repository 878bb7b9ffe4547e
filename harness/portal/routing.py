"""Which code answers which method and path: routes declared per area, looked up segment by segment."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any
from urllib.parse import unquote

from harness.portal import refusals
from harness.portal.call import Answer, Call
from harness.portal.versions import SPELLINGS

Scopes = tuple[str, ...] | Callable[[Call], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Route:
    """One operation of an area, in every version that has it."""

    method: str
    area: str
    path: str
    handler: Callable[[Call], Answer]
    scopes: Scopes = ()  # one of these is enough; none: any token
    write: bool = False
    only: tuple[str, ...] = ()  # the versions whose spec has this path; none: all that have the area


@dataclass(frozen=True, slots=True)
class Operation:
    """A route as one version spells it."""

    route: Route
    version: str
    template: str
    names: tuple[str, ...]  # of its variables


@dataclass(slots=True)
class _Node:
    literal: dict[str, "_Node"] = field(default_factory=dict)
    variable: "_Node | None" = None
    operations: dict[str, Operation] = field(default_factory=dict)


class Router:
    """Finds the operation for a method and a path."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._root = _Node()
        self.operations: list[Operation] = []
        for route in routes:
            for version, prefix in SPELLINGS[route.area].items():
                if not route.only or version in route.only:
                    self._add(_operation(route, version, prefix + route.path))

    def _add(self, operation: Operation) -> None:
        node = self._root
        for segment in operation.template.split("/")[1:]:
            if segment.startswith("{"):
                node.variable = node = node.variable or _Node()
            else:
                node = node.literal.setdefault(segment, _Node())
        taken = node.operations.get(operation.route.method)
        if taken:
            raise ValueError(f"routing: {operation.route.method} {operation.template} is declared twice")
        node.operations[operation.route.method] = operation
        self.operations.append(operation)

    def find(self, method: str, path: str) -> tuple[Operation, dict[str, str]]:
        """The operation and its path's variables; a refusal with the nearest ones if there is none."""
        segments = path.removesuffix("/").split("/")[1:]
        node, values = _straight(self._root, segments) or _walk(self._root, segments, 0, [])
        operation = node.operations.get(method) if node else None
        if operation is None:
            raise self._unknown(method, path, node)
        return operation, dict(zip(operation.names, map(unquote, values), strict=True))

    def _unknown(self, method: str, path: str, node: _Node | None) -> refusals.Refusal:
        if node and node.operations:
            nearest = [f"{m} {o.template}" for m, o in sorted(node.operations.items())]
        else:
            templates = {o.template for o in self.operations}
            close = get_close_matches(path[:200], templates, n=3, cutoff=0.5)
            nearest = [f"{o.route.method} {t}" for t in close for o in self.operations if o.template == t]
        return refusals.not_emulated(f"{method[:20]} {path[:200]}", nearest)


def _operation(route: Route, version: str, template: str) -> Operation:
    names = [segment[1:-1] for segment in template.split("/") if segment.startswith("{")]
    return Operation(route, version, template, tuple(names))


def _straight(node: _Node, segments: list[str]) -> tuple[_Node, list[str]] | None:
    """What `_walk` finds when there is no dead end on its way, as nearly always."""
    values = []
    for segment in segments:
        following = node.literal.get(segment)
        if following is None:
            following = node.variable
            if following is None or not segment:
                return None
            values.append(segment)
        node = following
    return (node, values) if node.operations else None


def _walk(node: _Node, segments: list[str], at: int, values: list[str]) -> tuple[_Node | None, list[str]]:
    """A literal segment wins over a variable one; a dead end is given up for the variable."""
    if at == len(segments):
        return (node if node.operations else None), values
    segment = segments[at]
    literal = node.literal.get(segment)
    if literal:
        found, taken = _walk(literal, segments, at + 1, values)
        if found:
            return found, taken
    if node.variable and segment:
        return _walk(node.variable, segments, at + 1, [*values, segment])
    return None, values


def described(operation: Operation) -> dict[str, Any]:
    """One row of a table of operations."""
    return {"method": operation.route.method, "path": operation.template, "version": operation.version}
