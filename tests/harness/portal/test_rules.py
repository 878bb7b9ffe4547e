"""The account's own rules: enforced on the dated versions, when a record is made and when it is changed."""

from typing import Any

import pytest

from harness.portal import Portal
from tests.harness.portal.app import TICKETS, App

OLD = "/crm/v3/objects/tickets"
RULES = "/crm/property-validations/2026-09/0-5"


@pytest.fixture(autouse=True)
def _properties(portal: Portal) -> None:
    portal.provision(
        [
            {"name": "s", "label": "s", "type": "string", "fieldType": "text"},
            {"name": "n", "label": "n", "type": "number", "fieldType": "number"},
            {"name": "d", "label": "d", "type": "date", "fieldType": "date"},
        ]
    )


def codes(answer: Any) -> list[str]:
    """The codes of a refusal."""
    return [error["code"] for error in answer.body["errors"]]


def test_a_required_property_cannot_be_emptied(portal: Portal, app: App) -> None:
    """A change that empties a required property is refused on the dated version; one that leaves it alone is not."""
    portal.requires("tickets", "s")
    ticket = portal.has_ticket("Help")
    assert app.patch(f"{TICKETS}/{ticket}", {"properties": {"subject": "Help!"}}).status == 200
    refused = app.patch(f"{TICKETS}/{ticket}", {"properties": {"s": ""}})
    assert refused.error[2] == "Error updating TICKET. Some required properties were not set."
    assert refused.body["errors"][0]["context"] == {"properties": ["s"]}
    assert app.patch(f"{OLD}/{ticket}", {"properties": {"s": ""}}).status == 200


def test_a_stage_may_be_closed_to_new_tickets(portal: Portal, app: App) -> None:
    """No ticket is made in such a stage on the dated version, alone or in a batch; moving one there is fine."""
    portal.stage_not_for_creation("4")
    refused = app.make_ticket(hs_pipeline_stage="4")
    assert (refused.status, codes(refused)) == (400, ["STAGE_NOT_ALLOWED_FOR_CREATION"])
    body = {"properties": {"subject": "Help", "hs_pipeline_stage": "4"}, "associations": []}
    assert app.post(f"{TICKETS}/batch/create", {"inputs": [body]}).status == 400
    assert app.post(OLD, body).status == 201
    ticket = app.make_ticket(hs_pipeline_stage="1").body["id"]
    assert app.patch(f"{TICKETS}/{ticket}", {"properties": {"hs_pipeline_stage": "4"}}).status == 200


def test_one_property_may_require_another(portal: Portal, app: App) -> None:
    """Where a property has the value, the others must have one, whichever of them is written."""
    portal.conditionally_requires("tickets", "hs_ticket_priority", "HIGH", "s")
    assert app.make_ticket(hs_ticket_priority="LOW").status == 201
    assert app.make_ticket(hs_ticket_priority="HIGH").body["errors"][0]["context"] == {"properties": ["s"]}
    ticket = app.make_ticket(hs_ticket_priority="HIGH", s="because").body["id"]
    path = f"{TICKETS}/{ticket}"
    assert app.patch(path, {"properties": {"s": ""}}).status == 400
    assert app.patch(path, {"properties": {"subject": "Other"}}).status == 200
    assert app.patch(path, {"properties": {"hs_ticket_priority": "LOW", "s": ""}}).status == 200
    assert app.patch(path, {"properties": {"hs_ticket_priority": "HIGH"}}).status == 400


@pytest.mark.parametrize(
    ("name", "rule", "arguments", "good", "bad"),
    [
        ("s", "MIN_LENGTH", ["3"], "abc", "ab"),
        ("s", "MAX_LENGTH", ["3"], "abc", "abcd"),
        ("s", "ALPHANUMERIC", ["NUMERIC_ONLY"], "123", "12a"),
        ("s", "ALPHANUMERIC", ["ALPHA_ONLY"], "abü", "ab1"),
        ("s", "ALPHANUMERIC", ["ALPHANUMERIC"], "ab1", "a b"),
        ("s", "SPECIAL_CHARACTERS", [], "a b1", "a$"),
        ("s", "WHITESPACE", [], "ab", "a b"),
        ("s", "REGEX", ["[A-Z]{2}-[0-9]+"], "AB-12", "ab-12"),
        ("s", "FORMAT", ["[0-9]{4}"], "1234", "123"),
        ("s", "EMAIL", [], "a@example.org", "a@example"),
        ("s", "EMAIL_ALLOWED_DOMAINS", ["example.org"], "a@example.org", "a@example.com"),
        ("s", "EMAIL_BLOCKED_DOMAINS", ["example.org"], "a@example.com", "a@Example.org"),
        ("s", "URL", [], "https://example.org/a?b", "not a page"),
        ("s", "URL_ALLOWED_DOMAINS", ["example.org"], "https://example.org/a", "https://example.com"),
        ("s", "URL_BLOCKED_DOMAINS", ["example.org"], "https://example.com", "example.org"),
        ("s", "DOMAIN", [], "example.org", "https://example.org"),
        ("s", "PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE", [], "+49 30 1", "030 1"),
        ("n", "MIN_NUMBER", ["9"], "10", "8.5"),
        ("n", "MAX_NUMBER", ["100"], "99", "100.5"),
        ("n", "DECIMAL", ["2"], "1.25", "1.255"),
        ("d", "START_DATE", ["2026-01-01"], "2026-01-01", "2025-12-31"),
        ("d", "END_DATE", ["2026-01-01"], "2026-01-01", "2026-01-02"),
        ("d", "AFTER_DURATION", ["P7D"], "2026-03-10", "2026-03-08"),
        ("d", "BEFORE_DURATION", ["P1M"], "2026-01-01", "2026-03-01"),
        ("d", "DAYS_OF_WEEK", ["MONDAY"], "2026-03-02", "2026-03-03"),
        ("createdate", "START_DATETIME", ["2026-01-01T00:00:00Z"], "2026-01-01T00:00:00Z", "2025-12-31T23:59:59Z"),
        ("createdate", "END_DATETIME", ["2026-01-01T00:00:00Z"], "2025-12-31T23:59:59Z", "2026-01-01T00:00:01Z"),
        ("createdate", "BEFORE_DATETIME_DURATION", ["PT1H"], "2026-03-02T07:00:00Z", "2026-03-02T07:30:00Z"),
        ("createdate", "AFTER_DATETIME_DURATION", ["PT1H"], "2026-03-02T09:00:00Z", "2026-03-02T08:30:00Z"),
    ],
)
def test_a_validation_rule_is_enforced(
    app: App, name: str, rule: str, arguments: list[str], good: str, bad: str
) -> None:
    """A rule set by API refuses a bad value on the dated version, naming the property, and takes a good one."""
    assert app.put(f"{RULES}/{name}/rule-type/{rule}", {"ruleArguments": arguments}).status == 204
    assert app.make_ticket(**{name: good}).status == 201
    refused = app.make_ticket(**{name: bad})
    assert (refused.status, codes(refused)) == (400, ["FAILED_VALIDATION_RULE"])
    assert refused.body["errors"][0]["context"] == {"propertyName": [name]}
    body = {"properties": {"subject": "Help", name: bad}, "associations": []}
    assert app.post(OLD, body).status == 201


def test_a_rule_holds_for_changes_too(portal: Portal, app: App) -> None:
    """A change to a bad value is refused on the dated version; emptying the property is not."""
    portal.demands("tickets", "s", "MAX_LENGTH", "3")
    ticket = portal.has_ticket("Help", s="longer than three")
    assert codes(app.patch(f"{TICKETS}/{ticket}", {"properties": {"s": "abcd"}})) == ["FAILED_VALIDATION_RULE"]
    assert app.patch(f"{TICKETS}/{ticket}", {"properties": {"s": ""}}).status == 200


def test_rules_are_read_as_they_were_set(app: App) -> None:
    """A rule can be read alone, with its property's and with its type's; another of its type takes its place."""
    app.put(f"{RULES}/s/rule-type/MIN_LENGTH", {"ruleArguments": ["1"]})
    app.put(f"{RULES}/s/rule-type/MAX_LENGTH", {"ruleArguments": ["9"], "shouldApplyNormalization": True})
    app.put(f"{RULES}/s/rule-type/MIN_LENGTH", {"ruleArguments": ["2"]})
    least = {"ruleType": "MIN_LENGTH", "ruleArguments": ["2"]}
    most = {"ruleType": "MAX_LENGTH", "ruleArguments": ["9"], "shouldApplyNormalization": True}
    assert app.get(f"{RULES}/s/rule-type/MIN_LENGTH").body == least
    assert app.get(f"{RULES}/s").body == {"results": [least, most]}
    assert app.get(RULES).body == {"results": [{"propertyName": "s", "propertyValidationRules": [least, most]}]}
    assert app.get(f"{RULES}/n").body == {"results": []}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("no_such/rule-type/MIN_LENGTH", {"ruleArguments": ["1"]}, 404),
        ("s/rule-type/NICE", {"ruleArguments": []}, 400),
        ("s/rule-type/MIN_LENGTH", {}, 400),
        ("s/rule-type/MIN_LENGTH", {"ruleArguments": "1"}, 400),
        ("s/rule-type/MIN_LENGTH", {"ruleArguments": ["1"], "shouldApplyNormalization": "yes"}, 400),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(app: App, path: str, body: dict[str, Any], status: int) -> None:
    """An unknown property is a 404, an unknown rule or bad arguments a 400; nothing is set."""
    assert app.put(f"{RULES}/{path}", body).status == status
    assert app.get(RULES).body == {"results": []}
    assert app.get(f"{RULES}/s/rule-type/MIN_LENGTH").status == 404
