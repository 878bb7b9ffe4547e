"""Is nothing left of a run, however it ends?"""

import os
import sys
from pathlib import Path

import pytest

from harness.runtime.runs import Runtime, run_action
from tests.harness.runtime.case_table import LEFT_BEHIND

EVENT: dict[str, object] = {"inputFields": {}}


def alive(pid: int) -> bool:
    """Does this process still run? One that only waits to be collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_timeout_ends_the_whole_process_group(runtime: Runtime, cases: Path) -> None:
    """A run that ignores SIGTERM and waits for a child is over at its limit, and so is the child."""
    outcome = runtime.run(cases / "waits_for_its_child.py", EVENT, timeout_s=1.0)
    printed = outcome.logs.splitlines()
    assert (outcome.status, outcome.error and outcome.error.name) == ("failed", "Sandbox.Timedout")
    assert printed[2].endswith(" 00000000-0000-4000-8000-000000000001 Task timed out after 1.00 seconds")
    assert not alive(int(printed[1]))


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_process_that_outlives_main_is_ended_and_named(runtime: Runtime, cases: Path) -> None:
    """The run succeeds, its process is gone, and we say that it was left behind."""
    outcome = runtime.run(cases / "leaves_a_process.py", EVENT)
    assert (outcome.status, outcome.problems) == ("succeeded", (LEFT_BEHIND,))
    assert outcome.output_fields is not None
    assert not alive(outcome.output_fields["pid"])


@pytest.mark.skipif(sys.platform != "linux", reason="only a forked run's escaped processes can be found")
def test_a_daemon_that_leaves_its_group_is_ended_too(action_python: str, cases: Path) -> None:
    """A process that changed both group and parent is gone after the run."""
    outcome = run_action(cases / "leaves_a_daemon.py", EVENT, python=action_python)
    assert (outcome.status, outcome.problems) == ("succeeded", (LEFT_BEHIND,))
    assert outcome.output_fields is not None
    assert not alive(outcome.output_fields["pid"])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_a_fork_bomb_is_stopped(runtime: Runtime, cases: Path) -> None:
    """The 65th process is refused and named, and the run fails with what the system would have raised."""
    outcome = runtime.run(cases / "fork_bomb.py", EVENT)
    expected = "expected processes of its own alone, found more than 64 of its own, which was refused."
    assert (outcome.status, outcome.error and outcome.error.name) == ("failed", "BlockingIOError")
    assert expected in outcome.problems


def test_a_runtime_runs_on_after_a_run_that_ended_badly(runtime: Runtime, cases: Path) -> None:
    """Runs that crash, loop or use too much leave nothing behind for the next one."""
    for case, event in (("crash", {}), ("closes_everything", {}), ("allocates", {"megabytes": 200})):
        assert runtime.run(cases / f"{case}.py", {"inputFields": event}).status == "failed"
    assert runtime.run(cases / "empty.py", EVENT).status == "succeeded"


def test_no_file_of_a_run_stays(runtime: Runtime, cases: Path) -> None:
    """What a run puts into its temporary folder goes with it."""
    outcome = runtime.run(cases / "leaves_a_file.py", EVENT)
    assert (outcome.status, outcome.problems) == ("succeeded", ())
    assert outcome.output_fields is not None
    assert not Path(outcome.output_fields["path"]).exists()
