"""An app that calls the portal's API as any app would."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from harness.portal import Portal, Request

TICKETS = "/crm/objects/2026-09/tickets"
THREADS = "/conversations/conversations/2026-09/threads"


@dataclass
class Answer:
    """What an app got."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)
    fault: str = ""

    @property
    def error(self) -> tuple[int, str, str]:
        """Status, category and message of a refusal."""
        return self.status, self.body["category"], self.body["message"]


@dataclass
class App:
    """An app with a token, calling one portal."""

    portal: Portal
    token: str

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One call with JSON both ways."""
        target = f"{path}?{urlencode(query, doseq=True)}" if query else path
        given = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            **(headers or {}),
        }
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        response = self.portal.answer(Request.make(method, target, given, raw))
        answer = json.loads(response.body) if response.body else None
        return Answer(response.status, answer, response.headers, response.fault)

    def get(self, path: str, **query: Any) -> Answer:
        """GET with a query."""
        return self.call("GET", path, query=query)

    def post(self, path: str, body: Any, **query: Any) -> Answer:
        """POST JSON."""
        return self.call("POST", path, body, query)

    def patch(self, path: str, body: Any, **query: Any) -> Answer:
        """PATCH JSON."""
        return self.call("PATCH", path, body, query)

    def put(self, path: str, body: Any = None) -> Answer:
        """PUT JSON."""
        return self.call("PUT", path, body)

    def delete(self, path: str) -> Answer:
        """DELETE."""
        return self.call("DELETE", path)

    def make_ticket(self, associations: Any = (), **properties: Any) -> Answer:
        """POST a ticket with a subject and the first stage."""
        given = {"subject": "Help", "hs_pipeline_stage": "1", **properties}
        return self.post(TICKETS, {"properties": given, "associations": list(associations)})


def to(id: str, *types: int) -> dict[str, Any]:
    """One inline association."""
    return {
        "to": {"id": id},
        "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type} for type in types],
    }


UNIQUE = {
    "name": "chat_thread_id",
    "label": "Chat thread",
    "type": "string",
    "fieldType": "text",
    "groupName": "ticketinformation",
    "hasUniqueValue": True,
}
