"""Is the memory that is counted the action's own, whatever else the harness has loaded?"""

from pathlib import Path

import pytest

from harness.runtime.outcome import ActionError
from harness.runtime.runs import Runtime, run_action
from tests.harness.runtime.case_table import TOO_MUCH
from tests.harness.runtime.conftest import Action

EVENT = {"inputFields": {"megabytes": "40"}}


@pytest.mark.skipif("sys.platform != 'linux'", reason="compares the two ways to start")
def test_a_forked_run_is_charged_what_a_fresh_one_is(action_python: str, cases: Path) -> None:
    """The peak of a fork lies within 3 MB of that of a fresh interpreter doing the same."""
    peaks = [
        run_action(cases / "allocates.py", EVENT, python=action_python, start=start).max_memory_mb
        for start in ("fork", "spawn")
    ]
    assert None not in peaks
    assert abs((peaks[0] or 0) - (peaks[1] or 0)) < 3


def test_a_large_harness_is_not_charged_to_the_run(runtime: Runtime, cases: Path) -> None:
    """300 MB in the process that asks for the run change nothing about its verdict."""
    weight = bytearray(300 * 1024 * 1024)
    outcome = runtime.run(cases / "allocates.py", EVENT)
    del weight
    assert outcome.status == "succeeded"
    assert outcome.max_memory_mb is not None
    assert outcome.max_memory_mb < 80


def test_what_other_actions_import_is_not_charged(runtime: Runtime, cases: Path) -> None:
    """A run after one that imports the HubSpot client peaks where it did before."""
    before = runtime.run(cases / "empty.py", {"inputFields": {}}).max_memory_mb
    runtime.run(cases / "api_exception.py", {"inputFields": {}})
    after = runtime.run(cases / "empty.py", {"inputFields": {}}).max_memory_mb
    assert before is not None
    assert after is not None
    assert abs(after - before) < 4


def test_what_ran_before_is_not_charged(runtime: Runtime, action: Action) -> None:
    """Runs that print, return and compile a lot leave the next one's memory as it was."""
    quiet = "def main(e): return {'outputFields': {}}"
    before = runtime.run(action(quiet), EVENT).max_memory_mb
    for number in range(5):
        functions = "".join(f"def f{n}(): return {n + number}\n" for n in range(500))
        noisy = (
            "def main(e):\n print('x' * 2_000_000)\n return {'outputFields': {str(n): 'x' * 60_000 for n in range(90)}}"
        )
        runtime.run(action(functions + noisy), {"inputFields": {"text": "x" * 2_000_000}})
    after = runtime.run(action(quiet), EVENT).max_memory_mb
    assert before is not None
    assert after is not None
    assert abs(after - before) < 2


LINUX = pytest.mark.skipif("sys.platform != 'linux'", reason="elsewhere memory is measured by the run alone")
GREEDY = {
    "a spike, then a loop": "def main(e):\n x = b'x' * 300_000_000\n del x\n while True: pass",
    "a spike, then the end": "import os\ndef main(e):\n x = b'x' * 140_000_000\n os._exit(0)",
    "3 GB, and no memory error to catch": (
        "def main(e):\n try: x = b'x' * 3_000_000_000\n except MemoryError: pass\n return {'outputFields': {}}"
    ),
    "a child that is waited for": (
        "import subprocess, sys\ndef main(e):\n"
        " subprocess.run([sys.executable, '-c', 'x = b\"x\" * 400_000_000'])\n return {'outputFields': {}}"
    ),
    "children that are not waited for": (
        "import subprocess, sys, time\ndef main(e):\n"
        " code = 'x = b\"x\" * 60_000_000\\nimport time; time.sleep(60)'\n"
        " for _ in range(3): subprocess.Popen([sys.executable, '-c', code])\n time.sleep(60)"
    ),
}


@LINUX
@pytest.mark.parametrize("name", GREEDY)
def test_too_much_is_too_much(runtime: Runtime, action: Action, name: str) -> None:
    """However it is used and however the run then ends, by itself or by a child, over 128 MB it is killed."""
    outcome = runtime.run(action(GREEDY[name]), EVENT, timeout_s=10.0)
    assert (outcome.status, outcome.error) == ("failed", ActionError(*TOO_MUCH))


@LINUX
def test_forked_children_share_what_they_share(runtime: Runtime, action: Action) -> None:
    """Ten copies of a process with 40 MB are not 400 MB: a page that they share counts once."""
    source = (
        "import os, time\ndef main(e):\n x = b'x' * 40_000_000\n"
        " for _ in range(10):\n  if os.fork() == 0:\n   time.sleep(0.2)\n   os._exit(0)\n"
        " for _ in range(10): os.wait()\n return {'outputFields': {}}"
    )
    assert runtime.run(action(source), EVENT).status == "succeeded"
