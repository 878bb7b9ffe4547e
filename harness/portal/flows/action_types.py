"""The kinds of action that a flow can have beside branches and code, as the beta API lists them.

Ids: HubSpot's action and enrolment reference (documented). Names, groups and input fields are guessed, and the
list of a real account is longer: it has one entry per installed app's action too.
"""

from typing import Any

EVERYWHERE = ("0-1", "0-2", "0-3", "0-5", "0-11")
_ROWS: tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("0-1", "Delay for a set amount of time", "DELAY", ("delta", "time_unit"), EVERYWHERE),
    ("0-3", "Create task", "CRM", ("task_type", "subject"), EVERYWHERE),
    ("0-4", "Send email", "COMMUNICATION", ("content_id",), ("0-1", "0-2", "0-3", "0-5")),
    ("0-5", "Edit record", "CRM", ("property_name", "value"), EVERYWHERE),
    ("0-8", "Send internal email notification", "COMMUNICATION", ("user_ids", "subject", "body"), EVERYWHERE),
    ("0-9", "Send in-app notification", "COMMUNICATION", ("user_ids", "subject", "body"), EVERYWHERE),
    ("0-11", "Rotate record to owner", "CRM", ("user_ids", "target_property"), EVERYWHERE),
    ("0-14", "Create record", "CRM", ("object_type_id", "properties"), EVERYWHERE),
    ("0-23", "Send email to given addresses", "COMMUNICATION", ("content_id", "email_addresses"), EVERYWHERE),
    ("0-29", "Delay until event happens", "DELAY", ("event_filter_branches",), EVERYWHERE),
    ("0-35", "Delay until date", "DELAY", ("date",), EVERYWHERE),
    ("0-63189541", "Create association", "CRM", ("fromObjectType", "toObjectType"), EVERYWHERE),
)


def listed(object_type: str) -> list[dict[str, Any]]:
    """The kinds for an object type; "" for all."""
    return [
        {
            "actionTypeId": id,
            "actionName": name,
            "groupId": group,
            "inputFieldDefinitions": [_field(field) for field in fields],
            "objectTypeIds": list(types),
        }
        for id, name, group, fields, types in _ROWS
        if object_type in ("", *types)
    ]


def _field(name: str) -> dict[str, Any]:
    return {"fieldDefinitionType": "SIMPLE", "name": name, "type": "string", "isRequired": True}
