"""What does an answer mean: is it what was asked for, is it worth asking again, or is it a no?"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from report.asking.refusals import AskRefused, KeyRefused, OddAnswer, ScopeMissing
from report.asking.wire import Heard

PASSING = (408, 423, 425, 429, 477)  # a lock and a migration among them (documented: HubSpot's error page)
NOT_HUBSPOTS = 501  # a local account's: it does not emulate this
ADDRESS = re.compile(r"[^\s\"'<>=,;:]+@[^\s\"'<>=,;]+")
LONGEST = 300  # characters of HubSpot's message
PURPOSES = (
    ("conversations/", "read conversations"),
    ("/tickets", "read tickets"),
    ("/0-5", "read tickets"),
    ("/contacts", "read contacts"),
    ("/associations", "read which records belong together"),
    ("/pipelines", "read pipelines"),
    ("/owners", "read owners"),
    ("/properties", "read properties"),
)

BROKEN: Any = object()


@dataclass(frozen=True, slots=True)
class Again:
    """Why to ask again. `broken`: nobody can read the answer; `limited`: a limit was run into, whose end is known."""

    found: str
    broken: bool = False
    limited: bool = False


def judged(where: str, path: str, heard: Heard, *, missing_ok: bool) -> dict[str, Any] | Again:
    """The object that was asked for, or why to ask again; a Refused for a no."""
    body = _json(heard.body)
    if heard.status in (200, 207):
        if body is BROKEN:
            what = "no whole JSON" if heard.body else "nothing"
            return Again(f"{heard.status} with {what} in it", broken=True)
        if not isinstance(body, dict):
            raise OddAnswer(where, expected="an object", found=_kind(body))
        return body
    said = body if isinstance(body, dict) else {}
    if heard.status in PASSING or (heard.status >= 500 and heard.status != NOT_HUBSPOTS):
        return Again(_found(heard.status, said), limited=heard.status == 429)
    if heard.status == 404 and missing_ok:
        return {}
    raise _refusal(where, path, heard.status, said)


def policy_of(heard: Heard) -> str:
    """Which limit a 429 is about: TEN_SECONDLY_ROLLING, SECONDLY, DAILY; "" where it does not say."""
    body = _json(heard.body)
    return str(body.get("policyName", "")).upper() if isinstance(body, dict) else ""


def asked_to_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds that HubSpot names in Retry-After: a number, or a moment by its own clock."""
    told = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", told):
        return float(told)
    try:
        until, now = parsedate_to_datetime(told), parsedate_to_datetime(headers.get("Date", ""))
        return max((until - now).total_seconds(), 0.0)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _refusal(where: str, path: str, status: int, said: Mapping[str, Any]) -> Exception:
    if status == 401:
        return KeyRefused(
            where,
            expected="a key that works",
            found=_found(status, said),
            remedy="The key is wrong, expired or revoked: make or rotate the service key, and export it anew.",
        )
    if status == 403:
        return ScopeMissing(where, _scopes(said), purpose_of(path))
    remedy = "See the request in HubSpot's API log; if it stays, look whether a newer version of this project knows it."
    return AskRefused(where, status, _category(said), expected="success", found=_found(status, said), remedy=remedy)


def purpose_of(path: str) -> str:
    """What a path is read for, in words."""
    return next((purpose for part, purpose in PURPOSES if part in path), "read this")


def _scopes(said: Mapping[str, Any]) -> set[str]:
    """The scopes of which one is needed, wherever HubSpot names them."""
    contexts = [error.get("context") for error in _list(said.get("errors")) if isinstance(error, dict)]
    named = (
        scope
        for context in [*contexts, said.get("context")]
        if isinstance(context, dict)
        for key in ("requiredGranularScopes", "requiredScopes")
        for scope in _list(context.get(key))
    )
    return {str(scope)[:80] for scope in named}


def _found(status: int, said: Mapping[str, Any]) -> str:
    """Status, category and message; an address that a message repeats is left out."""
    message = ADDRESS.sub("<address>", str(said.get("message", "")))[:LONGEST]
    return " ".join(part for part in (f"{status}", _category(said)) if part) + (f": {message}" if message else "")


def _category(said: Mapping[str, Any]) -> str:
    return str(said.get("category", ""))[:60]


def _json(body: bytes) -> Any:
    try:
        return json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return BROKEN


def _no_number(constant: str) -> Any:
    raise ValueError(constant)


def _kind(value: Any) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", str: "text"}
    return kinds.get(type(value), "null")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
