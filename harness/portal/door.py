"""From a request to a response: weather, token, route, scope, handler, envelope. Nothing escapes here."""

import traceback
from pathlib import Path
from typing import Any

import msgspec

from harness.portal import refusals
from harness.portal.account.routes import ROUTES as ACCOUNT
from harness.portal.associations.routes import ROUTES as ASSOCIATIONS
from harness.portal.call import Answer, Call
from harness.portal.conversations.message_routes import ROUTES as MESSAGES
from harness.portal.conversations.routes import ROUTES as INBOXES
from harness.portal.conversations.thread_routes import ROUTES as THREADS
from harness.portal.emails.routes import ROUTES as EMAILS
from harness.portal.objects.routes import ROUTES as OBJECTS
from harness.portal.owners.routes import ROUTES as OWNERS
from harness.portal.pipelines.routes import ROUTES as PIPELINES
from harness.portal.properties.routes import ROUTES as PROPERTIES
from harness.portal.refusals import Refusal
from harness.portal.routing import Operation, Router
from harness.portal.tokens import Token, Tokens
from harness.portal.weather import DROP, KILL, Fault, Weather
from harness.portal.wire import LogEntry, Request, Response
from harness.portal.world import World

ROUTES = (
    *OBJECTS,
    *ASSOCIATIONS,
    *PROPERTIES,
    *PIPELINES,
    *OWNERS,
    *ACCOUNT,
    *INBOXES,
    *THREADS,
    *MESSAGES,
    *EMAILS,
)
ROUTER = Router(ROUTES)
JSON = "application/json;charset=utf-8"


class Door:
    """Answers requests about one account and keeps the log."""

    def __init__(self, world: World, tokens: Tokens, weather: Weather) -> None:
        self.world = world
        self.tokens = tokens
        self.weather = weather
        self.log: list[LogEntry] = []

    def answer(self, request: Request) -> Response:
        """One request, whole: what it changes is told to watchers before the answer leaves."""
        with self.world.act():
            correlation_id = self.world.uuid()
            operation, response = self._answer(request, correlation_id)
            response.headers["X-HubSpot-Correlation-Id"] = correlation_id
            self._note(request, operation, response)
        return response

    def _answer(self, request: Request, correlation_id: str) -> tuple[Operation | None, Response]:
        fault = self.weather.strike(request.method, request.path)
        if fault and not fault.after_write:
            return _found(request), _struck(fault, correlation_id)
        operation: Operation | None = None
        try:
            token = self.tokens.check(request.headers.get("authorization", ""))
            operation, path = ROUTER.find(request.method, request.path)
            call = Call(self.world, request, operation.version, path, token.app_id)
            _permit(token, operation, call)
            response = _response(operation.route.handler(call))
        except Refusal as refusal:
            response = _refused(refusal, correlation_id)
        except Exception as error:  # noqa: BLE001 - whatever is wrong here must not end the run that asked
            response = _refused(_broken(error), correlation_id)
        return operation, _struck(fault, correlation_id) if fault else response

    def _note(self, request: Request, operation: Operation | None, response: Response) -> None:
        self.log.append(
            LogEntry(
                at=self.world.clock.iso(),
                method=request.method,
                template=operation.template if operation else "",
                path=_without_addresses(request.path),
                status=0 if response.fault else response.status,
                is_write=operation is not None and operation.route.write,
                fault=response.fault,
            )
        )


def _permit(token: Token, operation: Operation, call: Call) -> None:
    scopes = operation.route.scopes
    alternatives = scopes(call) if callable(scopes) else scopes
    if not token.may(alternatives):
        raise refusals.missing_scopes(alternatives)


def _found(request: Request) -> Operation | None:
    try:
        return ROUTER.find(request.method, request.path)[0]
    except Refusal:
        return None


def _response(answer: Answer) -> Response:
    status, data = answer
    if data is None:
        return Response(status)
    return Response(status, msgspec.json.encode(data), {"Content-Type": JSON})


def _refused(refusal: Refusal, correlation_id: str) -> Response:
    body: dict[str, Any] = refusal.envelope(correlation_id)
    return Response(refusal.status, msgspec.json.encode(body), {"Content-Type": JSON, **refusal.headers})


def _struck(fault: Fault, correlation_id: str) -> Response:
    if fault.kind in (DROP, KILL):
        return Response(503, fault=fault.kind)
    return _refused(fault.refusal(), correlation_id)


def _broken(error: Exception) -> Refusal:
    """A bug of this portal, said as such."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
    return Refusal(500, "LOCAL_PORTAL_BUG", f"The local portal itself failed: {what}")


def _without_addresses(path: str) -> str:
    parts = path.split("/")
    return "/".join("<address>" if "@" in part or "%40" in part else part for part in parts)
