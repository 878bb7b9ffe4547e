"""A small day file that can be played, for tests that change one thing in it."""

from pathlib import Path

import pytest

from harness.day.book import read_day
from harness.day.refusal import DayError

HEAD = """
day: 2026-03-02
served_inboxes: [Support]
agents: [agent-1]
confirmations: 0
"""

GOOD = """
- name: kettle
  at: "09:00"
  from: visitor-1
  talk:
    - visitor: Hello, is anybody there?
    - wait: 2 min
    - agent-1: Yes!
    - repeat: {times: 2, every: 10, talk: [{visitor: "line {n}"}]}
    - at: "10:00"
    - agent-1 notes: "#resolved"
    - close: resolved
  expected: nothing
"""


def written(tmp_path: Path, chats: str, head: str = HEAD) -> Path:
    file = tmp_path / "day.yaml"
    file.write_text(f"{head}\nchats:\n{chats}", encoding="utf-8")
    return file


def refusal_of(file: Path) -> str:
    """What reading this day is refused with, after the file's name."""
    with pytest.raises(DayError) as refusal:
        read_day(file)
    return str(refusal.value).removeprefix(f"{file}: ")
