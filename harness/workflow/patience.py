"""When HubSpot runs a custom-code action again that failed with a 429 or 5xx.

Documented: the first time after about a minute, then with growing gaps of up to eight hours, for three
days in all (custom-code actions page). Guessed: that each gap is twice the one before.
"""

from datetime import timedelta

FIRST_GAP = timedelta(minutes=1)
LONGEST_GAP = timedelta(hours=8)
IN_ALL = timedelta(days=3)


def gap_before_retry(number: int) -> timedelta | None:
    """How long HubSpot waits before retry `number` (the first is 1); None when it has given up."""
    gap, waited = FIRST_GAP, FIRST_GAP
    for _ in range(number - 1):
        gap = min(gap * 2, LONGEST_GAP)
        waited += gap
    return gap if waited <= IN_ALL else None
