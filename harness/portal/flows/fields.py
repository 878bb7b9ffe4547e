"""Which fields a flow has, who writes each, and what its actions are made of.

Documented: HubSpot's public OpenAPI files of automation v4 and 2026-09-beta, which agree word for word. A field
is written `kind` or `kind!`, where `!` says that the spec requires it. Kinds: text, whole, number, flag, json
(anything), map (an object of anything), texts, a name of SHAPES, or `[name]` for a list of them.
"""

PLATFORM, CONTACT = "PLATFORM_FLOW", "CONTACT_FLOW"
FLOW_TYPES = ("ACTION_SET", "UNKNOWN", "WORKFLOW")

Shape = dict[str, str]

_BOTH: Shape = {
    "actions": "[action]",
    "blockedDates": "[date]",
    "customProperties": "map",
    "description": "text",
    "enrollmentCriteria": "map",
    "enrollmentSchedule": "map",
    "isEnabled": "flag",
    "name": "text",
    "startActionId": "text",
    "timeWindows": "[window]",
    "type": "text",
    "uuid": "text",
}
_OF_TYPE: dict[str, Shape] = {
    PLATFORM: {"suppressionFilterBranch": "map"},
    CONTACT: {
        "canEnrollFromSalesforce": "flag",
        "eventAnchor": "map",
        "goalFilterBranch": "map",
        "suppressionListIds": "wholes",
        "unEnrollmentSetting": "unenrolment",
    },
}
_ONCE: Shape = {"dataSources": "maps", "flowType": "text", "objectTypeId": "text"}

WRITABLE = {type: _BOTH | own for type, own in _OF_TYPE.items()}
"""What a PUT replaces; whatever else it sends is ignored: documented, HubSpot's own CLI sends most of a GET back."""
CREATABLE = {type: fields | _ONCE for type, fields in WRITABLE.items()}
"""What a POST takes: the same and what never changes again."""
KEPT = tuple(_ONCE)
"""What a PUT leaves as it is (documented: these are no part of its body)."""
CREATE_REQUIRES = ("type", "flowType", "objectTypeId", "isEnabled", "actions")
"""Documented: HubSpot's CLI notes; the spec requires more, which the API fills with EMPTY."""
EMPTY: dict[str, object] = {"actions": [], "blockedDates": [], "customProperties": {}, "timeWindows": []}
"""What stands for a field that every answer has (spec) and that was not sent."""
EMPTY_OF_TYPE: dict[str, dict[str, object]] = {
    PLATFORM: {},
    CONTACT: {"canEnrollFromSalesforce": False, "suppressionListIds": []},
}

SHAPES: dict[str, Shape] = {
    "connection": {"edgeType": "text!", "nextActionId": "text!"},
    "date": {"dayOfMonth": "whole!", "month": "text!", "year": "whole"},
    "window": {"day": "text!", "startTime": "time", "endTime": "time"},
    "time": {"hour": "whole!", "minute": "whole!"},
    "unenrolment": {"flowIds": "texts!", "type": "text!"},
    "input": {"name": "text!", "value": "value!"},
    # The spec knows enumerations only; working deploy code sends other types too, so that options are no must.
    "output": {"name": "text!", "type": "text!", "options": "texts"},
    "list branch": {"branchName": "text", "connection": "connection", "filterBranch": "map"},
    "static branch": {"branchValue": "text!", "connection": "connection"},
    "test branch": {"connection": "connection!", "percentage": "whole"},
}
_ANY_ACTION: Shape = {"actionId": "text!", "type": "text!"}
ACTIONS: dict[str, Shape] = {
    type: _ANY_ACTION | own
    for type, own in {
        "SINGLE_CONNECTION": {
            "actionTypeId": "text!",
            "actionTypeVersion": "whole!",
            "fields": "map!",
            "connection": "connection",
        },
        "CUSTOM_CODE": {
            "inputFields": "[input]!",
            "outputFields": "[output]!",
            "runtime": "text!",
            "secretNames": "texts!",
            "sourceCode": "text!",
            "connection": "connection",
        },
        "WEBHOOK": {
            "method": "text!",
            "queryParams": "[input]!",
            "webhookUrl": "text!",
            "authSettings": "map",
            "connection": "connection",
        },
        "LIST_BRANCH": {
            "listBranches": "[list branch]!",
            "defaultBranch": "connection",
            "defaultBranchName": "text",
        },
        "STATIC_BRANCH": {
            "inputValue": "value!",
            "staticBranches": "[static branch]!",
            "defaultBranch": "connection",
            "defaultBranchName": "text",
        },
        "AB_TEST_BRANCH": {"testBranches": "[test branch]!"},
    }.items()
}
VALUES: dict[str, Shape] = {
    type: {"type": "text!"} | own
    for type, own in {
        "ACTION_OUTPUT_OBJECT_PROPERTY": {"actionOutputPropertyToken": "text!"},
        "APPEND_OBJECT_PROPERTY": {"appendPropertyName": "text!"},
        "ENROLLMENT_DATASET_COLUMN": {"enrollmentDatasetColumnToken": "text!"},
        "ENROLLMENT_EVENT_PROPERTY": {"enrollmentEventPropertyToken": "text!"},
        "FETCHED_OBJECT_PROPERTY": {"propertyToken": "text!"},
        "FIELD_DATA": {"actionId": "text!", "dataKey": "text!"},
        "INCREMENT": {"incrementAmount": "number!"},
        "LIST": {"values": "json!"},
        "MAP": {"values": "map!"},
        "OBJECT_PROPERTY": {"propertyName": "text!"},
        "RELATIVE_DATETIME": {"timeDelay": "map!"},
        "SINGLE_OBJECT_COORDINATES": {"coordinatesToken": "text!"},
        "STATIC_APPEND_VALUE": {"staticAppendValue": "text!"},
        "STATIC_VALUE": {"staticValue": "text!"},
        "TIMESTAMP": {"timestampType": "text!"},
    }.items()
}
ONE_OF = {"action": ACTIONS, "value": VALUES}
