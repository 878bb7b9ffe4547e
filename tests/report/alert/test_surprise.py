"""The count test."""

import math
import random

import pytest

from report.alert.surprise import chance


def poisson(rate: float, count: int) -> float:
    return math.exp(-rate + count * math.log(rate) - math.lgamma(count + 1))


@pytest.mark.parametrize("before", [(0, 0, 0, 0), (0, 1, 0, 0, 1, 0), (3, 9, 1, 30), (400, 420, 380, 410, 390)])
def test_it_is_a_distribution(before: tuple[int, ...]) -> None:
    """Some count comes: chances fall from 1 towards 0, and never below it."""
    chances = [chance(count, before) for count in range(0, 1000, 7)]
    assert chances[0] == 1
    assert chances == sorted(chances, reverse=True)
    assert 0 <= chances[-1] < 1e-3


@pytest.mark.parametrize(("weeks", "spike"), [(4, 4), (6, 3), (8, 3)])
def test_nothing_but_zeros_asks_for_several(weeks: int, spike: int) -> None:
    """Where nothing was ever dropped, so many in one hour are a spike, and fewer are not."""
    assert next(count for count in range(99) if chance(count, [0] * weeks) < 0.001) == spike


def test_one_bad_week_widens_what_is_usual() -> None:
    """A past that varies more than counts do by chance makes the same number less surprising."""
    steady, uneven = chance(8, (2, 2, 2, 2, 2, 2)), chance(8, (0, 0, 12, 0, 0, 0))
    assert (steady < 0.01, uneven > 0.05) == (True, True)


@pytest.mark.parametrize("weeks", [4, 6, 8])
@pytest.mark.parametrize("rate", [0.03, 0.3, 1, 3, 10])
def test_ordinary_hours_are_seldom_taken_for_spikes(rate: float, weeks: int) -> None:
    """Hours that are like those before are a spike in at most 0.001 of the cases (measured: up to 0.0007)."""
    chosen = random.Random(weeks)
    alarms = 0.0
    for _ in range(400):
        before = [sum(chosen.random() < rate / 100 for _ in range(100)) for _ in range(weeks)]
        spike = next(count for count in range(2, 999) if chance(count, before) < 0.001)
        alarms += 1 - sum(poisson(rate, count) for count in range(spike))
    assert alarms / 400 < 0.002
