"""How does a made-up request reach further than a 404? HubSpot's spec, narrowed to what one account has.

Ids, property names and values become those of the account; the shapes stay HubSpot's.
"""

import copy
from typing import Any

from harness.portal.objects.types import TYPES
from tests.specs.account import Account
from tests.specs.files import Spec
from tests.specs.schemas import Schema

TYPE_OF = {"ticketId": "tickets", "contactId": "contacts", "companyId": "companies", "noteId": "notes"}
VALUES: dict[str, dict[str, list[str]]] = {
    "tickets": {
        "subject": ["Help"],
        "content": [],
        "hs_pipeline_stage": ["1", "2", "4"],
        "hs_ticket_priority": ["LOW", "HIGH"],
        "chat_id": ["1", "3", "5"],
    },
    "contacts": {"email": ["visitor-12@example.org", "visitor-14@example.org"], "firstname": []},
    "companies": {"name": ["example"], "domain": ["example.org"]},
    "notes": {"hs_timestamp": ["2026-03-02T08:00:00Z", "1772438400000"], "hs_note_body": []},
}
REQUIRED = {"tickets": ["subject", "hs_pipeline_stage"], "notes": ["hs_timestamp"]}
WITH_PROPERTIES = (
    "SimplePublicObjectInput",
    "SimplePublicObjectInputForCreate",
    "SimplePublicObjectBatchInput",
    "SimplePublicObjectBatchInputForCreate",
    "SimplePublicObjectBatchInputUpsert",
)
WITH_ID = (
    "PublicFetchAssociationsBatchRequest",
    "SimplePublicObjectBatchInput",
    "SimplePublicObjectBatchInputUpsert",
    "SimplePublicObjectId",
)


def narrowed(spec: Spec, account: Account) -> dict[str, Any]:
    """The document, narrowed to the account's records of the spec's type; of tickets where it has none."""
    document = copy.deepcopy(spec.document)
    type = spec.object_type or "tickets"
    for methods in document["paths"].values():
        for operation in methods.values():
            _name_207(operation["responses"])
            for parameter in operation.get("parameters", []):
                _narrow_parameter(parameter, type, account)
    for name, schema in document["components"]["schemas"].items():
        for part in (schema, *schema.get("allOf", [])):
            _narrow_sender(part.get("properties", {}), account)
            if name not in WITH_PROPERTIES:  # what is answered, not what is sent
                _let_values_be_null(part.get("properties", {}).get("properties", {}))
        _narrow_schema(name, schema.get("properties", {}), type, account)
    return document


def _let_values_be_null(properties: Schema) -> None:
    """A property without a value is null in every version: tests/specs/known.py says how that is known."""
    value = properties.get("additionalProperties")
    if isinstance(value, dict) and value.get("type") == "string":
        value["nullable"] = True


def _narrow_schema(name: str, own: dict[str, Schema], type: str, account: Account) -> None:
    ids = account.values[type]
    if name in WITH_PROPERTIES:
        own["properties"] = _properties(type, new="Create" in name)
    if name in WITH_ID:
        own["id"] = _rather(own["id"], ids)
    if name == "PublicObjectId":
        own["id"] = _rather(own["id"], ids + account.values["contacts"])
    elif name == "AssociationSpec":
        own["associationTypeId"] = _rather(own["associationTypeId"], [15, 16, 1, 279])
    elif name == "Filter":
        own["propertyName"] = _rather(own["propertyName"], [*VALUES[type], "hs_object_id", "createdate"])
    elif name.startswith("Api") and "Flow" in name and name.endswith(("CreateRequest", "PutRequest")):
        _narrow_flow(own)
    elif name == "ApiInputVariable":
        own["value"] = {"$ref": "#/components/schemas/ApiStaticValue"}
    elif name == "PublicMergeInput":
        for end in ("primaryObjectId", "objectIdToMerge"):
            own[end] = _rather(own[end], ids)


def _name_207(responses: dict[str, Any]) -> None:
    """The specs of 2026-09 name the errors of a batch, and not the status that comes with them: see known.py."""
    whole = responses.get("200") or responses.get("201") or {"description": "Some of it failed"}
    responses.setdefault("207", whole)


def _narrow_sender(own: dict[str, Schema], account: Account) -> None:
    """Who writes a message, and through which channel."""
    for name, values in (
        ("senderActorId", "actorId"),
        ("channelId", "channelId"),
        ("channelAccountId", "channelAccountId"),
    ):
        if own.get(name, {}).get("type") == "string":
            own[name] = _rather(own[name], account.values[values])


def _narrow_flow(own: dict[str, Schema]) -> None:
    """Custom code and no criteria: the filters of a flow have filters in them, without end."""
    for name in ("enrollmentSchedule", "suppressionFilterBranch", "goalFilterBranch", "eventAnchor"):
        own.pop(name, None)
    if own:
        own["actions"]["items"] = {"$ref": "#/components/schemas/ApiCustomCodeAction"}
        own["enrollmentCriteria"] = {"$ref": "#/components/schemas/ApiManualEnrollmentCriteria"}
    if "dataSources" in own:
        own["dataSources"]["items"] = {"type": "object"}


def _narrow_parameter(parameter: dict[str, Any], type: str, account: Account) -> None:
    name, schema = parameter["name"], parameter["schema"]
    offered: list[str] = account.values.get(name, [])
    if name in ("objectType", "fromObjectType", "objectTypeId"):
        offered = [next(one.id for one in TYPES if one.name == type), type]
    elif name == "toObjectType":
        offered = ["contacts"]
    elif name in ("objectId", "fromObjectId", *TYPE_OF):
        offered = account.values[TYPE_OF.get(name, type)]
    elif name in ("toObjectId", "associatedContactId"):
        offered = account.values["contacts"]
    elif name == "associatedTicketId":
        offered = account.values["tickets"]
    if name in ("properties", "propertiesWithHistory") and "items" in schema:
        schema["items"] = _rather(schema["items"], [*VALUES[type], "hs_object_id"])
    elif offered and "items" in schema:
        schema["items"] = _rather(schema["items"], _typed(schema["items"], offered))
    elif offered and "enum" not in schema:
        parameter["schema"] = _rather(schema, _typed(schema, offered))


def _typed(schema: Schema, values: list[str]) -> list[Any]:
    return [int(value) for value in values] if schema.get("type") == "integer" else list(values)


def _rather(schema: Schema, values: list[Any]) -> Schema:
    """As before, and these values more often than others."""
    return {"anyOf": [{"enum": values}, schema]} if values else schema


def _properties(type: str, new: bool) -> Schema:
    values = {
        name: _rather({"type": ["string", "number", "boolean"]}, offered) for name, offered in VALUES[type].items()
    }
    schema: Schema = {"type": "object", "properties": values, "additionalProperties": False}
    return schema | ({"required": REQUIRED[type]} if new and type in REQUIRED else {})
