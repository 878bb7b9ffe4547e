"""Is this answer one that HubSpot's specs allow: its status, its content type, its body to the last key?"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.portal.wire import Request, Response
from tests.specs.files import Spec
from tests.specs.known import STATUS, is_known
from tests.specs.operations import Operation, Operations
from tests.specs.requests import Requests
from tests.specs.schemas import LONGEST, Fault, Schema, Schemas

CARRIED_OUT = (200, 201, 204)  # whole, so that all of it has to be what the spec lets one ask for
NOT_EMULATED = 501  # HubSpot never says so: the portal says by name what it does not do


@dataclass(frozen=True)
class Finding:
    """One thing about an answer, or about a request that was carried out, that no spec allows."""

    operation: str
    status: int
    fault: Fault
    asked: str = field(compare=False, default="")  # one request that shows it

    def __str__(self) -> str:
        place = self.fault.place or "the body"
        return (
            f"{self.operation} answered {self.status}\n  where     {place}\n  expected  {self.fault.expected}\n"
            f"  found     {self.fault.found}\n  asked     {self.asked}"
        )


class Checker:
    """Compares answers with specs, and counts what it has seen."""

    def __init__(self, specs: Sequence[Spec]) -> None:
        self.operations = Operations.of(specs)
        self.seen: Counter[tuple[Operation, int]] = Counter()
        self._answers = {spec.name: Schemas(spec) for spec in specs}
        self._requests = {spec.name: Requests(spec) for spec in specs}

    def check(self, request: Request, response: Response) -> list[Finding]:
        """What is wrong with an answer; nothing when none was given."""
        if response.fault or response.status == NOT_EMULATED:
            return []
        operation = self.operations.find(request.method, request.path)
        if operation is None and response.status >= 400:  # records of another type can do it
            operation = self.operations.find(request.method, request.path, any_type=True)
        if operation is None:
            return _of_no_operation(request, response)
        self.seen[operation, response.status] += 1
        faults = [each for each in self._faults(operation, response) if not is_known(response.status, each)]
        if response.status in CARRIED_OUT:
            faults += self._requests[operation.spec.name].faults(operation, request)
        return [Finding(str(operation), response.status, each, _quoted(request)) for each in faults]

    def _faults(self, operation: Operation, response: Response) -> Iterator[Fault]:
        defined: dict[str, Any] = operation.definition["responses"]
        named = defined.get(str(response.status))
        if named is None and response.status < 400:
            codes = ", ".join(sorted(code for code in defined if code != "default"))
            yield Fault(STATUS, codes, str(response.status))
            named = defined[min(defined)]
        content = _resolved(operation.spec, named or defined["default"]).get("content")
        if not content:
            if response.body:
                yield Fault("", "no body", repr(response.body[:80]))
            return
        yield from self._faults_of_body(operation.spec, content, response)

    def _faults_of_body(self, spec: Spec, content: dict[str, Schema], response: Response) -> Iterator[Fault]:
        kind = response.headers.get("Content-Type", "none").partition(";")[0]
        if kind not in content and not (kind == "application/json" and "*/*" in content):
            yield Fault("the content type", " or ".join(content), kind)
        try:
            body = json.loads(response.body)
        except ValueError:
            yield Fault("", "JSON", repr(response.body[:80]))
            return
        yield from self._answers[spec.name].faults(next(iter(content.values()))["schema"], body)


def _of_no_operation(request: Request, response: Response) -> list[Finding]:
    """Before it looks for an operation, the portal asks for a token; the weather strikes earlier still."""
    if response.status in (401, 429) or response.status >= 500:
        return []
    asked = f"{request.method} {request.path[:120]}"
    return [Finding(asked, response.status, Fault(STATUS, "501 NOT_EMULATED: no spec has it", str(response.status)))]


def _quoted(request: Request) -> str:
    body = request.body[:LONGEST].decode("utf-8", "replace")
    return f"{request.method} {request.path} {request.query or ''} {body}"


def _resolved(spec: Spec, response: Schema) -> Schema:
    if "$ref" not in response:
        return response
    found: Schema = spec.document["components"]["responses"][response["$ref"].rpartition("/")[2]]
    return found
