"""Together: what records that are inside at the same time do when their custom code takes turns call by call."""

import sys
from collections.abc import Iterator

import pytest

from harness import Portal, Runtime, Workflow
from harness.together import Conductor
from tests.harness.workflow.conftest import Write, code, log_of, property_, single, static

if sys.platform != "linux":
    pytest.skip("runs take turns on Linux alone", allow_module_level=True)

ADDS = """
import os, time
from hubspot.crm.tickets import ApiClient, Configuration
def main(event):
    configuration = Configuration()
    configuration.access_token = os.environ["TOKEN"]
    client, kinds = ApiClient(configuration), {200: "object"}
    path, fields = "/crm/v3/objects/tickets/" + event["inputFields"]["shared"], event["inputFields"]
    asked = dict(query_params=[("properties", "content")], response_types_map=kinds, auth_settings=["oauth2"])
    found = client.call_api(path, "GET", **asked)[0]["properties"]["content"]
    time.sleep(float(fields.get("sleep") or 0))
    body = {"properties": {"content": found + " " + fields["subject"]}}
    client.call_api(path, "PATCH", body=body, response_types_map=kinds, auth_settings=["oauth2"])
    return {"outputFields": {}}
"""
SECRETS = {"TOKEN": "local-7"}


@pytest.fixture
def workers(portal: Portal) -> Iterator[Runtime]:
    """A runtime whose runs may take turns."""
    portal.token(value=SECRETS["TOKEN"])
    with Runtime(portal, start="worker", seed=1) as runtime:
        yield runtime


def adds(shared: str, then: str = "") -> dict[str, object]:
    inputs = {"subject": property_("subject"), "sleep": property_("content"), "shared": static(shared)}
    return code("1", "adds.py", inputs, [], then)


def test_two_records_at_once_may_both_read_first(portal: Portal, workers: Runtime, flow: Write) -> None:
    """By the seed, one record's code reads before the other's has written, or not; one after another both count."""
    found = set()
    for seed in range(12):
        shared = portal.has_ticket("Shared", content="-")
        workflow_of = flow(adds(shared), files={"adds.py": ADDS})
        with Conductor(portal, workers, seed=seed) as conductor:
            workflow = Workflow(workflow_of, portal=portal, runtime=conductor, secrets=SECRETS)
            enrolled = [workflow.enrol(portal.has_ticket(name)) for name in ("a", "b")]
            portal.clock.run_all()
        assert [one.status for one in enrolled] == ["finished", "finished"]
        found.add(str(portal.records("tickets")[-3].properties["content"]))
    assert found == {"- a", "- b", "- a b", "- b a"}


def test_steps_go_on_while_code_sleeps(portal: Portal, workers: Runtime, flow: Write) -> None:
    """A record whose code sleeps goes on after it; meanwhile another comes to the end of the flow."""
    shared = portal.has_ticket("Shared", content="-")
    written = flow(
        adds(shared, then="2"),
        single("2", "0-5", {"property_name": "hs_ticket_priority", "value": static("HIGH")}),
        files={"adds.py": ADDS},
    )
    with Conductor(portal, workers, seed=1) as conductor:
        workflow = Workflow(written, portal=portal, runtime=conductor, secrets=SECRETS)
        slow, quick = (
            workflow.enrol(portal.has_ticket(name, content=sleep)) for name, sleep in (("a", "5"), ("b", ""))
        )
        portal.clock.advance(4)
        assert (slow.status, quick.status) == ("active", "finished")
        portal.clock.run_all()
    assert (log_of(quick), log_of(slow)) == (
        [
            "2026-03-02 08:00:00  action 1  CUSTOM_CODE  adds.py: succeeded",
            "2026-03-02 08:00:00  action 2  SINGLE_CONNECTION  set hs_ticket_priority: done",
        ],
        [
            "2026-03-02 08:00:05  action 1  CUSTOM_CODE  adds.py: succeeded",
            "2026-03-02 08:00:05  action 2  SINGLE_CONNECTION  set hs_ticket_priority: done",
        ],
    )


def test_retries_are_the_clocks(portal: Portal, workers: Runtime, flow: Write) -> None:
    """Code that met a 429 runs again a minute after it ended, beside whatever runs then."""
    shared = portal.has_ticket("Shared", content="-")
    written = flow(adds(shared), files={"adds.py": ADDS})
    portal.weather.busy(times=1)
    with Conductor(portal, workers, seed=1) as conductor:
        workflow = Workflow(written, portal=portal, runtime=conductor, secrets=SECRETS)
        enrolment = workflow.enrol(portal.has_ticket("a"))
        portal.clock.run_all()
    assert log_of(enrolment) == [
        "2026-03-02 08:00:00  action 1  CUSTOM_CODE  adds.py: will retry in 0:01:00",
        "2026-03-02 08:01:00  action 1  CUSTOM_CODE  adds.py, attempt 2: succeeded",
    ]


def test_more_records_than_places(portal: Portal, workers: Runtime, flow: Write) -> None:
    """Twenty records that are enrolled at one moment, three at once, all finish at that moment."""
    shared = portal.has_ticket("Shared", content="-")
    written = flow(adds(shared), files={"adds.py": ADDS})
    with Conductor(portal, workers, seed=1, most=3) as conductor:
        workflow = Workflow(written, portal=portal, runtime=conductor, secrets=SECRETS)
        enrolled = [workflow.enrol(portal.has_ticket(f"n{number}")) for number in range(20)]
        portal.clock.run_all()
        most = begun = 0
        for step in conductor.history:
            begun += step.what.startswith("begins") - step.what.startswith("ends")
            most = max(most, begun)
    assert [one.status for one in enrolled] == ["finished"] * 20
    assert {str(line)[:19] for one in enrolled for line in one.log} == {"2026-03-02 08:00:00"}
    assert most == 3
