"""Does one seed tell one history, however it is played?"""

from pathlib import Path

import msgspec
import pytest

from tests.simulation.generator import weeks_of
from tests.simulation.playing import play
from tests.simulation.seam import STRICT, Starter
from tests.simulation.side_by_side import Asked, played
from tests.simulation.telling import FIGURES, digest, told_of

SEED, CHATS = 5, 12


@pytest.fixture(scope="module")
def first(starter: Starter) -> str:
    """The digest of the first play."""
    return told_of(SEED, CHATS, starter, {})[0].digest


def test_a_seed_repeats_in_the_same_process(starter: Starter, first: str) -> None:
    """Played five times by the same warm workers, a seed has one digest; another seed has another."""
    again = {told_of(SEED, CHATS, starter, {})[0].digest for _ in range(5)}

    assert again == {first}
    assert told_of(SEED + 1, CHATS, starter, {})[0].digest != first


def test_a_seed_repeats_side_by_side(first: str) -> None:
    """In processes of their own, beside other seeds, a seed has the digest that it has alone."""
    told = {one.seed: one.digest for one in played(Asked((SEED - 1, SEED, SEED + 1), CHATS), jobs=2)}

    assert (sorted(told), told[SEED]) == ([SEED - 1, SEED, SEED + 1], first)


def test_the_strict_mode_tells_the_same(first: str) -> None:
    """A fresh process over TLS for each run leads to the same history as warm workers on a plain wire."""
    with Starter(STRICT) as strictly:
        assert told_of(SEED, CHATS, strictly, {})[0].digest == first


def test_listed_faults_repeat_what_the_dice_threw(starter: Starter) -> None:
    """A history that is played again with the faults that struck, as a list, is the same."""
    weeks = weeks_of(SEED, CHATS)
    thrown = play(weeks, starter)

    listed = play(msgspec.structs.replace(weeks, faults=tuple(thrown.struck)), starter)

    assert (digest(listed), listed.struck) == (digest(thrown), thrown.struck)


def test_cutting_one_chat_leaves_the_weather_of_the_others(starter: Starter) -> None:
    """What strikes a chat does not depend on which other chats there are."""
    weeks = weeks_of(SEED, CHATS)
    whole = play(weeks, starter)
    (gone,) = {fault.run.subject for fault in whole.struck[:1]}
    fewer = tuple(event for event in weeks.events if getattr(event, "chat", "") != gone)

    rest = play(msgspec.structs.replace(weeks, events=fewer), starter)

    first_runs = {fault for fault in whole.struck if fault.run.subject != gone and fault.run.action == "triage_chat"}
    assert first_runs
    assert first_runs <= set(rest.struck)


def test_a_seed_that_ends_with_an_error_hides_no_other(tmp_path: Path) -> None:
    """Where an action's file cannot be read each seed says so itself, and all are told."""
    broken = tmp_path / "triage_chat.py"
    broken.write_text("# no contract, and no main\n", encoding="utf-8")

    told = list(played(Asked((1, 2, 3), 3, actions={"triage_chat": broken}), jobs=2))

    assert sorted(one.seed for one in told) == [1, 2, 3]
    assert all(not one.good for one in told)


def test_the_weather_is_as_bad_as_it_says(starter: Starter) -> None:
    """Of all calls outside of outages and storms a tenth meets 429 and a twentieth a 5xx; every figure is there."""
    told = [told_of(seed, 40, starter, {})[0] for seed in range(1, 4)]
    total = {name: sum(one.figures[name] for one in told) for name in FIGURES}

    assert 0.08 < total["429"] / total["calls"] < 0.12
    assert 0.035 < total["502"] / total["calls"] < 0.065
    assert min(total.values()) > 0, total
