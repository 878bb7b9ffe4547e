"""Where in a text can a mistake be made? Every change of every operator, and the lines by which it matters."""

import ast
import re
from collections.abc import Iterator

from tests.mutation.change import Change, Source
from tests.mutation.operators import Span, Swap, span, swaps

Lines = frozenset[int]


def changes_in(text: str, until: int | None = None) -> list[Change]:
    """Every small mistake in the code of a text, or in what stands before a line of it."""
    tree, source = ast.parse(text), Source(text)
    uses, found = _uses(tree), []
    for statement in tree.body:
        if until is None or statement.lineno < until:
            finder = _Finder(source, uses)
            finder.statement(statement, "")
            begin, end = source.at(statement.lineno, 0), source.at(*span(statement)[2:])
            found += [change for change in finder.found if _is_code(source, change, begin, end)]
    return sorted(found, key=lambda change: (change.start, change.end))


def _is_code(source: Source, change: Change, begin: int, end: int) -> bool:
    """Whether the statement it is in is still Python."""
    changed = source.between(begin, change.start) + change.after + source.between(change.end, end)
    try:
        compile(changed, "changed", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def _uses(tree: ast.Module) -> dict[str, Lines]:
    """On which lines each name is read, inside of functions: there a constant matters."""
    uses: dict[str, set[int]] = {}
    for top in tree.body:
        if isinstance(top, ast.FunctionDef | ast.ClassDef):
            for node in ast.walk(top):
                if isinstance(node, ast.Name):
                    uses.setdefault(node.id, set()).add(node.lineno)
    return {name: frozenset(lines) for name, lines in uses.items()}


class _Finder:
    """Walks the statements of a text, and knows in which it is."""

    def __init__(self, source: Source, uses: dict[str, Lines]) -> None:
        self._source, self._uses = source, uses
        self.found: list[Change] = []

    def statement(self, node: ast.stmt | ast.ExceptHandler, function: str) -> None:
        """One statement, and those in it."""
        if isinstance(node, ast.Import | ast.ImportFrom) or _is_text(node) or _is_record(node):
            return
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            self._defined(node, f"{function}.{node.name}".lstrip("."))
            return
        lines = self._lines(node, function)
        for child in _statements_in(node):
            self.statement(child, function)
        for each in [node, *_expressions_in(node)]:
            for swap in swaps(each):
                self._add(swap, function, lines)

    def _defined(self, node: ast.FunctionDef | ast.ClassDef, name: str) -> None:
        """What stands in a function, or in a class; a default matters to whoever calls the function."""
        if isinstance(node, ast.FunctionDef):
            body = frozenset(range(node.body[0].lineno, (node.end_lineno or 0) + 1))
            for default in [*node.args.defaults, *(one for one in node.args.kw_defaults if one)]:
                for each in ast.walk(default):
                    for swap in swaps(each):
                        self._add(swap, name, body)
        for child in node.body:
            self.statement(child, name)

    def _lines(self, node: ast.stmt | ast.ExceptHandler, function: str) -> Lines:
        if not function:
            named = {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and _is_set(each)}
            return frozenset().union(*(self._uses.get(name, frozenset()) for name in named))
        body = getattr(node, "body", None)
        last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
        return frozenset(range(node.lineno, max(last, node.lineno) + 1))

    def _add(self, swap: Swap, function: str, lines: Lines) -> None:
        kind, where, instead = swap
        place: Span = where if isinstance(where, tuple) else span(where)
        start, end = self._source.at(*place[:2]), self._source.at(*place[2:])
        before = self._source.between(start, end)
        after = self._after(before, instead)
        if after is not None:
            self.found.append(Change(kind, place[0], start, end, before, after, function, lines))

    def _after(self, before: str, instead: str | tuple[str, str] | ast.AST) -> str | None:
        """What is put there; None where it cannot be told."""
        if isinstance(instead, tuple):
            word = rf"\b{instead[0]}\b" if instead[0][0].isalpha() else re.escape(instead[0])
            after, count = re.subn(word.replace(" ", r"\s+"), instead[1], before)
            return after if count == 1 and "#" not in before else None
        if isinstance(instead, ast.AST):
            place = span(instead)
            return f"({self._source.between(self._source.at(*place[:2]), self._source.at(*place[2:]))})"
        return instead.replace("{}", before)


def _is_text(node: ast.AST) -> bool:
    """Whether it is a docstring, or another text that nobody reads."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_record(node: ast.AST) -> bool:
    """Whether it names the fields of a record."""
    call = node.value if isinstance(node, ast.Assign) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "namedtuple"


def _is_set(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def _statements_in(node: ast.AST) -> Iterator[ast.stmt | ast.ExceptHandler]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt | ast.ExceptHandler):
            yield child


def _expressions_in(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in a statement itself, not in the statements below it, nor in a text with values in it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.stmt | ast.ExceptHandler | ast.JoinedStr):
            yield child
            yield from _expressions_in(child)
