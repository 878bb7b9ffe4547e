"""How a flow is made and replaced: the whole definition is checked before anything is stored."""

import re
from typing import Any

from harness.portal import refusals as shared
from harness.portal.call import text_of
from harness.portal.flows import refusals
from harness.portal.flows.fields import (
    CONTACT,
    CREATABLE,
    CREATE_REQUIRES,
    EMPTY,
    EMPTY_OF_TYPE,
    FLOW_TYPES,
    KEPT,
    WRITABLE,
    Shape,
)
from harness.portal.flows.reading import taken
from harness.portal.flows.state import MAKING, Flow
from harness.portal.world import World

CONTACT_TYPE = "0-1"
MOST_ACTIONS = 1_000  # guessed


def create(world: World, body: dict[str, Any], *, by_person: bool = False) -> Flow:
    """A new flow. One that a person made is COMPLETE, and its secrets are there: the editor offers no others."""
    missing = [name for name in CREATE_REQUIRES if body.get(name) is None]
    if missing:
        raise shared.missing_keys("the flow", missing)
    definition = _read(body, CREATABLE)
    definition.setdefault("dataSources", [])
    _check_kind(definition)
    if by_person:
        world.flows.secrets |= _secrets(definition)
    _check_secrets(world, definition)
    now = world.clock.millis()
    return world.flows.add(definition, now, now if by_person else now + MAKING)


def replace(world: World, flow: Flow, body: dict[str, Any]) -> None:
    """A new revision that has exactly what was sent: what was left out is gone (documented)."""
    missing = [name for name in ("type", "revisionId") if body.get(name) is None]  # documented: both are musts
    if missing:
        raise shared.missing_keys("the flow", missing)
    before, sent = flow.current, text_of(body, "revisionId", "the flow")
    definition = _read(body, WRITABLE)
    if definition["type"] != before.definition["type"]:
        raise refusals.another_type(definition["type"], before.definition["type"])
    now = world.clock.millis()
    if now < flow.complete_at:
        raise refusals.pending(flow.id)
    if sent != before.id:
        raise refusals.stale(sent, before.id)
    _check_secrets(world, definition)
    definition.setdefault("isEnabled", False)  # guessed: a flag that is cleared is false
    flow.write(definition | {name: before.definition[name] for name in KEPT}, now)


def _read(body: dict[str, Any], fields: dict[str, Shape]) -> dict[str, Any]:
    type = body["type"]
    if not isinstance(type, str) or type not in fields:
        raise refusals.bad_choice("type", str(type), " or ".join(fields))
    if isinstance(actions := body.get("actions"), list) and len(actions) > MOST_ACTIONS:
        raise shared.validation(f"A flow has at most {MOST_ACTIONS} actions, found {len(actions)}")
    return {**EMPTY, **EMPTY_OF_TYPE[type], **taken(body, fields[type], "the flow")}


def _check_kind(definition: dict[str, Any]) -> None:
    flow_type, object_type = definition["flowType"], definition["objectTypeId"]
    if flow_type not in FLOW_TYPES:
        raise refusals.bad_choice("flowType", flow_type, " or ".join(FLOW_TYPES))
    if not re.fullmatch(r"\d{1,9}-\d{1,12}", object_type, re.ASCII):
        raise refusals.bad_choice("objectTypeId", object_type, "an object type's id such as 0-5")
    if (definition["type"] == CONTACT) != (object_type == CONTACT_TYPE):
        # documented: which type goes with which; that another pair is refused is guessed
        raise refusals.bad_choice("type", definition["type"], f"{CONTACT} for {CONTACT_TYPE} and for nothing else")


def _check_secrets(world: World, definition: dict[str, Any]) -> None:
    if _secrets(definition) - world.flows.secrets:
        raise refusals.internal_error()  # seen by others: a secret that does not exist is a bare 500


def _secrets(definition: dict[str, Any]) -> set[str]:
    return {name for action in definition["actions"] for name in action.get("secretNames", ())}
