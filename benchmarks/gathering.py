"""How long does the report's first run take, and the next? Against the local HubSpot, with its limits, in real time.

1. A month of a busy desk on which no chat has a ticket: the calls it makes, within the bound that threads, tickets and
   chats set, each of which has to be read.
2. Its time, beside what as many calls take at 190 in ten seconds. Wanted: at most 1.15 times that.
3. The run after it, when nothing is new. Wanted: at most 10 calls.

`python benchmarks/gathering.py [--seed FILE] [--json]`; ends with 1 when a figure is missed.
"""

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.figures import Figure, told
from benchmarks.processes import ROOT, served

MONTH = ROOT / "harness/portal/seeds/month.yaml"
KEY = "local-token-1"
PER_SECOND = 19.0
THREADS, BATCH = 500, 100  # threads in a page; tickets and actors in one
SPARE, SLOWER, NOTHING_NEW = 20, 1.15, 10


def main() -> int:
    """Measure, and tell."""
    parser = argparse.ArgumentParser(description="How long do the report's first run and the next take?")
    parser.add_argument("--seed", type=Path, default=MONTH)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with served("--seed", str(asked.seed.absolute())) as server, tempfile.TemporaryDirectory() as folder:
        address = f"http://127.0.0.1:{server.port}"
        bound = _bound(address)
        _control("DELETE", f"{address}/_local/weather")
        _control("POST", f"{address}/_local/limits", {"enforced": True})
        project = Path(folder)
        (project / "deploy/portals").mkdir(parents=True)
        portal = f'portal_id = 4711001\nkind = "test"\napi_host = "{address}"\n'
        (project / "deploy/portals/local.toml").write_text(portal, encoding="utf-8")
        first, seconds = _reported(project, address)
        time.sleep(10)  # the allowance of the run before is over
        again, _ = _reported(project, address)
    share = seconds * PER_SECOND / first
    figures = [
        Figure("calls of the first run", first, "", at_most=bound),
        Figure("its time, of what the limit takes", share, "", at_most=SLOWER, more=f"{seconds:.0f} s"),
        Figure("calls when nothing is new", again, "", at_most=NOTHING_NEW),
    ]
    return told(figures, as_json=asked.json)


def _reported(project: Path, address: str) -> tuple[int, float]:
    """The calls of one `report drops`, by the account's own log, and its seconds, from the command on."""
    _control("DELETE", f"{address}/_local/requests")
    told_so = os.environ | {"PYTHONPATH": str(ROOT), "HUBSPOT_REPORT_TOKEN": KEY}
    command = [sys.executable, "-m", "report", "drops", "--portal", "local", "--json"]
    begun = time.perf_counter()
    ran = subprocess.run(command, cwd=project, env=told_so, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begun
    if ran.returncode:
        raise SystemExit(ran.stderr)
    json.loads(ran.stdout)
    return int(_control("GET", f"{address}/_local/requests?limit=1")["total"]), seconds


def _bound(address: str) -> int:
    """ceil(N/page) + ceil(T/100) + pages of messages of the closed chats + actors in batches + 20."""
    state = _control("GET", f"{address}/_local/state")
    closed = [thread for thread in state["threads"] if thread["status"] == "CLOSED"]
    pages = sum(math.ceil(len(thread["messages"]) / THREADS) for thread in closed)
    actors = {message["createdBy"] for thread in closed for message in thread["messages"]}
    batches = (len(state["threads"]) / THREADS, len(state["tickets"]) / BATCH, len(actors) / BATCH)
    return pages + sum(map(math.ceil, batches)) + SPARE


def _control(method: str, url: str, body: Any = None) -> Any:
    with requests.Session() as session:
        session.trust_env = False
        answer = session.request(method, url, json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None


if __name__ == "__main__":
    sys.exit(main())
