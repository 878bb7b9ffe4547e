"""How near to HubSpot's limit does the report read? Against the local HubSpot, with its limits, in real time.

1. So many calls at 190 in ten seconds, with answers at once and with answers that take a while. Wanted: at most 15 %
   longer than the limit makes them take, and not one 429.
2. The same without limits: calls a second, and processor time per call, of the reader alone. Only told.

`python benchmarks/asking.py [--calls N] [--seconds S] [--json]`; ends with 1 when a figure is missed.
"""

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.figures import Figure, told
from benchmarks.processes import Process, served
from report.asking.asking import Ask, Asking

PATH, KEY = "/crm/objects/2026-09/tickets", "local-token-1"
SLOWER = 1.15


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of so many calls."""

    calls: int
    attempts: int  # with those that were repeated
    seconds: float
    cpu: float  # seconds of processor time of this process
    per_second: float  # what the account allows

    @property
    def share(self) -> float:
        """How long it took, of what the account's limit makes so many calls take."""
        return self.seconds * self.per_second / self.calls


def measured(host: str, key: str, calls: int, path: str = PATH) -> Measured:
    """Read so often, several at once, as fast as the account allows."""
    with Asking(host, key) as asking:
        begun, cpu = time.perf_counter(), time.process_time()
        for _ in asking.each(Ask("GET", path, {"limit": "1"}) for _ in range(calls)):
            pass
        taken = time.perf_counter() - begun
        return Measured(calls, asking.calls, taken, time.process_time() - cpu, asking.per_second)


def main() -> int:
    """Measure, and tell."""
    parser = argparse.ArgumentParser(description="How near to HubSpot's limit does the report read?")
    parser.add_argument("--calls", type=int, default=600)
    parser.add_argument("--seconds", type=float, default=0.4, help="what a slow answer takes")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    figures = []
    for slow in (0.0, asked.seconds):
        with served() as server:
            found = measured(_address(server, slow, limits=True), KEY, asked.calls)
        more = f"{asked.calls} calls, answers after {slow:g} s, {found.calls / found.seconds:.1f} calls/s"
        figures.append(Figure("time, of what the limit takes", found.share, "", at_most=SLOWER, more=more))
        figures.append(Figure("calls made twice", found.attempts - found.calls, "", at_most=0))
    with served() as server:
        found = measured(_address(server, 0.0, limits=False), KEY, 10 * asked.calls)
    figures.append(Figure("without limits", found.calls / found.seconds, "calls/s"))
    figures.append(Figure("processor time per call", found.cpu / found.calls * 1e6, "µs"))
    return told(figures, as_json=asked.json)


def _address(server: Process, slow: float, *, limits: bool) -> str:
    """Where it is; its answers come so late, and its limits count, from here on."""
    address = f"http://127.0.0.1:{server.port}"
    with requests.Session() as session:
        session.trust_env = False
        session.post(f"{address}/_local/limits", json={"enforced": limits}).raise_for_status()
        if slow:
            rule = {"kind": "slow", "seconds": slow, "times": 1_000_000}
            session.post(f"{address}/_local/weather", json=rule).raise_for_status()
    return address


if __name__ == "__main__":
    sys.exit(main())
