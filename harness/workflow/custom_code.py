"""The event HubSpot hands to custom code, and what its answer means for the record."""

from collections.abc import Mapping
from typing import Any

from contract.flow import Flow, FlowAction
from harness.workflow.enrolment import Enrolment
from harness.workflow.steps import Resolve

# Documented: upper-case names. Guessed: CONVERSATION for 0-11, which no public sample shows.
OBJECT_NAMES = {"0-1": "CONTACT", "0-2": "COMPANY", "0-3": "DEAL", "0-5": "TICKET", "0-11": "CONVERSATION"}


def event_for(
    action: FlowAction, flow: Flow, enrolment: Enrolment, *, portal_id: int, resolve: Resolve
) -> dict[str, Any]:
    """The documented keys of the event; an input without a value has no key (guessed)."""
    inputs = {given["name"]: resolve(given["value"]) for given in action.raw.get("inputFields", ())}
    return {
        "origin": {"portalId": portal_id, "actionDefinitionId": int(action.id)},
        "object": {
            "objectType": OBJECT_NAMES.get(flow.object_type_id, flow.object_type_id),
            "objectId": int(enrolment.record_id),
        },
        "inputFields": {name: value for name, value in inputs.items() if value is not None},
        "callbackId": f"ap-{portal_id}-{enrolment.number}-{enrolment.steps}-0",
    }


def secrets_for(action: FlowAction, secrets: Mapping[str, str]) -> dict[str, str]:
    """Only the secrets ticked on this action."""
    return {name: secrets[name] for name in action.raw.get("secretNames", ()) if name in secrets}


def outputs_of(action: FlowAction, returned: Mapping[str, object] | None) -> dict[str, object]:
    """The outputs later actions can use: the declared ones only (documented)."""
    declared = {given["name"] for given in action.raw.get("outputFields", ())}
    return {name: value for name, value in (returned or {}).items() if name in declared}
