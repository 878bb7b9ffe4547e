"""Are the generated weeks what they say?"""

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.simulation import events, generator
from tests.simulation.events import MINUTE, Talks, Weeks
from tests.simulation.expected import chats_of
from tests.simulation.generator import weeks_of

SEEDS = range(1, 31)
CHATS = 100


@pytest.fixture(scope="module")
def many() -> list[Weeks]:
    """Thirty accounts of a hundred chats."""
    return [weeks_of(seed, CHATS) for seed in SEEDS]


def test_a_seed_tells_the_same_weeks_each_time() -> None:
    """A seed's weeks are equal when they are made again, and another seed's are others."""
    assert weeks_of(7, 40) == weeks_of(7, 40)
    assert weeks_of(7, 40) != weeks_of(8, 40)


def test_every_kind_of_event_happens(many: list[Weeks]) -> None:
    """Each kind of event takes place in at least every second account, on average."""
    kinds = Counter(type(event).__name__ for weeks in many for event in weeks.events)
    wanted = {kind.__name__ for kind in events.Event.__subclasses__()}

    assert {kind for kind in wanted if kinds[kind] >= len(SEEDS) / 2} == wanted


def test_chats_are_what_an_inbox_sees(many: list[Weeks]) -> None:
    """Shares of labels, visitors, inboxes, returns and bursts lie where they are meant to."""
    chats = [chat for weeks in many for chat in chats_of(weeks).values()]
    sittings = [sitting for chat in chats for sitting in chat.sittings]
    labels = Counter(sitting.label for sitting in sittings)
    firsts = [event for weeks in many for event in _firsts(weeks)]
    people = {(weeks.seed, person.name): person for weeks in many for person in weeks.account.people}
    strangers = sum(not people[weeks.seed, talks.visitor].known for weeks in many for talks in _firsts(weeks))
    hours = Counter(talks.at // (60 * MINUTE) % 24 for talks in firsts)

    assert len(chats) == len(SEEDS) * CHATS
    assert 0.40 < labels["unresolved"] / len(sittings) < 0.55
    assert 0.30 < labels["resolved"] / len(sittings) < 0.50
    assert 0.05 < labels["skipped"] / len(sittings) < 0.20
    assert 0.15 < sum(len(chat.sittings) > 1 for chat in chats) / len(chats) < 0.35
    assert 0.08 < strangers / len(chats) < 0.35
    assert 0.04 < sum(talks.visitor == "visitor-shared" for talks in firsts) / len(chats) < 0.15
    assert 0.08 < sum(talks.inbox == "Help Desk" for talks in firsts) / len(chats) < 0.20
    assert sum(hours[hour] for hour in range(7, 19)) / len(firsts) > 0.85
    assert all(_busiest(weeks) >= 5 for weeks in many)


def test_two_chats_of_a_visitor_close_at_once(many: list[Weeks]) -> None:
    """In every account a visitor has two chats that close within the same minute or two."""
    for weeks in many:
        firsts = list(_firsts(weeks))
        close = [(one.visitor, one.closes[0]) for one in firsts]
        near = [
            (visitor, at)
            for visitor, at in close
            if any(
                other == visitor and 0 <= then - at <= 70_000 for other, then in close if (other, then) != (visitor, at)
            )
        ]
        assert near, weeks.seed


def test_sittings_of_a_chat_lie_half_an_hour_apart(many: list[Weeks]) -> None:
    """A visitor who is back after less than half an hour of silence has not begun another sitting."""
    for weeks in many:
        for chat in chats_of(weeks).values():
            for before, after in zip(chat.sittings, chat.sittings[1:], strict=False):
                assert after.begins - before.ends >= 30 * MINUTE, (weeks.seed, chat.name)


def test_the_generator_knows_no_action() -> None:
    """Whoever labels imports neither actions nor parts, nor the harness in which they run."""
    folder = Path(generator.__file__).parent
    files = [*folder.glob("*.py"), folder.parent / "events.py", folder.parent / "expected.py"]
    named = {
        name.split(".")[0]
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in _imported(node)
    }

    assert named & {"actions", "harness", "report", "deploy", "contract"} == set()


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def _firsts(weeks: Weeks) -> list[Talks]:
    found: dict[str, Talks] = {}
    for event in weeks.events:
        if isinstance(event, Talks):
            found.setdefault(event.chat, event)
    return list(found.values())


def _busiest(weeks: Weeks) -> int:
    """The most chats that begin within ten minutes."""
    begins = sorted(talks.at for talks in _firsts(weeks))
    return max(sum(at <= other < at + 10 * MINUTE for other in begins) for at in begins)
