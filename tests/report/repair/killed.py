"""A repair in a process of its own, which may end itself without a word: ADDRESS TOKEN FOLDER REQUEST CLOSE...

It is killed (SIGKILL) the moment the answer to its request of that number has come; 0: it is not. Each CLOSE is
THREAD:MOMENT.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from report.repair.closes import Close
from tests.harness.serve.conftest import ROOT, Served
from tests.report.repair.account import Account
from tests.report.repair.scheduler import Scheduler


def main(address: str, token: str, folder: str, request: str, *closes: str) -> None:
    nobody = cast("subprocess.Popen[str]", None)  # the server is somebody else's
    scheduler = Scheduler(Account(Served(nobody, address, token), Path(folder)))
    scheduler.at_request[int(request)] = lambda: os.kill(os.getpid(), signal.SIGKILL)
    scheduler.runs(Close(thread, int(at)) for thread, _, at in (close.partition(":") for close in closes))


def begun(account: Account, folder: Path, request: int, closes: Iterable[Close]) -> subprocess.Popen[bytes]:
    """Start one on another machine, whose files are in this folder."""
    (folder / "deploy" / "portals").mkdir(parents=True, exist_ok=True)
    given = [account.hub.address, account.hub.token, str(folder), str(request)]
    given += [f"{close.thread_id}:{close.closed_at}" for close in closes]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.report.repair.killed", *given],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
