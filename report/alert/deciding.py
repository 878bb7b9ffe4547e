"""Is it quiet, over the threshold, a spike, or is the report blind? Pure: counts in, a reason in a sentence out."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from report.alert.counts import HOUR, LOOK, Counts, Hour
from report.alert.settings import AlertSettings
from report.alert.surprise import chance

SPIKE_LEAST = 2  # one dropped chat is never a spike, however quiet the weeks before
WORDS = "no one two three four five six seven eight".split()


@dataclass(frozen=True)
class Reading:
    """What one way of looking says. Neither on nor over: an incident goes on, and none begins."""

    kind: str  # threshold, spike or blind
    on: bool
    over: bool
    why: str
    dropped: int = 0
    expected: float | None = None


@dataclass(frozen=True)
class Decision:
    """All that was looked at."""

    readings: tuple[Reading, ...]

    @property
    def kind(self) -> str:
        """The first that is on: blind, threshold, spike; else quiet."""
        return next((each.kind for each in self.readings if each.on), "quiet")

    @property
    def why(self) -> str:
        """In a sentence for each that is on; where none is, for each."""
        said = [each.why for each in self.readings if each.on] or [each.why for each in self.readings if each.why]
        return " ".join(said)


def decide(counts: Counts, settings: AlertSettings, *, now: int, refused: str = "") -> Decision:
    """`refused`: what HubSpot said when the key was refused; empty where it was not."""
    return Decision((_blind(counts, settings, now, refused), _threshold(counts, settings), _spike(counts, settings)))


def _blind(counts: Counts, settings: AlertSettings, now: int, refused: str) -> Reading:
    ended = counts.gathered.ended
    if refused:
        return Reading("blind", True, False, f"Nothing could be gathered, because the key was refused: {refused}")
    if ended is None:
        return Reading("blind", True, False, "No gathering has been complete yet, so nobody knows what is dropped.")
    hours = (now - ended) / HOUR
    if hours > settings.blind_hours:
        why = f"The last complete gathering ended {hours:.1f} hours ago, so nobody knows what has been dropped since."
        return Reading("blind", True, False, why)
    return Reading("blind", False, True, "")


def _threshold(counts: Counts, settings: AlertSettings) -> Reading:
    """Over only when half of it is reached no more: a count that hovers at the threshold is one incident."""
    if counts.gathered.until is None:
        return Reading("threshold", False, False, "")
    dropped, needed, hours = counts.recent.dropped, counts.recent.needed, settings.hours
    span = "hour" if hours == 1 else f"{hours} hours"
    on = dropped >= settings.threshold
    word = "which reaches" if on else "below"
    why = f"{dropped} of {needed} chats that needed a ticket in the last {span} were dropped, {word} the threshold"
    over = not on and 2 * counts.longer.dropped <= settings.threshold
    return Reading("threshold", on, over, f"{why} of {settings.threshold}.", dropped)


def _spike(counts: Counts, settings: AlertSettings) -> Reading:
    if counts.gathered.until is None or not settings.spike:
        return Reading("spike", False, counts.gathered.until is not None, "")
    comparable = [each for each in counts.hours if len(each.before) >= settings.weeks]
    found = [each for each in comparable if is_spike(each, settings.chance)]
    fresh = [each for each in found if each in counts.hours[:LOOK]]
    if fresh:
        worst = min(fresh, key=lambda each: chance(each.now.dropped, each.before))
        return Reading("spike", True, False, _said(worst), worst.now.dropped, fmean(worst.before))
    weeks = max((len(each.before) for each in counts.hours[:LOOK]), default=0)
    few = f"Spikes are not looked for: {weeks} of {settings.weeks} weeks are gathered."
    usual = "The last hours are like the same hours of the weeks before."
    return Reading("spike", False, not found, usual if weeks >= settings.weeks else few)


def is_spike(hour: Hour, least: float) -> bool:
    """More than these weeks before let one expect by chance."""
    return hour.now.dropped >= SPIKE_LEAST and chance(hour.now.dropped, hour.before) < least


def _said(hour: Hour) -> str:
    low, high = min(hour.before), max(hour.before)
    had = f"{low} to {high}" if low < high else f"{low}"
    each = "each " if low == high else ""
    often = chance(hour.now.dropped, hour.before)
    return (
        f"{hour.now.dropped} dropped between {hour.begins:%H:%M} and {hour.ends:%H:%M}; the {_number(hour.before)} "
        f"{hour.begins:%A}s before {each}had {had} (by chance that happens in one such hour of {_round(often):,})."
    )


def _number(weeks: Sequence[int]) -> str:
    return WORDS[len(weeks)] if len(weeks) < len(WORDS) else str(len(weeks))


def _round(often: float) -> int:
    """One in how many, one figure of it; more would claim a knowledge that nobody has. A chance may be rounded to 0."""
    whole = round(1 / max(often, 1e-9))
    step = int(10 ** (len(str(whole)) - 1))
    return whole // step * step
