"""Is what an action is given looked at before it runs?"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from contract.action import Action as Read
from harness.runtime.inputs import problems_before
from harness.runtime.outcome import ActionError
from harness.runtime.runs import run_action

CONTRACT = Read.parse(
    """# /// script
# [tool.hubspot]
# secrets = ["TOKEN"]
# [tool.hubspot.inputs.count]
# type = "number"
# [tool.hubspot.inputs.open]
# type = "boolean"
# [tool.hubspot.inputs.at]
# type = "datetime"
# [tool.hubspot.inputs.mode]
# type = "enumeration"
# options = ["dry", "live"]
# [tool.hubspot.inputs.name]
# type = "string"
# [tool.hubspot.inputs.routes]
# type = "string"
# schema = '{"type": "array", "items": {"type": "object", "required": ["pipeline"]}}'
# example = '[{"pipeline": "0"}]'
# ///
""",
    "x.py",
).contract


def problems(inputs: dict[str, Any], secrets: dict[str, str] | None = None) -> tuple[str, ...]:
    return problems_before({"inputFields": inputs}, {"TOKEN": "x"} if secrets is None else secrets, CONTRACT)


@pytest.mark.parametrize(
    "inputs",
    [
        {"count": 3, "open": True, "at": 1772438400000, "mode": "dry", "name": "x", "routes": '[{"pipeline": "0"}]'},
        {"count": "3.5", "open": "false", "at": "1772438400000", "name": 7},
        {"count": "", "open": None, "at": "2026-03-02T08:00:00Z"},
    ],
)
def test_what_hubspot_may_hand_over_is_no_problem(inputs: dict[str, Any]) -> None:
    """Values of the declared type, their text, and nothing at all."""
    assert problems(inputs) == ()


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("count", "many", "input count: expected a number or its text, found other text. HubSpot hands over that."),
        ("count", True, "input count: expected a number or its text, found a boolean. HubSpot hands over that."),
        ("open", "yes", "input open: expected true or false, found other text. HubSpot hands over that."),
        (
            "at",
            "soon",
            "input at: expected epoch milliseconds or their text, found other text. HubSpot hands over that.",
        ),
        ("mode", "wet", "input mode: expected one of dry, live, found other text. HubSpot hands over that."),
        ("name", ["a"], "input name: expected text, found a list. HubSpot hands over that."),
        ("routes", "[{", "input routes: expected JSON text, found something else. The contract has an example."),
        ("routes", "[{}]", "input routes: expected 'pipeline' at [0], found none. The contract has an example."),
        (
            "colour",
            "blue",
            "input colour: expected only declared inputs, found one that is not. "
            "Declare it in [tool.hubspot.inputs], or leave it out of the event.",
        ),
    ],
)
def test_what_it_cannot_hand_over_is_a_problem(name: str, value: object, problem: str) -> None:
    """A value of another type, JSON that breaks its schema, an input nobody declared; the value is not repeated."""
    assert problems({name: value}) == (problem,)


def test_a_secret_that_nobody_declared_is_a_problem() -> None:
    """It is not handed over, and that is said."""
    assert problems({}, {"TOKEN": "x", "TOKN": "y"}) == (
        "secret TOKN: expected only declared secrets, found one that is not, which was not handed over. "
        "Declare it under secrets in [tool.hubspot], or leave it out.",
    )


@pytest.mark.parametrize(
    ("event", "found"),
    [
        (None, "expected an object, found None"),
        ([], "expected an object, found a value of type list"),
        ({"inputFields": [1]}, "expected an object as inputFields, found a value of type list"),
        (
            {"inputFields": {"at": datetime(2026, 3, 2, tzinfo=UTC)}},
            "expected plain JSON, found what is none (Object of type datetime is not JSON serializable)",
        ),
        (
            {"inputFields": {"n": float("nan")}},
            "expected plain JSON, found what is none (a number that is not finite, or a value that holds itself)",
        ),
    ],
)
def test_an_event_that_is_none_is_refused_in_one_sentence(cases: Path, event: Any, found: str) -> None:
    """Before anything is started, with an example of one."""
    remedy = 'Hand over what HubSpot does, such as {"inputFields": {"name": "value"}}.'
    outcome = run_action(cases / "empty.py", event)
    assert (outcome.error, outcome.logs) == (ActionError("UnusableEvent", f"event: {found}. {remedy}"), "")
