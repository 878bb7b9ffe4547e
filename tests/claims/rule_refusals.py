"""Which tickets does HubSpot refuse on its dated paths because of the account's own rules?"""

from datetime import datetime, timedelta
from typing import Any

from harness.portal.versions import DATED
from tests.claims.claim import DOCUMENTED, GUESSED, GUIDE, OURS, SPEC, refusal
from tests.claims.hub import Answer, Hub
from tests.claims.properties import CHOICES, has_property
from tests.claims.rules import CHANGE, CHANGE_MANY, CREATE, CREATE_MANY, ENFORCED, UPSERT, codes, sets, writes

TEXT: dict[str, Any] = {"type": "string", "fieldType": "text"}
NUMBER: dict[str, Any] = {"type": "number", "fieldType": "number"}
DATE: dict[str, Any] = {"type": "date", "fieldType": "date"}
DAY = timedelta(days=1)
MOMENT: dict[str, Any] = {"type": "datetime", "fieldType": "date"}


def needs(answer: Answer, doing: str, *names: str) -> None:
    """A refusal names the properties that must have a value."""
    words = f"Error {doing} TICKET. Some required properties were not set."
    assert answer.said == (400, "VALIDATION_ERROR", words)
    assert codes(answer) == [("REQUIRED_FIELD", {"properties": list(names)})]


@refusal(CREATE, CREATE_MANY, versions=DATED, mark=DOCUMENTED, source=GUIDE)
def create_without(hub: Hub) -> None:
    """A ticket is not made without a subject and a stage."""
    body: dict[str, Any] = {"properties": {"hs_pipeline": "0"}, "associations": []}
    before = hub.listed("tickets")
    answer = hub.does({"inputs": [body]} if hub.operation == CREATE_MANY else body, objectType="tickets")
    needs(answer, "creating", "hs_pipeline_stage", "subject")
    assert hub.listed("tickets") == before


@refusal(CREATE, CREATE_MANY, versions=DATED, mark=DOCUMENTED, source=ENFORCED)
def create_without_required(hub: Hub) -> None:
    """What the account's create form requires, a ticket is not made without."""
    name, before = has_property(hub), hub.listed("tickets")
    hub.by_hand.requires("tickets", name)
    needs(writes(hub), "creating", name)
    assert hub.listed("tickets") == before
    assert writes(hub, **{name: "a"}).status == 201


@refusal(UPSERT, versions=DATED, mark=DOCUMENTED, source=ENFORCED)
def upsert_without_required(hub: Hub) -> None:
    """What the account's create form requires, a ticket is not made without by an upsert either."""
    key, name, before = has_property(hub, hasUniqueValue=True), has_property(hub), hub.listed("tickets")
    hub.by_hand.requires("tickets", name)
    entry = {"idProperty": key, "id": hub.word(), "properties": hub.sample("tickets")}
    needs(hub.does({"inputs": [entry]}, objectType="tickets"), "creating", name)
    assert hub.listed("tickets") == before


@refusal(CHANGE, CHANGE_MANY, versions=DATED, mark=DOCUMENTED, source=ENFORCED)
def empty_required(hub: Hub) -> None:
    """What the create form requires, a change does not empty."""
    name = has_property(hub)
    id = hub.make("tickets", **{name: "a"})
    hub.by_hand.requires("tickets", name)
    needs(writes(hub, id, **{name: "", "subject": "Other"}), "updating", name)
    read = hub.read("tickets", id, name, "subject")
    assert read is not None
    assert (read[name], read["subject"] == "Other") == ("a", False)


@refusal(CREATE, CREATE_MANY, versions=DATED, mark=DOCUMENTED, source=ENFORCED)
def create_conditionally(hub: Hub) -> None:
    """Where a property has the value that requires another, a ticket is not made without that other."""
    choice, name = has_property(hub, type="enumeration", fieldType="select", options=CHOICES), has_property(hub)
    hub.by_hand.conditionally_requires("tickets", choice, "b", name)
    needs(writes(hub, **{choice: "b"}), "creating", name)
    assert writes(hub, **{choice: "a"}).status == 201
    assert writes(hub, **{choice: "b", name: "because"}).status == 201


@refusal(CHANGE, CHANGE_MANY, versions=DATED, mark=DOCUMENTED, source=ENFORCED)
def change_conditionally(hub: Hub) -> None:
    """Where a property requires another, neither the one is set nor the other emptied so that it lacks."""
    choice, name = has_property(hub, type="enumeration", fieldType="select", options=CHOICES), has_property(hub)
    hub.by_hand.conditionally_requires("tickets", choice, "b", name)
    id = hub.make("tickets", **{choice: "b", name: "because"})
    needs(writes(hub, id, **{name: ""}), "updating", name)
    assert writes(hub, id, **{choice: "a", name: ""}).status == 200
    needs(writes(hub, id, **{choice: "b"}), "updating", name)
    read = hub.read("tickets", id, choice)
    assert read is not None
    assert read[choice] == "a"


@refusal(
    CREATE, CREATE_MANY, versions=DATED, mark=DOCUMENTED, source="HubSpot's knowledge base (ticket pipeline rules)"
)
def create_in_closed_stage(hub: Hub) -> None:
    """No ticket is made in a stage that the pipeline's rules close to new ones; wording and code are guessed."""
    hub.by_hand.stage_not_for_creation("4")
    before = hub.listed("tickets")
    answer = writes(hub, hs_pipeline_stage="4")
    assert answer.refused == (400, "VALIDATION_ERROR")
    assert codes(answer) == [("STAGE_NOT_ALLOWED_FOR_CREATION", {"propertyName": ["hs_pipeline_stage"]})]
    assert hub.listed("tickets") == before


@refusal(CHANGE, CHANGE_MANY, versions=DATED, mark=DOCUMENTED, source=ENFORCED)
def change_against_rules(hub: Hub) -> None:
    """A change to values that the rules do not take names each of them and changes nothing."""
    one, other = has_property(hub), has_property(hub, **NUMBER)
    sets(hub, one, "MAX_LENGTH", "3")
    sets(hub, other, "MIN_NUMBER", "9")
    id = hub.make("tickets", **{one: "abc", other: "10"})
    answer = writes(hub, id, **{one: "abcd", other: "8", "subject": "Other"})
    assert answer.refused == (400, "VALIDATION_ERROR")
    assert codes(answer) == [("FAILED_VALIDATION_RULE", {"propertyName": [name]}) for name in (one, other)]
    read = hub.read("tickets", id, one, other, "subject")
    assert read is not None
    assert (read[one], read[other], read["subject"] == "Other") == ("abc", "10", False)


def _value(hub: Hub, kind: dict[str, Any], value: str | timedelta) -> str:
    """A value, or the moment that is so far from the account's now."""
    if isinstance(value, str):
        return value
    read = hub.read("tickets", hub.make("tickets"), "createdate")
    assert read is not None
    moment = datetime.fromisoformat(read["createdate"]) + value
    return moment.date().isoformat() if kind is DATE else f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _rule(
    says: str, kind: dict[str, Any], rule: str, *arguments: str, good: str | timedelta, bad: str | timedelta
) -> None:
    """One claim for each rule: what it takes and what not."""

    def scenario(hub: Hub) -> None:
        name = has_property(hub, **kind)
        sets(hub, name, rule, *arguments)
        assert writes(hub, **{name: _value(hub, kind, good)}).status == 201
        value = _value(hub, kind, bad)
        before = hub.listed("tickets")
        answer = writes(hub, **{name: value})
        assert answer.refused == (400, "VALIDATION_ERROR")
        assert codes(answer) == [("FAILED_VALIDATION_RULE", {"propertyName": [name]})]
        assert hub.listed("tickets") == before

    scenario.__name__ = "_".join([rule.lower(), *(arguments if rule == "ALPHANUMERIC" else ())]).lower()
    scenario.__doc__ = f"The rule {rule} {says}."
    known = rule in ("ALPHANUMERIC", "MIN_LENGTH", "MAX_LENGTH", "MIN_NUMBER", "MAX_NUMBER") or "DURATION" in rule
    mark, source = (DOCUMENTED, f"{SPEC}; {GUIDE}") if known else (GUESSED, OURS)
    refusal(CREATE, CREATE_MANY, versions=DATED, mark=mark, source=source)(scenario)


_rule("takes texts of this length and longer ones", TEXT, "MIN_LENGTH", "3", good="abc", bad="ab")
_rule("takes texts up to this length", TEXT, "MAX_LENGTH", "3", good="abc", bad="abcd")
_rule("takes digits alone as NUMERIC_ONLY", TEXT, "ALPHANUMERIC", "NUMERIC_ONLY", good="123", bad="12a")
_rule("takes letters alone as ALPHA_ONLY, of any script", TEXT, "ALPHANUMERIC", "ALPHA_ONLY", good="abü", bad="ab1")
_rule("takes letters and digits as ALPHANUMERIC", TEXT, "ALPHANUMERIC", "ALPHANUMERIC", good="ab1", bad="a b")
_rule("takes no special characters", TEXT, "SPECIAL_CHARACTERS", good="a b1", bad="a$")
_rule("takes no white space", TEXT, "WHITESPACE", good="ab", bad="a b")
_rule("takes what the expression matches whole", TEXT, "REGEX", "[A-Z]{2}-[0-9]+", good="AB-12", bad="ab-12")
_rule("takes what the format matches whole", TEXT, "FORMAT", "[0-9]{4}", good="1234", bad="123")
_rule("takes e-mail addresses", TEXT, "EMAIL", good="a@example.org", bad="a@example")
_rule(
    "takes addresses of these domains",
    TEXT,
    "EMAIL_ALLOWED_DOMAINS",
    "example.org",
    good="a@example.org",
    bad="a@example.com",
)
_rule(
    "takes no addresses of these domains, in any case of letters",
    TEXT,
    "EMAIL_BLOCKED_DOMAINS",
    "example.org",
    good="a@example.com",
    bad="a@Example.org",
)
_rule("takes addresses of pages", TEXT, "URL", good="https://example.org/a?b", bad="not a page")
_rule(
    "takes pages of these domains",
    TEXT,
    "URL_ALLOWED_DOMAINS",
    "example.org",
    good="https://example.org/a",
    bad="https://example.com",
)
_rule(
    "takes no pages of these domains",
    TEXT,
    "URL_BLOCKED_DOMAINS",
    "example.org",
    good="https://example.com",
    bad="example.org",
)
_rule("takes a domain's name alone", TEXT, "DOMAIN", good="example.org", bad="https://example.org")
_rule(
    "takes numbers that begin with +",
    TEXT,
    "PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE",
    good="+49 30 1",
    bad="030 1",
)
_rule("takes this number and larger ones, compared as numbers", NUMBER, "MIN_NUMBER", "9", good="10", bad="8.5")
_rule("takes numbers up to this one, compared as numbers", NUMBER, "MAX_NUMBER", "100", good="99", bad="100.5")
_rule("takes so many decimal places", NUMBER, "DECIMAL", "2", good="1.25", bad="1.255")
_rule("takes this day and later ones", DATE, "START_DATE", "2026-01-01", good="2026-01-01", bad="2025-12-31")
_rule("takes days up to this one", DATE, "END_DATE", "2026-01-01", good="2026-01-01", bad="2026-01-02")
_rule("takes days that are so far ahead", DATE, "AFTER_DURATION", "P7D", good=9 * DAY, bad=5 * DAY)
_rule("takes days that are so long ago", DATE, "BEFORE_DURATION", "P1M", good=-40 * DAY, bad=-20 * DAY)
_rule("takes these days of the week", DATE, "DAYS_OF_WEEK", "MONDAY", good="2026-03-02", bad="2026-03-03")
_DAY, _EVE, _LATER = "2026-01-01T00:00:00Z", "2025-12-31T23:59:59Z", "2026-01-01T00:00:01Z"
_rule("takes this moment and later ones", MOMENT, "START_DATETIME", _DAY, good=_DAY, bad=_EVE)
_rule("takes moments up to this one", MOMENT, "END_DATETIME", _DAY, good=_DAY, bad=_LATER)
_rule("takes moments that are so long ago", MOMENT, "BEFORE_DATETIME_DURATION", "PT1H", good=-DAY / 12, bad=-DAY / 48)
_rule("takes moments that are so far ahead", MOMENT, "AFTER_DATETIME_DURATION", "PT1H", good=DAY / 12, bad=DAY / 48)
