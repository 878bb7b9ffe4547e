"""Whether a regular expression that somebody sent can be tried on a text in bearable time.

Python tries one way of matching after the other: an expression that has too many of them, such as (a+)+$, would keep
the portal busy for ever. That HubSpot refuses such expressions is guessed; all limits are ours.
"""

import re
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

LONGEST = 200  # characters of an expression
LONGEST_TEXT = 500  # characters of a text it is tried on
ROUNDS = 200  # counted for a repeat without end: several share the text they are tried on
MOST_WAYS = 10**7  # enough for three repeats without end
MOST_ROUNDS = 30  # of a group that has several ways itself
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


def problem(pattern: str) -> str:
    """Why an expression is not taken; "" for one that is, and for text that is no expression."""
    if len(pattern) > LONGEST:
        return f"an expression of at most {LONGEST} characters, found {len(pattern)}"
    try:
        ways = _ways(_parser.parse(pattern))
    except (re.error, OverflowError, RecursionError):
        return ""
    if ways > MOST_WAYS:
        return "an expression without repeats inside repeats and with fewer of them, found one that may never end"
    return ""


def _ways(parsed: Any) -> int:
    """In how many ways an expression can be tried, at most; no figure goes far beyond the limit."""
    ways = 1
    for code, arguments in parsed:
        ways = min(ways * _ways_of(code, arguments), MOST_WAYS + 1)
    return ways


def _ways_of(code: Any, arguments: Any) -> int:
    if code in REPEATS:
        fewest, most, inner = arguments
        return _repeated(_ways(inner), fewest, max(fewest, min(int(most), ROUNDS)))
    if code is codes.BRANCH:
        return sum(_ways(branch) for branch in arguments[1])
    parts = arguments if isinstance(arguments, tuple | list) else [arguments]
    ways = 1
    for part in parts:
        if isinstance(part, _parser.SubPattern):
            ways *= _ways(part)
    return ways


def _repeated(inner: int, fewest: int, most: int) -> int:
    if inner == 1:
        return max(most - fewest, 0) + 1
    if most > MOST_ROUNDS:
        return MOST_WAYS + 1
    return sum(inner**rounds for rounds in range(fewest, most + 1))
