"""What does a run meet when the weather is bad?"""

import threading
from pathlib import Path
from typing import Any

import pytest

from harness.portal import Portal, Request, Response
from harness.runtime.outcome import ActionError, Call
from harness.runtime.runs import Runtime


def three_calls(runtime: Runtime, portal: Portal, cases: Path) -> Any:
    ticket = portal.has_ticket("Where is my order?")
    return runtime.run(
        cases / "makes_three_calls.py",
        {"inputFields": {"ticket_id": ticket}},
        secrets={"TOKEN": portal.token()},
    )


def test_a_killed_run_makes_no_further_call(runtime: Runtime, portal: Portal, cases: Path) -> None:
    """The second of three calls is carried out and the run ends there, its fate unknown."""
    portal.weather.kills(at_call=2)
    outcome = three_calls(runtime, portal, cases)
    sentence = "The run was killed while HubSpot's API was answering, as the weather asked."
    assert (outcome.status, outcome.mark, outcome.error) == (
        "unknown",
        "guessed",
        ActionError("Killed", sentence),
    )
    assert [call.status for call in outcome.calls] == [200, 0]
    assert len(portal.log) == 2


def test_a_dropped_connection_is_not_answered(runtime: Runtime, portal: Portal, cases: Path) -> None:
    """The client sees a closed connection; its own hidden retry is a call that counts."""
    portal.weather.drops(times=1)
    outcome = three_calls(runtime, portal, cases)
    assert outcome.status == "succeeded"
    assert [call.status for call in outcome.calls] == [0, 200, 200, 200]


def test_a_cut_connection_counts_as_unanswered(runtime: Runtime, portal: Portal, cases: Path) -> None:
    """The answer breaks off half-way; whether the client notices and asks again is its own affair."""
    portal.weather.cuts()
    outcome = three_calls(runtime, portal, cases)
    assert [call.status for call in outcome.calls][:2] == [0, 200]


def test_a_slow_answer_takes_the_portal_s_time(runtime: Runtime, portal: Portal, cases: Path) -> None:
    """Three answers that are each a second late take three seconds of the portal's clock and none of ours."""
    before = portal.clock.millis()
    portal.weather.slow(1, times=3)
    assert three_calls(runtime, portal, cases).status == "succeeded"
    assert portal.clock.millis() - before == 3_000


def test_a_mistake_of_the_portal_does_not_look_like_the_actions(
    start: Any, action_python: str, portal: Portal, cases: Path
) -> None:
    """What escapes from the portal is raised to the caller."""

    class Broken(Portal):
        def answer(self, request: Request) -> Response:
            raise LookupError("row 7")

    broken = Broken()
    with (
        Runtime(broken, python=action_python, start=start) as runtime,
        pytest.raises(RuntimeError, match="the portal broke while answering") as raised,
    ):
        three_calls(runtime, broken, cases)
    assert repr(raised.value.__cause__) == "LookupError('row 7')"


def test_a_run_may_start_another(start: Any, action_python: str, cases: Path) -> None:
    """An action run from within the portal's answer to another does not wait for it."""

    class Enrolling(Portal):
        inner: Any = None

        def answer(self, request: Request) -> Response:
            if self.inner is None:
                self.inner = runtime.run(cases / "makes_three_calls.py", {"inputFields": {"ticket_id": "1"}})
            return super().answer(request)

    portal = Enrolling()
    with Runtime(portal, python=action_python, start=start) as runtime:
        outer = three_calls(runtime, portal, cases)
    assert (outer.status, len(outer.calls)) == ("succeeded", 3)
    assert (portal.inner.status, portal.inner.calls) == ("failed", ())
    assert portal.inner.error == ActionError("KeyError", "main raised it at makes_three_calls.py:10: 'TOKEN'")


def test_several_threads_share_a_runtime(runtime: Runtime, portal: Portal, cases: Path) -> None:
    """Each run's calls are its own, also when runs overlap."""
    ticket, token = portal.has_ticket("Where is my order?"), portal.token()
    found: list[Any] = []

    def run() -> None:
        event = {"inputFields": {"ticket_id": ticket}}
        found.append(runtime.run(cases / "makes_three_calls.py", event, secrets={"TOKEN": token}).calls)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [(Call("GET", f"/crm/v3/objects/tickets/{ticket}", 200),) * 3] * 3
