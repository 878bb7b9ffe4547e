"""The day file: when its lines happen, and what cannot be played is refused with the chat and what to do."""

from pathlib import Path

import pytest

from harness.day.book import read_day
from tests.harness.day.conftest import GOOD, refusal_of, written


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
            "chat kettle: expected a text as at (in quotes, where YAML would read something else), found a whole "
            "number. It has name, at, from, talk, expected, and if wanted called, inbox, channel, spam.",
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
            "chat kettle: expected a span of at most 24 h, such as \"3 min\", found 'a while'. Units are s, min and h.",
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
            "chat kettle, repeat: expected a whole number as times, found a text. It has times, talk, and if "
            "wanted every.",
        ),
        (
            "- agent-1: Yes!",
            "- ticket: {name: a, subject: b}",
            "chat kettle, ticket: expected 'by', found none. It has name, subject, by.",
        ),
        (
            "    - close: resolved\n",
            "",
            "chat kettle: expected close: unresolved or close: resolved as the last line, found notes. "
            "Say how it was closed for good.",
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
            "chat kettle: expected known fields only, found 'mood'. "
            "It has name, at, from, talk, expected, and if wanted called, inbox, channel, spam.",
        ),
    ],
)
def test_refused(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    """A chat that cannot be played is named, with what was expected and what was found."""
    assert right in GOOD
    file = written(tmp_path, GOOD.replace(right, wrong))

    assert refusal_of(file) == says
