"""Does every run stay within what HubSpot allows it?"""

from collections.abc import Iterator

from harness.runtime import limits
from tests.simulation.invariants.promise import Break, Evidence


class WithinBounds:
    """By the run's own clock and the memory of its process."""

    name = "within bounds"
    sentence = f"No run goes beyond its deadline of {limits.TIMEOUT_S:g} seconds, or {limits.MEMORY_MB} MB."

    def check(self, evidence: Evidence) -> Iterator[Break]:
        for ran in evidence.history.runs:
            if ran.seconds >= limits.TIMEOUT_S or ran.memory_mb > limits.MEMORY_MB or "Timedout" in ran.error:
                what = f"{ran.run.action} took {ran.seconds:.1f} s and {ran.memory_mb:.0f} MB"
                yield Break(self.name, ran.run.subject, ran.at, what)
