"""What can happen to one call of an action? Everything that HubSpot's retries are there for."""

from dataclasses import dataclass

import msgspec

from harness.portal.weather_rules import Rule


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong at one call."""

    words: str
    """With {call} for the call's number."""
    rule: Rule

    def at(self, call: int) -> Rule:
        """The weather that brings it to the so-manieth call from now."""
        return msgspec.structs.replace(self.rule, at_call=call, times=1)


FAULTS = (
    Fault("429 at call {call}", Rule("busy")),
    Fault("500 before call {call}", Rule("breaks", status=500)),
    Fault("500 after call {call}", Rule("breaks", status=500, after_write=True)),
    Fault("no answer, call {call} not done", Rule("drops")),
    Fault("no answer, call {call} done", Rule("drops", after_write=True)),
    Fault("killed before call {call}", Rule("kills")),
    Fault("killed after call {call}", Rule("kills", after_write=True)),
)
FOUND_BY_SEARCH = Fault("500 after call {call}, then found by search", FAULTS[2].rule)
"""What an attempt wrote is found by the next one's search: only where an action searches is that another trial."""
