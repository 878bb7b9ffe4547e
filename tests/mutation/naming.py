"""Which stories speak of what a line speaks of? By the words that both have, the rare ones first."""

import ast
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

_WORD = re.compile(r"[A-Za-z_]{4,}")


class Named:
    """What each story names: the words of its test, and of its own case."""

    def __init__(self, root: Path, names: Iterable[str]) -> None:
        self._words = {name: _words_of(root, name) for name in names}
        self._stories = Counter(word for words in self._words.values() for word in words)

    def ranked(self, code: str) -> list[str]:
        """Those that name something which the line names, first those that share what few of them name."""
        asked = set(_WORD.findall(code))
        scores = {
            name: sum(1 / self._stories[word] for word in asked & words)
            for name, words in self._words.items()
            if asked & words
        }
        return sorted(scores, key=lambda name: (-scores[name], name))


def _words_of(root: Path, name: str) -> frozenset[str]:
    file, _, test = name.partition("::")
    function, _, case = test.partition("[")
    return _tests_of(root / file).get(function.rpartition("::")[2], frozenset()) | set(_WORD.findall(case))


@lru_cache
def _tests_of(file: Path) -> dict[str, frozenset[str]]:
    """The words of each test of a file, of what decorates it too."""
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    found = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            found[node.name] = frozenset(_WORD.findall("\n".join(lines[first - 1 : node.end_lineno])))
    return found
