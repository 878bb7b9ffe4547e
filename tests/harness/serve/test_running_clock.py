"""The clock of a served portal: it runs with the machine's, and can be stopped and moved."""

import pytest

from harness.clock import ClockError
from harness.portal.wire import Request
from harness.serve.app import App
from harness.serve.running_clock import RunningClock
from harness.serve.server import Server
from harness.serve.site import Site


class Machine:
    """Time outside."""

    seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def machine() -> Machine:
    """A machine whose time the test makes."""
    return Machine()


@pytest.fixture
def clock(machine: Machine) -> RunningClock:
    """A clock that runs with it."""
    return RunningClock("2026-03-02T08:00:00Z", machine)


def test_it_runs_with_the_machine(machine: Machine, clock: RunningClock) -> None:
    """A second outside is a second here, to the millisecond, in all forms."""
    machine.seconds += 1.2345
    assert (clock.iso(), clock.millis() % 60_000) == ("2026-03-02T08:00:01.234Z", 1_234)
    machine.seconds += 0.0006
    assert clock.iso() == "2026-03-02T08:00:01.235Z"


def test_it_can_be_put_forward(machine: Machine, clock: RunningClock) -> None:
    """What it was put forward stays, and it goes on running from there; it is not put back."""
    clock.advance(3600)
    machine.seconds += 1
    assert clock.iso() == "2026-03-02T09:00:01.000Z"
    clock.run_until("2026-03-03T00:00:00Z")
    machine.seconds += 1
    assert clock.iso() == "2026-03-03T00:00:01.000Z"
    with pytest.raises(ClockError):
        clock.run_until("2026-03-02T00:00:00Z")


def test_it_can_be_stopped(machine: Machine, clock: RunningClock) -> None:
    """While it stands the time outside does not count, also not afterwards."""
    machine.seconds += 1
    clock.stop()
    machine.seconds += 60
    assert (clock.iso(), clock.running) == ("2026-03-02T08:00:01.000Z", False)
    clock.go()
    machine.seconds += 1
    assert (clock.iso(), clock.running) == ("2026-03-02T08:00:02.000Z", True)


def test_what_was_planned_happens_on_the_way(machine: Machine, clock: RunningClock) -> None:
    """A planned call is made at its own moment when somebody next looks at the clock."""
    seen: list[str] = []
    clock.after(5, lambda: seen.append(clock.iso()))
    machine.seconds += 4
    clock.now()
    assert seen == []
    machine.seconds += 4
    clock.now()
    assert seen == ["2026-03-02T08:00:05.000Z"]


def test_it_stands_at_its_end(machine: Machine) -> None:
    """A clock that has run to the end of its range stays there, however long the machine's goes on."""
    clock = RunningClock("8999-12-31T23:59:59Z", machine)
    for seconds in (2, 86_400):
        machine.seconds += seconds
        assert clock.iso() == "9000-01-01T00:00:00.000Z"


def test_a_server_outlives_what_was_planned(
    machine: Machine, clock: RunningClock, capsys: pytest.CaptureFixture[str]
) -> None:
    """A planned call that fails when the server looks at the clock is told, and ends nothing."""
    server = Server(App(Site(clock)))
    nothing: dict[str, str] = {}
    clock.after(1, lambda: nothing["here"])
    machine.seconds += 2
    for _ in range(2):
        server._tick(0.0)
    assert capsys.readouterr().err == "The local portal itself failed: KeyError\n"


def test_the_date_of_an_answer_is_the_account_s(machine: Machine, clock: RunningClock) -> None:
    """An answer's date is the second of the account's clock in which it was made, also right after it was moved."""
    app = App(Site(clock))
    dates = [app.date]
    machine.seconds += 1.5
    app.answer(Request.make("GET", "/account-info/2026-09/details"))
    dates.append(app.date)
    app.answer(Request.make("POST", "/_local/clock", {"Content-Type": "application/json"}, b'{"advance": 3600}'))
    dates.append(app.date)
    assert dates == [f"Mon, 02 Mar 2026 {time} GMT" for time in ("08:00:00", "08:00:01", "09:00:01")]
