"""What stands in the log of a run?"""

import re
from datetime import UTC, datetime
from pathlib import Path

from harness.runtime.outcome import Outcome
from harness.runtime.runs import Runtime
from tests.harness.runtime.conftest import Action

ID = "00000000-0000-4000-8000-000000000001"


def test_the_log_is_lambdas(runtime: Runtime, cases: Path) -> None:
    """START, what was printed in its order, END, and a REPORT that says how memory was kept."""
    outcome = runtime.run(cases / "prints_at_import.py", {"inputFields": {}})
    how = {"fork": "enforced", "worker": "enforced", "spawn": "measured"}[runtime.start]
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
    """As Lambda writes it: the exception, then its frames from the action's own file on."""
    outcome = runtime.run(cases / "raises.py", {"inputFields": {}})
    assert outcome.logs.splitlines()[1:-2] == [
        "[ERROR] ValueError: stage 7 is not in pipeline 0",
        "Traceback (most recent call last):",
        '  File "raises.py", line 5, in main',
        '    raise ValueError("stage 7 is not in pipeline 0")',
    ]


def test_a_flood_is_cut(runtime: Runtime, cases: Path) -> None:
    """One megabyte of what is printed is kept; the rest is counted, and the run goes on."""
    outcome = runtime.run(cases / "prints_a_flood.py", {"inputFields": {}})
    dropped = 50_000 * 100 - 1024 * 1024
    assert outcome.status == "succeeded"
    assert outcome.logs.splitlines()[-3] == f"(... {dropped} bytes more were printed and dropped)"
    assert len(outcome.logs) < 1024 * 1024 + 1_000


def printed(outcome: Outcome) -> list[str]:
    return outcome.logs.splitlines()[1:-2]


def test_each_write_is_in_the_log_at_once(runtime: Runtime, action: Action) -> None:
    """What stood on an unfinished line when the time was over is there, in the order written."""
    source = (
        "import sys\ndef main(e):\n print('out', end=' ')\n print('err', end=' ', file=sys.stderr)\n"
        " print('out', end='')\n while True: pass"
    )
    outcome = runtime.run(action(source), {"inputFields": {}}, timeout_s=0.3)
    assert printed(outcome)[0].startswith("out err out")


def test_logging_speaks_as_on_lambda(runtime: Runtime, action: Action) -> None:
    """Level, moment, request and message, by tabs; basicConfig changes nothing, for there is a handler already."""
    source = (
        "import logging\nlogging.basicConfig(level='DEBUG')\n"
        "def main(e):\n logging.info('unheard')\n logging.warning('heard')\n return {'outputFields': {}}"
    )
    outcome = runtime.run(action(source), {"inputFields": {}}, now=datetime(2026, 3, 2, 8, tzinfo=UTC))
    assert printed(outcome) == [f"[WARNING]\t2026-03-02T08:00:00.000Z\t{ID}\theard"]


def test_a_cause_is_not_in_the_log(runtime: Runtime, action: Action) -> None:
    """Lambda writes the frames of what main let out, not of what that came from; the same on every Python."""
    source = "def main(e):\n try: 1 / 0\n except Exception as error: raise ValueError('bad') from error"
    outcome = runtime.run(action(source), {"inputFields": {}})
    assert printed(outcome) == [
        "[ERROR] ValueError: bad",
        "Traceback (most recent call last):",
        '  File "action.py", line 3, in main',
        "    except Exception as error: raise ValueError('bad') from error",
    ]


def test_no_run_took_less_than_nothing(runtime: Runtime, action: Action) -> None:
    """A run that ends before its time has begun took 0.00 ms."""
    outcome = runtime.run(action("import os\nos._exit(3)"), {"inputFields": {}})
    assert outcome.duration_ms >= 0
    assert "Duration: -" not in outcome.logs
