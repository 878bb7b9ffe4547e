"""How often is "unresolved" right, and how many are missed? Pure: strata in, precision and recall with intervals out.

The estimate is stratified: each stratum counts by its closes, not by its answers. The 95 % intervals combine Wilson's
interval of each stratum (MOVER: the distances from the estimate to its bounds are added as squares), and recall, which
is a ratio of two such sums, is solved for as Fieller does. A stratum that was answered to the end is known and adds
nothing; one without an answer is anything from none to all; few answers make a wide interval, also when all agree.
Measured with 2,000 seeded simulations each of six populations: the intervals hold the truth in 0.89 to 0.96 of the
cases with 20 answers, in 0.91 to 0.96 with 50 to 200 (tests/report/calibrate/test_estimating.py repeats some).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from report.calibrate.strata import Stratum

NORMAL = 1.959963984540054  # of 95 %
FEW = 5  # answers of a stratum that say little


@dataclass(frozen=True)
class Estimate:
    """A share, and between which bounds it is with 95 %; None: nothing was answered that tells."""

    value: float | None
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True)
class Confusion:
    """Closes, estimated: what the verdict says by what is so."""

    right_unresolved: float
    wrong_unresolved: float
    wrong_resolved: float  # missed
    right_resolved: float


@dataclass(frozen=True)
class Calibration:
    """All that the answers tell."""

    precision: Estimate
    recall: Estimate
    confusion: Confusion | None
    few: tuple[Stratum, ...]  # strata with too few answers to speak of them alone


@dataclass(frozen=True)
class _Share:
    """The closes of a stratum of which something holds: estimated, at least and at most."""

    value: float
    low: float
    high: float


def calibrated(strata: Sequence[Stratum]) -> Calibration:
    """From what was answered up to now."""
    called = [each for each in strata if each.resolution == "unresolved"]
    others = [each for each in strata if each.resolution != "unresolved"]
    right = _shares(called, lambda each: each.agreed)
    missed = _shares(others, lambda each: each.errors)
    few = tuple(each for each in strata if each.answered < min(FEW, each.population))
    if right is None or missed is None:
        return Calibration(_precision(called, right), Estimate(None), None, few)
    found, lost = sum(each.value for each in right), sum(each.value for each in missed)
    all_called, all_others = sum(each.population for each in called), sum(each.population for each in others)
    confusion = Confusion(found, all_called - found, lost, all_others - lost)
    return Calibration(_precision(called, right), _recall(right, missed), confusion, few)


def wilson(share: float, of: float) -> tuple[float, float]:
    """Between which shares it is, when of so many answers this share was so; with no answer, anything."""
    if of == 0:
        return 0.0, 1.0
    square = NORMAL * NORMAL
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = NORMAL * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def _shares(strata: Sequence[Stratum], holds: Callable[[Stratum], int]) -> list[_Share] | None:
    """None where there are closes and no answer at all; a stratum without any is taken for one like the others."""
    answered = sum(each.answered for each in strata)
    if strata and not answered:
        return None
    weighed = [(each.population, holds(each) / each.answered) for each in strata if each.answered]
    usual = sum(many * share for many, share in weighed) / sum(many for many, _ in weighed) if weighed else 0.0
    return [_share(each, holds(each), usual) for each in strata]


def _share(stratum: Stratum, count: int, usual: float) -> _Share:
    many, answered = stratum.population, stratum.answered
    share = count / answered if answered else usual
    if answered and not stratum.aged and answered >= many:
        return _Share(many * share, many * share, many * share)
    # Answered ones of a small stratum leave less of it unknown (the correction for a finite population).
    weight = answered if stratum.aged or many <= 1 else answered * (many - 1) / (many - answered)
    low, high = wilson(share, weight)
    return _Share(many * share, many * low, many * high)


def _precision(called: Sequence[Stratum], right: Sequence[_Share] | None) -> Estimate:
    every = sum(each.population for each in called)
    if right is None or not every:
        return Estimate(None)
    value = sum(each.value for each in right) / every
    below, above = _distances(right)
    return Estimate(value, max(0.0, value - below / every), min(1.0, value + above / every))


def _recall(right: Sequence[_Share], missed: Sequence[_Share]) -> Estimate:
    """Each candidate is tried: is it so much, given how far both sums may be off?"""
    found, lost = sum(each.value for each in right), sum(each.value for each in missed)
    found_below, found_above = _distances(right)
    lost_below, lost_above = _distances(missed)
    found_below, lost_below = min(found_below, found), min(lost_below, lost)

    def more(share: float) -> bool:
        return (1 - share) * found - share * lost > hypot((1 - share) * found_below, share * lost_above)

    def not_less(share: float) -> bool:
        return (1 - share) * found - share * lost + hypot((1 - share) * found_above, share * lost_below) >= 0

    if found + lost == 0:
        return Estimate(None)
    return Estimate(found / (found + lost), _last(more), _last(not_less))


def _last(holds: Callable[[float], bool]) -> float:
    """The largest share up to which it holds; it holds from 0 on."""
    if holds(1.0):
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _distances(shares: Sequence[_Share]) -> tuple[float, float]:
    below = sqrt(sum((each.value - each.low) ** 2 for each in shares))
    above = sqrt(sum((each.high - each.value) ** 2 for each in shares))
    return below, above
