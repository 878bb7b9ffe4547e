"""Precision and recall, against populations whose truth is known."""

import random

import pytest

from report.calibrate.drawing import Key, allocated
from report.calibrate.estimating import Confusion, Estimate, calibrated, wilson
from report.calibrate.strata import Stratum

Population = dict[Key, tuple[int, int]]  # closes, and of how many the verdict is right

USUAL: Population = {
    ("unresolved", "no_answer"): (300, 291),
    ("unresolved", "visitor_last"): (200, 170),
    ("unresolved", "promised"): (80, 64),
    ("unresolved", "unclear"): (30, 12),
    ("resolved", "answered_in_session"): (2000, 1940),
    ("resolved", "waiting_on_visitor"): (150, 105),
}
BAD: Population = {
    ("unresolved", "no_answer"): (100, 50),
    ("unresolved", "visitor_last"): (400, 120),
    ("unresolved", "ai_unclear"): (400, 240),
    ("resolved", "answered_in_session"): (1500, 1200),
    ("resolved", "waiting_on_visitor"): (300, 120),
}
SMALL: Population = {
    ("unresolved", "no_answer"): (12, 11),
    ("unresolved", "promised"): (3, 2),
    ("resolved", "answered_in_session"): (40, 36),
    ("resolved", "waiting_on_visitor"): (6, 4),
}


def truth(population: Population) -> tuple[float, float]:
    found = sum(right for key, (_, right) in population.items() if key[0] == "unresolved")
    called = sum(many for key, (many, _) in population.items() if key[0] == "unresolved")
    missed = sum(many - right for key, (many, right) in population.items() if key[0] == "resolved")
    return found / called, found / (found + missed)


def answered(population: Population, size: int, chosen: random.Random) -> list[Stratum]:
    """A sample, drawn as the command draws it and answered by somebody who knows."""
    many = allocated({key: closes for key, (closes, _) in population.items()}, size)
    strata = []
    for key, (closes, right) in population.items():
        drawn = chosen.sample(range(closes), many.get(key, 0))
        strata.append(Stratum(*key, closes, len(drawn), sum(each < right for each in drawn)))
    return strata


@pytest.mark.parametrize("size", [20, 50, 200])
@pytest.mark.parametrize("population", [USUAL, BAD, SMALL], ids=["usual", "bad", "small"])
def test_the_intervals_hold_the_truth(population: Population, size: int) -> None:
    """In 0.85 to 1 of 400 draws each (measured with more: 0.89 to 0.96, and 1 where nearly all is answered)."""
    chosen = random.Random(size)
    precision, recall = truth(population)
    held = [0, 0]
    for _ in range(400):
        found = calibrated(answered(population, size, chosen))
        held[0] += found.precision.low - 1e-9 <= precision <= found.precision.high + 1e-9
        held[1] += found.recall.low - 1e-9 <= recall <= found.recall.high + 1e-9
    assert min(held) / 400 >= 0.85


@pytest.mark.parametrize("population", [USUAL, BAD, SMALL], ids=["usual", "bad", "small"])
def test_the_estimates_lean_to_no_side(population: Population) -> None:
    """Over many draws they come out at the truth, though the sample takes far more of a rare verdict than it has."""
    chosen = random.Random(7)
    found = [calibrated(answered(population, 100, chosen)) for _ in range(400)]
    precision, recall = truth(population)
    assert sum(each.precision.value or 0 for each in found) / 400 == pytest.approx(precision, abs=0.01)
    assert sum(each.recall.value or 0 for each in found) / 400 == pytest.approx(recall, abs=0.02)


def test_all_answered_is_known() -> None:
    """Where nothing is left to ask the interval is the value, and the confusion is counted."""
    found = calibrated(answered(SMALL, 1000, random.Random(1)))
    assert found.confusion == Confusion(13, 2, 6, 38 + 2)
    assert (found.precision.low, found.precision.high) == pytest.approx((13 / 15, 13 / 15))
    assert (found.recall.low, found.recall.high) == pytest.approx((13 / 19, 13 / 19))
    assert found.few == ()


def test_few_answers_are_no_certainty() -> None:
    """Two answers that agree leave open whether half of the closes are wrong."""
    strata = [Stratum("unresolved", "no_answer", 500, 2, 2), Stratum("resolved", "marker", 500, 2, 2)]
    found = calibrated(strata)
    assert (found.precision.value, found.precision.low < 0.5, found.precision.high) == (1.0, True, 1.0)
    assert (found.recall.value, found.recall.low < 0.6, found.recall.high) == (1.0, True, 1.0)
    assert found.few == tuple(strata)


def test_what_was_not_asked_about_is_not_known() -> None:
    """Without an answer about resolved ones there is precision and no recall; a stratum without answers widens it."""
    asked, not_asked = Stratum("unresolved", "no_answer", 500, 100, 90), Stratum("unresolved", "promised", 500)
    other = Stratum("resolved", "marker", 500)
    known, wider = calibrated([asked, other]), calibrated([asked, not_asked, other])
    assert (known.recall, known.confusion) == (Estimate(None), None)
    assert (known.precision.value, wider.precision.value) == (0.9, 0.9)
    assert (known.precision.low > 0.8, wider.precision.low < 0.5) == (True, True)
    assert calibrated([]).precision == Estimate(None)
    assert calibrated([other]).precision == Estimate(None)


def test_wilsons_interval() -> None:
    """As tables of it have it: 0 of 10, 5 of 10, 10 of 10."""
    rounded = [tuple(round(bound, 4) for bound in wilson(share, 10)) for share in (0, 0.5, 1)]
    assert rounded == [(0.0, 0.2775), (0.2366, 0.7634), (0.7225, 1.0)]
