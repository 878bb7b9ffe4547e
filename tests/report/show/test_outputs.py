"""Does each output say the whole of what was found, in its own form?"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from report.analysis.findings import Findings
from report.show.as_csv import as_csv
from report.show.as_json import KEYS, as_json, document
from report.show.markdown import markdown
from report.show.terminal import terminal
from tests.report.show.made import NAMES, month, nothing_needed, small

EXPECTED = Path(__file__).parent / "expected"
STEERING = "\x1b]8;;https://example.org\x07a\u202e\nb"
MARKUP = "a|b`c`<b>[d](e)@agent-3 #1"


def printed(findings: Findings, names: Any = None, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, write_through=True)
    terminal(findings, names, stream=stream)
    return raw.getvalue().decode(encoding)


def expected(name: str) -> str:
    return (EXPECTED / name).read_text("utf-8")


def test_terminal() -> None:
    """Without a terminal: the number, when, where, why, the chats with links, what next; in 80 columns, plain."""
    assert printed(small(), NAMES) == expected("small.txt")


def test_terminal_with_few_letters() -> None:
    """A stream that writes ASCII alone gets charts of ASCII."""
    ascii_lines = [
        line for line in printed(small(), encoding="ascii").splitlines() if line.startswith(("dropped", "Mon"))
    ]
    assert ascii_lines == ["dropped           @  max 1", "Mon                              1"]


@pytest.mark.parametrize("findings", [month(), month(2300, 900, 6000), month(0, 0), nothing_needed()])
def test_terminal_width(findings: Findings) -> None:
    """No line is longer than 80 letters, and none carries a colour."""
    lines = printed(findings, NAMES).splitlines()
    assert [line for line in lines if len(line) > 80 or "\x1b" in line] == []


def test_no_name_steers_the_terminal() -> None:
    """A name's control characters and directions are spelled out."""
    told = printed(small(), {"inboxes": {"1001": STEERING}, "agents": {}})
    assert [letter for letter in told if not letter.isprintable() and letter != "\n"] == []


def test_incomplete_comes_first() -> None:
    """What is not final says so before any number, in every output that is read by people."""
    findings = replace(small(), complete=False)
    warning = "Not everything was gathered yet"
    assert printed(findings).startswith(warning)
    assert markdown(findings).startswith(f"> **{warning}")


def test_good_news() -> None:
    """Without a drop the number is 0, and what is next is to go on watching."""
    lines = printed(month(0, 0)).splitlines()
    assert lines[:2] == [
        "0 of 200 chats that needed a ticket went without one.",
        "200 had a ticket within 5 minutes of the close.",
    ]
    assert " ".join(lines[-2:]) == (
        "Next: Nothing to put right. python -m report alert --portal example, every hour, tells of the first one."
    )


def test_markdown() -> None:
    """One page: the number, where, how soon, by which clock, and the chats with links."""
    assert markdown(small(), NAMES) == expected("small.md")


def test_no_name_is_markdown() -> None:
    """A name's bars, backticks, tags, links and mentions are text in a cell."""
    names = {"inboxes": {"1001": MARKUP}, "agents": {}}
    entities = "<code>a&#124;b&#96;c&#96;&#60;b&#62;&#91;d&#93;&#40;e&#41;&#64;agent-3 &#35;1</code>"
    lines = markdown(small(), names).splitlines()
    (cell,) = {line.split(" | ")[3] for line in lines if line.startswith("| [2026-03-03")}
    assert cell == entities


def test_csv() -> None:
    """One row for each late or dropped close, with both links."""
    assert as_csv(small(), NAMES) == expected("small.csv")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", " =", "＝"])
def test_no_cell_is_a_formula(start: str) -> None:
    """A cell that a spreadsheet would calculate has an apostrophe before it."""
    text = f"{start}HYPERLINK(1)"
    rows = list(
        csv.DictReader(
            io.StringIO(as_csv(replace(small(), closes=(replace(small().closes[0], reason=text),))), newline="")
        )
    )
    assert [row["reason"] for row in rows] == [f"'{text}"]


def test_json() -> None:
    """The document says everything, with names where they were asked for."""
    assert as_json(small(), NAMES) == expected("small.json")


def test_json_without_names() -> None:
    """No name is made up: without --names they are null."""
    found = document(small())
    assert {each["name"] for kind in ("days", "inboxes", "agents", "reasons") for each in found[kind]} == {None}
    assert {row[key] for row in found["closes"] for key in ("inbox_name", "agent_name")} == {None}


def test_every_key_is_documented() -> None:
    """KEYS tells the meaning of each key that the document has, and of no other."""
    found = set(keys(json.loads(as_json(small())), ""))
    assert found == set(KEYS)


def keys(value: Any, where: str) -> Iterator[str]:
    """Each key's path, as KEYS writes it."""
    if isinstance(value, dict) and where in ("served_by", "places"):
        yield f"{where}.*"
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from keys(each, f"{where}.{key}" if where else key)
    elif isinstance(value, list):
        for each in value:
            yield from keys(each, f"{where}[]")
    else:
        yield where
