"""How do workflows read, and what does a definition become when it is stored?"""

from typing import Any

from tests.claims.claim import DOCUMENTED, GUESSED, OURS, SEEN, SPEC, answer, effect
from tests.claims.hub import Hub

ALL, ONE, BATCH = "flows GET", "flows GET /{flowId}", "flows POST /batch/read"
CREATE, REPLACE, DELETE = "flows POST", "flows PUT /{flowId}", "flows DELETE /{flowId}"
REVISION, ACTION_TYPES = "flows GET /{flowId}/revisions/{revisionId}", "action-types GET"
CLI = "HubSpot's own command line and its notes"
MAKING = 5.0  # seconds after which a new flow is COMPLETE; a real account is given as long

BARE: dict[str, Any] = {
    "type": "PLATFORM_FLOW",
    "flowType": "WORKFLOW",
    "objectTypeId": "0-5",
    "isEnabled": False,
    "actions": [],
    "name": "visitor-flow",
}
CODE: dict[str, Any] = {
    "type": "CUSTOM_CODE",
    "actionId": "7",
    "runtime": "PYTHON39",
    "secretNames": [],
    "sourceCode": "def main(event):\n    return {}\n",
    "inputFields": [{"name": "dup", "value": {"type": "STATIC_VALUE", "staticValue": "0"}}],
    "outputFields": [{"name": "done", "type": "STRING"}],
}
FILLED_IN: dict[str, Any] = {"blockedDates": [], "customProperties": {}, "timeWindows": [], "dataSources": []}


def made(hub: Hub, **change: Any) -> dict[str, Any]:
    """A flow that is COMPLETE, as it reads."""
    created = hub.call(CREATE, BARE | change)
    assert created.status == 201, created.body
    hub.account.waits(MAKING)
    return flow(hub, created.body["id"])


def flow(hub: Hub, id: str) -> dict[str, Any]:
    """A flow as it reads now."""
    read: dict[str, Any] = hub.call(ONE, flowId=id).body
    return read


def listed(hub: Hub) -> dict[str, dict[str, Any]]:
    """Every flow's line in the list, by id."""
    lines: dict[str, dict[str, Any]] = {}
    query: dict[str, Any] = {"limit": "100"}
    while True:
        page = hub.call(ALL, query=query).body
        lines |= {line["id"]: line for line in page["results"]}
        if "paging" not in page:
            return lines
        query["after"] = page["paging"]["next"]["after"]


def sent_back(read: dict[str, Any], **change: Any) -> dict[str, Any]:
    """What HubSpot's own command line sends of what it has read."""
    return {name: read[name] for name in read.keys() - {"createdAt", "updatedAt", "dataSources"}} | change


@answer(ALL, mark=DOCUMENTED, source=f"{SPEC}; that the oldest comes first is a guess")
def flows_by_the_page(hub: Hub) -> None:
    """The list has one line per flow, without its definition, and a cursor to the next page."""
    before = hub.does(query={"limit": "100"}).ids
    flows = [made(hub, name=f"visitor-flow-{number}", uuid=f"u-{number}") for number in range(2)]
    assert hub.does(query={"limit": "100"}).ids == [*before, *(one["id"] for one in flows)]
    query: dict[str, Any] = {"limit": str(len(before) + 1)}
    first = hub.does(query=query).body
    names = ("id", "revisionId", "createdAt", "updatedAt", "name", "isEnabled", "flowType", "objectTypeId", "uuid")
    assert first["results"][-1] == {name: flows[0][name] for name in names}
    query["after"] = first["paging"]["next"]["after"]
    assert hub.does(query=query).body == {"results": [{name: flows[1][name] for name in names}]}


@answer(ALL, mark=GUESSED, source="the spec's default of 100; that it is also the most is ours")
def a_hundred_flows(hub: Hub) -> None:
    """A page has a hundred flows unless fewer are asked for."""
    for number in range(101 - len(hub.does().ids)):
        hub.by_hand.has_flow(BARE | {"name": f"visitor-flow-{number}"})
    page = hub.does().body
    assert len(page["results"]) == 100
    assert len(hub.does(query={"after": page["paging"]["next"]["after"]}).ids) == 1


@answer(ONE, mark=DOCUMENTED, source=SPEC)
def a_flow_as_it_is(hub: Hub) -> None:
    """A flow reads as it was replaced last, under a new revision and with the next free action id."""
    before = made(hub)
    assert hub.does(flowId=before["id"]).body == before
    change = sent_back(before, name="Other", description="chats", actions=[CODE], startActionId="7")
    assert hub.call(REPLACE, change, flowId=before["id"]).status == 200
    after = hub.does(flowId=before["id"]).body
    assert after == before | {
        "name": "Other",
        "description": "chats",
        "actions": [CODE],
        "startActionId": "7",
        "nextAvailableActionId": "8",
        "revisionId": after["revisionId"],
        "updatedAt": after["updatedAt"],
    }
    assert after["revisionId"] != before["revisionId"]


@answer(ONE, mark=DOCUMENTED, source=f"{SPEC}; how long it takes is a guess")
def a_flow_is_pending(hub: Hub) -> None:
    """A new flow's crmObjectCreationStatus is PENDING, and some seconds later COMPLETE."""
    id = hub.call(CREATE, BARE).body["id"]
    assert hub.does(flowId=id).body["crmObjectCreationStatus"] == "PENDING"
    hub.account.waits(MAKING)
    assert hub.does(flowId=id).body["crmObjectCreationStatus"] == "COMPLETE"


@answer(BATCH, mark=DOCUMENTED, source=SPEC)
def flows_together(hub: Hub) -> None:
    """Flows are read together, each whole and as it is now."""
    flows = [made(hub, name=name) for name in ("visitor-one", "visitor-two")]
    inputs = {"inputs": [{"flowId": one["id"], "type": "FLOW_ID"} for one in flows]}
    read = hub.does(inputs)
    assert (read.status, read.body["status"], read.body["results"]) == (200, "COMPLETE", flows)
    hub.call(REPLACE, sent_back(flows[1], name="visitor-three"), flowId=flows[1]["id"])
    assert hub.does(inputs).body["results"] == [flows[0], flow(hub, flows[1]["id"])]


@answer(REVISION, mark=DOCUMENTED, source=SPEC)
def a_revision(hub: Hub) -> None:
    """Each revision is the flow as it was from one write to the next."""
    before = made(hub)
    hub.call(REPLACE, sent_back(before, name="Other"), flowId=before["id"])
    after = flow(hub, before["id"])
    for was in (before, after):
        assert hub.does(flowId=was["id"], revisionId=was["revisionId"]).body == {
            "id": was["id"],
            "revisionId": was["revisionId"],
            "revisionCreatedAt": was["updatedAt"],
            "flow": was,
        }


@answer(
    ACTION_TYPES, mark=GUESSED, source=f"the spec's shape; HubSpot's reference for the ids; names and fields: {OURS}"
)
def action_types(hub: Hub) -> None:
    """The kinds of action are listed, all of them or those of one type of record: no e-mail to a conversation."""
    every = hub.does().body["results"]
    of_conversations = hub.does(query={"objectTypeId": "0-11"}).body["results"]
    assert [kind for kind in every if kind not in of_conversations] == [
        kind for kind in every if kind["actionTypeId"] == "0-4"
    ]
    [delay] = [kind for kind in every if kind["actionTypeId"] == "0-1"]
    assert delay == {
        "actionTypeId": "0-1",
        "actionName": "Delay for a set amount of time",
        "groupId": "DELAY",
        "inputFieldDefinitions": [
            {"fieldDefinitionType": "SIMPLE", "name": name, "type": "string", "isRequired": True}
            for name in ("delta", "time_unit")
        ],
        "objectTypeIds": ["0-1", "0-2", "0-3", "0-5", "0-11"],
    }


@effect(CREATE, mark=DOCUMENTED, source=f"{CLI}; that a field without a value is left out is a guess")
def create(hub: Hub) -> None:
    """A flow is made of five fields and a name, the rest is filled in, and it is read, listed and batch read so."""
    created = hub.does(BARE)
    assert created.status == 201
    id = created.body["id"]
    read = flow(hub, id)
    assert read == created.body
    assert read == {
        **BARE,
        **FILLED_IN,
        "id": id,
        "revisionId": read["revisionId"],
        "createdAt": read["createdAt"],
        "updatedAt": read["createdAt"],
        "nextAvailableActionId": "1",
        "crmObjectCreationStatus": "PENDING",
    }
    assert listed(hub)[id]["name"] == BARE["name"]
    assert hub.call(BATCH, {"inputs": [{"flowId": id, "type": "FLOW_ID"}]}).body["results"] == [read]


@effect(CREATE, mark=DOCUMENTED, source=f"{SPEC}; {CLI}")
def create_for_contacts(hub: Hub) -> None:
    """Workflows of contacts are a type of their own, with two fields more."""
    created = hub.does(BARE | {"type": "CONTACT_FLOW", "objectTypeId": "0-1"})
    read = flow(hub, created.body["id"])
    assert (read["type"], read["canEnrollFromSalesforce"], read["suppressionListIds"]) == ("CONTACT_FLOW", False, [])


@effect(CREATE, REPLACE, mark=GUESSED, source=f"{SEEN}; how deep it goes is ours")
def unknown_fields_vanish(hub: Hub) -> None:
    """What HubSpot does not know is dropped without a word, in the flow and in its actions, and the rest is stored."""
    odd = {"folder": "Support", "actions": [CODE | {"sourceFile": "triage.py"}], "description": "kept"}
    if hub.operation == CREATE:
        stored = hub.does(BARE | odd)
    else:
        before = made(hub)
        stored = hub.does(sent_back(before, **odd), flowId=before["id"])
    read = flow(hub, stored.body["id"])
    assert (read["description"], read["actions"], "folder" in read) == ("kept", [CODE], False)


@effect(REPLACE, mark=DOCUMENTED, source=f"{CLI}; that isEnabled is then false is a guess")
def what_is_left_out_is_gone(hub: Hub) -> None:
    """A replacement is the whole flow: what it does not send is cleared, without a word, and the flow is off."""
    criteria = {"type": "MANUAL", "shouldReEnroll": False}
    before = made(
        hub, actions=[CODE], startActionId="7", enrollmentCriteria=criteria, description="chats", isEnabled=True
    )
    sent = {name: before[name] for name in ("type", "revisionId", "name")}
    replaced = hub.does(sent, flowId=before["id"])
    assert replaced.status == 200
    after = flow(hub, before["id"])
    kept = {name: before[name] for name in ("id", "flowType", "objectTypeId", "createdAt", "crmObjectCreationStatus")}
    assert after == replaced.body
    assert after == {
        **FILLED_IN,
        **kept,
        **sent,
        "isEnabled": False,
        "actions": [],
        "nextAvailableActionId": "1",
        "revisionId": after["revisionId"],
        "updatedAt": after["updatedAt"],
    }
    assert after["revisionId"] != before["revisionId"]


@effect(REPLACE, mark=DOCUMENTED, source=f"{CLI}: it sends most of a GET back; that the rest may come along is a guess")
def read_only_fields(hub: Hub) -> None:
    """Ids, times, data sources and the type of record are not changed by what a replacement says of them."""
    before = made(hub, actions=[CODE])
    odd = {"id": "1", "objectTypeId": "0-1", "flowType": "UNKNOWN", "createdAt": "x", "dataSources": [{"name": "x"}]}
    odd |= {"nextAvailableActionId": "99", "crmObjectCreationStatus": "PENDING", "name": "Other"}
    assert hub.does(before | odd, flowId=before["id"]).status == 200
    after = flow(hub, before["id"])
    assert after == before | {"name": "Other", "revisionId": after["revisionId"], "updatedAt": after["updatedAt"]}


@effect(CREATE, REPLACE, mark=GUESSED, source=SEEN)
def a_known_secret(hub: Hub) -> None:
    """Code that names a secret of the account is stored with the name."""
    hub.by_hand.has_secret("TOKEN")
    actions = [CODE | {"secretNames": ["TOKEN"]}]
    if hub.operation == CREATE:
        id = hub.does(BARE | {"actions": actions}).body["id"]
    else:
        before = made(hub)
        id = hub.does(sent_back(before, actions=actions), flowId=before["id"]).body["id"]
    assert flow(hub, id)["actions"] == actions


@effect(DELETE, mark=DOCUMENTED, source=SPEC)
def delete(hub: Hub) -> None:
    """A deleted flow can be neither read, nor listed, nor batch read, nor replaced, nor deleted again."""
    before = made(hub)
    id = before["id"]
    assert hub.does(flowId=id).status == 204
    statuses = [
        hub.call(ONE, flowId=id).status,
        hub.call(REPLACE, sent_back(before), flowId=id).status,
        hub.call(DELETE, flowId=id).status,
    ]
    assert statuses == [404, 404, 404]
    assert id not in listed(hub)
    assert hub.call(BATCH, {"inputs": [{"flowId": id, "type": "FLOW_ID"}]}).status == 207
