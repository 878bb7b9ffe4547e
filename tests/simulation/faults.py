"""What goes wrong at this call of this run? The seed's dice, thrown anew for each call; or a list of faults.

The dice are thrown by the call's own name, not one after another: whatever is cut from the weeks, the weather of what
is left stays as it was.
"""

import hashlib

from harness.portal.weather_rules import Rule
from tests.simulation.events import Fault, Run, Weeks

BUSY, BEFORE, AFTER, KILL, KILL_AFTER = "429", "502 before", "502 after", "kill before", "kill after"
CHANCES = ((BUSY, 0.10), (BEFORE, 0.025), (AFTER, 0.025), (KILL, 0.004), (KILL_AFTER, 0.004))
"""Per call: 10 % 429, 5 % 5xx of which half are carried out, and nearly 1 % kills."""
WORDS = {
    BUSY: "429",
    BEFORE: "502, nothing was done",
    AFTER: "502, although it was carried out",
    KILL: "the run is killed before it",
    KILL_AFTER: "the run is killed after it was carried out",
}
RULES = {
    BUSY: Rule("busy", times=1),
    BEFORE: Rule("breaks", times=1, status=502),
    AFTER: Rule("breaks", times=1, status=502, after_write=True),
    KILL: Rule("kills", times=1),
    KILL_AFTER: Rule("kills", times=1, after_write=True),
}


class Faults:
    """The faults of one play, and those of them that struck."""

    def __init__(self, weeks: Weeks) -> None:
        self._seed = weeks.seed
        self._listed = None if weeks.faults is None else {(one.run, one.call): one.kind for one in weeks.faults}
        self.struck: list[Fault] = []

    def at(self, run: Run, call: int) -> Rule | None:
        """What strikes this call, counted from 1."""
        kind = self._thrown(run, call) if self._listed is None else self._listed.get((run, call), "")
        if not kind:
            return None
        self.struck.append(Fault(run, call, kind))
        rule = RULES[kind]
        return Rule(rule.kind, times=1, status=rule.status, after_write=rule.after_write)

    def _thrown(self, run: Run, call: int) -> str:
        name = f"{self._seed} {run.flow} {run.subject} {run.enrolment} {run.action} {run.attempt} {call}"
        thrown = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) / 2**64
        for kind, chance in CHANCES:
            if thrown < chance:
                return kind
            thrown -= chance
        return ""
