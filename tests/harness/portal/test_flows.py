"""Workflows over the automation API: full replacement under a revision, and everything that goes quietly wrong."""

import pytest

from harness.portal import Portal
from tests.harness.portal.app import App

FLOWS, BETA = "/automation/v4/flows", "/automation/2026-09-beta/flows"
BARE = {
    "type": "PLATFORM_FLOW",
    "flowType": "WORKFLOW",
    "objectTypeId": "0-5",
    "isEnabled": True,
    "actions": [],
}
CODE = {
    "type": "CUSTOM_CODE",
    "actionId": "7",
    "runtime": "PYTHON39",
    "secretNames": [],
    "sourceCode": "def main(event):\n    return {}\n",
    "inputFields": [{"name": "dup", "value": {"type": "STATIC_VALUE", "staticValue": "0"}}],
    "outputFields": [{"name": "done", "type": "STRING"}],
}
NOW = "2026-03-02T08:00:00Z"


def as_updated(flow: dict[str, object]) -> dict[str, object]:
    """What HubSpot's own command line sends back of what it has read."""
    return {name: flow[name] for name in flow.keys() - {"createdAt", "updatedAt", "dataSources"}}


@pytest.fixture
def flow(portal: Portal) -> str:
    """A flow that a person built, with code and criteria."""
    criteria = {"type": "MANUAL", "shouldReEnroll": False}
    return portal.has_flow(
        BARE | {"name": "Chats", "actions": [CODE], "startActionId": "7", "enrollmentCriteria": criteria}
    )


def test_a_flow_is_made_with_defaults(app: App) -> None:
    """POST answers 201 with the whole flow, what the API fills in included, and GET shows the same."""
    made = app.post(FLOWS, BARE)
    assert (made.status, made.body) == (
        201,
        {
            "id": "1800000001",
            "revisionId": "1",
            "createdAt": NOW,
            "updatedAt": NOW,
            **BARE,
            "blockedDates": [],
            "customProperties": {},
            "timeWindows": [],
            "dataSources": [],
            "nextAvailableActionId": "1",
            "crmObjectCreationStatus": "PENDING",
        },
    )
    assert app.get(f"{FLOWS}/1800000001").body == made.body


def test_a_contact_flow_has_fields_of_its_own(app: App) -> None:
    """Contacts have their own type of flow, which no other record goes with."""
    made = app.post(FLOWS, BARE | {"type": "CONTACT_FLOW", "objectTypeId": "0-1"}).body
    assert (made["canEnrollFromSalesforce"], made["suppressionListIds"]) == (False, [])
    assert app.post(FLOWS, BARE | {"type": "CONTACT_FLOW"}).status == 400


@pytest.mark.parametrize("name", ["type", "flowType", "objectTypeId", "isEnabled", "actions"])
def test_what_a_flow_needs_is_named(app: App, name: str) -> None:
    """Without one of the five a POST is a 400 that names it."""
    refused = app.post(FLOWS, {key: value for key, value in BARE.items() if key != name})
    assert refused.error == (
        400,
        "VALIDATION_ERROR",
        f"Invalid input JSON: the flow lacks required fields: [{name}]",
    )
    assert app.get(FLOWS).body == {"results": []}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"flowType": "FLOW"}, "flowType must be ACTION_SET or UNKNOWN or WORKFLOW"),
        ({"objectTypeId": "tickets"}, "objectTypeId must be an object type's id such as 0-5"),
        ({"isEnabled": "yes"}, "Invalid input JSON: expected isEnabled of the flow to be true or false"),
        ({"actions": [1]}, "Invalid input JSON: expected actions of the flow, number 1 to be an object"),
        ({"actions": [CODE | {"actionId": 7}]}, "expected actionId of actions of the flow, number 1 to be text"),
        ({"actions": [CODE | {"type": "CODE"}]}, "expected type of actions of the flow, number 1 to be one of"),
        ({"actions": [CODE | {"runtime": "NODE_20"}]}, "NODE_20 is not a known runtime"),
        ({"actions": [CODE | {"inputFields": [{"name": "a", "value": "b"}]}]}, "number 1 to be an object"),
    ],
)
def test_a_wrong_definition_is_a_400(app: App, wrong: dict[str, object], said: str) -> None:
    """A field of the wrong kind, an action that does not exist, a runtime by another name: named, nothing stored."""
    refused = app.post(FLOWS, BARE | wrong)
    assert (refused.status, refused.body["category"], said in refused.body["message"]) == (
        400,
        "VALIDATION_ERROR",
        True,
    )
    assert app.get(FLOWS).body == {"results": []}


def test_unknown_fields_vanish_without_a_word(app: App) -> None:
    """What HubSpot does not know is dropped, at the top and inside actions, and the answer is a success."""
    made = app.post(FLOWS, BARE | {"folder": "Support", "actions": [CODE | {"sourceFile": "triage.py"}]})
    assert (made.status, "folder" in made.body, made.body["actions"]) == (201, False, [CODE])


def test_what_is_left_out_of_a_put_is_cleared(app: App, flow: str) -> None:
    """PUT replaces: actions and criteria that were not sent are gone, without an error, and the flow is off."""
    put = app.put(f"{FLOWS}/{flow}", {"type": "PLATFORM_FLOW", "revisionId": "1", "name": "Chats"})
    assert (put.status, put.body["revisionId"]) == (200, "2")
    read = app.get(f"{FLOWS}/{flow}").body
    assert "enrollmentCriteria" not in read
    assert (read["actions"], read["isEnabled"], read["name"]) == ([], False, "Chats")


def test_what_was_read_can_be_sent_back(app: App, flow: str) -> None:
    """A GET without its read-only fields is a good PUT: nothing changes but the revision."""
    before = app.get(f"{FLOWS}/{flow}").body
    assert app.put(f"{FLOWS}/{flow}", as_updated(before)).body == before | {"revisionId": "2"}


def test_read_only_fields_are_ignored(app: App, flow: str) -> None:
    """A PUT changes neither ids, times and data sources nor what record the flow is for."""
    before = app.get(f"{FLOWS}/{flow}").body
    odd = {"id": "1", "objectTypeId": "0-1", "createdAt": "x", "dataSources": [{"name": "x"}], "flowType": "UNKNOWN"}
    assert app.put(f"{FLOWS}/{flow}", before | odd).body == before | {"revisionId": "2"}


def test_a_stale_revision_is_refused(app: App, flow: str) -> None:
    """Of two who read the same revision only the first can write."""
    read = as_updated(app.get(f"{FLOWS}/{flow}").body)
    assert app.put(f"{FLOWS}/{flow}", read | {"name": "first"}).status == 200
    assert app.put(f"{FLOWS}/{flow}", read | {"name": "second"}).error == (
        409,
        "CONFLICT",
        "revisionId 1 is not the flow's current revision, which is 2",
    )
    assert app.get(f"{FLOWS}/{flow}").body["name"] == "first"


def test_a_new_flow_cannot_be_replaced_at_once(portal: Portal, app: App) -> None:
    """While crmObjectCreationStatus is PENDING a PUT is refused; some seconds later it is COMPLETE."""
    made = app.post(FLOWS, BARE).body
    assert app.put(f"{FLOWS}/{made['id']}", as_updated(made)).status == 400
    portal.clock.advance(3)
    assert app.get(f"{FLOWS}/{made['id']}").body["crmObjectCreationStatus"] == "COMPLETE"
    assert app.put(f"{FLOWS}/{made['id']}", as_updated(made)).status == 200


def test_a_secret_that_does_not_exist_is_a_500(portal: Portal, app: App) -> None:
    """HubSpot fails on code that names a secret the account does not have; with the secret it is stored."""
    definition = BARE | {"actions": [CODE | {"secretNames": ["TOKEN"]}]}
    assert app.post(FLOWS, definition).error == (500, "INTERNAL_ERROR", "internal error")
    portal.has_secret("TOKEN")
    assert app.post(FLOWS, definition).status == 201


def test_an_empty_default_branch_is_a_500(app: App) -> None:
    """So does it on a default branch that is an empty object."""
    branch = {"type": "LIST_BRANCH", "actionId": "1", "listBranches": [], "defaultBranch": {}}
    assert app.post(FLOWS, BARE | {"actions": [branch]}).status == 500


def test_a_deleted_flow_is_gone(app: App, flow: str) -> None:
    """DELETE answers 204; the flow can be neither read nor listed nor deleted again."""
    assert app.delete(f"{FLOWS}/{flow}").status == 204
    assert [app.get(f"{FLOWS}/{flow}").status, app.delete(f"{FLOWS}/{flow}").status] == [404, 404]
    assert app.get(FLOWS).body == {"results": []}


def test_the_list_shows_little_and_pages(portal: Portal, app: App) -> None:
    """A list has one line per flow without its definition, 100 to a page, and a cursor to the rest."""
    for number in range(101):
        portal.has_flow(BARE | {"name": f"Flow {number}", "uuid": f"u-{number}"})
    first = app.get(FLOWS).body
    assert first["results"][0] == {
        "id": "1800000001",
        "revisionId": "1",
        "createdAt": NOW,
        "updatedAt": NOW,
        "name": "Flow 0",
        "isEnabled": True,
        "flowType": "WORKFLOW",
        "objectTypeId": "0-5",
        "uuid": "u-0",
    }
    rest = app.get(FLOWS, after=first["paging"]["next"]["after"]).body
    assert (len(first["results"]), [line["name"] for line in rest["results"]], "paging" in rest) == (
        100,
        ["Flow 100"],
        False,
    )


def test_flows_are_read_in_batches(app: App, flow: str) -> None:
    """A batch read is a 200 with whole flows, and a 207 that names the one that is not there."""
    found = app.post(f"{FLOWS}/batch/read", {"inputs": [{"flowId": flow, "type": "FLOW_ID"}]})
    assert (found.status, found.body["results"]) == (200, [app.get(f"{FLOWS}/{flow}").body])
    mixed = app.post(f"{FLOWS}/batch/read", {"inputs": [{"flowId": flow}, {"flowId": "1"}]})
    assert (mixed.status, len(mixed.body["results"]), mixed.body["numErrors"]) == (207, 1, 1)
    assert mixed.body["errors"][0]["context"] == {"flowId": ["1"]}


def test_a_revision_is_the_flow_as_it_was(app: App, flow: str) -> None:
    """The beta API shows what every revision was; v4 has no such path."""
    before = app.get(f"{BETA}/{flow}").body
    app.put(f"{BETA}/{flow}", as_updated(before) | {"name": "Other"})
    assert app.get(f"{BETA}/{flow}/revisions/1").body == {
        "id": flow,
        "revisionId": "1",
        "revisionCreatedAt": NOW,
        "flow": before,
    }
    assert [app.get(f"{BETA}/{flow}/revisions/3").status, app.get(f"{FLOWS}/{flow}/revisions/1").status] == [404, 501]


def test_the_beta_lists_action_types(app: App) -> None:
    """The beta API tells which actions a type's flows can have; e-mail needs a record that is no conversation."""
    path = "/automation/2026-09-beta/action-types"
    all_of_them = {row["actionTypeId"] for row in app.get(path).body["results"]}
    of_conversations = {row["actionTypeId"] for row in app.get(path, objectTypeId="0-11").body["results"]}
    assert all_of_them - of_conversations == {"0-4"}


@pytest.mark.parametrize(
    "path", [f"{FLOWS}/email-campaigns", f"{FLOWS}/performance/1", "/automation/v4/workflow-id-mappings/batch/read"]
)
def test_what_is_not_emulated_is_said_by_name(app: App, path: str) -> None:
    """Campaigns, performance and id mappings are a 501, and no flow of that id."""
    answer = app.post(path, {"inputs": []}) if path.endswith("read") else app.get(path)
    assert (answer.status, answer.body["category"]) == (501, "NOT_EMULATED")


def test_an_account_may_hide_the_flows_of_conversations(portal: Portal, app: App) -> None:
    """Nobody outside knows whether HubSpot lists them: with the switch a list does not, and by id none is found."""
    flow = portal.has_flow(BARE | {"objectTypeId": "0-11"})
    assert len(app.get(FLOWS).body["results"]) == 1
    portal.hides_conversation_flows()
    assert (app.get(FLOWS).body["results"], app.get(f"{FLOWS}/{flow}").status) == ([], 200)
    portal.hides_conversation_flows(also_by_id=True)
    assert (app.get(f"{FLOWS}/{flow}").status, app.post(FLOWS, BARE | {"objectTypeId": "0-11"}).status) == (404, 400)


def test_a_flow_can_be_looked_at(portal: Portal, app: App, flow: str) -> None:
    """The portal shows a flow as GET does, and None for one that is not there."""
    assert (portal.flow(flow), portal.flow("1")) == (app.get(f"{FLOWS}/{flow}").body, None)
    assert portal.state()["flows"] == [portal.flow(flow)]


def test_flows_need_the_scope_automation(portal: Portal, flow: str) -> None:
    """Every operation on flows is a 403 without it."""
    app = App(portal, portal.token("tickets"))
    refused = app.get(f"{FLOWS}/{flow}")
    assert (refused.status, refused.body["errors"][0]["context"]) == (403, {"requiredGranularScopes": ["automation"]})
