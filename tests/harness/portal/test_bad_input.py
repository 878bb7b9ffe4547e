"""Bad input: whatever comes in, an envelope goes out, and the next request is answered as ever."""

import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.portal import Portal, Request
from harness.portal.door import ROUTER
from tests.harness.portal.app import TICKETS, App

OPERATIONS = sorted({(o.route.method, o.template) for o in ROUTER.operations})
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "inputs",
                    "properties",
                    "associations",
                    "id",
                    "types",
                    "to",
                    "message",
                    "name",
                    "type",
                    "status",
                ]
            )
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "Invalid input JSON: the body is empty"),
        (b"{", "Invalid input JSON: the body is not JSON"),
        (b'{"properties": "\xff"}', "Invalid input JSON: the body is not JSON"),
        (b'{"properties": {"subject": "\\ud800"}}', "Invalid input JSON: the body is not JSON"),
        (b"[]", "Invalid input JSON: expected an object, found a list"),
        (
            b'{"properties": 1}',
            "Invalid input JSON: expected properties of the record to be an object, found a number",
        ),
        (b"{}", "Invalid input JSON: the record lacks required fields: [properties]"),
        (b"[" * 100_000, "Invalid input JSON: the body is nested too deeply"),
        (b" " * 10_000_001, "The body is larger than 10000000 bytes"),
    ],
)
def test_a_bad_body_is_a_400(app: App, body: bytes, message: str) -> None:
    """Bodies that are no JSON, no object, too deep or too large are refused with the reason."""
    assert app.call("POST", TICKETS, body).error == (400, "VALIDATION_ERROR", message)


def test_another_content_type_is_a_400(app: App) -> None:
    """A form is not taken for JSON."""
    answer = app.call("POST", TICKETS, b"a=b", headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.error == (
        400,
        "VALIDATION_ERROR",
        "Expected content type application/json, found application/x-www-form-urlencoded",
    )


@pytest.mark.parametrize(
    "path",
    [
        "",
        "//",
        "/crm/objects/2026-09/tickets/../contacts/1",
        "/crm/objects/2026-09/tickets/" + "9" * 10_000,
        "/crm/objects/2026-09/%00/1",
        "/crm/objects/2026-09/tickets/%F0%28%8C%28",
        "/crm/objects/2026-09/tickets/²",
        "/crm/objects/2026-09/no_such_type/1",
        "/crm/objects/2026-09/conversations/1",
        "http://[::1/crm",
        "crm/objects",
    ],
)
def test_an_odd_path_gets_an_envelope(app: App, path: str) -> None:
    """Tricks with paths, huge ids and odd characters are a refusal in HubSpot's form."""
    answer = app.get(path)
    assert 400 <= answer.status <= 501
    assert {"status", "message", "correlationId", "category"} <= answer.body.keys()
    assert answer.body["category"] != "LOCAL_PORTAL_BUG"


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    operation=st.sampled_from(OPERATIONS),
    ids=st.lists(st.sampled_from(["tickets", "contacts", "1", "90000001", "8000000001", "x", "A-1"]), min_size=4),
    body=JSON,
    query=st.dictionaries(
        st.sampled_from(["limit", "after", "archived", "idProperty", "sort", "properties", "threadStatus"]),
        st.text(max_size=5),
        max_size=3,
    ),
)
def test_no_body_or_query_breaks_an_operation(
    operation: tuple[str, str], ids: list[str], body: Any, query: dict[str, str]
) -> None:
    """Every operation answers any JSON and any query with success or a refusal, never by failing itself."""
    portal = Portal()
    portal.has_chat(contact=portal.has_contact("visitor-12@example.org")).says("hello")
    portal.has_ticket("Help")
    method, template = operation
    names = iter(ids)
    path = "/".join(next(names) if part.startswith("{") else part for part in template.split("/"))
    answer = App(portal, portal.token()).call(method, path, body, query)
    assert answer.status < 500 or answer.body["category"] == "NOT_EMULATED", answer.body


def test_no_search_takes_long(portal: Portal, app: App) -> None:
    """A text made to send patterns back and forth is searched in a moment."""
    portal.has_ticket("Help", content="a" * 65_536)
    filters = [{"propertyName": "content", "operator": "CONTAINS_TOKEN", "value": "*a" * 1000 + "*b"}]
    begun = time.perf_counter()
    assert app.post(f"{TICKETS}/search", {"filterGroups": [{"filters": filters}]}).body["total"] == 0
    assert time.perf_counter() - begun < 2


def test_a_request_can_be_made_from_a_whole_address() -> None:
    """A target with scheme and host is the same request as its path."""
    whole = Request.make("get", "https://api.hubapi.com/crm/owners/2026-09?limit=1&limit=2")
    assert (whole.method, whole.path, whole.query) == ("GET", "/crm/owners/2026-09", {"limit": ["1", "2"]})
