"""Every field that HubSpot's spec lets a PUT write survives a shipment of ours that does not name it."""

import json
import shutil
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.deploy.desk import Desk
from tests.deploy.shipments import FLOWS, READ_ONLY
from tests.specs.files import Spec
from tests.specs.plugin import SPECS

DEEPEST = 5
SET_HERE = {"runtime": "PYTHON39", "secretNames": [], "actionId": "9", "nextActionId": "1", "sourceCode": "# theirs\n"}
"""What cannot be made up: the account refuses other runtimes and secrets, and an edge leads to an action."""
OURS = {"type", "revisionId", "isEnabled", "name", "startActionId", "actions"}
"""What our file says itself, and what no test can set: the kind of workflow, the lock, and whether it is on."""
TYPES = {"PLATFORM_FLOW": ("ApiPlatformFlowPutRequest", "0-5"), "CONTACT_FLOW": ("ApiContactFlowPutRequest", "0-1")}
CODE = 'def main(event):\n    return {"outputFields": {}}\n'


@pytest.fixture
def schemas(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The schemas of the workflows' spec."""
    specs: list[Spec] = [spec for spec in request.config.stash[SPECS] if (spec.area, spec.version) == ("flows", "v4")]
    found: dict[str, Any] = specs[0].document["components"]["schemas"]
    return found


class Examples:
    """Values that keep to a schema, with everything in them that the schema names."""

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        self._schemas = schemas

    def of(self, schema: Mapping[str, Any], name: str = "", depth: int = 0) -> Any:
        """One value."""
        if name in SET_HERE:
            return SET_HERE[name]
        while "$ref" in schema:
            schema = self._schemas[schema["$ref"].rpartition("/")[2]]
        if schema.get("oneOf"):
            return self.of(schema["oneOf"][0], name, depth)
        if schema.get("enum"):
            return schema["enum"][0]
        return self._plain(schema, depth)

    def each(self, schema: Mapping[str, Any]) -> Iterator[Any]:
        """One value of each alternative of a list's entries."""
        alternatives = schema["items"].get("oneOf") or [schema["items"]]
        yield from (self.of(alternative, depth=1) for alternative in alternatives)

    def _plain(self, schema: Mapping[str, Any], depth: int) -> Any:
        kind = schema.get("type", "object")
        if kind == "array":
            return [self.of(schema["items"], depth=depth + 1)] if depth < DEEPEST else []
        if kind == "object":
            names = schema.get("properties", {})
            needed = names if depth < DEEPEST else {key: names[key] for key in schema.get("required", ())}
            made = {key: self.of(inner, key, depth + 1) for key, inner in needed.items()}
            return made or ({"theirs": "kept"} if "additionalProperties" in schema else {})
        return {"boolean": True, "integer": 3, "number": 2.5}.get(kind, "theirs")


def ours(type: str, object_type: str, version: str) -> dict[str, Any]:
    """Our own file: the least that a workflow is, and one action with code."""
    action = {
        "type": "CUSTOM_CODE",
        "actionId": "1",
        "runtime": "PYTHON39",
        "secretNames": [],
        "sourceFile": "../../actions/small.py",
        "inputFields": [{"name": "version", "value": {"type": "STATIC_VALUE", "staticValue": version}}],
        "outputFields": [],
    }
    flow = {"type": type, "flowType": "WORKFLOW", "objectTypeId": object_type, "name": "Own"}
    return flow | {"startActionId": "1", "actions": [action]}


@pytest.mark.parametrize("type", list(TYPES))
def test_what_we_do_not_name_survives(type: str, desk: Desk, schemas: dict[str, Any]) -> None:
    """Every writable field of the workflow and of each kind of action is set, and is there after two shipments."""
    schema, object_type = TYPES[type]
    fields = schemas[schema]["properties"]
    examples = Examples(schemas)
    theirs = {
        name: examples.of(inner) for name, inner in fields.items() if name not in OURS | {"actions", "startActionId"}
    }
    actions = [action | {"actionId": str(at)} for at, action in enumerate(examples.each(fields["actions"]), start=20)]
    (desk.folder / "deploy" / "workflows").mkdir(parents=True)
    (desk.folder / "actions").mkdir()
    (desk.folder / "actions" / "small.py").write_text(CODE, encoding="utf-8")
    file = desk.folder / "deploy" / "workflows" / "own.json"
    file.write_text(json.dumps(ours(type, object_type, "one")), encoding="utf-8")
    desk.has("\n[workflows.own]\n")
    assert desk.deploy("apply", "--untested", "not ours").code == 0
    (listed,) = desk.call("GET", FLOWS).body["results"]
    live = desk.call("GET", f"{FLOWS}/{listed['id']}").body
    body = {name: value for name, value in live.items() if name not in READ_ONLY} | theirs
    put = desk.call("PUT", f"{FLOWS}/{listed['id']}", body | {"actions": live["actions"] + actions})
    assert put.status == 200, put.body
    shutil.rmtree(desk.folder / "deploy" / "ledger")  # as if it had always stood there
    for version, options in (("two", ["--overrule", "own"]), ("three", [])):
        file.write_text(json.dumps(ours(type, object_type, version)), encoding="utf-8")
        applied = desk.deploy("apply", "--untested", "not ours", *options)
        assert applied.code == 0, applied.stderr
    after = desk.call("GET", f"{FLOWS}/{listed['id']}").body
    assert {name: after.get(name) for name in theirs} == {name: put.body.get(name) for name in theirs}
    assert sorted({*theirs}) == sorted({*fields} - OURS)
    assert [action for action in after["actions"] if action["actionId"] != "1"] == put.body["actions"][1:]
    (first,) = (action for action in after["actions"] if action["actionId"] == "1")
    assert first["inputFields"][0]["value"]["staticValue"] == "three"
