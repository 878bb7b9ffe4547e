"""Which operations does the portal carry out, and which refusals can it make?"""

import ast
import functools
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from harness import portal
from harness.portal.refusals import Refusal
from harness.portal.routing import Operation

PORTAL = Path(portal.__file__).parent
NOT_HUBSPOT_S = {"not_emulated", "_broken"}
"""Refusals of the portal itself, of which nothing can be claimed."""


def emulated(operation: Operation) -> bool:
    """Whether it is carried out, and not only known by name."""
    handler = operation.route.handler
    return handler.__module__ != "harness.portal.not_emulated" and handler.__name__ not in _ONLY_NAMED


_ONLY_NAMED = {"campaigns", "performance", "id_mappings"}
"""The flows' handlers that only say what they are not."""


def refusals() -> Iterator[tuple[ModuleType, str]]:
    """Every function of the portal that makes a refusal: its module and its name."""
    for file in sorted(PORTAL.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        names = [
            node.name
            for node in tree.body
            if isinstance(node, ast.FunctionDef) and node.returns and "Refusal" in ast.unparse(node.returns)
        ]
        if names:
            dotted = ".".join(("harness", "portal", *file.relative_to(PORTAL).with_suffix("").parts))
            module = importlib.import_module(dotted)
            yield from ((module, name) for name in names if name not in NOT_HUBSPOT_S)


def noted(function: Any, name: str, into: set[str]) -> Any:
    """The function, leaving its name behind whenever it makes a refusal."""

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        made = function(*args, **kwargs)
        if isinstance(made, Refusal):
            into.add(name)
        return made

    return call
