"""What does a log show? It is read line by line: the probe's lines and those of `nox -s live`, whatever stands between.

HubSpot's log can be pasted as it is copied from the screen: a line may begin with a time or a level.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from harness.facts.ledger import Seen
from harness.facts.runtime import FACTS

HUBSPOT = "https://api.hubapi.com"
PROBE, LIVE = "actions/probe.py", "nox -s live"
OUR_RUNS = "00000000-0000-4000-8000-"  # how the local runtime numbers its runs; no Lambda does


class LogError(Exception):
    """A log that shows nothing, or nothing of the real HubSpot."""


@dataclass(slots=True)
class Shown:
    """What a log shows, and how many of its claims were not put."""

    seen: list[Seen] = field(default_factory=list)
    not_put: int = 0


def read(text: str, where: str, on: date) -> Shown:
    """What a log shows; a line without a date of its own is of the day given."""
    if OUR_RUNS in text:
        raise LogError(
            f"{where}: expected a log of the real HubSpot, found one of the local runtime "
            "(its RequestId says so). Paste actions/probe.py into a workflow, press Test, copy that log."
        )
    probed: dict[str, Any] = {}
    shown = Shown()
    for entry in _entries(text.splitlines()):
        if entry.get("action") == "probe":
            probed.update(entry)
        elif isinstance(entry.get("claim"), str) and "held" in entry:
            _of_hubspot(entry, where)
            _add(shown, entry, on)
    shown.seen += [
        Seen(fact.id, not differs, on, PROBE, differs)
        for fact in FACTS
        for differs in [fact.differs(probed)]
        if differs is not None
    ]
    if not shown.seen and not shown.not_put:
        raise LogError(
            f"{where}: expected lines of actions/probe.py or of `nox -s live` (JSON, one object a line), found none."
        )
    shown.seen = _one_each(shown.seen)
    return shown


def _of_hubspot(entry: Mapping[str, Any], where: str) -> None:
    if entry.get("host") != HUBSPOT:
        raise LogError(
            f"{where}: expected claims put to {HUBSPOT}, found one put to {str(entry.get('host'))[:100]}. "
            "Only the real HubSpot verifies: run `nox -s live` without --host."
        )


def _add(shown: Shown, entry: Mapping[str, Any], on: date) -> None:
    if entry["held"] is None:
        shown.not_put += 1
        return
    where = " ".join(str(entry[name]) for name in ("operation", "version", "type") if entry.get(name))
    found = "" if entry["held"] is True else f"{where}: {entry.get('found', '')}"[:500]
    shown.seen.append(Seen(entry["claim"], entry["held"] is True, _day(entry.get("on"), on), LIVE, found))


def _one_each(seen: Iterable[Seen]) -> list[Seen]:
    """A claim is put to several operations and versions: it holds where it held everywhere."""
    rows: dict[str, Seen] = {}
    for each in seen:
        known = rows.get(each.claim)
        if known is None or (known.held and not each.held):
            rows[each.claim] = each
    return list(rows.values())


def _entries(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        start = line.find("{")
        try:
            entry = json.loads(line[start:]) if start >= 0 else None
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict):
            yield entry


def _day(told: object, otherwise: date) -> date:
    try:
        return date.fromisoformat(told) if isinstance(told, str) else otherwise
    except ValueError:
        return otherwise
