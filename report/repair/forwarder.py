"""How do the actions reach the real account? Through the runtime's door, behind which each request is passed on.

The run itself reaches nothing but the door, as always. This passes its requests to one host and no other, over a
connection whose certificate is verified, within the account's limit, and puts the key in the place of a stand-in: the
key never is in the process that runs the actions. Of each request method, path and status are told, and nothing else.
"""

import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import requests

from deploy.no_secret import fits_a_header
from harness.portal.wire import Request, Response
from report.asking.pace import Pace, kind_of

TIMEOUT = (5, 20)  # seconds
LONGEST_WAIT = 2.0
"""Seconds that a request waits here for the account's limit. A longer wait is the run's own: it knows its deadline."""
_PASSED_ON = ("accept", "content-type", "user-agent")
_PASSED_BACK = ("content-type", "retry-after")
_LIMITS = "x-hubspot-"
_JSON = {"Content-Type": "application/json"}
_NOT_OURS = b'{"status":"error","category":"INVALID_AUTHENTICATION","message":"not the key of this run"}'
_TOO_MANY = b'{"status":"error","category":"RATE_LIMITS","message":"the limit of this account is used up"}'


@dataclass(frozen=True)
class Heard:
    """One request that was passed on. Status 0: no answer came."""

    method: str
    path: str
    status: int


class Forwarder:
    """Answers for HubSpot with HubSpot's own answers."""

    def __init__(self, host: str, key: str, *, heard: Callable[[Heard], object] | None = None) -> None:
        if not fits_a_header(key):
            raise ValueError("Forwarder: expected a key on one line, found another text. Check it before.")
        self.stand_in = f"stand-in-{secrets.token_hex(16)}"
        """What the actions are handed in the key's place."""
        self.refused = False
        """HubSpot does not take the key (any more)."""
        self._host = host
        self._key = key
        self._heard = heard or (lambda _: None)
        self._pace = Pace(time.monotonic)
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.clear()

    def answer(self, request: Request) -> Response:
        """Pass a run's request on; a request that is not of this run goes nowhere."""
        if request.headers.get("authorization") != f"Bearer {self.stand_in}" or not request.path.startswith("/"):
            return Response(401, _NOT_OURS, dict(_JSON))
        return self.ask(request)

    def ask(self, request: Request) -> Response:
        """The account's answer; where none comes, an end of the connection without one."""
        kind = kind_of(request.path)
        while wait := self._pace.take(kind):
            if wait > LONGEST_WAIT:
                return Response(429, _TOO_MANY, _JSON | {"Retry-After": str(math.ceil(wait))})
            time.sleep(wait)
        sent = time.monotonic()
        try:
            answer = self._session.request(
                request.method,
                self._host + request.path + (f"?{urlencode(request.query, doseq=True)}" if request.query else ""),
                data=request.body or None,
                headers={name: request.headers[name] for name in _PASSED_ON if name in request.headers}
                | {"authorization": f"Bearer {self._key}"},
                timeout=TIMEOUT,
                allow_redirects=False,
            )
        except requests.RequestException:
            self._heard(Heard(request.method, request.path, 0))
            return Response(0, fault="drop")
        if answer.status_code != 429:
            self._pace.heard(kind, sent, answer.headers)
        self.refused = self.refused or answer.status_code == 401
        self._heard(Heard(request.method, request.path, answer.status_code))
        kept = {name: value for name, value in answer.headers.items() if _passed_back(name.lower())}
        return Response(answer.status_code, answer.content, kept)

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()


def _passed_back(name: str) -> bool:
    return name in _PASSED_BACK or name.startswith(_LIMITS)
