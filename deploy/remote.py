"""Which requests does deploy make? The one file that changes HubSpot, and the one that knows the workflows' addresses.

What else of an account is read stands in readings.py. A reading request is tried again after 429 and 5xx, as long as
HubSpot says or a little longer each time; a writing one only after 429, which is said before anything is done. Tokens
stand in one header and nowhere else.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import requests

from deploy.portal_file import PortalFile
from deploy.refusals import RemoteRefused, Unreachable, WrongPortal
from deploy.shapes import (
    NO_JSON,
    UNEXPECTED,
    an_object,
    next_page,
    odd_in_flow,
    otherwise,
    real_errors,
    rows_of,
    sound_flow,
)
from deploy.showing import shown

FLOWS = {"v4": "/automation/v4/flows", "2026-09-beta": "/automation/2026-09-beta/flows"}
DETAILS = "/account-info/2026-09/details"
PER_PAGE = PER_BATCH = 100  # documented
TRIES, FIRST_WAIT, LONGEST_WAIT = 5, 1.0, 30.0  # seconds
TIMEOUT = (10, 60)
READ_ONLY = ("createdAt", "updatedAt", "dataSources")  # documented: what HubSpot's own tool leaves out of a PUT

Flow = dict[str, Any]


class Remote:
    """One account, reached with the deploy key."""

    def __init__(self, portal: PortalFile, *, token: str = "", tries: int = TRIES) -> None:
        """`token`: another key's than the deploy key's. `tries`: how often a busy or broken HubSpot is asked again."""
        self._portal = portal
        self._tries = tries
        self._host = portal.api_host
        self._flows = FLOWS[portal.flows_api]
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Authorization"] = f"Bearer {token or portal.token}"
        self.calls = 0
        self.odd: dict[str, str] = {}
        """What was passed over, and why: workflows of others that are otherwise than documented."""

    def account(self) -> dict[str, Any]:
        """What the account says of itself; a WrongPortal when it is another than the file's."""
        details = an_object(self._at("GET", DETAILS), self.read("GET", DETAILS), "portalId")
        if details.get("portalId") != self._portal.portal_id:
            raise WrongPortal(
                f"{self._portal.where}, portal_id",
                expected=f"the token in {self._portal.token_variable} to open portal {self._portal.portal_id}",
                found=f"portal {details.get('portalId')}",
                remedy="Export this portal's own token, or correct the id. Nothing was changed.",
            )
        return details

    def flow_list(self) -> list[Flow]:
        """Every workflow in short: id, name, type, revision. One call for a hundred."""
        return self._sound(self.pages(self._flows, {"limit": str(PER_PAGE)}, loose=True), "listed")

    def flows(self, ids: Iterable[str], *, passing: bool = False) -> dict[str, Flow]:
        """Workflows whole, by id; one that is not there is not in it. One call for a hundred.

        One that is odd, or that HubSpot could not read, is refused; with `passing` it is passed over and noted.
        """
        wanted, found = list(ids), dict[str, Flow]()
        for start in range(0, len(wanted), PER_BATCH):
            inputs = [{"flowId": id, "type": "FLOW_ID"} for id in wanted[start : start + PER_BATCH]]
            path = f"{self._flows}/batch/read"
            answer, where = self.read("POST", path, {"inputs": inputs}), self._at("POST", path)
            flows = rows_of(where, answer, loose=True)
            sound = self._sound(flows, "read") if passing else [sound_flow(where, flow) for flow in flows]
            found.update({str(flow["id"]): flow for flow in sound})
            self._readable(where, answer, passing=passing)
        return found

    def flow(self, id: str) -> Flow | None:
        """One workflow whole, as it is now; None when there is none."""
        path = f"{self._flows}/{id}"
        try:
            flow = self.read("GET", path)
        except RemoteRefused as refused:
            if refused.status == 404:
                return None
            raise
        return sound_flow(self._at("GET", path), flow)

    def replace_flow(self, id: str, definition: Mapping[str, Any]) -> Flow:
        """PUT a workflow, whole, under the revision that stands in it; what HubSpot answers with."""
        body = {name: value for name, value in definition.items() if name not in READ_ONLY}
        return self._written("PUT", f"{self._flows}/{id}", body)

    def create_flow(self, definition: Mapping[str, Any]) -> Flow:
        """POST a new workflow; what HubSpot answers with."""
        return self._written("POST", self._flows, definition, "id")

    def create_property(self, object_type: str, definition: Mapping[str, Any]) -> dict[str, Any]:
        """POST a new property."""
        return self._written("POST", f"/crm/properties/2026-09/{object_type}", definition)

    def create_group(self, object_type: str, definition: Mapping[str, Any]) -> dict[str, Any]:
        """POST a new group of properties."""
        return self._written("POST", f"/crm/properties/2026-09/{object_type}/groups", definition)

    def pages(
        self, path: str, query: Mapping[str, str] | None = None, *, key: str = "", loose: bool = False
    ) -> Iterator[dict[str, Any]]:
        """Every result of a list, page by page; a page that leads nowhere new ends it. Shapes: see `rows_of`."""
        asked, seen = dict(query or {}), set()
        while True:
            page = self.read("GET", path, query=asked)
            yield from rows_of(self._at("GET", path), page, key, loose=loose)
            after = next_page(page)
            if not after or after in seen:
                return
            seen.add(after)
            asked["after"] = after

    def read(self, method: str, path: str, body: Any = None, query: Mapping[str, str] | None = None) -> Any:
        """A request that changes nothing, tried again while HubSpot is busy or broken."""
        return self._asked(method, path, body, query, again=(429, 500, 502, 503, 504))

    def rows(
        self, method: str, path: str, body: Any = None, query: Mapping[str, str] | None = None, *, key: str = ""
    ) -> list[dict[str, Any]]:
        """The results of a request that changes nothing; with `key`, each of them has it."""
        return rows_of(self._at(method, path), self.read(method, path, body, query), key)

    def _written(self, method: str, path: str, body: Any, *keys: str) -> dict[str, Any]:
        """A request that changes something, made once; an answer nobody can read tells nothing of what was done."""
        try:
            return an_object(self._at(method, path), self._asked(method, path, body, None, again=(429,)), *keys)
        except RemoteRefused as no:
            if no.category != UNEXPECTED:
                raise
            raise Unreachable(no.where, expected=no.expected, found=no.found, remedy=no.remedy) from None

    def _sound(self, flows: Iterable[Any], how: str) -> list[Flow]:
        """Those that can be worked with; the others are noted."""
        found = []
        for number, flow in enumerate(flows):
            odd = odd_in_flow(flow)
            if odd:
                name = f"flow {flow['id']}" if isinstance(flow, dict) and "id" in flow else f"number {number}"
                self.odd[shown(f"{name}, as {how}")] = shown(f"expected {odd[0]}, found {odd[1]}")
            else:
                found.append(flow)
        return found

    def _readable(self, where: str, answer: Flow, *, passing: bool) -> None:
        """Of what a batch read could not read, only what is not there counts as not there."""
        for error in real_errors(answer.get("errors")):
            if not passing:
                raise otherwise(where, "every workflow, or that it is not there", error)
            self.odd[f"{where}, errors[{len(self.odd)}]"] = shown(error)

    def _at(self, method: str, path: str) -> str:
        return f"{method} {path} in portal {self._portal.portal_id}"

    def _asked(
        self, method: str, path: str, body: Any, query: Mapping[str, str] | None, *, again: tuple[int, ...]
    ) -> Any:
        for attempt in range(1, self._tries + 1):
            try:
                self.calls += 1
                answer = self._session.request(
                    method, self._host + path, json=body, params=query, timeout=TIMEOUT, allow_redirects=False
                )
            except requests.RequestException as problem:
                if 503 in again and attempt < self._tries:
                    time.sleep(_wait(attempt, ""))
                    continue
                raise self._unreachable(method, path, problem) from None
            if answer.status_code in again and attempt < self._tries:
                time.sleep(_wait(attempt, answer.headers.get("Retry-After", "")))
                continue
            return self._body(method, path, answer)
        raise AssertionError("a last try returns or raises")

    def _body(self, method: str, path: str, answer: requests.Response) -> Any:
        try:
            body = answer.json(parse_constant=_no_number) if answer.content else NO_JSON
        except (ValueError, RecursionError):
            body = NO_JSON
        if answer.status_code in (200, 201, 204, 207):
            if body is NO_JSON:
                raise otherwise(self._at(method, path), "JSON", "another answer" if answer.content else "an empty one")
            return body
        said = body if isinstance(body, dict) else {}
        category = str(said.get("category", ""))[:60]
        raise RemoteRefused(
            self._at(method, path),
            answer.status_code,
            category,
            expected="success",
            found=f"{answer.status_code} {category}: {str(said.get('message', 'no message'))[:400]}",
            remedy=self._remedy(answer.status_code, said),
        )

    def _remedy(self, status: int, said: Mapping[str, Any]) -> str:
        variable = self._portal.token_variable
        if status == 401:
            return f"The token in {variable} does not work (any more): make or rotate the service key, export it anew."
        if status == 403:
            scopes = sorted(
                str(scope)
                for error in _list(said.get("errors"))
                if isinstance(error, dict) and isinstance(error.get("context"), dict)
                for scope in _list(error["context"].get("requiredGranularScopes"))
            )
            return f"Give the key in {variable} one of the scopes {', '.join(scopes)}." if scopes else "See its scopes."
        if status == 429:
            return "HubSpot's limit is used up by this or another app: try again in a few minutes."
        if status >= 500:
            return "Nothing may have been changed: run `python -m deploy plan` to see how it stands, then try again."
        return "Run `python -m deploy doctor`: it says what this portal lacks."

    def _unreachable(self, method: str, path: str, problem: Exception) -> Unreachable:
        return Unreachable(
            f"{method} {path} at {self._host}",
            expected="an answer",
            found=f"none ({type(problem).__name__})",
            remedy="See the network; then run `python -m deploy plan`, which shows whether it was carried out.",
        )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _no_number(constant: str) -> Any:
    raise ValueError(constant)


def _wait(attempt: int, told: str) -> float:
    if told.isdigit():
        return min(float(told), LONGEST_WAIT)
    return min(FIRST_WAIT * 2.0 ** (attempt - 1), LONGEST_WAIT)
