"""The probe tells what the runtime is, changes nothing, and fails as it is asked to."""

import json

import pytest

from tests.actions.desk import Desk


def lines(logs: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in logs.splitlines() if line.startswith('{"action": "probe"')]


def test_the_probe_tells_what_it_finds(desk: Desk) -> None:
    """It prints versions, the names of variables, the zone database and the types of the event's values."""
    chat = desk.has_unresolved_chat()

    outcome = desk.run("probe", chat.id, thread_id=chat.id, a_number="12", a_boolean=None)

    told = {name: value for line in lines(outcome.logs) for name, value in line.items()}
    assert (outcome.status, outcome.problems, desk.portal.writes) == ("succeeded", (), [])
    assert set(told) == {
        *("action", "python", "system", "libraries", "environment", "temporary_folder", "zones", "event", "call"),
        "object_id_opens_thread",
    }
    assert told["event"] == {
        "origin": {"portalId": "int", "actionDefinitionId": "int"},
        "object": {"objectType": "str", "objectId": "int"},
        "inputFields": {"thread_id": "text of 10 digits", "a_number": "text of 2 digits"},
        "callbackId": "str",
    }
    assert ("CHAT_HANDOFF_TOKEN" in str(told["environment"]), desk.token in outcome.logs) == (True, False)


@pytest.mark.parametrize(("chosen", "opens"), [("thread", "yes"), ("record", "no")])
def test_the_probe_tries_the_records_id(desk: Desk, chosen: str, opens: str) -> None:
    """Whether the enrolled record's id opens a thread is what nobody knows of HubSpot; the probe finds out."""
    chat = desk.has_unresolved_chat()

    outcome = desk.run("probe", chat.id if chosen == "thread" else chat.record_id)

    assert (outcome.output_fields or {})["object_id_opens_thread"] == opens


@pytest.mark.parametrize(
    ("way", "status", "name"),
    [
        ("429", "will_retry", "ApiException"),
        ("503", "will_retry", "ApiException"),
        ("400", "failed", "ApiException"),
        ("timeout", "unknown", "ReadTimeoutError"),
        ("requests", "unknown", "HTTPError"),
        ("value_error", "failed", "ValueError"),
    ],
)
def test_the_probe_fails_as_asked(desk: Desk, way: str, status: str, name: str) -> None:
    """Each exception it can end in is one whose fate in HubSpot is worth knowing."""
    outcome = desk.run("probe", raise_as=way)

    assert outcome.error is not None
    assert (outcome.status, outcome.error.name) == (status, name)
