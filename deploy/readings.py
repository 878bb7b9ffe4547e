"""What does deploy read of an account beside its workflows? One method for each thing, with its address.

Everything is read at most once: a second question gets the first one's answer, or its refusal again.
Addresses are those of the dated API, which is kept longest, where it has them (documented: HubSpot's specs).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from deploy.refusals import Refused
from deploy.remote import PER_BATCH, Remote
from deploy.shapes import next_page, rows_of

USAGE = "/account-info/2026-09/api-usage/daily/private-apps"
INBOXES = "/conversations/conversations/2026-09/inboxes"
THREADS = "/conversations/conversations/2026-09/threads"
PIPELINES = "/crm/pipelines/2026-09/tickets"
OWNERS = "/crm/owners/2026-09"
PROPERTIES = "/crm/properties/2026-09/tickets"
RULES = "/crm/property-validations/2026-09/0-5"
TICKETS = "/crm/objects/2026-09/tickets"
PER_PAGE = "100"
HARMLESS: dict[str, str] = {
    "tickets": TICKETS,
    "conversations.read": INBOXES,
    "crm.objects.contacts.read": "/crm/objects/2026-09/contacts",
    "crm.objects.companies.read": "/crm/objects/2026-09/companies",
    "crm.objects.owners.read": OWNERS,
}
"""For a scope, a list whose first entry can be read with it, and hardly without (documented: HubSpot's specs)."""

Row = dict[str, Any]
T = TypeVar("T")


class Readings:
    """One account's settings and records, read when they are first asked for."""

    def __init__(self, remote: Remote) -> None:
        self.remote = remote
        self._kept: dict[str, tuple[Any, Refused | None]] = {}

    def daily_limit(self) -> int:
        """How many calls a day the account's private apps and service keys have."""
        rows = self._once("usage", lambda: self.remote.rows("GET", USAGE))
        return max((int(row["usageLimit"]) for row in rows), default=0)

    def inboxes(self) -> list[Row]:
        """Every inbox."""
        return self._once("inboxes", lambda: list(self.remote.pages(INBOXES, {"limit": PER_PAGE}, key="id")))

    def pipelines(self) -> list[Row]:
        """Every ticket pipeline with its stages."""
        return self._once("pipelines", lambda: self.remote.rows("GET", PIPELINES, key="id"))

    def owners(self, *, archived: bool = False) -> list[Row]:
        """Every owner, or every one who is no longer."""
        query = {"limit": PER_PAGE, "archived": str(archived).lower()}
        return self._once(f"owners {archived}", lambda: list(self.remote.pages(OWNERS, query, key="id")))

    def properties(self, *, archived: bool = False) -> list[Row]:
        """Every property of tickets, or every archived one."""
        query = {"archived": str(archived).lower()}
        return self._once(
            f"properties {archived}", lambda: self.remote.rows("GET", PROPERTIES, query=query, key="name")
        )

    def property_groups(self) -> list[Row]:
        """Every group of ticket properties."""
        return self._once("groups", lambda: self.remote.rows("GET", f"{PROPERTIES}/groups", key="name"))

    def value_rules(self) -> dict[str, list[Row]]:
        """The rules about values of ticket properties, by the property's name."""
        rows = self._once("rules", lambda: self.remote.rows("GET", RULES, key="propertyName"))
        return {row["propertyName"]: row["propertyValidationRules"] for row in rows}

    def has_ticket_with(self, name: str) -> bool:
        """Whether any ticket has a value in this property."""
        asked = {"filterGroups": [{"filters": [{"propertyName": name, "operator": "HAS_PROPERTY"}]}], "limit": 1}
        return bool(self._once(f"with {name}", lambda: self.remote.read("POST", f"{TICKETS}/search", asked))["total"])

    def flows(self) -> list[Row]:
        """Every workflow in short."""
        return self._once("flows", self.remote.flow_list)

    def flows_whole(self) -> dict[str, Row]:
        """Every workflow that can be read, whole, by its id."""
        ids = [str(flow["id"]) for flow in self.flows()]
        return self._once("flows whole", lambda: self.remote.flows(ids, passing=True))

    def some_thread(self, inbox: str, since: str) -> Row | None:
        """One closed conversation of an inbox with a message since that moment."""
        query = _threads(inbox, since) | {"limit": "1"}
        rows = self._once(f"thread of {inbox}", lambda: self.remote.rows("GET", THREADS, query=query, key="id"))
        return rows[0] if rows else None

    def closed_threads(self, inbox: str, since: str) -> Iterator[tuple[list[Row], bool]]:
        """The closed conversations of an inbox with a message since that moment, each once: a page, whether more come.

        Pages are known to stall and to repeat themselves (seen by others).
        """
        query = _threads(inbox, since)
        seen: set[str] = set()
        after: str | None = None
        while after != "":
            page = self.remote.read("GET", THREADS, query=query | ({"after": after} if after else {}))
            rows = rows_of(f"GET {THREADS}", page, "id")
            fresh = {str(row["id"]): row for row in rows if str(row["id"]) not in seen}
            seen |= fresh.keys()
            cursor = next_page(page)
            after = cursor if cursor != after else ""
            yield list(fresh.values()), after != ""

    def made_at(self, ticket_ids: Iterable[str]) -> dict[str, str]:
        """When each of these tickets was made; one that is not there is not in it."""
        ids, found = list(ticket_ids), {}
        for start in range(0, len(ids), PER_BATCH):
            inputs = [{"id": id} for id in ids[start : start + PER_BATCH]]
            body = {"properties": ["createdate"], "propertiesWithHistory": [], "inputs": inputs}
            rows = self.remote.rows("POST", f"{TICKETS}/batch/read", body, key="id")
            found.update({str(row["id"]): str(row["properties"]["createdate"]) for row in rows})
        return found

    def may(self, scope: str) -> None:
        """Read something harmless with a scope of HARMLESS, or workflows; the refusal says whether it is lacking."""
        if scope == "automation":
            self.flows()
            return
        path = HARMLESS[scope]
        self._once(f"may {scope}", lambda: self.remote.read("GET", path, query={"limit": "1"}))

    def forget(self) -> None:
        """From now on everything is read anew."""
        self._kept.clear()

    def _once(self, what: str, ask: Callable[[], T]) -> T:
        if what not in self._kept:
            try:
                self._kept[what] = ask(), None
            except Refused as refused:
                self._kept[what] = None, refused
        answer, refusal = self._kept[what]
        if refusal is not None:
            raise refusal
        kept: T = answer
        return kept


def _threads(inbox: str, since: str) -> dict[str, str]:
    return {
        "inboxId": inbox,
        "threadStatus": "CLOSED",
        "association": "TICKET",
        "sort": "latestMessageTimestamp",
        "latestMessageTimestampAfter": since,
        "limit": PER_PAGE,
    }
