"""Thirty-two connections at once under one unique value: one record, every round, and the value's own when given up."""

import http.client
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier
from typing import Any

import pytest

from tests.harness.serve.conftest import Served, started

TICKETS, CONTACTS = "/crm/objects/2026-09/tickets", "/crm/objects/2026-09/contacts"
AT_ONCE, ROUNDS = 32, 6
UNIQUE = {"name": "chat_thread_id", "label": "Chat", "type": "string", "fieldType": "text", "hasUniqueValue": True}


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """A server without limits on how often one may ask."""
    server = started("--no-limits")
    server.call("POST", "/crm/properties/2026-09/tickets", UNIQUE | {"groupName": "ticketinformation"})
    yield server
    server.process.kill()
    server.process.communicate()


Answers = list[tuple[int, dict[str, Any]]]


def all_at_once(served: Served, path: str, bodies: list[dict[str, Any]]) -> Answers:
    """What each of so many connections is answered, all of which stand before one of them sends."""
    barrier = Barrier(len(bodies))
    headers = {"Authorization": f"Bearer {served.token}", "Content-Type": "application/json"}

    def post(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        with closing(http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)) as wire:
            wire.connect()
            barrier.wait()
            wire.request("POST", path, json.dumps(body), headers)
            answer = wire.getresponse()
            return answer.status, json.loads(answer.read())

    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(post, bodies))


def ticket(value: str, number: int) -> dict[str, Any]:
    """A ticket under a unique value."""
    properties = {"subject": f"By {number}", "hs_pipeline_stage": "1", "chat_thread_id": value}
    return {"properties": properties, "associations": []}


def holders(served: Served, path: str, name: str, value: str) -> list[str]:
    """The ids of the records that search finds under a value."""
    search = {"filterGroups": [{"filters": [{"propertyName": name, "operator": "EQ", "value": value}]}]}
    return [record["id"] for record in served.call("POST", f"{path}/search", search).body["results"]]


def test_of_thirty_two_tickets_one_is_made(served: Served) -> None:
    """One 201, thirty-one times HubSpot's 400 that names the holder; and so again whenever the holder gives it up."""
    value = "8000000001"
    for round in range(ROUNDS):
        answers = all_at_once(served, TICKETS, [ticket(value, number) for number in range(AT_ONCE)])
        (made,) = [body for status, body in answers if status == 201]
        refused = [body for status, body in answers if status == 400]
        said = (
            "Cannot set PropertyValueCoordinates{portalId=4711001, objectTypeId=0-5, propertyName=chat_thread_id}. "
            f"{made['id']} already has that value."
        )
        context = {"propertyName": ["chat_thread_id"], "conflictingObjectId": [made["id"]]}
        error = {"message": said, "code": "CONFLICTING_UNIQUE_VALUE", "context": context}
        assert len(refused) == AT_ONCE - 1
        assert [body["errors"] for body in refused] == [[error]] * (AT_ONCE - 1)
        assert {(body["status"], body["category"]) for body in refused} == {("error", "VALIDATION_ERROR")}
        assert len({body["correlationId"] for body in refused}) == AT_ONCE - 1
        assert holders(served, TICKETS, "chat_thread_id", value) == [made["id"]]
        if round % 2:
            served.call("DELETE", f"{TICKETS}/{made['id']}")
        else:
            served.call("PATCH", f"{TICKETS}/{made['id']}", {"properties": {"chat_thread_id": ""}})
    assert holders(served, TICKETS, "chat_thread_id", value) == []
    assert len(served.call("GET", f"{TICKETS}?limit=100").body["results"]) == ROUNDS // 2


def test_a_holder_that_is_closed_gives_its_value_up_to_one(served: Served) -> None:
    """Whoever closes a ticket and clears its value races with thirty-one that want it: never do two records hold it."""
    value = "8000000002"
    held = served.call("POST", TICKETS, ticket(value, 0)).body["id"]
    release = {"inputs": [{"id": held, "properties": {"hs_pipeline_stage": "4", "chat_thread_id": ""}}]}
    made: list[str] = []
    while not made:
        bodies = [{"inputs": [ticket(value, number)]} for number in range(AT_ONCE - 1)]
        with ThreadPoolExecutor(1) as pool:
            freed = pool.submit(served.call, "POST", f"{TICKETS}/batch/update", release)
            answers = all_at_once(served, f"{TICKETS}/batch/create", bodies)
            assert freed.result().status == 200
        assert Counter(status for status, _ in answers).keys() <= {201, 400}
        made = [body["results"][0]["id"] for status, body in answers if status == 201]
    assert holders(served, TICKETS, "chat_thread_id", value) == made
    assert len(made) == 1
    read = served.call("GET", f"{TICKETS}/{held}?properties=hs_is_closed,chat_thread_id").body["properties"]
    assert (read["hs_is_closed"], read["chat_thread_id"]) == ("true", None)


def test_of_thirty_two_contacts_one_is_made(served: Served) -> None:
    """One 201, thirty-one times the 409 with the id of the contact there is, in whatever case the address comes."""
    for _ in range(ROUNDS):
        addresses = ["Visitor-12@Example.org" if number % 2 else "visitor-12@example.org" for number in range(AT_ONCE)]
        bodies = [{"properties": {"email": address}, "associations": []} for address in addresses]
        answers = all_at_once(served, CONTACTS, bodies)
        (made,) = [body for status, body in answers if status == 201]
        refused = [(status, body["category"], body["message"]) for status, body in answers if status != 201]
        assert refused == [(409, "CONFLICT", f"Contact already exists. Existing ID: {made['id']}")] * (AT_ONCE - 1)
        assert holders(served, CONTACTS, "email", "visitor-12@example.org") == [made["id"]]
        served.call("DELETE", f"{CONTACTS}/{made['id']}")
    assert holders(served, CONTACTS, "email", "visitor-12@example.org") == []


def test_of_thirty_two_upserts_one_makes(served: Served) -> None:
    """Upserts under one value are one record, made once and changed thirty-one times."""
    asked = {"id": "8000000003", "idProperty": "chat_thread_id"}
    entries = [
        asked | {"properties": {"subject": f"By {number}", "hs_pipeline_stage": "1"}} for number in range(AT_ONCE)
    ]
    answers = all_at_once(served, f"{TICKETS}/batch/upsert", [{"inputs": [entry]} for entry in entries])
    assert {status for status, _ in answers} == {200}
    records = [body["results"][0] for _, body in answers]
    assert Counter(record["new"] for record in records) == {True: 1, False: AT_ONCE - 1}
    assert holders(served, TICKETS, "chat_thread_id", "8000000003") == [records[0]["id"]]
    assert {record["id"] for record in records} == {records[0]["id"]}
