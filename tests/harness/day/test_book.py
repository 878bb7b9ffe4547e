"""The day file: what cannot be played is refused with file, chat, expected and found."""

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


def test_moments(tmp_path: Path) -> None:
    """Lines follow each other after 40 seconds; wait, every and at change that."""
    (chat,) = read_day(written(tmp_path, GOOD)).chats

    assert [(f"{step.at:%H:%M:%S}", step.kind, step.who, step.text) for step in chat.steps] == [
        ("09:00:00", "visitor", "", "Hello, is anybody there?"),
        ("09:02:40", "agent", "agent-1", "Yes!"),
        ("09:03:20", "visitor", "", "line 1"),
        ("09:03:30", "visitor", "", "line 2"),
        ("10:00:00", "notes", "agent-1", "#resolved"),
        ("10:00:40", "close", "", "resolved"),
    ]


def test_sittings(tmp_path: Path) -> None:
    """A sitting begins with its first line and ends with the close that is not followed by `again`."""
    talk = GOOD.replace("close: resolved", "close: unresolved").replace(
        '    - at: "10:00"\n', '    - close: again\n    - agent-1: One more thing.\n    - at: "10:00"\n'
    )
    more = talk.replace("  expected", '    - at: "15:00"\n    - visitor: Hello?\n    - close: unresolved\n  expected')

    (chat,) = read_day(written(tmp_path, more)).chats

    found = [(f"{one.begins:%H:%M:%S}", f"{one.closes:%H:%M:%S}") for one in chat.unresolved_sittings]
    assert found == [("09:00:00", "10:00:40"), ("15:00:00", "15:00:40")]


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        (
            '"09:00"',
            "9:00",
            "chat kettle: expected the shape of harness/day/monday.yaml, found Expected `str`, got `int` - at "
            "`$.at`. Correct it.",
        ),
        (
            '"10:00"',
            '"25:00"',
            """chat kettle: expected a time such as "09:31", found '25:00'. Write it in quotes.""",
        ),
        ('"10:00"', '"08:59"', "chat kettle: expected a moment not before 09:03:30, found 08:59:00. Correct its talk."),
        (
            "2 min",
            "a while",
            """chat kettle: expected a span such as "3 min", found 'a while'. Units are s, min and h.""",
        ),
        (
            "close: resolved",
            "close: solved",
            "chat kettle: expected close: unresolved, resolved, again, found close: 'solved'. Correct its talk.",
        ),
        (
            "- agent-1: Yes!",
            "- agent-9: Yes!",
            "chat kettle: expected one of visitor, bot, ai, welcome, <agent>, <agent> notes, assigned, reopen, "
            "ticket, ticket closed, close, wait, repeat, found 'agent-9'. Correct its talk.",
        ),
        (
            "- agent-1: Yes!",
            "- agent-1: 5",
            "chat kettle: expected text after 'agent-1' (in quotes, where YAML would read a number), found 5. "
            "Correct its talk.",
        ),
        (
            "- agent-1: Yes!",
            "- {agent-1: Yes!, visitor: No!}",
            "chat kettle: expected one thing per line, found agent-1, visitor in one line. Correct its talk.",
        ),
        (
            "times: 2",
            "times: two",
            "chat kettle: expected repeat: {times, every (seconds), talk}, found Expected `int`, got `str` - at "
            "`$.times`. Correct its talk.",
        ),
        (
            "- agent-1: Yes!",
            "- ticket: {name: a, subject: b}",
            "chat kettle: expected ticket: {name, subject, by}, found Object missing required field `by`. "
            "Correct its talk.",
        ),
        (
            "    - close: resolved\n",
            "",
            "chat kettle: expected a close as the last line, found notes. Say how it was closed.",
        ),
        (
            "expected: nothing",
            "expected: attached to the moon",
            "chat kettle: expected expected: ticket, nothing, or attached to the name of a chat or ticket of this "
            "file, found attached to the moon. Correct the name.",
        ),
        (
            "  expected: nothing",
            "  inbox: Sales\n  expected: nothing",
            "chat kettle: expected inbox Support, found Sales. Correct its inbox.",
        ),
        (
            "  expected: nothing",
            "  mood: bad\n  expected: nothing",
            "chat kettle: expected the shape of harness/day/monday.yaml, found Object contains unknown field "
            "`mood`. Correct it.",
        ),
    ],
)
def test_refused(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    """A chat that cannot be played is named, with what was expected and what was found."""
    assert right in GOOD
    file = written(tmp_path, GOOD.replace(right, wrong))

    with pytest.raises(DayError) as refusal:
        read_day(file)

    assert str(refusal.value) == f"{file}: {says}"


@pytest.mark.parametrize(
    ("weather", "says"),
    [
        ('- {at: "10:00"}', "weather at 10:00"),
        ('- {at: "10:00", storm: {status: 429}}', "weather at 10:00"),
        ('- {at: "10:00", storm: {times: 3}, outage: {until: "11:00"}}', "weather at 10:00"),
    ],
)
def test_no_weather(tmp_path: Path, weather: str, says: str) -> None:
    """Weather that says nothing, or two things, is refused with its time."""
    file = written(tmp_path, GOOD, head=f"{HEAD}\nweather:\n{weather}\n")

    with pytest.raises(DayError) as refusal:
        read_day(file)

    assert str(refusal.value) == (
        f"{file}: {says}: expected an outage, or a storm with either times or until, found neither or both. Write one."
    )


def test_name_twice(tmp_path: Path) -> None:
    """Two chats of one name are refused, because others attach to them by name."""
    file = written(tmp_path, GOOD + GOOD)

    with pytest.raises(DayError) as refusal:
        read_day(file)

    assert str(refusal.value) == (f"{file}: chat kettle: expected a name of its own, found it twice. Rename one.")


def test_no_yaml(tmp_path: Path) -> None:
    """A file that is no YAML is refused with the place."""
    file = written(tmp_path, "- [", head="day: 2026-03-02")

    with pytest.raises(DayError) as refusal:
        read_day(file)

    assert str(refusal.value).startswith(f"{file}: the file: expected YAML, found while parsing a flow node")


def test_no_file(tmp_path: Path) -> None:
    """A missing file is refused by its path."""
    with pytest.raises(DayError) as refusal:
        read_day(tmp_path / "tuesday.yaml")

    assert str(refusal.value) == (
        f"{tmp_path / 'tuesday.yaml'}: the file: expected a day in YAML, found no file. Correct the path."
    )
