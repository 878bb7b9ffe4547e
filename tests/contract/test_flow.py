"""What does reading a workflow tell, and what can be made of it?"""

import json
from pathlib import Path
from typing import Any

import pytest

from contract.action import digest
from contract.flow import DEFAULT, NEXT, Flow, UnknownInput

CREATE = """# /// script
# [tool.hubspot.inputs.mode]
# type = "enumeration"
# options = ["dry", "live"]
# [tool.hubspot.inputs.thread_id]
# type = "string"
# ///
def main(event): ...
"""
TRIAGE = '# /// script\n# [tool.hubspot.inputs.mode]\n# type = "string"\n# ///\n'


def static(name: str, value: str) -> dict[str, Any]:
    return {"name": name, "value": {"type": "STATIC_VALUE", "staticValue": value}}


def link(to: str, edge: str = "STANDARD") -> dict[str, str]:
    return {"edgeType": edge, "nextActionId": to}


def definition() -> dict[str, Any]:
    """A flow of every kind of action: delay, code, branches with and without an action behind, a way back."""
    code = {"type": "CUSTOM_CODE", "runtime": "PYTHON39", "secretNames": ["TOKEN"], "outputFields": []}
    thread = {"name": "thread_id", "value": {"type": "OBJECT_PROPERTY", "propertyName": "hs_thread_id"}}
    return {
        "name": "Chats: closed",
        "type": "PLATFORM_FLOW",
        "objectTypeId": "0-11",
        "startActionId": "1",
        "actions": [
            {
                "type": "SINGLE_CONNECTION",
                "actionId": "1",
                "actionTypeId": "0-1",
                "actionTypeVersion": 0,
                "fields": {"delta": "1"},
                "connection": link("2"),
            },
            {
                **code,
                "actionId": "2",
                "sourceFile": "../actions/triage_chat.py",
                "inputFields": [],
                "connection": link("3"),
            },
            {
                "type": "STATIC_BRANCH",
                "actionId": "3",
                "inputValue": {"type": "FIELD_DATA", "actionId": "2", "dataKey": "resolution"},
                "staticBranches": [
                    {"branchValue": "unresolved", "connection": link("10")},
                    {"branchValue": "resolved"},
                ],
                "defaultBranchName": "Nothing to do",
            },
            {
                **code,
                "actionId": "10",
                "sourceFile": "../actions/create_ticket.py",
                "inputFields": [thread, static("mode", "dry")],
                "connection": link("11"),
            },
            {
                "type": "LIST_BRANCH",
                "actionId": "11",
                "listBranches": [
                    {"branchName": "again", "connection": link("2", "GOTO")},
                    {"connection": link("1", "GOTO")},
                ],
                "defaultBranch": link("12"),
            },
            {"type": "AB_TEST_BRANCH", "actionId": "12", "testBranches": []},
        ],
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a flow stands beside its actions."""
    (tmp_path / "actions").mkdir()
    (tmp_path / "actions/create_ticket.py").write_text(CREATE)
    (tmp_path / "actions/triage_chat.py").write_text(TRIAGE)
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows/closed.json").write_text(json.dumps(definition()))
    return tmp_path / "flows/closed.json"


def test_a_whole_flow(path: Path) -> None:
    """Name, object type, first action and every action with its links, code and kind are read."""
    flow = Flow.read(path)
    assert (flow.path, flow.name, flow.object_type_id, flow.start) == (path, "Chats: closed", "0-11", "1")
    assert flow.definition == definition()
    assert {id_: (action.type, action.links) for id_, action in flow.actions.items()} == {
        "1": ("SINGLE_CONNECTION", ((NEXT, "2"),)),
        "2": ("CUSTOM_CODE", ((NEXT, "3"),)),
        "3": ("STATIC_BRANCH", (("unresolved", "10"),)),
        "10": ("CUSTOM_CODE", ((NEXT, "11"),)),
        "11": ("LIST_BRANCH", (("again", "2"), ("branch 2", "1"), (DEFAULT, "12"))),
        "12": ("AB_TEST_BRANCH", ()),
    }
    assert flow.actions["11"].jumps == {"again", "branch 2"}
    assert flow.actions["1"].action_type_id == "0-1"
    assert flow.actions["2"].source_file == path.parent / "../actions/triage_chat.py"
    assert flow.actions["10"].raw == definition()["actions"][3]


def test_where_a_label_leads(path: Path) -> None:
    """An action says where a label leads, and that the workflow ends behind one without an action."""
    actions = Flow.read(path).actions
    assert actions["3"].goes_to("unresolved") == "10"
    assert actions["3"].goes_to("resolved") is None
    assert actions["3"].goes_to(DEFAULT) is None
    assert actions["11"].goes_to(DEFAULT) == "12"


def test_an_empty_flow() -> None:
    """A flow without actions, as HubSpot's editor begins one, is read; its file lends it a name."""
    flow = Flow.parse({"objectTypeId": "0-5", "actions": []}, "flows/new.json")
    assert (flow.name, flow.start, flow.actions) == ("new", "", {})


def test_what_is_shipped(path: Path) -> None:
    """HubSpot's JSON has the text of each file in the place of its name, and all else as it stands."""
    (path.parent.parent / "actions/create_ticket.py").write_bytes(CREATE.replace("\n", "\r\n").encode())
    expected = definition()
    for raw, text in ((expected["actions"][1], TRIAGE), (expected["actions"][3], CREATE)):
        del raw["sourceFile"]
        raw["sourceCode"] = text
    shipped = Flow.read(path).shipped()
    assert shipped == expected
    assert list(shipped["actions"][1])[4:6] == ["actionId", "sourceCode"]
    assert digest(shipped["actions"][3]["sourceCode"]) == digest(CREATE)


def test_a_flow_as_hubspot_returns_it(path: Path) -> None:
    """HubSpot's own answer, with code and revision and in another order, reads as the same flow."""
    ours = Flow.read(path)
    answer = ours.shipped() | {"id": "9", "revisionId": "4", "createdAt": "2026-03-02T08:00:00Z"}
    answer["actions"].reverse()
    answer["actions"][0] = dict(reversed(answer["actions"][0].items()))
    for raw in answer["actions"]:
        if "sourceCode" in raw:
            raw["sourceCode"] = raw["sourceCode"].replace("\n", "\r\n")
    theirs = Flow.parse(answer, "portal 4711")
    assert theirs.canonical() == ours.canonical()
    assert theirs.actions["2"].source_file is None


def test_the_canonical_text_sees_every_difference(path: Path) -> None:
    """Another static value, another line of code, another link: each makes another text."""
    plain = Flow.read(path)
    texts = {plain.canonical(), plain.with_inputs({"create_ticket": {"mode": "live"}}).canonical()}
    relinked = definition()
    relinked["actions"][0]["connection"] = link("2", "GOTO")
    texts.add(Flow.parse(relinked, path).canonical())
    (path.parent.parent / "actions/create_ticket.py").write_text(CREATE + "x = 1\n")
    texts.add(plain.canonical())
    assert len(texts) == 4


def inputs(flow: Flow) -> dict[str, list[Any]]:
    code = [action for action in flow.actions.values() if action.type == "CUSTOM_CODE"]
    return {action.id: action.raw["inputFields"] for action in code}


def test_a_static_input_is_set(path: Path) -> None:
    """A static input of one action is replaced, and the flow it came from stays as it was."""
    flow = Flow.read(path)
    live = flow.with_inputs({"create_ticket": {"mode": "live"}})
    thread = definition()["actions"][3]["inputFields"][0]
    assert inputs(live) == {"2": [], "10": [thread, static("mode", "live")]}
    assert flow.definition == definition()


def test_an_input_of_every_action_that_has_it(path: Path) -> None:
    """Under "*" an input is set, or added, in each action whose contract declares it."""
    live = Flow.read(path).with_inputs({"*": {"mode": "live"}, "triage_chat": {}})
    thread = definition()["actions"][3]["inputFields"][0]
    assert inputs(live) == {"2": [static("mode", "live")], "10": [thread, static("mode", "live")]}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"close_ticket": {"mode": "live"}},
            "an action: expected one of create_ticket, triage_chat, found 'close_ticket'. Correct the name.",
        ),
        (
            {"triage_chat": {"thread_id": "1"}},
            "an input of triage_chat: expected one of mode, found 'thread_id'. Correct the name.",
        ),
        (
            {"*": {"pace": "1"}},
            "an input of *: expected one of mode, thread_id, found 'pace'. Correct the name.",
        ),
        (
            {"create_ticket": {"thread_id": "1"}},
            "action 10: expected 'thread_id' to be a static value, found OBJECT_PROPERTY."
            " What comes from the record or an earlier action is wired in the flow.",
        ),
    ],
)
def test_an_input_that_cannot_be_set(path: Path, values: dict[str, dict[str, str]], message: str) -> None:
    """An action, an input, or an input that is not static is refused by its name."""
    with pytest.raises(UnknownInput) as refused:
        Flow.read(path).with_inputs(values)
    assert str(refused.value) == f"{path}: {message}"
