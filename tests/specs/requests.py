"""May one ask for this, by the spec: its query and its body? The portal should not do what HubSpot might refuse."""

import json
from collections.abc import Iterator
from typing import Any

from harness.portal.wire import Request
from tests.specs.files import Spec
from tests.specs.known import is_lenient
from tests.specs.operations import Operation
from tests.specs.schemas import Fault, Schema, Schemas


class Requests:
    """What may be asked of one spec's operations."""

    def __init__(self, spec: Spec) -> None:
        self._schemas = Schemas(spec, sent=True)

    def faults(self, operation: Operation, request: Request) -> list[Fault]:
        """What of a request the spec does not allow, and HubSpot is not known to take all the same."""
        faults = [*self._of_query(operation, request), *self._of_body(operation, request)]
        return [fault for fault in faults if not is_lenient(operation, fault)]

    def _of_query(self, operation: Operation, request: Request) -> Iterator[Fault]:
        for parameter in operation.definition.get("parameters", []):
            if parameter["in"] != "query":
                continue
            many = "items" in parameter["schema"]
            schema = parameter["schema"]["items"] if many else parameter["schema"]
            given = request.query.get(parameter["name"], [])
            texts = [part for text in given for part in text.split(",")] if many else given[:1]
            for text in filter(None, texts):
                for fault in self._schemas.faults(schema, _read(text, schema)):
                    yield Fault(f"the query's {parameter['name']}", fault.expected, text)

    def _of_body(self, operation: Operation, request: Request) -> Iterator[Fault]:
        if "requestBody" not in operation.definition:
            return
        schema = operation.definition["requestBody"]["content"]["application/json"]["schema"]
        for fault in self._schemas.faults(schema, _without_nulls(json.loads(request.body))):
            yield Fault(f"the request's {fault.place}".removesuffix("'s "), fault.expected, fault.found)


def _read(text: str, schema: Schema) -> Any:
    """A parameter as its type has it; a text that is none of it stays a text, which its schema refuses."""
    if schema["type"] == "integer" and text.removeprefix("-").isdigit():
        return int(text)
    if schema["type"] == "boolean":
        return {"true": True, "false": False}.get(text.lower(), text)
    return text


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nulls(member) for name, member in value.items() if member is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value
