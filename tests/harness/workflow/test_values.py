"""Values: what reaches an action for each way of filling an input."""

from typing import Any

import pytest

from harness.workflow.values import NoText, Surroundings, unsupported, value_of

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


TYPES_WALKED = "OBJECT_PROPERTY, FIELD_DATA, STATIC_VALUE, TIMESTAMP, RELATIVE_DATETIME, FETCHED_OBJECT_PROPERTY"


def output(key: str) -> dict[str, str]:
    return {"type": "FIELD_DATA", "actionId": "3", "dataKey": key}


def property_(name: str) -> dict[str, str]:
    return {"type": "OBJECT_PROPERTY", "propertyName": name}


def ahead(delta: int, unit: str, **more: object) -> dict[str, Any]:
    return {"type": "RELATIVE_DATETIME", "timeDelay": {"delta": delta, "timeUnit": unit, "daysOfWeek": [], **more}}


def fetched(token: str) -> dict[str, str]:
    return {"type": "FETCHED_OBJECT_PROPERTY", "propertyToken": f"{{{{ fetched_objects.{token} }}}}"}


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
        ({"type": "TIMESTAMP", "timestampType": "EXECUTION_TIME"}, "7000"),
        (ahead(3, "SECONDS"), "10000"),
        (ahead(2, "MINUTES"), "127000"),
        (ahead(1, "HOURS"), "3607000"),
        (ahead(1, "DAYS"), "86407000"),
        (ahead(2, "WEEKS"), "1209607000"),
        (ahead(1, "MONTHS"), "2678407000"),
        (ahead(1, "YEARS"), "31536007000"),
        (ahead(1, "DAYS", timeOfDay={"hour": 9, "minute": 30}), "120600000"),
        (ahead(1, "DAYS", daysOfWeek=["MONDAY"]), "345607000"),
        (ahead(0, "DAYS", timeOfDay={"hour": 9}, timeZoneStrategy={"timeZoneId": "Asia/Tokyo"}), "0"),
        (fetched("company.name"), "company name"),
    ],
    ids=str,
)
def test_value(configured: dict[str, Any], arrives: str | None) -> None:
    """Moments arrive as epoch-millisecond text, numbers and truths as text, and nothing as nothing."""
    found = value_of(
        configured,
        properties=PROPERTIES,
        types=TYPES,
        outputs=OUTPUTS,
        now_ms=7000,
        fetch=lambda source, name: f"{source} {name}",
    )

    assert found == arrives


def test_output_that_is_no_text() -> None:
    """A list or a dict that a run returned cannot be handed on, and is named by its output."""
    outputs: dict[str, dict[str, object]] = {"3": {"tags": ["a", "b"], "both": {}}}

    for key, kind in (("tags", "a list"), ("both", "a dict")):
        with pytest.raises(NoText) as refusal:
            value_of(output(key), properties={}, types={}, outputs=outputs, now_ms=7000)

        assert str(refusal.value) == f"expected text, a number or a truth as output {key} of action 3, found {kind}"


@pytest.mark.parametrize(
    ("configured", "problem"),
    [
        ("live", 'a value as an object with a type, found "live"'),
        ({"type": "LIST", "values": []}, f'a value of type {TYPES_WALKED}, found "LIST"'),
        ({}, f"a value of type {TYPES_WALKED}, found nothing"),
        ({"type": "OBJECT_PROPERTY"}, "the propertyName to be one that the portal has, found nothing"),
        (property_("unheard_of"), 'the propertyName to be one that the portal has, found "unheard_of"'),
        ({"type": "FIELD_DATA"}, "the actionId to be that of custom code, one of 3, 5, found nothing"),
        (
            {"type": "FIELD_DATA", "actionId": "9", "dataKey": "found"},
            'the actionId to be that of custom code, one of 3, 5, found "9"',
        ),
        (
            {"type": "FIELD_DATA", "actionId": "3"},
            "the dataKey to be an output of action 3, one of count, found, found nothing",
        ),
        (output("unheard_of"), 'the dataKey to be an output of action 3, one of count, found, found "unheard_of"'),
        (
            {"type": "FIELD_DATA", "actionId": "5", "dataKey": "x"},
            'the dataKey to be an output of action 5, none at all, found "x"',
        ),
        *(
            ({"type": kind}, f'a value of type {TYPES_WALKED}, found "{kind}"')
            for kind in (
                "ACTION_OUTPUT_OBJECT_PROPERTY",
                "APPEND_OBJECT_PROPERTY",
                "ENROLLMENT_DATASET_COLUMN",
                "ENROLLMENT_EVENT_PROPERTY",
                "INCREMENT",
                "MAP",
                "SINGLE_OBJECT_COORDINATES",
                "STATIC_APPEND_VALUE",
            )
        ),
        ({"type": "TIMESTAMP", "timestampType": "LAST_TIME"}, 'EXECUTION_TIME as timestampType, found "LAST_TIME"'),
        (fetched("company.unheard_of"), 'a property of company that the portal has, found "unheard_of"'),
        (
            fetched("deal.name"),
            "a {{ fetched_objects.NAME.PROPERTY }} with one of company as NAME, found "
            '"{{ fetched_objects.deal.name }}"',
        ),
        ({"type": "STATIC_VALUE"}, "a text as staticValue, found nothing"),
        ({"type": "STATIC_VALUE", "staticValue": ["a", "b"]}, 'a text as staticValue, found ["a", "b"]'),
    ],
    ids=str,
)
def test_unsupported_value(configured: object, problem: str) -> None:
    """A value that cannot be worked out is refused with what was expected in its place."""
    around = Surroundings(PROPERTIES, {"3": ["found", "count"], "5": []}, {"company": ["name"]})

    assert unsupported(configured, around) == [f"expected {problem}"]


@pytest.mark.parametrize(
    ("delay", "problem"),
    [
        (None, "an object with delta and timeUnit, found nothing"),
        ({"delta": True, "timeUnit": "DAYS"}, "a whole number, of 500 years at most, as delta, found true"),
        ({"delta": 1, "timeUnit": "DAYS", "daysOfWeek": ["MON"]}, 'days such as MONDAY as daysOfWeek, found ["MON"]'),
        ({"delta": 1, "timeUnit": "DAYS", "timeOfDay": 9}, "an hour and a minute, found 9"),
        (
            {"delta": 1, "timeUnit": "FOREVER"},
            'a timeUnit out of SECONDS, MINUTES, HOURS, DAYS, WEEKS, MONTHS, YEARS, found "FOREVER"',
        ),
        (
            {"delta": 1, "timeUnit": "DAYS", "timeZoneStrategy": {"type": "CONTACT"}},
            'a time zone such as Europe/Berlin as timeZoneId of timeZoneStrategy, found {"type": "CONTACT"}',
        ),
    ],
    ids=str,
)
def test_unsupported_delay(delay: object, problem: str) -> None:
    """A time reckoned from now that cannot be worked out is refused with what was expected."""
    configured = {"type": "RELATIVE_DATETIME", "timeDelay": delay}

    assert unsupported(configured, Surroundings(PROPERTIES, {})) == [f"timeDelay: expected {problem}"]


@pytest.mark.parametrize(
    "configured",
    [property_("createdate"), output("found"), {"type": "STATIC_VALUE", "staticValue": ""}, {"type": "TIMESTAMP"}],
    ids=str,
)
def test_supported_value(configured: object) -> None:
    """A property, an output, a static text (also an empty one) and the time of execution can be worked out."""
    around = Surroundings(PROPERTIES, {"3": ["found"]})

    assert unsupported(configured, around) == []
