"""How fast is the local HubSpot? Beside Prism, beside what importing a web framework takes, and among many records.

1. GETs of random tickets of 100,000 over one keep-alive connection, beside Prism (npm) that serves HubSpot's ticket
   spec in its static mode, as `prism mock` starts it (and, told beside it, without its log): the same client, the same
   requests, in turns. Wanted: at least 6 times Prism's rate, and at most 150 µs of the server's processor time per GET.
2. Ready: from the command to the line that says where it listens. Wanted: at most 3 times what Python takes for
   `import uvicorn, starlette`.
3. Memory: at most 60 MB without records, at most 1.8 KB per ticket of 15 properties.
4. Lists, reads, EQ, IN, ranges and pages on properties with an index, among all records and among 1,000, over HTTP
   and in one process. Wanted: a 95th percentile at most 3 times that among 1,000. Other searches are only told.

Machines are noisy, so what is compared takes turns, and the best round of each counts. Prism and Starlette are
installed once into a folder of their own (--cache); what cannot be had is left out, and said. Needs Linux, for /proc.
`python benchmarks/portal.py [--specs DIR] [--rounds N] [--tickets N] [--cache DIR] [--json]`; ends with 1 when a figure
is missed.
"""

import argparse
import gc
import json
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import searches
from benchmarks.figures import Figure, told
from benchmarks.imports import PACKAGES, NoStarlette, importing, python_with_starlette
from benchmarks.prism import VERSION, NoPrism, prism
from benchmarks.processes import Process, served
from benchmarks.wire import Wire, random_tickets
from harness.serve.running_clock import RunningClock
from harness.serve.seed_file import read_file
from harness.serve.site import Site

FEW = 1_000
GETS, GETS_OF_PRISM, WARMING, STARTS = 15_000, 3_000, 5_000, 7  # Node compiles what it has done often
TICKETS = "/crm/v3/objects/tickets"


def main() -> int:
    """Measure everything, and say whether it is what it should be."""
    asked = _arguments()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        seeds = {count: folder / f"{count}.json" for count in (FEW, asked.tickets)}
        for count, file in seeds.items():
            file.write_text(json.dumps(searches.seed(count)), encoding="utf-8")
        figures = _ready(asked.cache)
        with ExitStack() as servers:
            empty = servers.enter_context(served())
            few, many = (servers.enter_context(served("--seed", str(file))) for file in seeds.values())
            figures += _memory(empty, many, asked.tickets)
            figures += _gets(many, asked)
            ways = [
                (searches.over_http(Wire(server.port)), count) for server, count in ((few, FEW), (many, asked.tickets))
            ]
            figures += _compared(ways[0], ways[1], "HTTP")
            used = many.memory() / 1e6
            figures.append(Figure("memory after that", used, "MB", more="with the indexes that searches made"))
        sites = [(searches.in_process(_site(file).portal), count) for count, file in seeds.items()]
        gc.freeze()  # as the server does
        figures += _compared(sites[0], sites[1], "in one process")
    return told(figures, as_json=asked.json)


def _ready(cache: Path) -> list[Figure]:
    """Starts and imports in turns."""
    why, starts, imports = "", [], []
    try:
        python = python_with_starlette(cache / "starlette")
    except NoStarlette as problem:
        why = str(problem)
    for _ in range(STARTS):
        with served() as server:
            starts.append(server.ready)
        if not why:
            imports.append(importing(python))
    ratio = min(starts) / min(imports) if imports else None
    compared = why or f"{', '.join(PACKAGES)}: {min(imports) * 1000:.0f} ms"
    return [
        Figure("ready", min(starts) * 1000, "ms", more=f"median {statistics.median(starts) * 1000:.0f}"),
        Figure("ready, beside the import", ratio, "times", at_most=3, more=compared),
    ]


def _memory(empty: Process, many: Process, tickets: int) -> list[Figure]:
    """Of the servers as they begin."""
    alone, took = empty.memory(), many.ready - empty.ready
    return [
        Figure("memory, empty", alone / 1e6, "MB", at_most=60),
        Figure("memory, per ticket", (many.memory() - alone) / tickets / 1e3, "KB", at_most=1.8),
        Figure(f"seeding {tickets:,} tickets", took, "s", more=f"{tickets / took:,.0f} per second"),
    ]


def _gets(ours: Process, asked: argparse.Namespace) -> list[Figure]:
    """We, Prism as it starts, and Prism without its log, in turns."""

    def gets(count: int) -> list[bytes]:
        return random_tickets(TICKETS, searches.FIRST, asked.tickets, count)

    why, rates, costs = "", [], []
    theirs: dict[Wire, list[float]] = {}
    with ExitStack() as stack:
        try:
            for silent in (False, True):
                other = stack.enter_context(prism(asked.cache / "prism", asked.specs, silent=silent))
                theirs[Wire(other.port)] = []
        except NoPrism as problem:
            why = str(problem)
        wire = Wire(ours.port)
        for each in (wire, *theirs):
            each.rate(gets(WARMING))
        for _ in range(asked.rounds):
            for other_wire, found in theirs.items():
                found.append(other_wire.rate(gets(GETS_OF_PRISM)))
            requests, before = gets(GETS), ours.cpu()
            rates.append(wire.rate(requests))
            costs.append((ours.cpu() - before) / GETS * 1e6)
    figures = [Figure("GETs", max(rates), "per second", more=f"median {statistics.median(rates):,.0f}")]
    for name, found in zip(("Prism", "Prism without its log"), list(theirs.values()) or [[], []], strict=True):
        best = max(found) if found else None
        more = why or f"Prism {VERSION}, median {statistics.median(found):,.0f}"
        ratio, at_least = max(rates) / best if best else None, 6 if name == "Prism" else None
        figures.append(Figure(f"GETs of {name}", best, "per second", more=more))
        figures.append(Figure(f"GETs, beside {name}", ratio, "times", at_least=at_least, more=why))
    cost = f"median {statistics.median(costs):.0f}"
    return [*figures, Figure("processor time per GET", min(costs), "µs", at_most=150, more=cost)]


def _compared(few: tuple[searches.Ask, int], many: tuple[searches.Ask, int], how: str) -> list[Figure]:
    """Every operation among few records and among many."""
    figures = []
    for name, less, more in searches.percentiles(few, many):
        times = f"{less:.2f} ms among {few[1]:,}, {more:.2f} among {many[1]:,}"
        figures.append(Figure(f"{name}, {how}", more / less, "times", at_most=3, more=times))
    for name, less, more in searches.percentiles(few, many, slow=True):
        times = f"median; {less:.2f} among {few[1]:,}"
        figures.append(Figure(f"{name}, {how}", more, "ms", more=times))
    return figures


def _site(seed: Path) -> Site:
    return Site(RunningClock(), seed=read_file(seed), seed_name=seed.name, limited=False)


def _arguments() -> argparse.Namespace:
    beside = Path(__file__).resolve().parents[2] / "shared" / "specs"
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--specs", type=Path, default=beside, help="a folder with HubSpot's tickets.v3.json")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "chat-handoff-benchmark")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
