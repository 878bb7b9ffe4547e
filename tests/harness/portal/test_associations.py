"""Associations: both directions of each, primary companies, and what versions read and write them with."""

from typing import Any

from harness.portal import Portal
from tests.harness.portal.app import App

NOW = "2026-03-02T08:00:00Z"


def read(app: App, start: str, end: str, *ids: str) -> Any:
    return app.post(f"/crm/associations/2026-09/{start}/{end}/batch/read", {"inputs": [{"id": id} for id in ids]})


def test_a_primary_company_can_be_told(portal: Portal, app: App) -> None:
    """A contact's primary company has the labelled type besides the plain one, from both ends."""
    contact = portal.has_contact("visitor-12@example.org")
    plain = portal.has_company("Plain")
    app.put(f"/crm/objects/2026-09/contacts/{contact}/associations/default/companies/{plain}")
    primary = portal.has_company("Primary", [contact])
    hubspot = {"category": "HUBSPOT_DEFINED"}
    assert read(app, "contacts", "companies", contact).body == {
        "status": "COMPLETE",
        "results": [
            {
                "from": {"id": contact},
                "to": [
                    {"toObjectId": plain, "associationTypes": [hubspot | {"typeId": 279}]},
                    {
                        "toObjectId": primary,
                        "associationTypes": [
                            hubspot | {"typeId": 279},
                            hubspot | {"typeId": 1, "label": "Primary"},
                        ],
                    },
                ],
            }
        ],
        "startedAt": NOW,
        "completedAt": NOW,
    }
    back = read(app, "companies", "contacts", primary).body["results"][0]["to"][0]["associationTypes"]
    assert [type["typeId"] for type in back] == [280, 2]
    record = portal.record("contacts", contact)
    assert record is not None
    assert record.properties["associatedcompanyid"] == primary


def test_a_contact_has_one_primary_company(portal: Portal, app: App) -> None:
    """A new primary company leaves the old one as a plain one."""
    contact = portal.has_contact("visitor-12@example.org")
    portal.has_company("Old", [contact])
    portal.has_company("New", [contact])
    ends = read(app, "contacts", "companies", contact).body["results"][0]["to"]
    assert [[type["typeId"] for type in end["associationTypes"]] for end in ends] == [[279], [279, 1]]


def test_a_thread_is_associated_by_its_own_id(portal: Portal, app: App) -> None:
    """A ticket and a thread are associated as 32 under any name of the type; again is no change."""
    chat, ticket = portal.has_chat(), portal.has_ticket("Help")
    told: list[Any] = []
    portal.watch(lambda *change: told.append(change))
    spec = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 32}]
    answers = [
        app.put(f"/crm/objects/2026-09/tickets/{ticket}/associations/{name}/{chat.id}", spec)
        for name in ("conversation", "conversations", "0-11")
    ]
    answer = {
        "fromObjectTypeId": "0-5",
        "fromObjectId": ticket,
        "toObjectTypeId": "0-11",
        "toObjectId": chat.id,
        "labels": [],
    }
    assert [(a.status, a.body) for a in answers] == [(201, answer)] * 3
    assert told == [("0-5", ticket, {"hs_num_associated_conversations"})]
    assert read(app, "0-11", "tickets", chat.id).body["results"] == [
        {
            "from": {"id": chat.id},
            "to": [{"toObjectId": ticket, "associationTypes": [{"category": "HUBSPOT_DEFINED", "typeId": 31}]}],
        }
    ]


def test_a_record_without_associations_is_an_error_of_its_own(portal: Portal, app: App) -> None:
    """A batch read is a 207 that names each record without any, and has the others."""
    contact = portal.has_contact("visitor-12@example.org")
    ticket, lonely = portal.has_ticket("Help", contact=contact), portal.has_ticket("Alone")
    answer = read(app, "tickets", "contacts", ticket, lonely)
    message = f"No contact is associated with ticket {lonely}."
    context = {"fromObjectId": [lonely], "fromObjectType": ["ticket"], "toObjectType": ["contact"]}
    assert (answer.status, [result["from"] for result in answer.body["results"]]) == (207, [{"id": ticket}])
    assert answer.body["errors"] == [
        {
            "status": "error",
            "category": "OBJECT_NOT_FOUND",
            "message": message,
            "context": context,
            "errors": [
                {
                    "message": message,
                    "subCategory": "crm.associations.NO_ASSOCIATIONS_FOUND",
                    "context": context,
                }
            ],
            "links": {},
        }
    ]


def test_a_wrong_type_or_record_is_refused(portal: Portal, app: App) -> None:
    """A type of another pair is a 400, a record that is not there a 404."""
    contact, ticket = portal.has_contact("visitor-12@example.org"), portal.has_ticket("Help")
    path = f"/crm/v4/objects/tickets/{ticket}/associations/contacts"

    def spec(id: int) -> list[dict[str, Any]]:
        return [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": id}]

    assert app.put(f"{path}/{contact}", spec(15)).error == (
        400,
        "VALIDATION_ERROR",
        "Association type 15 is not valid between tickets and contacts",
    )
    assert app.put(f"{path}/9", spec(16)).error == (404, "OBJECT_NOT_FOUND", "No CONTACT with id 9 exists")
    assert app.put(f"{path}/{contact}", []).status == 400


def test_one_record_is_read_where_the_version_has_it(portal: Portal, app: App) -> None:
    """v4 and 2026-03 read one record's associations, page by page; 2026-09 has no such path."""
    contact = portal.has_contact("visitor-12@example.org")
    tickets = [portal.has_ticket(f"Help {n}", contact=contact) for n in range(3)]
    path = f"/crm/v4/objects/contacts/{contact}/associations/tickets"
    first = app.get(path, limit=2)
    rest = app.get(path, limit=2, after=first.body["paging"]["next"]["after"])
    assert [end["toObjectId"] for end in first.body["results"] + rest.body["results"]] == tickets
    assert "paging" not in rest.body
    dated = f"/crm/objects/2026-03/contacts/{contact}/associations/tickets"
    assert app.get(dated).body == app.get(path).body
    assert app.get(dated.replace("2026-03", "2026-09")).status == 501


def test_an_association_can_be_taken_away(portal: Portal, app: App) -> None:
    """DELETE separates two records from both ends, and once more is no error."""
    contact = portal.has_contact("visitor-12@example.org")
    ticket = portal.has_ticket("Help", contact=contact)
    path = f"/crm/objects/2026-09/tickets/{ticket}/associations/contacts/{contact}"
    assert [app.delete(path).status for _ in range(2)] == [204, 204]
    assert portal.associations("contacts", contact, "tickets") == []
