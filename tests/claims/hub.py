"""What does a scenario hold in its hands? One account, the operation in question, and a few ways to look around."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import quote, urlencode
from uuid import uuid4

from harness.portal import Portal
from harness.portal.versions import BETA, D03, D09, V3, V4
from tests.claims.claim import OPERATIONS, Case

NEAR = {V3: (V3, V4), V4: (V4, V3), D03: (D03, D09), D09: (D09, BETA), BETA: (BETA, D09)}
"""In which version the other operations of a scenario are called: the first that has them, else their newest."""

TYPE_IDS = {"0-1": "contacts", "0-2": "companies", "0-5": "tickets", "0-46": "notes"}
KEYS = {"tickets": "subject", "contacts": "email", "companies": "domain", "notes": "hs_note_body"}
GROUPS = {"tickets": "ticketinformation", "contacts": "contactinformation", "companies": "companyinformation"}
KINDS: dict[str, dict[str, Any]] = {
    "number": {"type": "number", "fieldType": "number"},
    "date": {"type": "date", "fieldType": "date"},
    "datetime": {"type": "datetime", "fieldType": "date"},
    "bool": {"type": "bool", "fieldType": "booleancheckbox", "options": ["true", "false"]},
    "string": {"type": "string", "fieldType": "text"},
    "text": {"type": "string", "fieldType": "textarea"},
    "select": {"type": "enumeration", "fieldType": "select", "options": ["x", "y", "z"]},
    "checkbox": {"type": "enumeration", "fieldType": "checkbox", "options": ["x", "y", "z"]},
    "unique": {"type": "string", "fieldType": "text", "hasUniqueValue": True},
}
"""The kinds of property that a scenario may ask for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def refused(self) -> tuple[int, str]:
        """Status and category of a refusal."""
        return self.status, self.body["category"]

    @property
    def said(self) -> tuple[int, str, str]:
        """Status, category and message of a refusal."""
        return self.status, self.body["category"], self.body["message"]

    @property
    def ids(self) -> list[str]:
        """The ids of the results."""
        return [result["id"] for result in self.body["results"]]


@dataclass(frozen=True, slots=True)
class Sent:
    """One request as a scenario sends it. `claimed`: it is the one that the claim is about."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    operation: str
    claimed: bool


class NotHere(Exception):
    """A scenario asks for what this account cannot give it."""


class Account(Protocol):
    """An account that claims are put to, local or real."""

    token: str

    @property
    def by_hand(self) -> Portal:
        """What people do in HubSpot's own screens; raises NotHere where nobody is there to do it."""

    def send(self, sent: Sent) -> Answer:
        """One request."""

    def app(self, *scopes: str) -> str:
        """The token of an app with these scopes alone; raises NotHere."""

    def waits(self, seconds: float) -> None:
        """Let time pass."""

    def eventually(self, holds: Callable[[], bool]) -> bool:
        """Whether it holds, by and by: a real account's search lags behind."""


class Hub:
    """An account, seen through one case of a claim."""

    def __init__(self, account: Account, case: Case) -> None:
        self.account = account
        self.version = case.version
        self.type = case.type
        self.operation = case.operation
        self._run = uuid4().hex[:8]
        self._made = 0

    @property
    def by_hand(self) -> Portal:
        """What people do in HubSpot's own screens. Ask it anew after each call: what it gave before may be stale."""
        return self.account.by_hand

    def does(
        self,
        body: Any = None,
        *,
        query: Mapping[str, Any] | None = None,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
        **path: str,
    ) -> Answer:
        """The operation in question, in the version in question; its objectType is the type in question."""
        given = {"objectType": self.type, **path}
        return self._send(self.operation, self.version, body, query, token, headers, given, claimed=True)

    def call(
        self,
        operation: str,
        body: Any = None,
        *,
        query: Mapping[str, Any] | None = None,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
        **path: str,
    ) -> Answer:
        """Any other operation, in the nearest version that has it."""
        return self._send(operation, self._near(operation), body, query, token, headers, path, claimed=False)

    def path(self, operation: str, **path: str) -> str:
        """Where an operation is, in the nearest version that has it."""
        template = OPERATIONS[operation][self._near(operation)].template
        return "/".join(
            quote(path[part[1:-1]], safe="") if part.startswith("{") else part for part in template.split("/")
        )

    def word(self) -> str:
        """Letters and digits such as nothing has been named before."""
        self._made += 1
        return f"{self._run}{self._made}"

    @property
    def key(self) -> str:
        """The property in which a sample of the type in question has what no other record has."""
        return KEYS[TYPE_IDS.get(self.type, self.type)]

    def has_property(self, kind: str, type: str = "") -> str:
        """The name of a property of this kind, which the account has from here on."""
        type, name = type or self.type, f"claims_{kind}"
        if self.call("properties GET /{objectType}/{propertyName}", objectType=type, propertyName=name).status != 200:
            given = {"options": [], **KINDS[kind], "name": name, "label": f"Claims: {kind}"}
            options = [{"label": option, "value": option, "hidden": False} for option in given["options"]]
            body = {**given, "options": options, "groupName": GROUPS[TYPE_IDS.get(type, type)]}
            made = self.call("properties POST /{objectType}", body, objectType=type)
            assert made.status == 201, made.body
        return name

    def sample(self, type: str = "") -> dict[str, str]:
        """Properties of a record such as nobody has made before."""
        type, name = type or self.type, f"visitor-{self.word()}"
        return {
            "tickets": {"subject": f"Where is {name}?", "hs_pipeline": "0", "hs_pipeline_stage": "1"},
            "contacts": {"email": f"{name}@example.org", "firstname": name},
            "companies": {"name": name, "domain": f"{name}.example.org"},
            "notes": {"hs_note_body": f"From {name}", "hs_timestamp": "2026-03-02T08:00:00Z"},
        }[TYPE_IDS.get(type, type)]

    def make(self, type: str = "", **properties: str) -> str:
        """A record; returns its id."""
        type = type or self.type
        body = {"properties": {**self.sample(type), **properties}, "associations": []}
        made = self.call("objects POST /{objectType}", body, objectType=type)
        assert made.status == 201, made.body
        return str(made.body["id"])

    def read(self, type: str, id: str, *properties: str, archived: bool = False) -> dict[str, Any] | None:
        """A record's properties by its id; None when there is no such record."""
        query = {"properties": ",".join(properties), "archived": str(archived).lower()}
        read = self.call("objects GET /{objectType}/{objectId}", query=query, objectType=type, objectId=id)
        return read.body["properties"] if read.status == 200 else None

    def history(self, type: str, id: str, name: str) -> list[str]:
        """The values a property has had, newest first."""
        query = {"propertiesWithHistory": name}
        read = self.call("objects GET /{objectType}/{objectId}", query=query, objectType=type, objectId=id)
        return [entry["value"] for entry in read.body["propertiesWithHistory"][name]]

    def listed(self, type: str) -> list[str]:
        """The ids of all records of a type, page by page."""
        ids: list[str] = []
        query: dict[str, Any] = {"limit": "100"}
        while True:
            page = self.call("objects GET /{objectType}", query=query, objectType=type)
            ids += page.ids
            if "paging" not in page.body:
                return ids
            query["after"] = page.body["paging"]["next"]["after"]

    def found(self, type: str, name: str, value: str) -> list[str]:
        """The ids of the records that search finds under a value."""
        filters = [{"propertyName": name, "operator": "EQ", "value": value}]
        body = {
            "filterGroups": [{"filters": filters}],
            "properties": [],
            "sorts": [],
            "limit": 100,
            "after": "0",
        }
        return self.call("objects POST /{objectType}/search", body, objectType=type).ids

    def linked(self, type: str, id: str, to: str) -> dict[str, set[int]]:
        """What a record is associated with: the other's id, and the ids of the kinds of association."""
        read = self.call(
            "associations POST /{fromObjectType}/{toObjectType}/batch/read",
            {"inputs": [{"id": id}]},
            fromObjectType=type,
            toObjectType=to,
        )
        return {
            str(end["toObjectId"]): {kind["typeId"] for kind in end["associationTypes"]}
            for result in read.body["results"]
            for end in result["to"]
        }

    def _near(self, operation: str) -> str:
        versions = OPERATIONS[operation]
        return next((version for version in NEAR[self.version] if version in versions), list(versions)[-1])

    def _send(
        self,
        operation: str,
        version: str,
        body: Any,
        query: Mapping[str, Any] | None,
        token: str | None,
        headers: Mapping[str, str] | None,
        path: Mapping[str, str],
        *,
        claimed: bool,
    ) -> Answer:
        found = OPERATIONS[operation][version]
        target = "/".join(
            quote(path[part[1:-1]], safe="") if part.startswith("{") else part for part in found.template.split("/")
        )
        if query:
            target += "?" + urlencode(query, doseq=True)
        given = {"Authorization": f"Bearer {self.account.token if token is None else token}"}
        if body is not None:
            given["Content-Type"] = "application/json"
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        sent = Sent(found.route.method, target, {**given, **(headers or {})}, raw, operation, claimed)
        return self.account.send(sent)
