"""The verb that gives an account a rule: the same rule that the API sets. What rules do are claims."""

from harness.portal import Portal
from tests.harness.portal.app import App

RULES = "/crm/property-validations/2026-09/0-5"


def test_a_demand_is_a_rule(portal: Portal, app: App) -> None:
    """What the portal demands is read by the API as if it had been set there."""
    portal.demands("tickets", "chat_thread_id", "MAX_LENGTH", "3")
    by_hand = app.get(RULES).body
    app.put(f"{RULES}/chat_thread_id/rule-type/MAX_LENGTH", {"ruleArguments": ["3"]})
    assert app.get(RULES).body == by_hand
    rule = {"ruleType": "MAX_LENGTH", "ruleArguments": ["3"]}
    assert by_hand == {"results": [{"propertyName": "chat_thread_id", "propertyValidationRules": [rule]}]}
