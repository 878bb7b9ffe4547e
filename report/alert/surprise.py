"""How likely is a count as high as this one, if the hour were like those of the weeks before? A count test.

Each week's count is taken as Poisson with a rate nobody knows. With Jeffreys' prior on the rate, what the next week may
bring is a negative binomial: it stays wide with few weeks, and with a past of nothing but zeros it asks for several
dropped chats instead of dividing by nothing. Where the past varies more than Poisson counts do (some weeks are just
worse), the variance is widened by as much.

How often an ordinary hour is taken for a spike at `chance` 0.001, for rates from 0.01 to 30 and 4 to 8 weeks: at most
0.0007 where counts vary as Poisson's do (tests/report/alert/test_surprise.py counts some out). A few weeks cannot show
how much hours differ by themselves: where the true variance is twice the mean it is up to 0.011, four times the
mean, up to 0.028. Who is alarmed too often sets a smaller `chance`.
"""

from collections.abc import Sequence
from math import exp, lgamma, log
from statistics import fmean, variance

HALF = 0.5  # Jeffreys' prior of a Poisson rate


def chance(count: int, before: Sequence[int]) -> float:
    """The probability of this count or more, given the counts of the weeks before; at least one of them."""
    if count <= 0:
        return 1.0
    weeks = len(before)
    mean = (sum(before) + HALF) / weeks
    spread = max(1.0, variance(before) / fmean(before)) if weeks > 1 and any(before) else 1.0
    wide = mean * spread * (1 + 1 / weeks)
    size, share = mean * mean / (wide - mean), mean / wide
    if count <= mean:
        return max(0.0, 1 - sum(_mass(each, size, share) for each in range(count)))
    return _tail(count, size, share)


def _tail(count: int, size: float, share: float) -> float:
    """Summed upwards, so that a small chance is not what rounding leaves of 1."""
    total, each = 0.0, count
    while True:
        term = _mass(each, size, share)
        total += term
        if term <= total * 1e-12:
            return min(1.0, total)
        each += 1


def _mass(count: int, size: float, share: float) -> float:
    ways = lgamma(count + size) - lgamma(size) - lgamma(count + 1)
    return exp(ways + size * log(share) + count * log(1 - share))
