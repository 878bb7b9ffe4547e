"""Is the memory that is counted the action's own, whatever else the harness has loaded?"""

from pathlib import Path

import pytest

from harness.runtime.runs import Runtime, run_action

EVENT = {"inputFields": {"megabytes": "40"}}


@pytest.mark.skipif("sys.platform != 'linux'", reason="compares the two ways to start")
def test_a_forked_run_is_charged_what_a_fresh_one_is(action_python: str, cases: Path) -> None:
    """The peak of a fork lies within 8 MB of that of a fresh interpreter doing the same."""
    peaks = [
        run_action(cases / "allocates.py", EVENT, python=action_python, start=start).max_memory_mb
        for start in ("fork", "spawn")
    ]
    assert None not in peaks
    assert abs((peaks[0] or 0) - (peaks[1] or 0)) < 8


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
