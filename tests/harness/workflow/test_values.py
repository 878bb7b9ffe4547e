"""Values: what reaches an action for each way of filling an input."""

from typing import Any

import pytest

from harness.workflow.values import unsupported, value_of

PROPERTIES = {
    "subject": "2026-03-02T08:00:00Z",
    "createdate": "2026-03-02T08:00:00Z",
    "hs_lastmodifieddate": "2026-03-02T08:00:00.125Z",
    "due": "2026-03-02",
    "amount": "12.50",
    "empty": "",
}
TYPES = {
    "subject": "string",
    "createdate": "datetime",
    "hs_lastmodifieddate": "datetime",
    "due": "date",
    "amount": "number",
}
OUTPUTS = {"3": {"found": True, "missing": None, "count": 2, "share": 2.0, "half": 0.5, "at": 1772438400000}}


def output(key: str) -> dict[str, str]:
    return {"type": "FIELD_DATA", "actionId": "3", "dataKey": key}


def property_(name: str) -> dict[str, str]:
    return {"type": "OBJECT_PROPERTY", "propertyName": name}


@pytest.mark.parametrize(
    ("configured", "arrives"),
    [
        (property_("createdate"), "1772438400000"),
        (property_("hs_lastmodifieddate"), "1772438400125"),
        (property_("due"), "1772409600000"),
        (property_("subject"), "2026-03-02T08:00:00Z"),
        (property_("amount"), "12.50"),
        (property_("empty"), None),
        (property_("unheard_of"), None),
        (output("found"), "true"),
        (output("missing"), None),
        (output("count"), "2"),
        (output("share"), "2"),
        (output("half"), "0.5"),
        (output("at"), "1772438400000"),
        (output("unheard_of"), None),
        ({"type": "FIELD_DATA", "actionId": "9", "dataKey": "of an action that never ran"}, None),
        ({"type": "STATIC_VALUE", "staticValue": "live"}, "live"),
        ({"type": "STATIC_VALUE", "staticValue": ""}, None),
        ({"type": "STATIC_VALUE"}, None),
        ({"type": "TIMESTAMP", "timestampType": "EXECUTION_TIME"}, "7000"),
    ],
    ids=str,
)
def test_value(configured: dict[str, Any], arrives: str | None) -> None:
    """Moments arrive as epoch-millisecond text, numbers and truths as text, and nothing as nothing."""
    found = value_of(configured, properties=PROPERTIES, types=TYPES, outputs=OUTPUTS, now_ms=7000)

    assert found == arrives


def test_unsupported_value() -> None:
    """A value of another type, or of no type, is named."""
    found = [
        unsupported({"type": "RELATIVE_DATETIME"}),
        unsupported("live"),
        unsupported({"type": "TIMESTAMP"}),
    ]

    assert found == [
        ["value type RELATIVE_DATETIME"],
        ['a value that is "live" instead of an object with a type'],
        [],
    ]
