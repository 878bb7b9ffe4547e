"""What an action declares is what it reads, returns and may call."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from contract.action import Action
from contract.flow import Flow
from tests.actions.desk import ACTIONS, CHAIN, ROOT, Desk, Done

FILES = sorted(ACTIONS.glob("*.py"))
FLOWS = sorted((ROOT / "deploy" / "workflows").glob("*.json"))
READERS = {"text", "record_id", "choice", "flag", "number", "moment", "names", "ids", "codes", "json"}


def names_read(source: str) -> set[str]:
    """The inputs that the code reads: the first argument of `given.<reader>(…)`."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "given"
        and call.func.attr in READERS
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def declared(path: Path) -> Any:
    contract = Action.read(path).contract
    assert contract is not None
    return contract


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_action_reads_the_inputs_it_declares(path: Path) -> None:
    """No input is read that the side panel does not ask for, and none is asked for in vain."""
    only_shown = {"a_number", "a_date", "a_boolean", "an_empty_one", "thread_id"} if path.stem == "probe" else set()

    assert names_read(path.read_text(encoding="utf-8")) == {one.name for one in declared(path).inputs} - only_shown


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_action_reads_the_secrets_it_declares(path: Path) -> None:
    """The one secret an action asks its environment for is the one to tick."""
    assert set(re.findall(r'secret\("\w+", "(\w+)"\)', path.read_text(encoding="utf-8"))) == set(declared(path).secrets)


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_a_workflow_fits_its_actions(path: Path) -> None:
    """Each workflow hands over only declared inputs, all required ones, and lists outputs and secrets as declared."""
    for step in Flow.read(path).actions.values():
        if step.source_file is None:
            continue
        contract = declared(step.source_file)
        given = {one["name"] for one in step.raw["inputFields"]}
        assert given <= {one.name for one in contract.inputs}
        assert {one.name for one in contract.inputs if one.required} <= given
        assert [(one["name"], one["type"].lower()) for one in step.raw["outputFields"]] == [
            (one.name, one.type) for one in contract.outputs
        ]
        assert step.raw["secretNames"] == list(contract.secrets)


def test_each_action_gets_by_with_the_scopes_it_declares(desk: Desk) -> None:
    """With a token of exactly its declared scopes every action serves a new ticket and an attached chat."""
    desk.portal.has_company("Example Ltd", [desk.contact])
    desk.settings |= {"send_confirmation.email_id": "77", "create_ticket.routes": '[{"owner": "agent"}]'}
    for chat in (desk.has_unresolved_chat(), desk.has_unresolved_chat()):
        done: Done = {}
        for action in CHAIN:
            desk.token = desk.portal.token(*declared(ACTIONS / f"{action}.py").scopes)
            done[action] = desk.outputs(action, **desk.inputs_for(action, chat, done), **desk.declared(action))

    assert done["create_ticket"]["outcome"] == "attached"


@pytest.mark.parametrize("action", CHAIN)
def test_a_missing_scope_is_named(desk: Desk, action: str) -> None:
    """A token without any scope ends in one line that names the scope to add; nothing was written."""
    chat = desk.has_unresolved_chat()
    inputs = {
        "thread_id": chat.id,
        "ticket_id": "90000001",
        "mode": "live",
        "inboxes": desk.inbox,
        "contact_id": desk.contact,
    }
    names = {one.name for one in declared(ACTIONS / f"{action}.py").inputs}
    desk.token = desk.portal.token("oauth")

    outcome = desk.run(
        action,
        **{
            name: value
            for name, value in inputs.items()
            if name in names and (action, name) != ("create_ticket", "ticket_id")
        },
    )

    assert outcome.error is not None
    assert (outcome.status, desk.portal.writes) == ("failed", [])
    assert re.search(
        r"403 MISSING_SCOPES\): the service key lacks a scope: [\w.-]+; add it to the key\.", outcome.error.sentence
    )
