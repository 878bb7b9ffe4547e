"""Which incidents are there, and who has been told of them? One of each kind at a time, kept in the store.

An incident begins once and is told once. What could not be delivered is still to be told, and so is told by the next
run; where one of two ways failed, by that way alone (kept in `marks`, until all have it).
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from report.alert.counts import HOUR
from report.alert.deciding import Decision, Reading
from report.store.schema import INCIDENTS, MARKS
from report.store.store import Store

BEGUN, ENDED = "begun", "ended"
FIELDS = "kind, began_at, ended_at, dropped, expected, told_at, recovery_told_at"
UNSETTLED = f"""
SELECT {FIELDS} FROM incidents
WHERE portal_id = $1 AND (ended_at IS NULL OR told_at IS NULL OR recovery_told_at IS NULL) ORDER BY began_at, kind
"""  # noqa: S608 (the columns' names are written above)


@dataclass(frozen=True)
class Incident:
    """Something alarming, from when on, until when, and when that was said."""

    kind: str
    began_at: int
    ended_at: int | None = None
    dropped: int = 0  # at its worst
    expected: float | None = None
    told_at: int | None = None
    recovery_told_at: int | None = None


@dataclass(frozen=True)
class Notice:
    """One thing that is to be told: that an incident has begun, or that it is over."""

    incident: Incident
    event: str

    @property
    def name(self) -> str:
        """By which it is known who has it."""
        return f"{self.incident.kind} {self.incident.began_at} {self.event}"


def after(unsettled: Iterable[Incident], decision: Decision, *, now: int, quiet_hours: int) -> list[Incident]:
    """The incidents after this look: begun, worse, over, or as they were."""
    incidents = list(unsettled)
    for reading in decision.readings:
        there = next((one for one in incidents if one.kind == reading.kind and one.ended_at is None), None)
        if there is not None:
            incidents[incidents.index(there)] = _later(there, reading, now, quiet_hours)
        elif reading.on:
            incidents.append(Incident(reading.kind, now, None, reading.dropped, reading.expected))
    return incidents


def _later(incident: Incident, reading: Reading, now: int, quiet_hours: int) -> Incident:
    """An alarm of dropped chats lasts for its quiet hours at least; a report that sees again says so at once."""
    rested = incident.kind == "blind" or now - incident.began_at >= quiet_hours * HOUR
    if reading.over and rested:
        return replace(incident, ended_at=now)
    return replace(incident, dropped=max(incident.dropped, reading.dropped))


def notices(incidents: Sequence[Incident]) -> list[Notice]:
    """What is still to be told. That dropping is over is said once, when neither way of looking finds it any more."""
    due = [Notice(one, BEGUN) for one in incidents if one.told_at is None]
    dropping = any(one.kind != "blind" and one.ended_at is None for one in incidents)
    for one in incidents:
        over = one.ended_at is not None and one.recovery_told_at is None
        if over and (one.kind == "blind" or not dropping):
            due.append(Notice(one, ENDED))
    return due


def told(incidents: Iterable[Incident], everywhere: Sequence[Notice], now: int) -> list[Incident]:
    """With what all ways have delivered."""
    names = {each.name for each in everywhere}
    found = []
    for one in incidents:
        begun = now if Notice(one, BEGUN).name in names else one.told_at
        ended = now if Notice(one, ENDED).name in names else one.recovery_told_at
        found.append(replace(one, told_at=begun, recovery_told_at=ended))
    return found


class Incidents:
    """Those of one account in its store. Every change is on the disk when it returns."""

    def __init__(self, store: Store, portal_id: int) -> None:
        self._store, self._portal = store, portal_id

    def unsettled(self) -> list[Incident]:
        """Those that are not over, or not told to the end."""
        return [Incident(*row) for row in self._store.ask(UNSETTLED, self._portal)]

    def keep(self, incidents: Iterable[Incident]) -> None:
        """As they are now, all or none."""
        rows = []
        for one in incidents:
            values = {"portal_id": self._portal, **asdict(one)}
            rows.append([values[name] for name in INCIDENTS.names])
        self._store.put(INCIDENTS, rows)

    def has(self, way: str, notice: Notice) -> bool:
        """Was this delivered that way?"""
        return self._store.mark(self._portal, _mark(way, notice)) != ""

    def delivered(self, way: str, some: Iterable[Notice], now: int) -> None:
        """That it was."""
        self._store.put(MARKS, [(self._portal, _mark(way, notice), str(now)) for notice in some])

    def settle(self, incidents: Iterable[Incident], everywhere: Iterable[Notice]) -> None:
        """Keep what all ways have delivered; who has it need not be known any more."""
        with self._store.step():
            self.keep(incidents)
            for notice in everywhere:
                gone = "DELETE FROM marks WHERE portal_id = $1 AND starts_with(name, 'told ') AND ends_with(name, $2)"
                self._store.change(gone, self._portal, f" {notice.name}")


def _mark(way: str, notice: Notice) -> str:
    return f"told {way} {notice.name}"
