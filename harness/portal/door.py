"""From a request to a response: weather, token, route, scope, handler, envelope. Nothing escapes here."""

import json
import traceback
from pathlib import Path
from typing import Any

import msgspec

from harness.portal import refusals
from harness.portal.account.routes import ROUTES as ACCOUNT
from harness.portal.associations.batch_routes import ROUTES as ASSOCIATION_BATCHES
from harness.portal.associations.routes import ROUTES as ASSOCIATIONS
from harness.portal.call import Answer, Call
from harness.portal.conversations.message_routes import ROUTES as MESSAGES
from harness.portal.conversations.routes import ROUTES as INBOXES
from harness.portal.conversations.thread_routes import ROUTES as THREADS
from harness.portal.emails.routes import ROUTES as EMAILS
from harness.portal.flows.routes import ROUTES as FLOWS
from harness.portal.limits import DAILY, Limits, exemptions
from harness.portal.not_emulated import ROUTES as NOT_EMULATED
from harness.portal.objects.batch_routes import ROUTES as BATCHES
from harness.portal.objects.routes import ROUTES as OBJECTS
from harness.portal.objects.search_routes import ROUTES as SEARCH
from harness.portal.owners.routes import ROUTES as OWNERS
from harness.portal.pipelines.routes import ROUTES as PIPELINES
from harness.portal.pipelines.stage_routes import ROUTES as STAGES
from harness.portal.properties.group_routes import ROUTES as GROUPS
from harness.portal.properties.routes import ROUTES as PROPERTIES
from harness.portal.refusals import Refusal
from harness.portal.routing import Operation, Router
from harness.portal.rules.routes import ROUTES as RULES
from harness.portal.tokens import Token, Tokens
from harness.portal.weather import Weather
from harness.portal.weather_rules import CUT, DROP, KILL, REPEAT, STALL, Fault
from harness.portal.wire import LogEntry, Request, Response
from harness.portal.world import World

ROUTES = (
    *OBJECTS,
    *BATCHES,
    *SEARCH,
    *ASSOCIATIONS,
    *ASSOCIATION_BATCHES,
    *PROPERTIES,
    *GROUPS,
    *RULES,
    *PIPELINES,
    *STAGES,
    *OWNERS,
    *ACCOUNT,
    *INBOXES,
    *THREADS,
    *MESSAGES,
    *EMAILS,
    *FLOWS,
    *NOT_EMULATED,
)
ROUTER = Router(ROUTES)
JSON = "application/json;charset=utf-8"


class Door:
    """Answers requests about one account and keeps the log."""

    def __init__(self, world: World, tokens: Tokens, weather: Weather, log_limit: int | None = None) -> None:
        self.world = world
        self.tokens = tokens
        self.weather = weather
        self.limits: Limits | None = None
        self._log_limit = log_limit
        self.log: list[LogEntry] = []

    def answer(self, request: Request) -> Response:
        """One request, whole: what it changes is told to watchers before the answer leaves."""
        with self.world.act():
            correlation_id = self.world.uuid()
            fault, delay = self.weather.strike(request.method, request.path)
            operation, response = self._answer(request, fault, correlation_id)
            response.delay = delay
            response.headers["X-HubSpot-Correlation-Id"] = correlation_id
            self._note(request, operation, response)
        return response

    def _answer(self, request: Request, fault: Fault | None, correlation_id: str) -> tuple[Operation | None, Response]:
        if fault and fault.before:
            return _found(request), _struck(fault, correlation_id)
        operation: Operation | None = None
        headers: dict[str, str] = {}
        try:
            token = self.tokens.check(request.headers.get("authorization", ""), self.world.clock.millis())
            operation, path = ROUTER.find(request.method, request.path)
            if self.limits:
                headers = self.limits.take(token.app_id, operation)
            elif DAILY not in exemptions(operation):
                self.world.usage.count()
            call = Call(self.world, request, operation.version, path, token.app_id, _paging(fault))
            _permit(token, operation, call)
            response = _response(operation.route.handler(call))
        except Refusal as refusal:
            response = _refused(refusal, correlation_id)
        except Exception as error:  # noqa: BLE001 - whatever is wrong here must not end the run that asked
            response = _refused(_broken(error), correlation_id)
        response.headers.update(headers)
        return operation, _after(fault, response, correlation_id) if fault else response

    def _note(self, request: Request, operation: Operation | None, response: Response) -> None:
        self.log.append(
            LogEntry(
                at=self.world.clock.iso(),
                method=request.method,
                template=operation.template if operation else "",
                path=without_addresses(request.path),
                status=0 if response.fault else response.status,
                is_write=operation is not None and operation.route.write,
                fault=response.fault,
            )
        )
        if self._log_limit is not None and len(self.log) >= 2 * self._log_limit:
            del self.log[: -self._log_limit]


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
    return Response(status, _json(data), {"Content-Type": JSON})


def _json(data: object) -> bytes:
    """What a seed or a test has put there may be text that UTF-8 cannot write: then ? stands for it, as in Java."""
    try:
        return msgspec.json.encode(data)
    except UnicodeEncodeError:
        return json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")


def _refused(refusal: Refusal, correlation_id: str) -> Response:
    body: dict[str, Any] = refusal.envelope(correlation_id)
    return Response(refusal.status, _json(body), {"Content-Type": JSON, **refusal.headers})


def _paging(fault: Fault | None) -> str:
    return fault.kind if fault and fault.kind in (STALL, REPEAT) else ""


def _after(fault: Fault, response: Response, correlation_id: str) -> Response:
    """What becomes of the answer to a request that was carried out."""
    if fault.kind in (STALL, REPEAT):
        return response
    if fault.kind == CUT:
        response.fault = CUT
        return response
    return _struck(fault, correlation_id)


def _struck(fault: Fault, correlation_id: str) -> Response:
    if fault.kind in (DROP, KILL):
        return Response(503, fault=fault.kind)
    return _refused(fault.refusal(), correlation_id)


def _broken(error: Exception) -> Refusal:
    """A bug of this portal, said as such."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
    return Refusal(500, "LOCAL_PORTAL_BUG", f"The local portal itself failed: {what}")


def without_addresses(path: str) -> str:
    """The path as it may be kept: a segment with an e-mail address left out."""
    if "@" not in path and "%40" not in path:
        return path
    parts = path.split("/")
    return "/".join("<address>" if "@" in part or "%40" in part else part for part in parts)
