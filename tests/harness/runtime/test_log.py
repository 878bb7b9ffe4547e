"""What stands in the log of a run?"""

import re
from pathlib import Path

from harness.runtime.runs import Runtime

ID = "00000000-0000-4000-8000-000000000001"


def test_the_log_is_lambdas(runtime: Runtime, cases: Path) -> None:
    """START, what was printed in its order, END, and a REPORT that says how memory was kept."""
    outcome = runtime.run(cases / "prints_at_import.py", {"inputFields": {}})
    how = {"fork": "enforced", "spawn": "measured"}[runtime.start]
    lines = outcome.logs.split("\n")
    assert lines[:5] == [
        f"START RequestId: {ID} Version: $LATEST",
        "loaded",
        "warned",
        "ran",
        f"END RequestId: {ID}",
    ]
    report = rf"REPORT RequestId: {ID}\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\t"
    assert re.fullmatch(report + rf"Max Memory Used: \d+ MB \({how}\)", lines[5])
    assert lines[6:] == [""]


def test_the_log_of_an_exception_ends_with_its_traceback(runtime: Runtime, cases: Path) -> None:
    """The traceback begins in the action's own file, with the line number that git shows."""
    outcome = runtime.run(cases / "raises.py", {"inputFields": {}})
    assert outcome.logs.splitlines()[1:-2] == [
        "[ERROR] ValueError: stage 7 is not in pipeline 0",
        "Traceback (most recent call last):",
        '  File "raises.py", line 5, in main',
        '    raise ValueError("stage 7 is not in pipeline 0")',
        "ValueError: stage 7 is not in pipeline 0",
    ]


def test_a_flood_is_cut(runtime: Runtime, cases: Path) -> None:
    """One megabyte of what is printed is kept; the rest is counted, and the run goes on."""
    outcome = runtime.run(cases / "prints_a_flood.py", {"inputFields": {}})
    dropped = 50_000 * 100 - 1024 * 1024
    assert outcome.status == "succeeded"
    assert outcome.logs.splitlines()[-3] == f"(... {dropped} bytes more were printed and dropped)"
    assert len(outcome.logs) < 1024 * 1024 + 1_000
