"""Heavy input: what would keep the portal busy for long, or fill it, is refused at once."""

import re
from typing import Any

import pytest

from harness.portal import Portal
from harness.portal.objects.types import TICKET
from harness.portal.weather_rules import Rule
from tests.harness.portal.app import TICKETS, App

RULES = "/crm/property-validations/2026-09/0-5/chat_thread_id/rule-type"
PIPELINES = "/crm/pipelines/2026-09/tickets"
FLOWS = "/automation/v4/flows"
NEVER_ENDS = (
    "expected an expression without repeats inside repeats and with fewer of them, found one that may never end"
)
HEAVY = ["(a+)+$", "(?:a|ab)*$", "(a?){100}", "(?=(a*)*)b", "a*a*a*a*a*b", "a?" * 40 + "a" * 40, "(a)?(?(1)(b+)+|c)"]
FINE = [
    "[A-Z]{2}-[0-9]+",
    "(?:ab|cd)?x",
    r"[^@]+@[^.]+\.[a-z]+",
    "(?:[0-9]{2}-)+",
    r"\d+(?:-\d+)?",
    "(?:a{1,2}){2}",
    "(",
]


def stages(*ids: str | None) -> list[dict[str, Any]]:
    """Stages with these ids, or with none of their own."""
    return [
        {"label": f"Stage {at}", "displayOrder": at, "metadata": {}, **({"stageId": id} if id else {})}
        for at, id in enumerate(ids)
    ]


def makes(app: App, label: str, *ids: str | None) -> Any:
    """POST a pipeline with these stages."""
    return app.post(PIPELINES, {"label": label, "displayOrder": 9, "stages": stages(*ids)})


@pytest.mark.parametrize("rule_type", ["REGEX", "FORMAT"])
@pytest.mark.parametrize("pattern", HEAVY)
def test_a_rule_that_may_never_end_is_refused(portal: Portal, app: App, rule_type: str, pattern: str) -> None:
    """A rule with an expression that could be tried for ever is a 400, also as a verb, and is not kept."""
    said = f"ruleArguments of {rule_type}: {NEVER_ENDS}"
    answer = app.put(f"{RULES}/{rule_type}", {"ruleArguments": [pattern]})
    assert answer.error == (400, "VALIDATION_ERROR", said)
    with pytest.raises(ValueError, match=re.escape(f"Portal.demands: {said}.")):
        portal.demands("tickets", "chat_thread_id", rule_type, pattern)
    assert app.get(f"{RULES}/{rule_type}").status == 404


@pytest.mark.parametrize("pattern", FINE)
def test_a_rule_that_ends_is_taken(app: App, pattern: str) -> None:
    """Expressions with repeats side by side, or with few rounds, are taken."""
    assert app.put(f"{RULES}/REGEX", {"ruleArguments": [pattern]}).status == 204


def test_a_rule_has_bounds(app: App) -> None:
    """An expression has at most 200 characters, and a longer text than 500 does not meet one."""
    said = "ruleArguments of REGEX: expected an expression of at most 200 characters, found 201"
    refused = app.put(f"{RULES}/REGEX", {"ruleArguments": ["a" * 201]})
    assert refused.error == (400, "VALIDATION_ERROR", said)
    assert app.put(f"{RULES}/REGEX", {"ruleArguments": ["a*"]}).status == 204
    assert [app.make_ticket(chat_thread_id="a" * size).status for size in (500, 501)] == [201, 400]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        *((Rule("busy", route=f"GET {pattern}"), f"weather busy: {NEVER_ENDS}") for pattern in HEAVY),
        (Rule("busy", retry_after=-1), "weather busy: expected a retry_after of 0 or more, found -1"),
    ],
)
def test_heavy_weather_is_refused(portal: Portal, rule: Rule, said: str) -> None:
    """A route that could be tried for ever, or a wait below zero, says so and is not kept."""
    with pytest.raises(ValueError, match=re.escape(said.replace("expected an", "expected as route an"))):
        portal.weather.add(rule)
    assert [ahead.kind for ahead in portal.weather.forecast() if ahead.kind == "busy"] == []


def test_a_pipeline_has_at_most_100_stages(app: App) -> None:
    """100 stages are taken, one more is a 400, whether it comes with the others or later."""
    many = makes(app, "Many", *[None] * 100)
    one = {"label": "One more", "displayOrder": 1, "metadata": {}}
    later = app.post(f"{PIPELINES}/{many.body['id']}/stages", one)
    refused = (400, "VALIDATION_ERROR", "A pipeline has at most 100 stages")
    assert (many.status, len(many.body["stages"])) == (201, 100)
    assert (makes(app, "More", *[None] * 60_000).error, later.error) == (refused, refused)
    assert [each["label"] for each in app.get(PIPELINES).body["results"]] == ["Support Pipeline", "Many"]


def test_an_id_is_of_one_stage(app: App) -> None:
    """An id given twice, or that a stage of any pipeline has, is a 409; those made by the portal avoid it."""
    taken = (409, "CONFLICT", "A stage with the id 1 already exists")
    twice = (409, "CONFLICT", "A stage with the id own already exists")
    assert (makes(app, "A", "1").error, makes(app, "A", "own", "own").error) == (taken, twice)
    made = makes(app, "A", None, "5", "own")
    ids = [stage["id"] for stage in made.body["stages"]]
    assert (made.status, len(set(ids)), ids[1:]) == (201, 3, ["5", "own"])
    [extra] = stages("own")
    assert app.post(f"{PIPELINES}/0/stages", extra | {"label": "Other"}).error == twice
    kept = {"label": "A", "displayOrder": 9, "stages": stages(*ids)}
    assert app.put(f"{PIPELINES}/{made.body['id']}", kept).status == 200


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"properties": ["subject"] * 1_001}, "properties must have at most 1000 names"),
        (
            {"filters": [{"propertyName": "subject", "operator": "EQ", "value": "x" * 3_001}]},
            "A filter takes up to 100 values of up to 3000 characters",
        ),
        (
            {"filters": [{"propertyName": "subject", "operator": "IN", "values": ["x"] * 101}]},
            "A filter takes up to 100 values of up to 3000 characters",
        ),
    ],
)
def test_a_heavy_search_is_refused(app: App, body: dict[str, Any], said: str) -> None:
    """More names, values or characters than a search takes are a 400."""
    assert app.post(f"{TICKETS}/search", body).error == (400, "VALIDATION_ERROR", said)


def test_large_searches_are_not_remembered(portal: Portal, app: App) -> None:
    """A search is kept for its next pages, one of more than 10,000 characters is not; both find the same."""
    id = app.make_ticket(subject="lost parcel").body["id"]
    values = ["lost parcel", *(f"{at:0>200}" for at in range(60))]
    found = [
        app.post(f"{TICKETS}/search", {"filters": [{"propertyName": "subject", "operator": "IN", "values": asked}]})
        for asked in (values[:1], values)
    ]
    assert [[each["id"] for each in answer.body["results"]] for answer in found] == [[id], [id]]
    recent = portal.world.records.of(TICKET).recent
    assert [len(asked) for asked in recent if len(asked) > 10_000] == []
    assert len(recent) == 1


def test_unknown_names_are_refused_at_once(app: App) -> None:
    """A record with more than 1,000 properties is a 400 that does not name them."""
    answer = app.make_ticket(**{f"no_{at}": "" for at in range(1_000)})
    said = "A record is written with at most 1000 properties, found 1002"
    assert answer.error == (400, "VALIDATION_ERROR", said)


@pytest.mark.parametrize("text", ["\u0665", "\uff15", "1_0", "inf", "nan", ".", "5e", "--5", "0x5"])
def test_a_number_has_ascii_digits(app: App, text: str) -> None:
    """What is no number in ASCII digits is a 400."""
    number = {"name": "n", "label": "N", "type": "number", "fieldType": "number", "groupName": "ticketinformation"}
    assert app.post("/crm/properties/2026-09/tickets", number).status == 201
    answer = app.make_ticket(n=text)
    assert (answer.status, answer.body["errors"][0]["code"]) == (400, "INVALID_NUMBER")


@pytest.mark.parametrize(("text", "stored"), [("5.", "5"), ("-5.", "-5"), (".5", ".5"), ("1e3", "1e3"), (" 7 ", "7")])
def test_a_number_does_not_end_with_a_point(portal: Portal, app: App, text: str, stored: str) -> None:
    """A whole number is read without a point also if it was sent with one."""
    number = {"name": "n", "label": "N", "type": "number", "fieldType": "number", "groupName": "ticketinformation"}
    portal.provision([number])
    id = app.make_ticket(n=text).body["id"]
    assert app.get(f"{TICKETS}/{id}", properties="n").body["properties"]["n"] == stored


def test_an_unknown_local_token_is_told_one_that_works(portal: Portal, app: App) -> None:
    """A token that looks local but is not known is answered with one that is."""
    said = f"The access token is not known to this account. Use {app.token} here"
    assert App(portal, "local-other").get(TICKETS).error == (401, "INVALID_AUTHENTICATION", said)


def test_a_flow_has_at_most_1000_actions(app: App) -> None:
    """A flow with more than 1,000 actions is a 400."""
    required = ("type", "flowType", "objectTypeId", "isEnabled")
    flow = dict.fromkeys(required, "x") | {"type": "PLATFORM_FLOW", "actions": [{}] * 1_001}
    answer = app.post(FLOWS, flow)
    assert answer.error == (400, "VALIDATION_ERROR", "A flow has at most 1000 actions, found 1001")
