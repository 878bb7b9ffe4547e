"""The comparison itself: what it finds, and where it says it is."""

import json
from pathlib import Path
from typing import Any

import pytest

from harness.portal import Request, Response
from tests.specs import files
from tests.specs.check import Checker

PATH = "/crm/v3/objects/tickets/1"
TEXT, WHOLE = {"type": "string"}, {"type": "integer", "format": "int32"}
ERROR = {"content": {"*/*": {"schema": {"$ref": "#/components/schemas/Error"}}}}
SCHEMAS: dict[str, Any] = {
    "Error": {"type": "object", "required": ["message"], "properties": {"message": TEXT}},
    "Ticket": {
        "type": "object",
        "required": ["id", "at"],
        "properties": {
            "id": TEXT,
            "at": {"type": "string", "format": "date-time"},
            "closed": {"type": "string", "nullable": True},
            "free": {"type": "object", "properties": {}},
            "messages": {"type": "array", "items": {"$ref": "#/components/schemas/Entry"}},
        },
    },
    "Entry": {"oneOf": [{"$ref": "#/components/schemas/Comment"}, {"$ref": "#/components/schemas/Closing"}]},
    "Comment": {
        "allOf": [
            {"$ref": "#/components/schemas/Entry"},
            {
                "type": "object",
                "required": ["type", "text"],
                "properties": {"type": {"type": "string", "enum": ["COMMENT"]}, "text": TEXT},
            },
        ]
    },
    "Closing": {
        "type": "object",
        "required": ["type", "by", "why"],
        "properties": {"type": {"type": "string", "enum": ["CLOSING"]}, "by": TEXT, "why": TEXT},
    },
    "Change": {"type": "object", "required": ["count"], "properties": {"count": WHOLE, "label": TEXT}},
}
GOOD: dict[str, Any] = {"id": "1", "at": "2026-03-02T08:00:00Z"}


def spec(folder: Path, title: str, *paths: str, name: str = "spec.json") -> None:
    """A file such as HubSpot's, with a GET and a PATCH of each path."""
    answers = {
        "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Ticket"}}}},
        "default": {"$ref": "#/components/responses/Error"},
    }
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Change"}}}}
    limit = {"name": "limit", "in": "query", "schema": WHOLE}
    methods = {
        "get": {"parameters": [limit], "responses": answers},
        "patch": {"requestBody": body, "responses": answers},
    }
    document = {
        "openapi": "3.0.1",
        "info": {"title": title, "version": "v3"},
        "paths": dict.fromkeys(paths, methods),
        "components": {"schemas": SCHEMAS, "responses": {"Error": ERROR}},
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(document), encoding="utf-8")


@pytest.fixture
def tickets(tmp_path: Path) -> Checker:
    """What compares with one spec of tickets."""
    spec(tmp_path, "Tickets", "/crm/v3/objects/tickets/{ticketId}")
    return Checker(files.read(tmp_path))


def found(checker: Checker, body: Any, status: int = 200, **asked: Any) -> list[tuple[str, str, str]]:
    """Where, what was expected and what was found."""
    request = Request.make(asked.get("method", "GET"), asked.get("path", PATH), {}, json.dumps(asked.get("sent", {})))
    response = Response(status, json.dumps(body).encode(), {"Content-Type": asked.get("kind", "application/json")})
    findings = checker.check(request, response)
    return [(finding.fault.place, finding.fault.expected, finding.fault.found) for finding in findings]


def test_a_good_answer_is_good(tickets: Checker) -> None:
    """What the schema names is fine: null where it may be, anything where nothing is said, the branch that is meant."""
    entries = [{"type": "COMMENT", "text": "x"}, {"type": "CLOSING", "by": "x", "why": "x"}]
    assert found(tickets, GOOD | {"closed": None, "free": {"any": [1]}, "messages": entries}) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"id": "1"}, ("", "the required key at", "only id")),
        (GOOD | {"id": 1}, ("id", "type string", "1")),
        (GOOD | {"id": None}, ("id", "type string", "None")),
        (GOOD | {"at": "monday"}, ("at", "format date-time", "'monday'")),
        (GOOD | {"who": "x"}, ("who", "no such key", "a key that the schema does not name: 'x'")),
        (
            GOOD | {"messages": [{"type": "CLOSING", "by": "x", "why": 1}]},
            ("messages[0].why", "type string", "1"),
        ),
        (
            GOOD | {"messages": [{"type": "COMMENT", "text": "x", "by": "x"}]},
            ("messages[0].by", "no such key", "a key that the schema does not name: 'x'"),
        ),
    ],
)
def test_a_bad_body_is_found(tickets: Checker, body: Any, fault: tuple[str, str, str]) -> None:
    """Each fault is named with its place, and a choice by the branch that was meant."""
    assert found(tickets, body) == [fault]


def test_a_status_and_a_content_type_are_found(tickets: Checker) -> None:
    """A success that the spec does not name, and a type that it does not name; a refusal is an Error."""
    assert found(tickets, GOOD, 201) == [("the status", "200", "201")]
    assert found(tickets, GOOD, kind="text/html") == [("the content type", "application/json", "text/html")]
    assert found(tickets, {"message": "no"}, 404) == []
    assert found(tickets, {"why": "no"}, 404) == [
        ("", "the required key message", "only why"),
        ("why", "no such key", "a key that the schema does not name: 'no'"),
    ]


def test_a_path_that_no_spec_has_may_only_be_refused(tickets: Checker) -> None:
    """An answer to what HubSpot does not have is found, unless it says that it is not emulated."""
    expected = ("the status", "501 NOT_EMULATED: no spec has it", "200")
    assert found(tickets, {}, 200, path="/crm/v3/objects/calls") == [expected]
    assert found(tickets, {}, 501, path="/crm/v3/objects/calls") == []


def test_a_type_that_there_is_not_may_be_refused(tickets: Checker) -> None:
    """What a spec has for one type is refused for another, and for a name that is no type's, like any operation."""
    for name in ("calls", "no_such_type"):
        path = PATH.replace("tickets", name)
        assert found(tickets, {"message": "no"}, 400, path=path) == []
        assert found(tickets, {}, 200, path=path) == [("the status", "501 NOT_EMULATED: no spec has it", "200")]


def test_what_is_carried_out_must_be_asked_for_rightly(tickets: Checker) -> None:
    """A wrong query or body is found when it is carried out, not when it is refused; a null was not sent."""
    assert found(tickets, GOOD, path=f"{PATH}?limit=x") == [("the query's limit", "type integer", "x")]
    assert found(tickets, GOOD, method="PATCH", sent={"count": 1, "label": None, "other": 1}) == []
    assert found(tickets, GOOD, method="PATCH", sent={"count": "x", "label": []}) == [
        ("the request's count", "type integer", "'x'"),
        ("the request's label", "type ['string', 'number', 'boolean']", "[]"),
    ]
    assert found(tickets, {"message": "no"}, 400, method="PATCH", sent={}) == []


def test_the_most_specific_spec_is_asked(tmp_path: Path) -> None:
    """A literal path wins over a variable one, and the spec of a type over that of all, for its records alone."""
    spec(tmp_path / "a", "CRM Objects", "/crm/v3/objects/{objectType}/{objectId}", "/crm/v3/objects/tickets/search")
    spec(tmp_path / "b", "Companies", "/crm/v3/objects/{objectType}/{objectId}")
    operations = Checker(files.read(tmp_path)).operations
    asked = [f"/crm/v3/objects/{path}" for path in ("tickets/search", "tickets/1", "companies/1", "0-2/1")]
    assert [str(operations.find("GET", path)) for path in asked] == [
        "GET /crm/v3/objects/tickets/search (CRM Objects v3)",
        "GET /crm/v3/objects/{objectType}/{objectId} (CRM Objects v3)",
        "GET /crm/v3/objects/{objectType}/{objectId} (Companies v3)",
        "GET /crm/v3/objects/{objectType}/{objectId} (Companies v3)",
    ]


def test_a_clone_has_other_files_too(tmp_path: Path) -> None:
    """Files of other areas and tools are left alone, and of two rollouts the more complete one is read."""
    spec(tmp_path / "CRM/Rollouts/1/v3", "Tickets", "/a")
    spec(tmp_path / "CRM/Rollouts/2/v3", "Tickets", "/a", "/b")
    spec(tmp_path / "CRM", "Carts", "/c")
    (tmp_path / "collection.json").write_text('{"info": []}', encoding="utf-8")
    (tmp_path / "notes.json").write_text("no JSON", encoding="utf-8")
    assert [(read.name, sorted(read.document["paths"])) for read in files.read(tmp_path)] == [
        ("Tickets v3", ["/a", "/b"])
    ]


def test_a_folder_without_specs_is_no_success(tmp_path: Path) -> None:
    """Nothing found is an error that says what was looked for."""
    with pytest.raises(files.NoSpecs) as refused:
        files.read(tmp_path)
    assert str(refused.value) == (
        f"--specs {tmp_path}: expected HubSpot's OpenAPI files (*.json) in it or below, found none. "
        "Name a clone of https://github.com/HubSpot/HubSpot-public-api-spec-collection."
    )
