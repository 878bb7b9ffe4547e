"""How is something said once? On standard error, the first time in this process that it matters."""

import sys

_said: set[str] = set()


def say_once(sentence: str) -> None:
    """Tell the person at the terminal; the same sentence is never told twice."""
    if sentence not in _said:
        _said.add(sentence)
        sys.stderr.write(f"harness: {sentence}\n")
