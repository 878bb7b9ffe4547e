"""Batches: HubSpot's Python client makes, reads, changes, upserts and archives many at once, and shows what failed."""

from __future__ import annotations

from typing import Any

import pytest
from hubspot.crm import contacts, tickets

from tests.clients.words import BATCH, OLD, creations, new_ticket, partial, shown, ticket

LOST = "Could not get some TICKET objects, they may be deleted or not exist. Check that ids are valid."


@pytest.fixture
def batch(client: Any) -> Any:
    """The tickets' batches, with three tickets there, numbered A-1 to A-3."""
    api = client.crm.tickets.batch_api
    told = [{"subject": f"Q{n}", "hs_pipeline_stage": "1", "order_number": f"A-{n}"} for n in (1, 2, 3)]
    made = api.create(creations(tickets, *told))
    results = [new_ticket(n, subject=f"Q{n}", order_number=f"A-{n}") for n in (1, 2, 3)]
    assert shown(made) == {**BATCH, "results": results}
    return api


def reading(*ids: str, **how: Any) -> Any:
    """What is given to read a batch."""
    inputs = [tickets.SimplePublicObjectId(id=id) for id in ids]
    return tickets.BatchReadInputSimplePublicObjectId(
        inputs=inputs, properties=["subject"], properties_with_history=[], **how
    )


def changing(**subjects: str) -> Any:
    """What is given to change a batch: new subjects by id."""
    inputs = [
        tickets.SimplePublicObjectBatchInput(id=id.lstrip("t"), properties={"subject": subject})
        for id, subject in subjects.items()
    ]
    return tickets.BatchInputSimplePublicObjectBatchInput(inputs=inputs)


def test_a_batch_is_read(batch: Any) -> None:
    """By ids, or by a unique property."""
    whole = {**BATCH, "results": [ticket(1, subject="Q1"), ticket(3, subject="Q3")]}
    assert shown(batch.read(reading("90000001", "90000003"))) == whole
    assert shown(batch.read(reading("A-1", "A-3", id_property="order_number"))) == whole


def test_what_is_not_there_is_told_beside_the_rest(batch: Any) -> None:
    """A 207 is shown as a batch with errors: how many, and which ids."""
    assert shown(batch.read(reading("90000001", "7", "8"))) == {
        **BATCH,
        "results": [ticket(1, subject="Q1")],
        "num_errors": 1,
        "errors": [partial(tickets, LOST, ids=["7", "8"])],
    }


def test_a_batch_is_changed(batch: Any) -> None:
    """Each ticket gets its own values; one that is not there is an error beside the rest."""
    assert shown(batch.update(changing(t90000001="X", t90000002="Y"))) == {
        **BATCH,
        "results": [new_ticket(1, subject="X"), new_ticket(2, subject="Y")],
    }
    assert shown(batch.update(changing(t90000003="Z", t7="Z"))) == {
        **BATCH,
        "results": [new_ticket(3, subject="Z")],
        "num_errors": 1,
        "errors": [partial(tickets, LOST, ids=["7"])],
    }


def test_a_batch_is_archived(client: Any, batch: Any) -> None:
    """What is archived is gone from reads, and archiving it again is no error."""
    for _ in range(2):
        inputs = [tickets.SimplePublicObjectId(id=id) for id in ("90000001", "90000002")]
        assert batch.archive(tickets.BatchInputSimplePublicObjectId(inputs=inputs)) is None
    assert [record.id for record in client.crm.tickets.get_all()] == ["90000003"]
    assert batch.read(reading("90000001")).num_errors == 1


def test_one_conflict_refuses_the_whole_batch(client: Any, batch: Any) -> None:
    """A unique value that is taken is a 400 for a batch of creations, and none of them is made."""
    told = [{"subject": "Q", "hs_pipeline_stage": "1", "order_number": number} for number in ("A-4", "A-1")]
    with pytest.raises(tickets.ApiException) as refused:
        batch.create(creations(tickets, *told))
    assert (refused.value.status, "CONFLICTING_UNIQUE_VALUE" in refused.value.body) == (400, True)
    assert len(client.crm.tickets.get_all()) == 3


def test_more_than_a_hundred_are_refused(client: Any) -> None:
    """A batch of 101 is a 400, and nothing of it is done."""
    told = [{"email": f"v-{n}@example.org"} for n in range(101)]
    with pytest.raises(contacts.ApiException) as refused:
        client.crm.contacts.batch_api.create(creations(contacts, *told))
    assert (refused.value.status, len(client.crm.contacts.get_all())) == (400, 1)


def test_a_batch_is_upserted(client: Any, batch: Any) -> None:
    """By a unique property: 12.0.0 shows which was made and which changed; 8.x has no method, and reaches the path."""
    if OLD:
        path, body = "/crm/v3/objects/tickets/batch/upsert", {"inputs": upserts()}
        batch.api_client.call_api(path, "POST", body=body, auth_settings=["oauth2"], response_types_map={})
    else:
        inputs = [
            tickets.SimplePublicObjectBatchInputUpsert(
                id=one["id"], id_property=one["idProperty"], properties=one["properties"]
            )
            for one in upserts()
        ]
        assert shown(batch.upsert(tickets.BatchInputSimplePublicObjectBatchInputUpsert(inputs=inputs))) == {
            **BATCH,
            "results": [
                {**new_ticket(1, subject="X"), "new": False},
                {**new_ticket(4, subject="Y"), "new": True},
            ],
        }
    found = client.crm.tickets.get_all(properties=["subject", "order_number"])
    told = {record.properties["order_number"]: record.properties["subject"] for record in found}
    assert told == {"A-1": "X", "A-2": "Q2", "A-3": "Q3", "A-4": "Y"}


def upserts() -> list[dict[str, Any]]:
    """One number that is taken, and one that is not."""
    both = [("A-1", {"subject": "X"}), ("A-4", {"subject": "Y", "hs_pipeline_stage": "1"})]
    return [{"id": id, "idProperty": "order_number", "properties": properties} for id, properties in both]
