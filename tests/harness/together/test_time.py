"""Whose time passes when a run sleeps, is answered late, or never ends?"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness import Outcome, Portal, Runtime
from harness.runtime.outcome import ActionError
from harness.runtime.runs import Start
from harness.together import Conductor
from tests.harness.together.conftest import SECRETS, STARTS, Write

ASKS = """
import os, time
from hubspot.crm.tickets import ApiClient, Configuration
def main(event):
    configuration = Configuration()
    configuration.access_token = os.environ["TOKEN"]
    began, fields = time.monotonic(), event["inputFields"]
    time.sleep(float(fields["sleep"]))
    for _ in range(int(fields["calls"])):
        kinds = {200: "object", 201: "object"}
        ApiClient(configuration).call_api(
            "/crm/v3/objects/tickets", "GET", response_types_map=kinds, auth_settings=["oauth2"]
        )
    return {"outputFields": {"now": time.time() - 1772438400, "passed": time.monotonic() - began}}
"""
NAPS = "import time\ndef main(event):\n    while True: time.sleep(0)"
NOTHING = 'def main(event):\n    return {"outputFields": {}}'
OVER = ActionError("Sandbox.Timedout", "Task timed out after 20.00 seconds")
Begin = Callable[..., list[Outcome]]


@pytest.fixture(params=STARTS)
def runtime(request: pytest.FixtureRequest, portal: Portal, python: str) -> Iterator[Runtime]:
    """A runtime for runs in turns, workers and forks."""
    start: Start = request.param
    with Runtime(portal, python=python, start=start, seed=1) as runtime:
        yield runtime


@pytest.fixture
def portal() -> Portal:
    """A portal of the test's own."""
    portal = Portal()
    portal.token(value=SECRETS["TOKEN"])
    return portal


@pytest.fixture
def conductor(portal: Portal, runtime: Runtime) -> Iterator[Conductor]:
    """One that takes what it is given at the portal's first moment."""
    with Conductor(portal, runtime, seed=1) as conductor:
        yield conductor


@pytest.fixture
def begin(conductor: Conductor, action: Write) -> Begin:
    """Begins one run of the asking action; its outcome comes into the list."""

    def begin(source: str = ASKS, *, sleep: float = 0, calls: int = 0, timeout_s: float = 20) -> list[Outcome]:
        found: list[Outcome] = []
        event = {"inputFields": {"sleep": str(sleep), "calls": str(calls)}}
        conductor.begin(action(source), event, secrets=SECRETS, timeout_s=timeout_s, then=found.append)
        return found

    return begin


def interrupt_when_there(file: Path) -> None:
    """As a person at the terminal would, once the run has said that it is there."""
    while not file.exists() or not file.read_text():
        threading.Event().wait(0.01)
    os.kill(os.getpid(), signal.SIGINT)


def steps(conductor: Conductor) -> list[str]:
    return [str(step) for step in conductor.history]


def test_a_sleep_is_the_others_time(conductor: Conductor, portal: Portal, begin: Begin) -> None:
    """While one run sleeps five seconds another begins and ends; each sees the portal's moment."""
    (slept,) = [begin(sleep=5, calls=1)]
    portal.clock.after(2, lambda: later.extend(begin(sleep=1)))
    later: list[Outcome] = []
    portal.clock.run_all()
    assert slept[0].output_fields == {"now": 5.0, "passed": 5.0}
    assert slept[0].duration_ms == 5000
    assert steps(conductor) == [
        "08:00:00.000000  run 1  begins action.py",
        "08:00:00.000000  run 1  sleeps 5",
        "08:00:02.000000  run 2  begins action.py",
        "08:00:02.000000  run 2  sleeps 1",
        "08:00:03.000000  run 2  wakes",
        "08:00:03.000000  run 2  ends succeeded",
        "08:00:05.000000  run 1  wakes",
        "08:00:05.000000  run 1  GET /crm/v3/objects/tickets",
        "08:00:05.000000  run 1  ends succeeded",
    ]


def test_a_late_answer_takes_its_time(portal: Portal, begin: Begin) -> None:
    """An answer that comes 12 seconds late comes at that moment, also for the action's clocks."""
    portal.weather.slow(12)
    found = begin(calls=1)
    portal.clock.run_all()
    assert found[0].output_fields == {"now": 12.0, "passed": 12.0}
    assert [entry.at for entry in portal.log] == ["2026-03-02T08:00:00.000Z"]


def test_a_client_gives_up_by_the_portals_clock(conductor: Conductor, portal: Portal, begin: Begin) -> None:
    """A client that waits for eight seconds has waited eight when an answer comes later, and asks again if it does."""
    portal.weather.slow(12)
    found = begin(ASKS.replace("kinds, auth", "kinds, _request_timeout=8, auth"), calls=1)
    portal.clock.run_all()
    assert found[0].output_fields == {"now": 8.0, "passed": 8.0}
    assert [call.status for call in found[0].calls] == [0, 200]
    assert steps(conductor)[2:] == [
        "08:00:00.000000  run 1  GET /crm/v3/objects/tickets",
        "08:00:08.000000  run 1  wakes",
        "08:00:08.000000  run 1  GET /crm/v3/objects/tickets",
        "08:00:08.000000  run 1  ends succeeded",
    ]


def test_a_client_that_does_not_ask_again_fails(portal: Portal, begin: Begin) -> None:
    """Without retries the same is the client's own ReadTimeoutError."""
    portal.weather.slow(12)
    source = ASKS.replace("kinds, auth", "kinds, _request_timeout=8, auth")
    found = begin(source.replace("    began", "    configuration.retries = False\n    began"), calls=1)
    portal.clock.run_all()
    assert (found[0].error or ActionError("", "")).name == "ReadTimeoutError"
    assert found[0].duration_ms == 8000


@pytest.mark.parametrize(("sleep", "late"), [(20, 0), (3600, 0), (0, 25), (10, 10)])
def test_the_deadline_is_the_portals(portal: Portal, begin: Begin, sleep: float, late: float) -> None:
    """A run that would sleep, or wait for an answer, for 20 seconds in all is ended at the twentieth."""
    if late:
        portal.weather.slow(late)
    found = begin(sleep=sleep, calls=1)
    portal.clock.advance(19.999)
    assert found == []
    portal.clock.advance(0.001)
    assert (found[0].error, found[0].duration_ms) == (OVER, 20_000)


def test_what_never_asks_is_ended_by_the_machines_time(conductor: Conductor, portal: Portal, begin: Begin) -> None:
    """An endless loop does not hold up the others for ever, and has then taken all of its time."""
    endless = begin("def main(event):\n    while True: pass", timeout_s=0.5)
    other = begin(calls=2)
    portal.clock.run_all()
    assert endless[0].error == ActionError("Sandbox.Timedout", "Task timed out after 0.50 seconds")
    assert other[0].status == "succeeded"
    assert [step for step in steps(conductor) if "ends" in step] == [
        "08:00:00.000000  run 2  ends succeeded",
        "08:00:00.500000  run 1  ends failed",
    ]


@pytest.mark.parametrize(
    "asks", [ASKS.replace('range(int(fields["calls"]))', "iter(int, 1)"), NAPS], ids=["calls", "naps"]
)
def test_what_never_stops_asking_ends_at_its_deadline(
    conductor: Conductor, portal: Portal, begin: Begin, asks: str
) -> None:
    """An endless loop of calls or of sleeps of no length takes no time of the portal's, and ends all the same."""
    endless, other = begin(asks), begin(calls=2)
    portal.clock.run_all()
    assert (endless[0].error, endless[0].duration_ms, other[0].status) == (OVER, 20_000, "succeeded")
    assert steps(conductor)[-2:] == [
        "08:00:00.000000  run 1  asks for more than 2000 things",
        "08:00:20.000000  run 1  ends failed",
    ]


def test_a_killed_run_leaves_the_others_alone(portal: Portal, begin: Begin) -> None:
    """Weather that kills the run of the first call ends that one, and the other has all its answers."""
    portal.weather.kills(at_call=1)
    both = [begin(calls=2), begin(calls=2)]
    portal.clock.run_all()
    assert sorted(found[0].status for found in both) == ["succeeded", "unknown"]
    assert len(portal.log) == 3


def test_a_second_thread_is_refused_by_name(portal: Portal, begin: Begin) -> None:
    """A run in turns cannot start a thread, and its outcome says why."""
    found = begin("import threading\ndef main(event):\n    threading.Thread(target=print).start()")
    portal.clock.run_all()
    assert found[0].problems == (
        "expected one thread in a run that takes turns with others, found a second one, which was refused. "
        "Nobody could say whether such a run waits: run it by itself.",
    )
    assert found[0].error == ActionError("RuntimeError", "main raised it at action.py:3: can't start new thread")


def test_more_runs_than_places_wait(portal: Portal, runtime: Runtime, action: Write) -> None:
    """With one place the second run begins when the first has ended, at that moment."""
    with Conductor(portal, runtime, seed=1, most=1) as conductor:
        for sleep in ("5", "0"):
            event = {"inputFields": {"sleep": sleep, "calls": "0"}}
            conductor.begin(action(ASKS), event, secrets=SECRETS)
        portal.clock.run_all()
        assert [(str(step)[:8], step.run, step.what.split()[0]) for step in conductor.history] == [
            ("08:00:00", 1, "begins"),
            ("08:00:00", 1, "sleeps"),
            ("08:00:05", 1, "wakes"),
            ("08:00:05", 1, "ends"),
            ("08:00:05", 2, "begins"),
            ("08:00:05", 2, "sleeps"),
            ("08:00:05", 2, "ends"),
        ]


def test_what_is_alive_ends_with_the_conductor(
    conductor: Conductor, portal: Portal, begin: Begin, tmp_path: Path
) -> None:
    """A run that still sleeps when nobody moves the clock any more leaves no process behind."""
    told = tmp_path / "pid"
    begin(f"import os, time\ndef main(e):\n    open({str(told)!r}, 'w').write(str(os.getpid()))\n    time.sleep(9)")
    portal.clock.advance(1)
    pid = int(told.read_text())
    assert (conductor.alive, Path(f"/proc/{pid}").exists()) == (1, True)
    conductor.close()
    assert (conductor.alive, Path(f"/proc/{pid}").exists()) == (0, False)


def test_an_interrupt_while_runs_are_alive_ends_them(
    conductor: Conductor, portal: Portal, begin: Begin, tmp_path: Path
) -> None:
    """A Ctrl-C while everybody waits for an endless loop comes out where the clock is moved, and the loop ends."""
    told = tmp_path / "pid"
    begin(f"import os\ndef main(e):\n    open({str(told)!r}, 'w').write(str(os.getpid()))\n    while True: pass")
    waiting = threading.Thread(target=interrupt_when_there, args=(told,))
    waiting.start()
    with pytest.raises(KeyboardInterrupt):
        portal.clock.run_all()
    waiting.join()
    conductor.close()
    assert not Path(f"/proc/{told.read_text()}").exists()


def test_a_portal_that_breaks_is_not_hidden(conductor: Conductor, portal: Portal, begin: Begin) -> None:
    """What escapes while a call is answered comes out where the clock is moved, and the runs end."""

    def breaks(type_id: str, record_id: str, names: set[str]) -> None:
        raise LookupError("no such shelf")

    portal.watch(breaks)
    body = '"POST", body={"properties": {"subject": "Kettle", "hs_pipeline_stage": "1"}},'
    begin(ASKS.replace('"GET",', body), calls=1)
    with pytest.raises(LookupError, match="no such shelf"):
        portal.clock.run_all()
    conductor.close()
    assert conductor.alive == 0


@pytest.mark.parametrize("most", [8, 1])
def test_an_end_that_is_not_taken_well(portal: Portal, runtime: Runtime, action: Write, most: int) -> None:
    """What whoever is told of a run's end raises comes out where the clock is moved; the other runs go on after it."""
    told: list[Outcome] = []

    def raises(_: Outcome) -> None:
        raise LookupError("nobody there")

    with Conductor(portal, runtime, seed=1, most=most) as conductor:
        for then in (raises, told.append):
            conductor.begin(action(NOTHING), {"inputFields": {}}, then=then)
        with pytest.raises(LookupError, match=r"^nobody there$"):
            portal.clock.run_all()
        portal.clock.run_all()
        assert ([run.status for run in told], conductor.alive) == (["succeeded"], 0)


def test_who_is_told_of_an_end_may_move_the_clock(conductor: Conductor, portal: Portal, action: Write) -> None:
    """Several runs end at one moment, and at the end of each the clock is moved on: each is told once."""
    told: list[Outcome] = []

    def moves_on(outcome: Outcome) -> None:
        told.append(outcome)
        portal.clock.advance(1)

    for _ in range(5):
        conductor.begin(action(NOTHING), {"inputFields": {}}, then=moves_on)
    portal.clock.run_all()

    assert ([run.status for run in told], conductor.alive) == (["succeeded"] * 5, 0)


def test_no_run_begins_after_the_end(portal: Portal, runtime: Runtime, action: Write) -> None:
    """A closed conductor makes no run, and says what to do."""
    with Conductor(portal, runtime, seed=1) as conductor:
        pass
    with pytest.raises(RuntimeError) as refusal:
        conductor.begin(action(NOTHING), {"inputFields": {}})
    assert str(refusal.value) == (
        "Conductor.begin: expected an open conductor, found a closed one. Move the clock inside its `with`."
    )


def test_runs_take_turns_on_linux_alone(portal: Portal, python: str, action: Write) -> None:
    """A runtime that spawns cannot hold a run, and says so."""
    with Runtime(portal, python=python, start="spawn") as spawns, Conductor(portal, spawns, seed=1) as conductor:
        conductor.begin(action(ASKS), {"inputFields": {}})
        with pytest.raises(ValueError, match=r'^seat: expected a runtime .* found start="spawn"'):
            portal.clock.run_all()


def test_the_last_steps_are_kept(portal: Portal, runtime: Runtime, action: Write) -> None:
    """A conductor keeps so many steps as it is told and no more, the last ones."""
    with Conductor(portal, runtime, seed=1, kept=3) as conductor:
        conductor.begin(action(ASKS), {"inputFields": {"sleep": "5", "calls": "0"}}, secrets=SECRETS)
        portal.clock.run_all()
        assert steps(conductor) == [
            "08:00:00.000000  run 1  sleeps 5",
            "08:00:05.000000  run 1  wakes",
            "08:00:05.000000  run 1  ends succeeded",
        ]
