"""Does every run come to its end, in accounts in which nothing is set up wrong?"""

from collections.abc import Iterator

from tests.simulation.invariants.promise import Break, Evidence


class ComesThrough:
    """What the weather breaks HubSpot tries again; whatever else fails is lost, and somebody has to find it."""

    name = "comes through"
    sentence = "No run fails for good: nothing is set up wrong."

    def check(self, evidence: Evidence) -> Iterator[Break]:
        for ran in evidence.history.runs:
            if ran.status in ("failed", "unknown"):
                yield Break(self.name, ran.run.subject, ran.at, f"{ran.run.action} failed for good: {ran.error}")
