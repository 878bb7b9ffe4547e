"""One seed, one account, weeks of events. Knows nothing of actions, parts or the portal."""

from tests.simulation.generator.weeks import weeks_of

__all__ = ["weeks_of"]
