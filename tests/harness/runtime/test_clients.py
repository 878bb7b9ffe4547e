"""Do HubSpot's libraries reach the portal unmodified, and nothing else?"""

from pathlib import Path

import pytest

from harness.portal import Portal
from harness.runtime.outcome import Call
from harness.runtime.runs import Runtime
from tests.harness.runtime.case_table import OTHER_HOST

DETAILS = "/account-info/v3/details"


def test_every_client_reaches_the_portal(runtime: Runtime, portal: Portal, cases: Path) -> None:
    """requests, urllib, the HubSpot client and its bare ApiClient all get the portal's answer over TLS."""
    ticket = portal.has_ticket("Where is my order?")
    outcome = runtime.run(
        cases / "clients.py", {"inputFields": {"ticket_id": ticket}}, secrets={"TOKEN": portal.token()}
    )
    here = portal.portal_id
    found = {"requests": here, "urllib": here, "call_api": here, "hubspot": int(ticket)}
    assert outcome.output_fields == found
    details = Call("GET", DETAILS, 200)
    assert outcome.calls == (details, details, details, Call("GET", f"/crm/v3/objects/tickets/{ticket}", 200))
    assert (outcome.status, outcome.problems) == ("succeeded", ())


def test_httplib2_reaches_the_portal(runtime: Runtime, portal: Portal, cases: Path) -> None:
    """httplib2 connects to a name without resolving it, and gets the portal's answer all the same."""
    outcome = runtime.run(cases / "httplib2_client.py", {"inputFields": {}}, secrets={"TOKEN": portal.token()})
    if outcome.error is not None and outcome.error.name == "Runtime.ImportModuleError":
        pytest.skip("httplib2 is not installed for the interpreter that runs the actions")
    assert outcome.output_fields == {"status": 200, "portal": portal.portal_id}
    assert outcome.calls == (Call("GET", DETAILS, 200),)


def test_another_host_is_refused_and_named(runtime: Runtime, cases: Path) -> None:
    """What HubSpot does is unknown, for there the host would have answered; the host is named once."""
    outcome = runtime.run(cases / "calls_another_host.py", {"inputFields": {}})
    assert (outcome.status, outcome.mark) == ("unknown", "guessed")
    assert outcome.error is not None
    assert outcome.error.name == "ConnectionError"
    assert outcome.problems == (OTHER_HOST.format("example.org:443"),)


def test_without_a_portal_hubspot_is_refused_too(start: str, action_python: str, cases: Path) -> None:
    """A runtime without a portal answers nothing at all, and says so."""
    with Runtime(python=action_python, start=start) as runtime:  # type: ignore[arg-type]
        outcome = runtime.run(cases / "requests_http_error.py", {"inputFields": {}}, secrets={"TOKEN": "local-7"})
    assert outcome.problems == (OTHER_HOST.format("api.hubapi.com:443"),)
    assert outcome.calls == ()
