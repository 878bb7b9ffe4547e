"""Values: what each type of property takes, how it is stored, and how HubSpot refuses the rest."""

from typing import Any

import pytest

from harness.portal import Portal
from tests.harness.portal.app import TICKETS, App

DEFINITIONS: list[dict[str, Any]] = [
    {"name": "n", "label": "n", "type": "number", "fieldType": "number"},
    {"name": "d", "label": "d", "type": "date", "fieldType": "date"},
    {"name": "t", "label": "t", "type": "datetime", "fieldType": "date"},
    {"name": "b", "label": "b", "type": "bool", "fieldType": "booleancheckbox"},
    {"name": "s", "label": "s", "type": "string", "fieldType": "textarea"},
    {
        "name": "e",
        "label": "e",
        "type": "enumeration",
        "fieldType": "checkbox",
        "options": [{"label": x, "value": x} for x in ("x", "y")],
    },
]


@pytest.fixture(autouse=True)
def _properties(portal: Portal) -> None:
    portal.provision(DEFINITIONS)


@pytest.mark.parametrize(
    ("name", "given", "stored"),
    [
        ("n", 12, "12"),
        ("n", 12.0, "12"),
        ("n", "12.50", "12.50"),
        ("d", "2026-03-02", "2026-03-02"),
        ("d", 1772409600000, "2026-03-02"),
        ("t", 1772438400000, "2026-03-02T08:00:00Z"),
        ("t", "1772438400123", "2026-03-02T08:00:00.123Z"),
        ("t", "2026-03-02T09:00:00+01:00", "2026-03-02T08:00:00Z"),
        ("t", "2026-03-02T08:00:00.000Z", "2026-03-02T08:00:00Z"),
        ("b", True, "true"),
        ("b", "FALSE", "false"),
        ("s", 12, "12"),
        ("s", "line\nüñ 🙂", "line\nüñ 🙂"),
        ("s", "x" * 65_536, "x" * 65_536),
        ("e", "x;y", "x;y"),
        ("s", "", None),
        ("n", None, None),
    ],
)
def test_a_good_value_is_stored_as_text(app: App, name: str, given: Any, stored: str | None) -> None:
    """Every type is answered as text in HubSpot's own form; an empty text empties the property."""
    ticket = app.make_ticket(**{name: given}).body["id"]
    assert app.get(f"{TICKETS}/{ticket}", properties=name).body["properties"][name] == stored


@pytest.mark.parametrize(
    ("name", "given", "code", "message"),
    [
        ("no_such", "1", "PROPERTY_DOESNT_EXIST", 'Property "no_such" does not exist'),
        ("n", "twelve", "INVALID_NUMBER", "twelve was not a valid number."),
        ("n", "NaN", "INVALID_NUMBER", "NaN was not a valid number."),
        ("d", "1772438400000", "INVALID_DATE", "1772438400000 is not at midnight UTC or not a date"),
        ("t", "2026-03-02T08:00:00", "INVALID_LONG", "2026-03-02T08:00:00 was not a valid long."),
        ("t", "9" * 16, "INVALID_LONG", "9999999999999999 was not a valid long."),
        ("b", "yes", "INVALID_OPTION", "yes was not one of the allowed options: [true, false]"),
        ("e", "x;z", "INVALID_OPTION", "z was not one of the allowed options: [x, y]"),
        ("s", "x" * 65_537, "INVALID_LENGTH", "The value is 65537 characters long, the limit is 65536"),
        ("s", ["x"], "INVALID_TYPE", "expected text"),
        (
            "hs_ticket_priority",
            "low",
            "INVALID_OPTION",
            "low was not one of the allowed options: [LOW, MEDIUM, HIGH, URGENT]",
        ),
        (
            "closed_date",
            "1772438400000",
            "READ_ONLY_VALUE",
            '"closed_date" is a read only property; its value cannot be set.',
        ),
        ("hubspot_owner_id", "7", "INVALID_OWNER_ID", "Owner 7 does not exist or is not active"),
    ],
)
def test_a_bad_value_is_refused_by_name(
    portal: Portal, app: App, name: str, given: Any, code: str, message: str
) -> None:
    """A 400 names the property, HubSpot's code and why; nothing is written."""
    refused = app.make_ticket(**{name: given})
    assert (refused.status, refused.body["category"], refused.body["errors"]) == (
        400,
        "VALIDATION_ERROR",
        [{"message": message, "code": code, "context": {"propertyName": [name]}}],
    )
    assert portal.records("tickets") == []


def test_every_bad_value_is_named_at_once(app: App) -> None:
    """All properties that are wrong stand in one answer."""
    refused = app.make_ticket(n="twelve", e="z", no_such="1")
    named = [error["context"]["propertyName"] for error in refused.body["errors"]]
    assert named == [["n"], ["e"], ["no_such"]]


def test_a_deactivated_owner_is_refused(portal: Portal, app: App) -> None:
    """An owner can be set while active and not after leaving."""
    agent = portal.has_agent("agent-3")
    owner = portal.owner_of(agent)
    assert app.make_ticket(hubspot_owner_id=owner).status == 201
    portal.deactivates(agent)
    assert app.make_ticket(hubspot_owner_id=owner).status == 400
