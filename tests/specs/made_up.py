"""What does schemathesis find when it makes up requests from a spec, right and wrong ones, and sends them here?"""

from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import Any

import schemathesis
from schemathesis.engine import events, from_schema

from harness.portal import Request
from tests.specs.account import Account
from tests.specs.check import NOT_EMULATED
from tests.specs.files import Spec
from tests.specs.narrowing import narrowed

SEED = 20260302
CHECKS: dict[str, dict[str, Any]] = {
    "not_a_server_error": {"expected-statuses": ["2xx", "3xx", "4xx", NOT_EMULATED]},
    "status_code_conformance": {},
    "content_type_conformance": {},
    "response_schema_conformance": {},
}
Start = Callable[[str, list[tuple[str, str]]], object]


def complaints(spec: Spec, examples: int) -> Iterator[str]:
    """Everything that is wrong, each with a request that shows it; the same requests every time."""
    schema = schemathesis.openapi.from_dict(narrowed(spec, Account()), config=_settings(examples))
    schema.app = application
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError):
            yield f"{event.label}: {event.value}"
        elif isinstance(event, events.ScenarioFinished):
            yield from _failures(event)


def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """One request by WSGI's rules, to an account of its own: whatever was deleted before, its records are there."""
    account = Account()
    headers = {"Authorization": f"Bearer {account.token}"}
    if environ.get("CONTENT_TYPE"):
        headers["Content-Type"] = environ["CONTENT_TYPE"]
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    target = f"{environ['REQUEST_URI'].partition('?')[0]}?{environ['QUERY_STRING']}"
    request = Request.make(environ["REQUEST_METHOD"], target, headers, body)
    response = account.portal.answer(request)
    start(f"{response.status} {HTTPStatus(response.status).phrase}", list(response.headers.items()))
    return [response.body]


def _failures(event: events.ScenarioFinished) -> Iterator[str]:
    for case, checks in event.recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                failure = check.failure_info.failure
                answer = event.recorder.find_response(case_id=case)
                yield "\n  ".join(
                    [
                        f"{event.recorder.label}: {failure.title} ({check.name})",
                        *failure.message.splitlines(),
                        f"asked by  {check.failure_info.code_sample}",
                        f"answered  {answer.status_code} {answer.text[:300]}" if answer is not None else "",
                    ]
                )


def _settings(examples: int) -> schemathesis.Config:
    return schemathesis.Config.from_dict(
        {
            "seed": SEED,
            "suppress-health-check": ["filter_too_much", "too_slow"],
            "base-url": "http://localhost",
            "continue-on-failure": True,
            "generation": {"max-examples": examples, "database": "none", "deterministic": True, "no-shrink": True},
            "phases": {"examples": {"enabled": False}, "stateful": {"enabled": False}},
            "checks": {"enabled": False} | {name: {"enabled": True} | how for name, how in CHECKS.items()},
        }
    )
