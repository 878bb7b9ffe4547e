"""Which definitions of a workflow does HubSpot refuse, and when is a good one too late or too early?"""

from typing import Any

from tests.claims.claim import DOCUMENTED, GUESSED, OURS, SEEN, SPEC, STATUS, refusal
from tests.claims.flows import (
    ALL,
    BARE,
    BATCH,
    CLI,
    CODE,
    CREATE,
    DELETE,
    ONE,
    REPLACE,
    REVISION,
    flow,
    listed,
    made,
    sent_back,
)
from tests.claims.hub import Answer, Hub


def stores(hub: Hub, **change: Any) -> Answer:
    """Have a definition stored by the operation in question, in a flow of its own; nothing of it may stay."""
    before = made(hub) if hub.operation == REPLACE else None
    known = listed(hub)
    if before:
        answered = hub.does(sent_back(before, **change), flowId=before["id"])
        assert flow(hub, before["id"]) == before
    else:
        answered = hub.does(BARE | change)
    assert listed(hub) == known
    return answered


@refusal(ONE, REPLACE, DELETE, REVISION, mark=GUESSED, source=STATUS)
def no_such_flow(hub: Hub) -> None:
    """A flow that is not there is a 404."""
    body = BARE | {"revisionId": "1"} if hub.operation == REPLACE else None
    assert hub.does(body, flowId="1", revisionId="1").refused == (404, "OBJECT_NOT_FOUND")


@refusal(REVISION, mark=GUESSED, source=STATUS)
def no_such_revision(hub: Hub) -> None:
    """A revision that the flow never had is a 404."""
    assert hub.does(flowId=made(hub)["id"], revisionId="999").refused == (404, "OBJECT_NOT_FOUND")


@refusal(BATCH, mark=DOCUMENTED, source=f"{SPEC}; what the errors say is a guess")
def some_flows_are_missing(hub: Hub) -> None:
    """Of several flows the one that is not there is named, and the others are read."""
    there = made(hub)
    read = hub.does({"inputs": [{"flowId": id, "type": "FLOW_ID"} for id in ("1", there["id"])]})
    assert (read.status, read.body["results"], read.body["numErrors"]) == (207, [there], 1)
    [error] = read.body["errors"]
    assert (error["category"], error["context"]) == ("OBJECT_NOT_FOUND", {"flowId": ["1"]})


@refusal(BATCH, mark=GUESSED, source=f"{SPEC} for the keys; the limit is ours")
def odd_batches_of_flows(hub: Hub) -> None:
    """A batch without inputs, without ids, with ids of another kind or with more than a hundred is a 400."""
    one = {"flowId": "1", "type": "FLOW_ID"}
    for inputs in (None, [{"type": "FLOW_ID"}], ["1"], [one | {"type": "WORKFLOW_ID"}], [one] * 101):
        body = {} if inputs is None else {"inputs": inputs}
        assert hub.does(body).refused == (400, "VALIDATION_ERROR")


@refusal(CREATE, mark=DOCUMENTED, source=f"{CLI}; {SEEN} for the words' kind")
def what_a_flow_needs(hub: Hub) -> None:
    """Without its type, kind, type of record, switch or actions no flow is made, and what is missing is named."""
    known = listed(hub)
    for name in ("type", "flowType", "objectTypeId", "isEnabled", "actions"):
        refused = hub.does({key: value for key, value in BARE.items() if key != name})
        assert refused.refused == (400, "VALIDATION_ERROR")
        assert [error["in"] for error in refused.body["errors"]] == [name]
    assert listed(hub) == known


@refusal(REPLACE, mark=DOCUMENTED, source=SPEC)
def what_a_replacement_needs(hub: Hub) -> None:
    """Without its type or the revision it replaces a flow stays as it is."""
    before = made(hub)
    for name in ("type", "revisionId"):
        refused = hub.does({k: v for k, v in sent_back(before).items() if k != name}, flowId=before["id"])
        assert refused.refused == (400, "VALIDATION_ERROR")
        assert [error["in"] for error in refused.body["errors"]] == [name]
    assert flow(hub, before["id"]) == before


@refusal(REPLACE, mark=DOCUMENTED, source=f"{SPEC}; the status is a guess")
def a_stale_revision(hub: Hub) -> None:
    """Of two who read the same revision only the first can write."""
    before = made(hub)
    assert hub.call(REPLACE, sent_back(before, name="first"), flowId=before["id"]).status == 200
    assert hub.does(sent_back(before, name="second"), flowId=before["id"]).refused == (409, "CONFLICT")
    assert flow(hub, before["id"])["name"] == "first"


@refusal(REPLACE, mark=DOCUMENTED, source=f"{CLI}: it waits for COMPLETE; the status is a guess")
def too_early(hub: Hub) -> None:
    """As long as crmObjectCreationStatus is PENDING, and no longer, a flow cannot be replaced."""
    new = hub.call(CREATE, BARE).body
    states = []
    for seconds in (0, 2.99, 0.02, 10):
        hub.account.waits(seconds)
        states.append(flow(hub, new["id"])["crmObjectCreationStatus"])
        answered = hub.does(sent_back(new, name="Other"), flowId=new["id"])
        if states[-1] == "COMPLETE":
            break
        assert answered.refused == (400, "VALIDATION_ERROR")
        assert answered.body["context"] == {"crmObjectCreationStatus": ["PENDING"]}
        assert flow(hub, new["id"])["name"] == BARE["name"]
    assert (states[0], states[-1], answered.status) == ("PENDING", "COMPLETE", 200)
    assert flow(hub, new["id"])["name"] == "Other"


@refusal(REPLACE, mark=GUESSED, source=OURS)
def another_type(hub: Hub) -> None:
    """A flow stays of the type it was made with."""
    assert stores(hub, type="CONTACT_FLOW").refused == (400, "VALIDATION_ERROR")


@refusal(CREATE, mark=GUESSED, source="which values there are is the spec's; how others are refused is ours")
def no_such_kind(hub: Hub) -> None:
    """A type, a kind or a type of record that there is none of, or that do not go together, make no flow."""
    for change in (
        {"type": "TICKET_FLOW"},
        {"flowType": "FLOW"},
        {"objectTypeId": "tickets"},
        {"type": "CONTACT_FLOW"},
        {"objectTypeId": "0-1"},
    ):
        assert stores(hub, **change).refused == (400, "VALIDATION_ERROR")


@refusal(CREATE, mark=GUESSED, source="nobody outside HubSpot has shown such a flow; that it is refused then is ours")
def no_flows_of_conversations(hub: Hub) -> None:
    """An account whose API knows no workflows of conversations makes none."""
    hub.by_hand.hides_conversation_flows(also_by_id=True)
    assert stores(hub, objectTypeId="0-11").refused == (400, "VALIDATION_ERROR")


@refusal(CREATE, REPLACE, mark=GUESSED, source="the spec's kinds; how a value of another kind is refused is ours")
def fields_of_another_kind(hub: Hub) -> None:
    """A field that holds something else than the spec says is a 400, in the flow and in its actions."""
    changes: list[dict[str, Any]] = [
        {"isEnabled": "yes"},
        {"name": 17},
        {"actions": {}},
        {"actions": [1]},
        {"customProperties": []},
        {"enrollmentCriteria": "MANUAL"},
        {"actions": [CODE | {"actionId": 7}]},
        {"actions": [CODE | {"type": "CODE"}]},
        {"actions": [CODE | {"secretNames": "TOKEN"}]},
        {"actions": [CODE | {"inputFields": [{"name": "dup", "value": "0"}]}]},
        {"actions": [CODE | {"inputFields": [{"name": "dup", "value": {"type": "STATIC_VALUE"}}]}]},
        {"actions": [{key: value for key, value in CODE.items() if key != "sourceCode"}]},
    ]
    for change in changes:
        assert stores(hub, **change).refused == (400, "VALIDATION_ERROR")


@refusal(CREATE, REPLACE, mark=GUESSED, source=SEEN)
def no_such_runtime(hub: Hub) -> None:
    """A runtime is spelled NODE20X or PYTHON39, and in no other way."""
    for runtime in ("NODE20", "NODE_20", "python3.9"):
        refused = stores(hub, actions=[CODE | {"runtime": runtime}])
        assert refused.refused == (400, "VALIDATION_ERROR")
        assert refused.body["context"] == {"runtime": [runtime]}


@refusal(CREATE, REPLACE, mark=GUESSED, source=SEEN)
def no_such_secret(hub: Hub) -> None:
    """Code that names a secret which the account does not have is a bare 500."""
    refused = stores(hub, actions=[CODE | {"secretNames": ["NO_SUCH_SECRET"]}])
    assert (refused.status, "errors" in refused.body, "context" in refused.body) == (500, False, False)


@refusal(CREATE, REPLACE, mark=GUESSED, source=SEEN)
def an_empty_default_branch(hub: Hub) -> None:
    """A default branch that is an empty object is a bare 500; one that leads nowhere is left out."""
    branch: dict[str, Any] = {"type": "LIST_BRANCH", "actionId": "1", "listBranches": []}
    assert stores(hub, actions=[branch | {"defaultBranch": {}}]).status == 500
    before = made(hub, actions=[branch])
    assert before["actions"] == [branch]


@refusal(ALL, mark=GUESSED, source=OURS)
def odd_pages_of_flows(hub: Hub) -> None:
    """A page of nothing, of more than a hundred or behind a cursor of one's own is a 400."""
    for query in ({"limit": "0"}, {"limit": "101"}, {"after": "2"}):
        assert hub.does(query=query).refused == (400, "VALIDATION_ERROR")
