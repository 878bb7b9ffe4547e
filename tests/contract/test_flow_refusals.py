"""How is a wrong workflow refused? By a name for each kind of mistake, with the place and what to do."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.flow import (
    BadFlow,
    BranchWithoutDefault,
    CyclicFlow,
    DanglingLink,
    DuplicateActionId,
    Flow,
    FlowError,
    MissingSource,
    UnreachableAction,
)


def delay(id_: str, to: str | None = None, edge: str = "STANDARD") -> dict[str, Any]:
    action = {"actionId": id_, "type": "SINGLE_CONNECTION", "actionTypeId": "0-1", "fields": {}}
    return action | ({"connection": {"edgeType": edge, "nextActionId": to}} if to else {})


def code(**changes: object) -> dict[str, Any]:
    plain = {
        "type": "CUSTOM_CODE",
        "inputFields": [],
        "outputFields": [],
        "secretNames": [],
        "sourceCode": "",
    }
    return {"actionId": "1", **plain, **changes}


def static_branch(id_: str, **changes: object) -> dict[str, Any]:
    return {
        "actionId": id_,
        "type": "STATIC_BRANCH",
        "staticBranches": [],
        "defaultBranchName": "end",
        **changes,
    }


def flow(*actions: object, start: object = "1") -> dict[str, Any]:
    return {"objectTypeId": "0-5", "startActionId": start, "actions": list(actions)}


def without(key: str, holder: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in holder.items() if name != key}


WRONG: dict[str, tuple[object, type[FlowError], str]] = {
    "no object": ([], BadFlow, "the flow: expected a JSON object, found list. Write { ... }."),
    "no actions": ({}, BadFlow, "the flow: expected a list as 'actions', found nothing. Write 'actions'."),
    "no object type": (
        without("objectTypeId", flow(delay("1"))),
        BadFlow,
        "the flow: expected a text as 'objectTypeId', found nothing. Write 'objectTypeId'.",
    ),
    "a name that is none": (
        flow() | {"name": 3},
        BadFlow,
        "the flow: expected a text as 'name', found 3. Write 'name'.",
    ),
    "an action that is none": (
        flow("x"),
        BadFlow,
        "actions[0]: expected an object, found 'x'. Write { ... }.",
    ),
    "an id that is a number": (
        flow(delay("1"), delay("2") | {"actionId": 2}),
        BadFlow,
        "actions[1]: expected a text as 'actionId', found 2. Write 'actionId'.",
    ),
    "an unknown type": (
        flow(delay("1") | {"type": "CODE"}),
        BadFlow,
        "action 1: expected a type out of SINGLE_CONNECTION, CUSTOM_CODE, WEBHOOK, STATIC_BRANCH,"
        " LIST_BRANCH, AB_TEST_BRANCH, found 'CODE'. Use HubSpot's own name of the type.",
    ),
    "an action that says not what it does": (
        flow(without("actionTypeId", delay("1"))),
        BadFlow,
        "action 1: expected a text as 'actionTypeId', found nothing. Write 'actionTypeId'.",
    ),
    "a link of another kind": (
        flow(delay("1", "1", "SIDEWAYS")),
        BadFlow,
        "action 1: expected edgeType STANDARD or GOTO, found 'SIDEWAYS'. Correct the link.",
    ),
    "a link that is a text": (
        flow(delay("1") | {"connection": "2"}),
        BadFlow,
        "action 1: expected an object as 'connection', found '2'. Write 'connection'.",
    ),
    "a branch that is a text": (
        flow(static_branch("1", staticBranches=["a"])),
        BadFlow,
        "action 1: expected branches as objects, found 'a'. Write { ... }.",
    ),
    "a branch without its value": (
        flow(static_branch("1", staticBranches=[{}])),
        BadFlow,
        "action 1: expected a text as 'branchValue', found nothing. Write 'branchValue'.",
    ),
    "a branch twice": (
        flow(
            static_branch(
                "1",
                staticBranches=[
                    {"branchValue": "a", "connection": delay("", "2")["connection"]},
                    {"branchValue": "a", "connection": delay("", "2")["connection"]},
                ],
            ),
            delay("2"),
        ),
        BadFlow,
        "action 1: expected each branch once, found 'a' twice. Remove or rename one.",
    ),
    "an input that is a text": (
        flow(code(inputFields=["mode"])),
        BadFlow,
        "action 1: expected inputs as objects, found 'mode'. Write { ... }.",
    ),
    "an input whose value has no type": (
        flow(code(inputFields=[{"name": "mode", "value": {"staticValue": "dry"}}])),
        BadFlow,
        "action 1, input mode: expected a text as 'type', found nothing. Write 'type'.",
    ),
    "an input twice": (
        flow(code(inputFields=[{"name": "mode", "value": {"type": "STATIC_VALUE"}}] * 2)),
        BadFlow,
        "action 1: expected each input once, found 'mode' twice. Remove one.",
    ),
    "code without its secrets": (
        flow(without("secretNames", code())),
        BadFlow,
        "action 1: expected a list as 'secretNames', found nothing. Write 'secretNames'.",
    ),
    "one id twice": (
        flow(delay("1"), delay("1")),
        DuplicateActionId,
        "action 1: expected one action of that id, found two. Give one of them another id, and its links too.",
    ),
    "a start that is not there": (
        flow(delay("1"), start="7"),
        DanglingLink,
        "startActionId: expected one of the actions 1, found '7'. Correct the link, or add the action.",
    ),
    "a link to nowhere": (
        flow(delay("1", "2"), delay("2", "9")),
        DanglingLink,
        "action 2, next: expected one of the actions 1, 2, found '9'. Correct the link, or add the action.",
    ),
    "a default to nowhere": (
        flow(static_branch("1", defaultBranch={"edgeType": "STANDARD", "nextActionId": "9"})),
        DanglingLink,
        "action 1, default: expected one of the actions 1, found '9'. Correct the link, or add the action.",
    ),
    "an action no record comes to": (
        flow(delay("1", "2"), delay("2"), delay("3", "2")),
        UnreachableAction,
        "action 3: expected a way to it from action 1, found none. Link to it, or remove it.",
    ),
    "a branch without default": (
        flow(without("defaultBranchName", static_branch("1"))),
        BranchWithoutDefault,
        "action 1: expected a 'defaultBranch' (or a 'defaultBranchName' alone: the workflow ends there),"
        " found neither. Say what becomes of records that fit no branch.",
    ),
    "a list branch without default": (
        flow({"actionId": "1", "type": "LIST_BRANCH", "listBranches": []}),
        BranchWithoutDefault,
        "action 1: expected a 'defaultBranch' (or a 'defaultBranchName' alone: the workflow ends there),"
        " found neither. Say what becomes of records that fit no branch.",
    ),
    "an empty default, which HubSpot answers with a 500": (
        flow(static_branch("1", defaultBranch={})),
        BadFlow,
        "action 1: expected a text as 'edgeType', found nothing. Write 'edgeType'.",
    ),
    "a way back that is not marked": (
        flow(delay("1", "2"), delay("2", "3"), delay("3", "2")),
        CyclicFlow,
        "actions 1, 2, 3: expected only ways onward, found a way back."
        ' HubSpot marks a wanted one with "edgeType": "GOTO".',
    ),
    "code that is nowhere": (
        flow(without("sourceCode", code())),
        MissingSource,
        "action 1: expected 'sourceFile' or 'sourceCode', found neither."
        " A flow in a repository names the file; HubSpot's own answer carries the code.",
    ),
    "code in two places": (
        flow(code(sourceFile="x.py")),
        MissingSource,
        "action 1: expected 'sourceFile' or 'sourceCode', found both."
        " A flow in a repository names the file; HubSpot's own answer carries the code.",
    ),
    "code in a file that is not there": (
        flow(without("sourceCode", code(sourceFile="../actions/x.py"))),
        MissingSource,
        "action 1: expected a file at ../actions/x.py, seen from the flow's folder, found none. Correct 'sourceFile'.",
    ),
    "code that is a number": (
        flow(code(sourceCode=3)),
        BadFlow,
        "action 1: expected a text as 'sourceCode', found 3. Write 'sourceCode'.",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_refusal(case: str) -> None:
    """Each mistake has its own error, which says where, what was expected and found, and what to do."""
    definition, kind, message = WRONG[case]
    with pytest.raises(FlowError) as refused:
        Flow.parse(definition, "flows/x.json")
    assert (type(refused.value), str(refused.value)) == (kind, f"flows/x.json: {message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            b'{\n"actions": [,]}',
            "line 2: expected JSON, found a mistake in it: Expecting value. Correct this line.",
        ),
        (b"", "line 1: expected JSON, found a mistake in it: Expecting value. Correct this line."),
        (b'"\xe4"', "byte 1: expected UTF-8 text, found the byte 0xe4. Save the file as UTF-8."),
    ],
)
def test_a_file_that_is_no_json(tmp_path: Path, text: bytes, message: str) -> None:
    """A file that is no JSON, or no UTF-8, is refused at its line or byte."""
    (tmp_path / "x.json").write_bytes(text)
    with pytest.raises(BadFlow) as refused:
        Flow.read(tmp_path / "x.json")
    assert str(refused.value) == f"{tmp_path}/x.json: {message}"


def walks(definition: dict[str, Any]) -> Iterator[str]:
    """Give every action that a record comes to, taking the last of an action's links each time."""
    actions = Flow.parse(definition, "x.json").actions
    id_: str | None = definition["startActionId"]
    while id_ is not None:
        yield id_
        id_ = actions[id_].links[-1][1] if actions[id_].links else None


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=8))
def test_a_flow_that_is_read_can_be_walked_to_its_end(targets: list[tuple[int, int]]) -> None:
    """Of any graph at all: either it is refused by name, or every record comes out at its end."""
    raws = [
        static_branch(
            str(place),
            staticBranches=[{"branchValue": "a", "connection": delay("", str(one))["connection"]}] if one else [],
            **({"defaultBranch": delay("", str(two))["connection"]} if two else {}),
        )
        for place, (one, two) in enumerate(targets)
    ]
    definition = flow(*raws, start="0")
    try:
        Flow.parse(definition, "x.json")
    except (DanglingLink, UnreachableAction, CyclicFlow):
        return
    steps = list(walks(definition))
    assert len(set(steps)) == len(steps) <= len(raws)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda j: (
            st.lists(j)
            | st.dictionaries(
                st.sampled_from(["actions", "actionId", "type", "connection", "objectTypeId", "inputFields"])
                | st.text(),
                j,
            )
        ),
    )
)
def test_any_json_is_read_or_refused(definition: object) -> None:
    """Whatever JSON stands in the file, reading it ends in a flow or in a FlowError."""
    with contextlib.suppress(FlowError):
        Flow.parse(definition, "x.json")
