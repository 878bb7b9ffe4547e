"""What time is it for an action that is told the time?"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.runtime.outcome import ActionError
from harness.runtime.runs import Runtime
from tests.harness.runtime.conftest import Action

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
BEFORE, AFTER = 1772438400, 1772438400 + 3600


@pytest.fixture
def told(runtime: Runtime, cases: Path) -> dict[str, dict[str, object]]:
    """What each clock said, before and after an hour's sleep."""
    event = {"inputFields": {"sleep": "3600"}}
    outcome = runtime.run(cases / "tells_the_time.py", event, now=NOW, timeout_s=7200)
    assert outcome.error is None
    assert outcome.output_fields is not None
    return dict(outcome.output_fields)


@pytest.mark.parametrize("name", ["time", "time_ns", "bound", "clock_gettime"])
def test_seconds_are_those_told_and_move_with_sleep(told: dict[str, dict[str, object]], name: str) -> None:
    """Each clock that counts seconds starts where told and has moved by the sleep, which took no time."""
    assert (told["before"][name], told["after"][name]) == (BEFORE, AFTER)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("gmtime", "2026-03-02T08", "2026-03-02T09"),
        ("localtime", "2026-03-02T08", "2026-03-02T09"),
        ("now", "2026-03-02T08", "2026-03-02T09"),
        ("utcnow", "2026-03-02T08", "2026-03-02T09"),
        ("aware", "2026-03-02T08+0000", "2026-03-02T09+0000"),
        ("ctime", "Mon Mar  2 08:", "Mon Mar  2 09:"),
        ("today", "2026-03-02", "2026-03-02"),
        ("type", True, True),
    ],
)
def test_dates_are_those_told(told: dict[str, dict[str, object]], name: str, before: object, after: object) -> None:
    """Each way to ask for the date gives the one told, as the real types."""
    assert (told["before"][name], told["after"][name]) == (before, after)


def test_counting_clocks_move_with_sleep(told: dict[str, list[int]]) -> None:
    """The clocks by which actions keep their deadline, monotonic and perf_counter, have moved by the hour."""
    assert told["slept"] == [3600, 3600]


def test_sleep_counts_as_duration(runtime: Runtime, cases: Path) -> None:
    """An action that slept 15 seconds ran for 15 seconds, at no cost."""
    event = {"inputFields": {"sleep": "15"}}
    outcome = runtime.run(cases / "tells_the_time.py", event, now=NOW)
    assert outcome.status == "succeeded"
    assert int(outcome.duration_ms / 1000) == 15


def test_without_a_told_time_it_is_now(runtime: Runtime, cases: Path) -> None:
    """An action that is not told the time has the machine's, and its sleep is real."""
    began = int(datetime.now(UTC).timestamp())
    outcome = runtime.run(cases / "tells_the_time.py", {"inputFields": {"sleep": "0"}})
    assert outcome.output_fields is not None
    assert began <= outcome.output_fields["before"]["time"] <= datetime.now(UTC).timestamp()


def test_sleeps_at_the_same_time_are_one_sleep(runtime: Runtime, action: Action) -> None:
    """Five threads that each sleep a second, together, take a second.

    The moment that one that sleeps leaves the others to do the same ends here when all five sleep, however busy the
    machine is.
    """
    source = (
        "import threading, time\nfrom concurrent.futures import ThreadPoolExecutor\n"
        "all_sleep, real = threading.Barrier(5), time.sleep.__func__.__globals__['_real']\n"
        "real['sleep'] = lambda seconds: seconds and all_sleep.wait()\n"
        "def main(e):\n began = time.time()\n"
        " with ThreadPoolExecutor(5) as pool: list(pool.map(time.sleep, [1, 1, 1, 1, 1]))\n"
        " return {'outputFields': {'slept': time.time() - began}}"
    )
    assert runtime.run(action(source), {"inputFields": {}}, now=NOW).output_fields == {"slept": 1.0}


@pytest.mark.parametrize(
    ("seconds", "error"),
    [
        ("float('nan')", ActionError("ValueError", "main raised it at action.py:2: Invalid value NaN (not a number)")),
        ("-1", ActionError("ValueError", "main raised it at action.py:2: sleep length must be non-negative")),
    ],
)
def test_a_sleep_that_is_none(runtime: Runtime, action: Action, seconds: str, error: ActionError) -> None:
    """It is refused in the words of the real one."""
    source = f"import time\ndef main(e): time.sleep({seconds})"
    assert runtime.run(action(source), {"inputFields": {}}, now=NOW).error == error
