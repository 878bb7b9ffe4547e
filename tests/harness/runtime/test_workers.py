"""What does a run in a worker find of the run before, and when does a worker make no more?"""

import sys
from collections.abc import Iterator

import pytest

from harness.runtime.runs import Runtime
from tests.harness.runtime.conftest import Action

if sys.platform != "linux":
    pytest.skip("workers are forked", allow_module_level=True)

EVENT = {"inputFields": {"name": "visitor-12"}}
LEAVES_TRACES = """
import builtins, json, logging, os, random, signal, socket, sys, tempfile, time, warnings
count = 0
def main(event):
    global count
    count += 1
    found = {
        "count": count, "cwd": os.getcwd(), "path": len(sys.path), "files": len(os.listdir(tempfile.gettempdir())),
        "limit": sys.getrecursionlimit(), "mask": os.umask(0o077), "filters": len(warnings.filters),
        "handlers": [type(each).__name__ for each in logging.getLogger().handlers], "level": logging.getLogger().level,
        "left": sorted(set(os.environ) & {"LEFT", "TOKEN"}), "timeout": socket.getdefaulttimeout(),
        "alarm": str(signal.getsignal(signal.SIGALRM)), "left_in": hasattr(builtins, "left"),
        "timer": signal.getitimer(signal.ITIMER_REAL)[0], "blocked": len(signal.pthread_sigmask(signal.SIG_BLOCK, ())),
        "year": time.gmtime().tm_year, "out": sys.stdout is sys.__stdout__,
    }
    os.environ["LEFT"] = "1"
    os.chdir("/tmp"); sys.path.insert(0, "/tmp"); sys.setrecursionlimit(300); warnings.simplefilter("error")
    logging.getLogger().addHandler(logging.NullHandler()); logging.getLogger().setLevel(10)
    socket.setdefaulttimeout(1); signal.signal(signal.SIGALRM, signal.SIG_IGN); builtins.left = 1
    signal.setitimer(signal.ITIMER_REAL, 60); signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    os.close(tempfile.mkstemp()[0]); sys.stdout = None
    return {"outputFields": {"pid": os.getpid(), "found": json.dumps(found, sort_keys=True)}}
"""


@pytest.fixture
def workers(action_python: str) -> Iterator[Runtime]:
    """A runtime with workers and no portal."""
    with Runtime(python=action_python, start="worker") as runtime:
        yield runtime


def outputs(runtime: Runtime, action: Action, source: str, **more: object) -> dict[str, object]:
    outcome = runtime.run(action(source), EVENT, **more)  # type: ignore[arg-type]
    assert (outcome.status, outcome.problems) == ("succeeded", ()), outcome
    return dict(outcome.output_fields or {})


def test_each_run_finds_the_beginning(workers: Runtime, action: Action) -> None:
    """Three runs of one file are made in one process, and none finds what the one before changed."""
    one, two, three = (outputs(workers, action, LEAVES_TRACES) for _ in range(3))
    assert one == two == three


def test_a_run_without_secrets_finds_none(workers: Runtime, action: Action) -> None:
    """A secret that the run before was given is not there."""
    source = "import os\ndef main(e): return {'outputFields': {'pid': os.getpid(), 'token': 'TOKEN' in [*os.environ]}}"
    given = outputs(workers, action, source, secrets={"TOKEN": "local-secret-7"})
    assert given["token"] is True
    assert outputs(workers, action, source) == {"pid": given["pid"], "token": False}


def test_another_file_has_another_process(workers: Runtime, action: Action) -> None:
    """What one file leaves in a library never reaches another file."""
    sources = ["import json, os\njson.left = 1", "import json, os"]
    told = [
        outputs(
            workers,
            action,
            source + "\ndef main(e): return {'outputFields': {'pid': os.getpid(), 'left': hasattr(json, 'left')}}",
        )
        for source in sources
    ]
    assert [each["left"] for each in told] == [True, False]
    assert told[0]["pid"] != told[1]["pid"]


@pytest.mark.parametrize(
    ("leaves", "objection"),
    [
        ("import threading; threading.Thread(target=time.sleep, args=(60,), daemon=True).start()", False),
        ("import subprocess; subprocess.Popen(['sleep', '60'])", True),
        ("import subprocess; subprocess.Popen(['yes'])", True),
        ("import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))", False),
        ("if os.fork() == 0: os.setsid(); time.sleep(60)", True),
        ("json.kept = open('/dev/null')", False),
        ("os.close(2)", False),
        ("json.kept = b'x' * 40_000_000", False),
    ],
)
def test_a_worker_that_is_not_as_before_makes_no_more(
    workers: Runtime, action: Action, leaves: str, *, objection: bool
) -> None:
    """A thread, a process, an open or missing file, less allowed or much memory: the next run has a new process."""
    source = f"import json, os, time\ndef main(e):\n    leave = e['inputFields']['leave']\n    if leave: {leaves}\n"
    source += "    return {'outputFields': {'pid': os.getpid()}}"
    if leaves.startswith("if"):
        source = source.replace("if leave: if", "if leave and").replace("os.setsid(); time.sleep(60)", "time.sleep(60)")
    runs = [workers.run(action(source), {"inputFields": {"leave": leave}}) for leave in (0, 0, 1, 0)]
    assert [run.status for run in runs] == ["succeeded"] * 4
    assert [bool(run.problems) for run in runs] == [False, False, objection, False]
    pids = [(run.output_fields or {})["pid"] for run in runs]
    assert pids[0] == pids[1] == pids[2] != pids[3]


@pytest.mark.parametrize(
    "dies", ["exec('while True: pass')", "os._exit(3)", "os.kill(os.getpid(), 11)", "b'x' * 200_000_000"]
)
def test_a_run_that_dies_takes_its_worker_alone(workers: Runtime, action: Action, dies: str) -> None:
    """After a run that had to be ended, or ended itself, the next one is made as if nothing had been."""
    source = f"import os\ndef main(e):\n    if e['inputFields']['die']: {dies}\n    return {{'outputFields': {{}}}}"
    runs = [workers.run(action(source), {"inputFields": {"die": die}}, timeout_s=2) for die in (0, 1, 0)]
    assert [run.status for run in runs] == ["succeeded", "failed", "succeeded"]


def test_memory_is_each_runs_own(workers: Runtime, action: Action) -> None:
    """A run after one with 60 MB more is not charged with them."""
    source = "def main(e):\n    b'x' * e['inputFields']['size']\n    return {'outputFields': {}}"
    sizes = (0, 60_000_000, 0)
    peaks = [workers.run(action(source), {"inputFields": {"size": size}}).max_memory_mb or 0 for size in sizes]
    assert peaks[1] - peaks[0] > 50
    assert abs(peaks[2] - peaks[0]) < 8
