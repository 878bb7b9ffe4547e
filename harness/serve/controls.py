"""The private prefix: what a test or a person does to the served account that no HubSpot client could.

Answers are JSON; refusals have HubSpot's envelope. A browser's page is refused: it could reach a server on this
machine too, and has no business here.
"""

import uuid
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

import msgspec

from harness.clock import ClockError, moment
from harness.portal import refusals
from harness.portal.call import read_json
from harness.portal.refusals import Refusal
from harness.portal.weather_rules import Rule
from harness.portal.wire import LogEntry, Request, Response
from harness.serve import seed_file
from harness.serve.seed import Seed, Token
from harness.serve.seed_file import SeedError
from harness.serve.site import Site

PREFIX = "/_local/"
LONG = frozenset({"/_local/seed", "/_local/reset", "/_local/state"})
"""What may take seconds, and is done while others are answered."""
T = TypeVar("T")
JSON = {"Content-Type": "application/json;charset=utf-8"}


class ClockChange(msgspec.Struct, forbid_unknown_fields=True):
    """What can be done to the clock: seconds to put it forward, a moment to put it to, run or stand."""

    advance: float | None = None
    set: str | None = None
    running: bool | None = None


class LimitsChange(msgspec.Struct, forbid_unknown_fields=True):
    """Whether limits are enforced."""

    enforced: bool


class Controls:
    """One control per method and path."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._planting = Lock()
        self._controls: dict[str, Callable[[Request], Any]] = {
            "GET /_local/": lambda _: {"controls": list(self._controls)},
            "POST /_local/reset": self._reset,
            "POST /_local/seed": self._seed,
            "GET /_local/clock": lambda _: self._clock(),
            "POST /_local/clock": self._change_clock,
            "GET /_local/weather": lambda _: {"results": site.portal.weather.forecast()},
            "POST /_local/weather": self._add_weather,
            "DELETE /_local/weather": lambda _: site.portal.weather.clears(),
            "GET /_local/requests": self._requests,
            "DELETE /_local/requests": lambda _: site.portal.log.clear(),
            "GET /_local/state": lambda _: site.portal.state(),
            "GET /_local/tokens": lambda _: {"results": [self._token(t.value) for t in site.portal.tokens()]},
            "POST /_local/tokens": self._add_token,
            "DELETE /_local/tokens": self._revoke,
            "GET /_local/limits": lambda _: {"enforced": site.limited},
            "POST /_local/limits": self._change_limits,
        }

    def answer(self, request: Request) -> Response:
        """One request; nothing of it is in the log of HubSpot's."""
        try:
            given = self._find(request)(request)
        except Refusal as refusal:
            body = refusal.envelope(str(uuid.uuid4()))
            return Response(refusal.status, msgspec.json.encode(body), dict(JSON))
        except (SeedError, ClockError, ValueError) as problem:
            body = refusals.validation(str(problem)).envelope(str(uuid.uuid4()))
            return Response(400, msgspec.json.encode(body), dict(JSON))
        except Exception as problem:  # noqa: BLE001 - a mistake of ours must not end the server
            body = Refusal(
                500, "LOCAL_PORTAL_BUG", f"The local portal itself failed: {type(problem).__name__}"
            ).envelope(str(uuid.uuid4()))
            return Response(500, msgspec.json.encode(body), dict(JSON))
        return Response(204) if given is None else Response(200, msgspec.json.encode(given), dict(JSON))

    def _find(self, request: Request) -> Callable[[Request], Any]:
        if "origin" in request.headers:
            raise Refusal(403, "FORBIDDEN", "The controls of the local portal are not for pages in a browser")
        control = self._controls.get(f"{request.method} {request.path}")
        if control is None:
            raise refusals.not_found(f"{PREFIX} has: {', '.join(self._controls)}")
        return control

    def _reset(self, request: Request) -> None:
        seed = _seed(request) if request.body else None
        with self._planting:
            self._site.reset(seed, "the seed")

    def _seed(self, request: Request) -> None:
        seed = _seed(request, adding=True)
        with self._planting:
            self._site.add(seed, "the seed")

    def _clock(self) -> dict[str, Any]:
        clock = self._site.clock
        return {"now": clock.iso(), "running": clock.running}

    def _change_clock(self, request: Request) -> dict[str, Any]:
        change, clock = _read(request, ClockChange), self._site.clock
        if change.advance is not None and not 0 <= change.advance <= 100 * 366 * 86_400:
            raise refusals.validation(f"expected advance from 0 to a hundred years of seconds, found {change.advance}")
        when = None if change.set is None else moment(change.set)
        if change.running is not None:
            (clock.go if change.running else clock.stop)()
        if when is not None:
            clock.run_until(when)
        if change.advance is not None:
            clock.advance(change.advance)
        return self._clock()

    def _add_weather(self, request: Request) -> dict[str, Any]:
        self._site.portal.weather.add(_read(request, Rule))
        return {"results": self._site.portal.weather.forecast()}

    def _requests(self, request: Request) -> dict[str, Any]:
        """The newest ones, oldest of them first."""
        text = request.query.get("limit", ["100"])[0]
        if not (text.isascii() and text.isdigit() and len(text) < 7):
            raise refusals.bad_parameter("limit must be a whole number", "limit", value=text)
        log: list[LogEntry] = self._site.portal.log
        return {"total": len(log), "results": log[len(log) - min(int(text), len(log)) :]}

    def _add_token(self, request: Request) -> dict[str, Any]:
        given = _read(request, Token)
        self._site.portal.token(*given.scopes, value=given.value, expires=given.expires)
        return self._token(given.value)

    def _revoke(self, request: Request) -> None:
        value = request.query.get("value", [""])[0]
        if value not in {token.value for token in self._site.portal.tokens()}:
            raise refusals.not_found("There is no such token: DELETE /_local/tokens?value=local-...")
        self._site.portal.revoke(value)

    def _token(self, value: str) -> dict[str, Any]:
        now = self._site.clock.millis()
        found = next(token for token in self._site.portal.tokens() if token.value == value)
        return {"value": value, "scopes": list(found.scopes), "works": found.works(now), "appId": found.app_id}

    def _change_limits(self, request: Request) -> dict[str, Any]:
        self._site.limit(_read(request, LimitsChange).enforced)
        return {"enforced": self._site.limited}


def _seed(request: Request, *, adding: bool = False) -> Seed:
    try:
        text = request.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SeedError("the seed", "the body", "YAML or JSON in UTF-8", "other bytes") from None
    as_json = "json" in request.headers.get("content-type", "")
    return seed_file.read(text, "the seed", as_json=as_json, adding=adding)


def _read(request: Request, shape: type[T]) -> T:
    try:
        return msgspec.convert(read_json(request), shape)
    except msgspec.ValidationError as problem:
        raise refusals.bad_json(str(problem).replace("`", "")) from None
