"""Small flows of tiny actions, written to files as a deployment would have them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from contract.flow import Flow
from harness import Clock, Portal, Runtime
from harness.workflow import Enrolment

Write = Callable[..., Flow]

ECHO = """
import json, os
def main(event):
    names = sorted(set(os.environ) & {"TOKEN", "OTHER"})
    return {"outputFields": {"event": json.dumps(event, sort_keys=True), "secrets": " ".join(names)}}
"""

BUSY = """
from hubspot.crm.tickets import ApiException
def main(event):
    raise ApiException(status=503, reason="busy")
"""


def to(action_id: str) -> dict[str, str]:
    return {"edgeType": "STANDARD", "nextActionId": action_id}


def static(text: str) -> dict[str, str]:
    return {"type": "STATIC_VALUE", "staticValue": text}


def property_(name: str) -> dict[str, str]:
    return {"type": "OBJECT_PROPERTY", "propertyName": name}


def output(action_id: str, key: str) -> dict[str, str]:
    return {"type": "FIELD_DATA", "actionId": action_id, "dataKey": key}


def known(name: str) -> dict[str, Any]:
    """The branch that records with a value of this property meet."""
    operation = {
        "operationType": "ALL_PROPERTY",
        "operator": "IS_KNOWN",
        "includeObjectsWithNoValueSet": False,
    }
    return all_of({"filterType": "PROPERTY", "property": name, "operation": operation})


def option(name: str, *options: str) -> dict[str, Any]:
    """The branch that records with one of these options meet."""
    operation = {
        "operationType": "ENUMERATION",
        "operator": "IS_ANY_OF",
        "values": list(options),
        "includeObjectsWithNoValueSet": False,
    }
    return all_of({"filterType": "PROPERTY", "property": name, "operation": operation})


def all_of(*filters: dict[str, Any]) -> dict[str, Any]:
    return {
        "filterBranchType": "OR",
        "filterBranchOperator": "OR",
        "filters": [],
        "filterBranches": [
            {
                "filterBranchType": "AND",
                "filterBranchOperator": "AND",
                "filters": list(filters),
                "filterBranches": [],
            }
        ],
    }


def single(action_id: str, type_id: str, fields: dict[str, Any], then: str = "") -> dict[str, Any]:
    action: dict[str, Any] = {
        "actionId": action_id,
        "type": "SINGLE_CONNECTION",
        "actionTypeId": type_id,
        "actionTypeVersion": 0,
        "fields": fields,
    }
    return action | ({"connection": to(then)} if then else {})


def code(action_id: str, file: str, inputs: dict[str, Any], outputs: list[str], then: str = "") -> dict[str, Any]:
    action: dict[str, Any] = {
        "actionId": action_id,
        "type": "CUSTOM_CODE",
        "runtime": "PYTHON39",
        "secretNames": ["TOKEN"],
        "sourceFile": file,
        "inputFields": [{"name": name, "value": value} for name, value in inputs.items()],
        "outputFields": [{"name": name, "type": "STRING"} for name in outputs],
    }
    return action | ({"connection": to(then)} if then else {})


def log_of(enrolment: Enrolment) -> list[str]:
    return [str(entry) for entry in enrolment.log]


@pytest.fixture
def portal() -> Portal:
    return Portal(clock=Clock("2026-03-02T08:00:00Z"))


@pytest.fixture
def runtime(portal: Portal) -> Iterator[Runtime]:
    with Runtime(portal) as runtime:
        yield runtime


@pytest.fixture
def flow(tmp_path: Path) -> Write:
    """Writes a flow and its action files, and reads it back."""

    def write(
        *actions: dict[str, Any],
        files: dict[str, str] | None = None,
        criteria: dict[str, Any] | None = None,
        object_type_id: str = "0-5",
        **more: object,
    ) -> Flow:
        for name, source in (files or {}).items():
            (tmp_path / name).write_text(source, encoding="utf-8")
        definition = {
            "name": "A flow of a test",
            "type": "PLATFORM_FLOW",
            "flowType": "WORKFLOW",
            "objectTypeId": object_type_id,
            "isEnabled": False,
            "startActionId": actions[0]["actionId"] if actions else "",
            "actions": list(actions),
            "enrollmentCriteria": criteria or {"type": "MANUAL", "shouldReEnroll": True},
            **more,
        }
        file = tmp_path / "flow.json"
        file.write_text(json.dumps(definition), encoding="utf-8")
        return Flow.read(file)

    return write
