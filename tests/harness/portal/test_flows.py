"""Workflows: what the portal says of a wrong definition, what it is not, and how a person looks at a flow."""

import pytest

from harness.portal import Portal
from tests.harness.portal.app import App

FLOWS = "/automation/v4/flows"
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


@pytest.fixture
def flow(portal: Portal) -> str:
    """A flow that a person built, with code and criteria."""
    criteria = {"type": "MANUAL", "shouldReEnroll": False}
    return portal.has_flow(
        BARE | {"name": "Chats", "actions": [CODE], "startActionId": "7", "enrollmentCriteria": criteria}
    )


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
