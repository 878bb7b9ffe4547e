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

    def account(self) -> dict[str, Any]:
        """What the account says of itself; a WrongPortal when it is another than the file's."""
        details: dict[str, Any] = self.read("GET", DETAILS)
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
        return list(self.pages(self._flows, {"limit": str(PER_PAGE)}))

    def flows(self, ids: Iterable[str]) -> dict[str, Flow]:
        """Workflows whole, by id; one that is not there is not in it. One call for a hundred."""
        wanted, found = list(ids), {}
        for start in range(0, len(wanted), PER_BATCH):
            inputs = [{"flowId": id, "type": "FLOW_ID"} for id in wanted[start : start + PER_BATCH]]
            answer = self.read("POST", f"{self._flows}/batch/read", {"inputs": inputs})
            found.update({str(flow["id"]): flow for flow in answer["results"]})
        return found

    def flow(self, id: str) -> Flow | None:
        """One workflow whole, as it is now; None when there is none."""
        try:
            flow: Flow = self.read("GET", f"{self._flows}/{id}")
        except RemoteRefused as refused:
            if refused.status == 404:
                return None
            raise
        return flow

    def replace_flow(self, id: str, definition: Mapping[str, Any]) -> Flow:
        """PUT a workflow, whole, under the revision that stands in it; what HubSpot answers with."""
        body = {name: value for name, value in definition.items() if name not in READ_ONLY}
        answer: Flow = self._write("PUT", f"{self._flows}/{id}", body)
        return answer

    def create_flow(self, definition: Mapping[str, Any]) -> Flow:
        """POST a new workflow; what HubSpot answers with."""
        answer: Flow = self._write("POST", self._flows, definition)
        return answer

    def create_property(self, object_type: str, definition: Mapping[str, Any]) -> dict[str, Any]:
        """POST a new property."""
        answer: dict[str, Any] = self._write("POST", f"/crm/properties/2026-09/{object_type}", definition)
        return answer

    def create_group(self, object_type: str, definition: Mapping[str, Any]) -> dict[str, Any]:
        """POST a new group of properties."""
        answer: dict[str, Any] = self._write("POST", f"/crm/properties/2026-09/{object_type}/groups", definition)
        return answer

    def pages(self, path: str, query: Mapping[str, str] | None = None) -> Iterator[dict[str, Any]]:
        """Every result of a list, page by page; a page that leads nowhere new ends it."""
        asked, seen = dict(query or {}), set()
        while True:
            page = self.read("GET", path, query=asked)
            yield from page.get("results", [])
            after = str(((page.get("paging") or {}).get("next") or {}).get("after") or "")
            if not after or after in seen:
                return
            seen.add(after)
            asked["after"] = after

    def read(self, method: str, path: str, body: Any = None, query: Mapping[str, str] | None = None) -> Any:
        """A request that changes nothing, tried again while HubSpot is busy or broken."""
        return self._asked(method, path, body, query, again=(429, 500, 502, 503, 504))

    def _write(self, method: str, path: str, body: Any) -> Any:
        return self._asked(method, path, body, None, again=(429,))

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
            body = answer.json() if answer.content else None
        except ValueError:
            body = None
        if answer.status_code in (200, 201, 204, 207):
            return body
        said = body if isinstance(body, dict) else {}
        category = str(said.get("category", ""))[:60]
        raise RemoteRefused(
            f"{method} {path} in portal {self._portal.portal_id}",
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
                scope
                for error in said.get("errors") or []
                for scope in (error.get("context") or {}).get("requiredGranularScopes", [])
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


def _wait(attempt: int, told: str) -> float:
    if told.isdigit():
        return min(float(told), LONGEST_WAIT)
    return min(FIRST_WAIT * 2.0 ** (attempt - 1), LONGEST_WAIT)
