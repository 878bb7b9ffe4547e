"""How is an examination shown? One list in click order, in which what is to be done is numbered."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Console
from rich.text import Text

from deploy.doctor.examine import Finding
from deploy.doctor.line import DEPLOY, FAILED, HAND, LOOK, READY, TO_DO, Line
from deploy.menus import GUESSED

COLOURS = {READY: "green", DEPLOY: "cyan", HAND: "yellow", LOOK: "blue", FAILED: "red"}
WORDS = {
    READY: "ready",
    DEPLOY: "for a command of ours",
    HAND: "for a person",
    LOOK: "to look at",
    FAILED: "not asked",
}


def show(findings: Iterable[Finding], console: Console) -> None:
    """Print the list while it grows."""
    title, number, states = "", 0, Counter[str]()
    for finding in findings:
        if finding.check != title:
            title = finding.check
            console.print(Text(f"\n{title}", style="bold"), soft_wrap=True)
        line = finding.line
        states[line.state] += 1
        number += line.state in TO_DO
        mark = f"{number}." if line.state in TO_DO else ""
        console.print(_head(mark, line), soft_wrap=True)
        for more in _more(line):
            console.print(Text(f"{'':15}{more}"), soft_wrap=True)
    console.print(Text(f"\n{_sum(states)}"), soft_wrap=True)


def as_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """As plain data."""
    return [finding.line.as_json(finding.check) for finding in findings]


def _head(mark: str, line: Line) -> Text:
    return Text.assemble(f"{mark:>4} ", (f"{line.state:9}", COLOURS[line.state]), " ", line.what)


def _more(line: Line) -> Iterator[str]:
    yield from line.details
    if line.remedy:
        yield f"-> {line.remedy}{f' ({GUESSED[:-1].lower()})' if line.guessed and ' > ' in line.remedy else ''}"


def _sum(states: Counter[str]) -> str:
    return ", ".join(f"{states[state]} {words}" for state, words in WORDS.items()) + "."
