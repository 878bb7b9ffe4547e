"""What does an action file load? What it imports at the top, and the areas of HubSpot's client it uses."""

import ast
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

_ONE_AT_A_TIME = threading.Lock()
"""Two threads of CPython 3.11 that parse at once were seen to end in a SystemError about the depth of recursion."""


@dataclass(frozen=True)
class Imports:
    """What the warm process loads before it forks; one warm process per set of these."""

    modules: tuple[str, ...] = ()
    chains: tuple[tuple[str, ...], ...] = ()
    """Attributes of hubspot.Client, as ("crm", "tickets", "basic_api"): areas are imported at first use."""


def imports_of(source: str) -> Imports:
    """Read them off the text. A file that does not parse loads nothing; its run says why."""
    try:
        with _ONE_AT_A_TIME, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Imports()
    modules = tuple(sorted({name for statement in _at_the_top(tree.body) for name in _names(statement)}))
    if "hubspot" not in modules:
        return Imports(modules)
    return Imports(modules, tuple(sorted({chain for node in ast.walk(tree) for chain in _chain(node)})))


def _at_the_top(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements that run at import, in if, try and with too; not in functions, which may never be called."""
    waiting: list[ast.stmt | ast.excepthandler] = list(body)
    while waiting:  # not by recursion: each elif is an if inside the one before
        statement = waiting.pop()
        if isinstance(statement, ast.stmt):
            yield statement
        if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for block in ("body", "orelse", "finalbody", "handlers"):
                waiting.extend(getattr(statement, block, []))


def _names(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Import):
        yield from (alias.name for alias in statement.names)
    elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
        yield statement.module
        if statement.module.startswith("hubspot."):
            yield from (f"{statement.module}.{alias.name}" for alias in statement.names if alias.name.islower())


def _chain(node: ast.AST) -> Iterator[tuple[str, ...]]:
    """client.crm.tickets.basic_api → ("crm", "tickets", "basic_api")."""
    if not (isinstance(node, ast.Attribute) and node.attr.endswith("_api")):
        return
    names: list[str] = []
    inner: ast.expr = node
    while isinstance(inner, ast.Attribute):
        names.insert(0, inner.attr)
        inner = inner.value
    yield tuple(names)
