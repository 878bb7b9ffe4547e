"""Let several runs be alive at once in one portal, in an order that a seed decides down to single API calls."""

from harness.together.conductor import Conductor, Step

__all__ = ["Conductor", "Step"]
