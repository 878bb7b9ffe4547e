"""The closes part says which sittings are judged as one, and which closes wait for a ticket."""

import pytest

from actions.parts.closes import closing_time, judged_now, still_waiting
from actions.parts.conversation import Line
from actions.parts.resolution import Judging

USUAL = Judging(["1000"], [], 2, [], "unless_solved", "resolved", "unresolved")
HOUR = 3600000
START = 1772438400000
SAID = {
    "waits": ("visitor", "Where is my parcel? It should have been here on Monday."),
    "thanks": ("visitor", "Perfect, thank you!"),
    "knocks": ("visitor", "hello?"),
    "answers": ("agent", "It is in the depot, the new address is on it."),
}


def thread_of(*stories):
    """A closed thread and its sittings, an hour each and told in words of SAID, with a close at the end of each."""
    spells = []
    for number, story in enumerate(stories):
        told = [(at, *SAID[word]) for at, word in enumerate(story.split())]
        lines = [Line(START + number * HOUR + at, "said", who, who, text) for at, who, text in told]
        spells.append([*lines, Line(START + number * HOUR + 99, "closed", "agent", "A-3", "")])
    closed_at = spells[-1][-1].at + 1
    return {"status": "CLOSED", "originalChannelId": "1000", "closedAt": str(closed_at)}, spells


RESOLVED, NOTHING = "waits answers thanks", ""


@pytest.mark.parametrize(
    ("stories", "first"),
    [
        (["waits"], 0),
        ([NOTHING], 0),
        (["waits", "waits"], 1),
        (["waits", "knocks"], 0),
        (["waits", "knocks answers"], 1),
        (["waits", NOTHING, "answers", "knocks"], 0),
        (["waits", "waits", NOTHING], 1),
        ([NOTHING, NOTHING], 0),
    ],
)
def test_judged_as_one(stories, first):
    """The last sitting is judged with those before it back to the first in which the visitor asked something."""
    thread, spells = thread_of(*stories)
    assert judged_now(thread, spells, USUAL) == (spells[:first], spells[first:])


@pytest.mark.parametrize(
    ("stories", "served"),
    [
        (["waits"], None),
        (["waits", NOTHING], 0),
        ([RESOLVED, NOTHING], None),
        ([RESOLVED, "waits", NOTHING], 1),
        (["waits", "waits", NOTHING], 0),
    ],
)
def test_the_close_that_is_served(stories, served):
    """The first close that was unresolved; where none of the earlier was, the moment the thread names."""
    thread, spells = thread_of(*stories)
    expected = spells[-1][-1].at + 1 if served is None else spells[served][-1].at
    assert closing_time(thread, spells, USUAL) == expected


def test_the_close_of_a_thread_that_names_none():
    """Without a moment on the thread, its last close is the message's."""
    thread, spells = thread_of(RESOLVED, NOTHING)
    assert closing_time(dict(thread, closedAt=None), spells, USUAL) == spells[-1][-1].at
    assert closing_time(dict(thread, closedAt=None), [[]], USUAL) is None


@pytest.mark.parametrize(
    ("stories", "waiting"),
    [
        ([], []),
        (["waits"], [0]),
        ([RESOLVED], []),
        (["waits", RESOLVED, "waits", "waits"], [2, 3]),
        (["waits", NOTHING, "waits"], [0, 2]),
        (["waits", RESOLVED], []),
    ],
)
def test_earlier_closes_that_wait(stories, waiting):
    """Those unresolved since the last resolved one, the oldest first; a sitting that is nothing changes nothing."""
    thread, spells = thread_of(*stories, "waits")
    assert still_waiting(thread, spells[:-1], USUAL) == [spells[number][-1].at for number in waiting]


def test_a_sitting_without_a_close():
    """Where a sitting has no close, there is none to wait."""
    thread, spells = thread_of("waits", "waits")
    assert still_waiting(thread, [spells[0][:-1]], USUAL) == []
