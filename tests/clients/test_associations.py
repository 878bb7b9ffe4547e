"""Associations v4: HubSpot's Python client links records, one by one and in batches, and reads the links."""

from __future__ import annotations

from typing import Any

import pytest
from hubspot.crm import tickets
from hubspot.crm.associations import v4

from tests.clients.words import BATCH, creations, number, partial, shown

CONTACT, COMPANY = "51000001", "72000001"
FIRST, SECOND = "90000001", "90000002"
TO_CONTACT, FROM_CONTACT, TO_COMPANY, PRIMARY = 16, 15, 339, 26


@pytest.fixture
def links(client: Any) -> Any:
    """The associations, with two tickets there."""
    told = [{"subject": subject, "hs_pipeline_stage": "1"} for subject in "AB"]
    client.crm.tickets.batch_api.create(creations(tickets, *told))
    return client.crm.associations.v4


def spec(kind: int) -> Any:
    """A type of HubSpot's own."""
    return v4.AssociationSpec(association_category="HUBSPOT_DEFINED", association_type_id=kind)


def kinds(*found: int, **labelled: int) -> list[dict[str, Any]]:
    """How the types of a link are shown."""
    plain = [{"category": "HUBSPOT_DEFINED", "type_id": kind} for kind in found]
    return plain + [
        {"category": "HUBSPOT_DEFINED", "type_id": kind, "label": label} for label, kind in labelled.items()
    ]


def link(of: str, to: str, kind: int) -> dict[str, Any]:
    """How the calls without a type show what they made."""
    shown_spec = {"association_category": "HUBSPOT_DEFINED", "association_type_id": kind}
    return {"_from": {"id": of}, "to": {"id": to}, "association_spec": shown_spec}


def linked(links: Any, of: str, id: str, to: str) -> list[dict[str, Any]]:
    """What a record is linked to."""
    found: list[dict[str, Any]] = shown(links.basic_api.get_page(of, id, to))["results"]
    return found


def test_a_default_link_is_made_and_seen_from_both_ends(links: Any) -> None:
    """Without a type HubSpot's own is made, in both directions."""
    made = links.basic_api.create_default("tickets", FIRST, "contacts", CONTACT)
    both = [link(FIRST, CONTACT, TO_CONTACT), link(CONTACT, FIRST, FROM_CONTACT)]
    assert shown(made) == {**BATCH, "results": both}
    there = [{"to_object_id": number(CONTACT), "association_types": kinds(TO_CONTACT)}]
    assert linked(links, "tickets", FIRST, "contacts") == there
    back = [{"to_object_id": number(FIRST), "association_types": kinds(FROM_CONTACT)}]
    assert linked(links, "contacts", CONTACT, "tickets") == back


def test_a_labelled_link_brings_the_plain_one(links: Any) -> None:
    """A link of a labelled type shows its label, and the unlabelled type with it."""
    made = links.basic_api.create("tickets", FIRST, "companies", COMPANY, [spec(PRIMARY)])
    assert shown(made) == {
        "from_object_type_id": "0-5",
        "from_object_id": number(FIRST),
        "to_object_type_id": "0-2",
        "to_object_id": number(COMPANY),
        "labels": ["Primary"],
    }
    (found,) = linked(links, "tickets", FIRST, "companies")
    assert found == {"to_object_id": number(COMPANY), "association_types": kinds(TO_COMPANY, Primary=PRIMARY)}


def test_a_link_is_archived(links: Any) -> None:
    """All links between two records end, seen from both."""
    links.basic_api.create_default("tickets", FIRST, "contacts", CONTACT)
    assert links.basic_api.archive("tickets", FIRST, "contacts", CONTACT) is None
    assert linked(links, "tickets", FIRST, "contacts") == linked(links, "contacts", CONTACT, "tickets") == []


def test_links_are_paged(links: Any) -> None:
    """A contact's tickets come in pages of the size asked for."""
    for id in (FIRST, SECOND):
        links.basic_api.create_default("tickets", id, "contacts", CONTACT)
    page = links.basic_api.get_page("contacts", CONTACT, "tickets", limit=1)
    rest = links.basic_api.get_page("contacts", CONTACT, "tickets", limit=1, after=page.paging.next.after)
    found = [result.to_object_id for result in (*page.results, *rest.results)]
    assert (found, rest.paging) == ([number(FIRST), number(SECOND)], None)


def test_a_batch_of_links_is_made_and_read(links: Any) -> None:
    """With types; what cannot be linked, and what has no links, is told beside the rest."""
    inputs = [
        v4.PublicAssociationMultiPost(_from={"id": id}, to={"id": CONTACT}, types=[spec(TO_CONTACT)])
        for id in (FIRST, "7")
    ]
    made = links.batch_api.create("tickets", "contacts", v4.BatchInputPublicAssociationMultiPost(inputs=inputs))
    ends = {"from_object_id": number(FIRST), "to_object_id": number(CONTACT)}
    assert shown(made) == {
        **BATCH,
        "results": [{"from_object_type_id": "0-5", "to_object_type_id": "0-1", "labels": [], **ends}],
        "num_errors": 1,
        "errors": [partial(v4, "No TICKET with id 7 exists", id=["7"])],
    }
    asked = [v4.PublicFetchAssociationsBatchRequest(id=id) for id in (FIRST, SECOND)]
    told = v4.BatchInputPublicFetchAssociationsBatchRequest(inputs=asked)
    none = f"No contact is associated with ticket {SECOND}."
    context = {"fromObjectId": [SECOND], "fromObjectType": ["ticket"], "toObjectType": ["contact"]}
    inner = {"message": none, "sub_category": "crm.associations.NO_ASSOCIATIONS_FOUND", "context": context}
    to = [{"to_object_id": number(CONTACT), "association_types": kinds(TO_CONTACT)}]
    assert shown(links.batch_api.get_page("tickets", "contacts", told)) == {
        **BATCH,
        "results": [{"_from": {"id": FIRST}, "to": to}],
        "num_errors": 1,
        "errors": [{**partial(v4, none, **context), "errors": [inner]}],
    }


def test_a_batch_of_default_links_is_made_and_archived(links: Any) -> None:
    """Without types, both directions of each are shown; one call ends them all."""
    inputs = [v4.PublicDefaultAssociationMultiPost(_from={"id": id}, to={"id": CONTACT}) for id in (FIRST, SECOND)]
    told = v4.BatchInputPublicDefaultAssociationMultiPost(inputs=inputs)
    made = shown(links.batch_api.create_default("tickets", "contacts", told))
    ends = [(FIRST, CONTACT, TO_CONTACT), (CONTACT, FIRST, FROM_CONTACT)]
    ends += [(SECOND, CONTACT, TO_CONTACT), (CONTACT, SECOND, FROM_CONTACT)]
    assert made == {**BATCH, "results": [link(*end) for end in ends]}
    gone = [v4.PublicAssociationMultiArchive(_from={"id": id}, to=[{"id": CONTACT}]) for id in (FIRST, SECOND)]
    archived = v4.BatchInputPublicAssociationMultiArchive(inputs=gone)
    assert links.batch_api.archive("tickets", "contacts", archived) is None
    assert linked(links, "contacts", CONTACT, "tickets") == []


def test_a_batch_of_default_links_with_an_error_shows_nothing(links: Any) -> None:
    """The client has no model for this 207: it returns None, and the link that could be made is made."""
    inputs = [v4.PublicDefaultAssociationMultiPost(_from={"id": id}, to={"id": CONTACT}) for id in (FIRST, "7")]
    told = v4.BatchInputPublicDefaultAssociationMultiPost(inputs=inputs)
    assert links.batch_api.create_default("tickets", "contacts", told) is None
    assert [found["to_object_id"] for found in linked(links, "contacts", CONTACT, "tickets")] == [number(FIRST)]


def test_labels_are_archived_and_the_link_stays(links: Any) -> None:
    """Taking a labelled type away leaves the unlabelled one."""
    links.basic_api.create("tickets", FIRST, "companies", COMPANY, [spec(PRIMARY)])
    input = v4.PublicAssociationMultiPost(_from={"id": FIRST}, to={"id": COMPANY}, types=[spec(PRIMARY)])
    told = v4.BatchInputPublicAssociationMultiPost(inputs=[input])
    assert links.batch_api.archive_labels("tickets", "companies", told) is None
    (found,) = linked(links, "tickets", FIRST, "companies")
    assert found["association_types"] == kinds(TO_COMPANY)
