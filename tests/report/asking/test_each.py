"""Several calls at once: their answers come as they come, and nothing runs on when they are no longer wanted."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from report.asking.asking import Ask, Asking
from report.asking.refusals import AskRefused, BudgetSpent, Unreachable
from tests.harness.serve.conftest import ROOT, Served
from tests.report.asking.conftest import DETAILS, TICKETS, Time
from tests.report.asking.test_asking import weather

INTERRUPTED = """
import sys, threading
from report.asking.asking import Ask, Asking
try:
    with Asking(sys.argv[1], "local-token-1") as asking:
        for ask, answer in asking.each(Ask("GET", "/account-info/2026-09/details") for _ in range(100)):
            print("answered", flush=True)
except KeyboardInterrupt:
    print("interrupted", [thread.name for thread in threading.enumerate() if thread.name == "asking"])
"""


@pytest.fixture(autouse=True)
def nobody_left() -> Iterator[None]:
    """After each test no thread is left."""
    yield
    assert [thread.name for thread in threading.enumerate() if thread.name == "asking"] == []


def details(count: int) -> Iterator[Ask]:
    """So many calls, each with its number."""
    return (Ask("GET", DETAILS, tag=number) for number in range(count))


def test_all_are_answered(asking: Asking) -> None:
    """Each call is answered once, with what it asked for."""
    asks = [Ask("GET", TICKETS, {"limit": "1"}, tag=0), Ask("POST", f"{TICKETS}/search", body={"limit": 1}, tag=1)]
    asks += [*details(200), Ask("GET", f"{TICKETS}/1", tag=-1, missing_ok=True)]
    found = [(ask, set(answer)) for ask, answer in asking.each(iter(asks))]
    assert (len(found), asking.calls) == (203, 203)
    assert sorted(ask.tag for ask, _ in found) == sorted(ask.tag for ask in asks)
    shapes = [keys for ask, keys in sorted(found, key=lambda each: each[0].tag) if ask.tag < 1 and ask.path != DETAILS]
    assert shapes == [set(), {"results"}]


def test_nothing_is_nothing(asking: Asking) -> None:
    """No calls, no answers, no threads."""
    assert (list(asking.each([])), asking.calls) == ([], 0)


def test_calls_are_taken_only_a_little_ahead(asking: Asking) -> None:
    """Of a list without an end only so much is taken as keeps the threads busy, and in the caller's own thread."""
    taken: list[str] = []

    def endless() -> Iterator[Ask]:
        while True:
            taken.append(threading.current_thread().name)
            yield Ask("GET", DETAILS)

    several = asking.each(endless())
    for _ in range(10):
        next(several)
    several.close()  # type: ignore[attr-defined]
    assert (len(taken) <= 10 + 4 * 16, set(taken)) == (True, {threading.current_thread().name})


def test_after_stopping_it_can_be_asked_again(asking: Asking) -> None:
    """One who takes a single answer and leaves may go on asking."""
    for _ in asking.each(details(50)):
        break
    assert (asking.get(DETAILS)["portalId"], len(list(asking.each(details(20))))) == (4711001, 20)


@pytest.mark.parametrize("budget", [0, 1, 7, 50])
def test_the_budget_holds_for_all_of_them(served: Served, time: Time, budget: int) -> None:
    """Exactly as many calls are made as are allowed; what was answered is given before the refusal."""
    with Asking(served.address, served.token, budget=budget, clock=time, sleep=time.sleep) as one:
        several = one.each(details(60))
        for _ in range(budget):
            next(several)
        with pytest.raises(BudgetSpent):
            next(several)
        assert (one.calls, one.left) == (budget, 0)


def test_a_refusal_ends_it(asking: Asking) -> None:
    """One call that is refused ends it: the answers that were there come first, and no later call is begun."""
    asks = [*details(5), Ask("GET", f"{TICKETS}/1"), *details(1_000)]
    with pytest.raises(AskRefused) as refused:
        for _ in asking.each(asks):
            pass
    assert (refused.value.status, asking.calls < 200) == (404, True)


def test_the_weather_changes_nothing(served: Served, asking: Asking) -> None:
    """In bad weather everything is answered once all the same."""
    for kind in ("busy", "breaks", "drops", "cuts"):
        weather(served, kind, probability=0.05, times=20)
    assert sorted(ask.tag for ask, _ in asking.each(details(300))) == list(range(300))


def test_an_outage_ends_all_of_them(served: Served) -> None:
    """When nothing works any more it ends with one refusal, and without waiting for the others."""
    with Asking(served.address, served.token, patience=0.2) as one:
        several = one.each(details(1_000))
        for _ in range(20):
            next(several)
        weather(served, "breaks", times=100_000)
        with pytest.raises(Unreachable):
            list(several)


def test_the_callers_own_failure_is_his(asking: Asking) -> None:
    """What goes wrong where the calls come from, or with an answer, comes out as it is."""

    def broken() -> Iterator[Ask]:
        yield from details(3)
        raise LookupError("of the caller")

    with pytest.raises(LookupError):
        list(asking.each(broken()))
    with pytest.raises(ZeroDivisionError):
        _ = [1 / ask.tag for ask, _ in asking.each(details(1))]


@pytest.mark.parametrize("bad", [{"kind": "slow", "seconds": 600}, {"kind": "busy", "retry_after": 170}])
def test_ctrl_c_ends_it(served: Served, bad: dict[str, object]) -> None:
    """Ctrl-C ends it while it waits for answers or for the limit, and no thread is left."""
    served.control("POST", "weather", {**bad, "times": 10_000})
    command = [sys.executable, "-c", INTERRUPTED, served.address]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and served.control("GET", "requests").body["total"] < 1:
            pass
        process.send_signal(signal.SIGINT)
        printed, errors = process.communicate(timeout=30)
    assert (printed, errors, process.returncode) == ("interrupted []\n", "", 0)
