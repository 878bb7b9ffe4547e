"""Which mistakes are made in a piece of code, and which lines decide whether a story meets one?"""

import textwrap

import pytest

from tests.mutation.finding import changes_in
from tests.mutation.targets import OURS


def made_in(code: str) -> list[tuple[str, str, str]]:
    """Kind, what stands there, what instead; of the body of a function."""
    text = "def main(a, b, x):\n" + textwrap.indent(code, "    ")
    return [(change.kind, change.before.strip(), change.after.strip()) for change in changes_in(text)]


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("b = a < x", [("comparison", "<", "<=")]),
        ("b = a not in x", [("comparison", "not in", "in")]),
        ("b = (a or\n    b)", [("and, or", "or", "and")]),
        ("b = (a + b) - x", [("arithmetic", ") -", ") +"), ("arithmetic", "+", "-")]),
        ("b = 7", [("constant", "7", "8")]),
        ("b = 60000", [("constant", "60000", "120000")]),
        ("b = True", [("constant", "True", "False")]),
        ('b = "done"', [("constant", '"done"', '"done_"')]),
        ('b = "words that are read"', []),
        ("b = x.strip()", [("call", ".strip()", "")]),
        ("b = sorted(x, key=a)", [("call", "sorted(x, key=a)", "(x)")]),
        ("b = a if a and b else x", [("condition", "a and b", "not (a and b)"), ("and, or", "and", "or")]),
        ("b = a if not (b) else x", [("condition", "not (b)", "(b)")]),
        ("b = [a for a in x if a]", [("condition", "a", "not (a)")]),
        ("return a", [("return", "a", "None")]),
        ("return None", []),
        ("raise a", [("statement", "raise a", "pass")]),
        ("print(a)", [("statement", "print(a)", "pass")]),
        ("b += a", [("statement", "b += a", "pass")]),
        ("x.b = a", [("statement", "x.b = a", "pass")]),
        ("for b in x:\n    break", [("loop", "break", "continue")]),
        ("try:\n    b = a\nexcept ValueError:\n    b = x", [("exception", "ValueError", "()")]),
        ('"""What it does."""', []),
        ("import os", []),
    ],
)
def test_a_piece_of_code_and_its_mistakes(code: str, changes: list[tuple[str, str, str]]) -> None:
    """Each mistake is one piece of the text and another in its place; words that are read are left alone."""
    assert sorted(made_in(code)) == sorted(changes)


def test_a_mistake_is_met_where_its_statement_runs() -> None:
    """The lines of the statement; of an if only its head; of a constant of the file those where it is used."""
    text = 'LIMIT = 3\n\n\ndef main(a):\n    if (a and\n            a.b):\n        return LIMIT\n    return "x"\n'

    assert [(change.before.strip(), sorted(change.lines)) for change in changes_in(text)] == [
        ("3", [7]),
        ("a and\n            a.b", [5, 6]),
        ("and", [5, 6]),
        ("LIMIT", [7]),
        ('"x"', [8]),
        ('"x"', [8]),
    ]


def test_a_mistake_in_a_part_comes_into_every_action_that_carries_it() -> None:
    """In each the same line is changed as in the part, and no other."""
    mutant = next(one for one in OURS.mutants if one.file == "parts/hubspot" and one.change.kind == "and, or")
    part = (OURS.folder / "parts/hubspot.py").read_text(encoding="utf-8").splitlines()

    texts, lines = OURS.texts(mutant), OURS.lines(mutant)

    assert sorted(texts) == sorted(path.stem for path in OURS.folder.glob("[!_]*.py"))
    for name, text in texts.items():
        ours = OURS.text(name).splitlines()
        differ = [n for n, pair in enumerate(zip(ours, text.splitlines(), strict=True), 1) if pair[0] != pair[1]]
        assert differ == sorted(lines[name]), name
        assert ours[differ[0] - 1] == part[mutant.line - 1], name


def test_every_mutant_is_known_by_its_content() -> None:
    """No two have one name, and the name says no line: code that only moves keeps its verdicts and reasons."""
    mutants = OURS.mutants

    assert len({mutant.key for mutant in mutants}) == len(mutants)
    assert all(mutant.code in OURS.text(mutant.file) for mutant in mutants)
