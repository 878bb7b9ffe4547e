"""What the tests of runs at once share: an action that reads, waits and writes back, and a portal to do it in."""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from contract.action import Action
from harness import Portal, Runtime
from harness.portal import Request, Response
from harness.runtime.outcome import Outcome
from harness.runtime.runs import Start
from harness.together import Conductor

SECRETS = {"TOKEN": "local-7"}
COUNTS = """
import os, random, time, uuid
from hubspot.crm.tickets import ApiClient, Configuration
def main(event):
    configuration = Configuration()
    configuration.access_token = os.environ["TOKEN"]
    client = ApiClient(configuration)
    path = "/crm/v3/objects/tickets/" + event["inputFields"]["ticket"]
    for _ in range(2):
        kinds = {200: "object"}
        found = client.call_api(
            path, "GET", query_params=[("properties", "content")], response_types_map=kinds, auth_settings=["oauth2"]
        )
        time.sleep(random.choice([0, 0, 0.25, 1]))
        body = {"properties": {"content": found[0]["properties"]["content"] + " " + event["inputFields"]["name"]}}
        client.call_api(path, "PATCH", body=body, response_types_map=kinds, auth_settings=["oauth2"])
    drawn = [str(uuid.uuid4()), os.urandom(4).hex(), str(sorted({"a", "b", "c"}, key=hash))]
    return {"outputFields": {"slept": time.monotonic() - began, "now": time.time(), "drawn": " ".join(drawn)}}
import time
began = time.monotonic()
"""


@pytest.fixture(scope="session")
def python() -> str:
    """The interpreter that runs the actions: the variable's, else ours."""
    return os.environ.get("CHAT_HANDOFF_PYTHON", sys.executable)


Write = Callable[[str], Action]


@pytest.fixture
def action(tmp_path: Path) -> Write:
    """Writes an action's text to a file of the test's own."""

    def write(source: str) -> Action:
        file = tmp_path / "action.py"
        file.write_text(source, encoding="utf-8")
        return Action.read(file)

    return write


class Nobody:
    """Whom runs in turns never ask, for they ask their conductor."""

    def answer(self, request: Request) -> Response:
        """Never called."""
        raise AssertionError(request)


class Told:
    """All that can be seen of some runs at once: their steps, the portal they leave, and what they returned."""

    def __init__(self, portal: Portal, conductor: Conductor, outcomes: dict[str, Outcome]) -> None:
        self.steps = [str(step) for step in conductor.history]
        self.log = [(entry.at, entry.method, entry.path, entry.status) for entry in portal.log]
        self.state = portal.state()
        self.content = next(ticket.properties["content"] for ticket in portal.records("tickets"))
        self.outcomes = {
            name: (run.status, run.output_fields, run.calls, run.duration_ms, run.problems)
            for name, run in sorted(outcomes.items())
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Told) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]


def at_once(runtime: Runtime, action: Action, *, seed: int, runs: int = 3) -> Told:
    """Several runs of the counting action on one ticket, from one moment on."""
    portal = Portal()
    portal.token(value=SECRETS["TOKEN"])
    ticket = portal.has_ticket("Leaking kettle", content="-")
    outcomes: dict[str, Outcome] = {}

    def keep(name: str, run: Outcome) -> None:
        outcomes[name] = run

    with Conductor(portal, runtime, seed=seed) as conductor:
        for name in "abcdef"[:runs]:
            event = {"inputFields": {"ticket": ticket, "name": name}}
            conductor.begin(action, event, secrets=SECRETS, then=partial(keep, name))
        portal.clock.run_all()
        return Told(portal, conductor, outcomes)


STARTS: list[Start] = ["worker", "fork"]
