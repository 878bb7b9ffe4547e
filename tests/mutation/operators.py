"""Which mistakes can be made in one piece of syntax? Pairs of its span and what could stand there instead.

Small and our own: of the 213 operators that cosmic-ray 8.7 lists none takes out a statement, a call or what is
returned, or changes a text.
"""

import ast
import re
from collections.abc import Iterator

Span = tuple[int, int, int, int]  # first line, first column, last line, last column
Swap = tuple[str, ast.AST | Span, str | tuple[str, str] | ast.AST]
"""The kind, where, and what for it: a text, one word for another, or a piece of the same text."""

COMPARED: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}
TURNED = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)
"""Comparisons whose change is the same as negating them."""
RECKONED: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.BitOr: ("|", "&"),
    ast.BitAnd: ("&", "|"),
}
LARGE = 100
"""A number from which on one more is nothing that anybody would see; it is doubled."""
WRAPPERS = frozenset("abs bool dict int list max min set sorted str tuple reversed float".split())
CODE = re.compile(r"[A-Za-z0-9_#-]+")
"""A text that a program compares or looks up. Sentences, addresses and lists of words are left alone."""


def span(node: ast.AST) -> Span:
    """Where a piece of syntax stands."""
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset  # type: ignore[attr-defined]


def between(left: ast.AST, right: ast.AST) -> Span:
    """Where an operator stands, with the blanks and brackets around it."""
    return (*span(left)[2:], *span(right)[:2])


def swaps(node: ast.AST) -> Iterator[Swap]:
    """Everything that can be done wrong at this node itself, not at those within."""
    if isinstance(node, ast.Compare):
        operands = [node.left, *node.comparators]
        for place, operator in enumerate(node.ops):
            yield "comparison", between(operands[place], operands[place + 1]), COMPARED[type(operator)]
    elif isinstance(node, ast.BoolOp):
        word = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            yield "and, or", between(left, right), word
    elif isinstance(node, ast.BinOp) and type(node.op) in RECKONED:
        yield "arithmetic", between(node.left, node.right), RECKONED[type(node.op)]
    elif isinstance(node, ast.Constant):
        yield from _constant(node)
    elif isinstance(node, ast.Call):
        yield from _call(node)
    yield from _condition(node)
    if isinstance(node, ast.stmt | ast.ExceptHandler):
        yield from _statement(node)


def _constant(node: ast.Constant) -> Iterator[Swap]:
    value = node.value
    if isinstance(value, bool):
        yield "constant", node, str(not value)
    elif isinstance(value, int | float):
        yield "constant", node, str(value * 2 if value >= LARGE else value + 1)
    elif isinstance(value, str) and CODE.fullmatch(value):
        yield "constant", node, f'"{value}_"'
    elif value == "":
        yield "constant", node, '"_"'


def _call(node: ast.Call) -> Iterator[Swap]:
    """`x.strip()` becomes x, `sorted(x)` becomes x."""
    if isinstance(node.func, ast.Attribute) and not node.args and not node.keywords:
        yield "call", (*span(node.func.value)[2:], *span(node)[2:]), ""
    elif isinstance(node.func, ast.Name) and node.func.id in WRAPPERS and len(node.args) == 1:
        yield "call", node, node.args[0]


def _condition(node: ast.AST) -> Iterator[Swap]:
    tests: list[ast.expr] = []
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        tests = [node.test]
    elif isinstance(node, ast.comprehension):
        tests = node.ifs
    for test in tests:
        turned = isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], TURNED)
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            yield "condition", test, test.operand
        elif not turned:
            yield "condition", test, "not ({})"


def _statement(node: ast.stmt | ast.ExceptHandler) -> Iterator[Swap]:
    if isinstance(node, ast.Return) and node.value is not None:
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield "return", node.value, "None"
    elif isinstance(node, ast.Break | ast.Continue):
        yield "loop", node, "continue" if isinstance(node, ast.Break) else "break"
    elif isinstance(node, ast.Raise):
        yield "statement", node, "pass"
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "statement", node, "pass"
    elif isinstance(node, ast.AugAssign):
        yield "statement", node, "pass"
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute | ast.Subscript):
        yield "statement", node, "pass"
    elif isinstance(node, ast.ExceptHandler) and node.type is not None:
        yield "exception", node.type, "()"
