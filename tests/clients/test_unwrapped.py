"""What the client has no methods for, conversations and flows, and what it has one for, single-send."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hubspot.crm import tickets
from hubspot.marketing import transactional

from tests.clients.conftest import NINE, SEED, Serve, Served
from tests.clients.words import MOMENT, OLD, shown

THREADS = "/conversations/v3/conversations/threads"
THREAD = f"{THREADS}/8000000001"
FLOWS = "/automation/v4/flows"
FLOW: dict[str, Any] = {
    "name": "Closed chats",
    "type": "PLATFORM_FLOW",
    "flowType": "WORKFLOW",
    "objectTypeId": "0-5",
    "isEnabled": True,
    "startActionId": "1",
    "nextAvailableActionId": "1",
    "actions": [],
    "blockedDates": [],
    "customProperties": {},
    "timeWindows": [],
    "dataSources": [],
}
WAYS = ["call_api"] if OLD else ["call_api", "api_request"]
"""How an arbitrary path is called: `api_request` came after 8.x."""


class Unwrapped:
    """Calls of any path through the client, which adds the token."""

    def __init__(self, client: Any, way: str) -> None:
        self.client = client
        self.way = way

    def __call__(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        if self.way == "api_request":
            told = {"method": method, "path": path, "qs": query}
            answer = self.client.api_request(told if body is None else {**told, "body": body})
            assert answer.ok, answer.text
            return answer.json() if answer.content else None
        return self.client.crm.tickets.basic_api.api_client.call_api(
            path,
            method,
            query_params=list(query.items()),
            header_params={"Accept": "application/json", "Content-Type": "application/json"},
            body=body,
            auth_settings=["oauth2"],
            response_types_map=dict.fromkeys((200, 201), "object"),
            _return_http_data_only=True,
        )


@pytest.fixture(params=WAYS)
def call(request: pytest.FixtureRequest, client: Any) -> Unwrapped:
    """Both ways, where there are two."""
    return Unwrapped(client, request.param)


def test_threads_are_listed_and_read(call: Unwrapped) -> None:
    """The chat of the seed, whole, in the list and by its id."""
    thread = {
        "id": "8000000001",
        "status": "CLOSED",
        "createdAt": "2026-03-02T08:00:00Z",
        "closedAt": "2026-03-02T08:01:00Z",
        "inboxId": "1200001",
        "originalChannelId": "1000",
        "originalChannelAccountId": "3000001",
        "associatedContactId": "51000001",
        "spam": False,
        "archived": False,
        "latestMessageTimestamp": "2026-03-02T08:00:30Z",
        "latestMessageReceivedTimestamp": "2026-03-02T08:00:00Z",
        "latestMessageSentTimestamp": "2026-03-02T08:00:30Z",
    }
    assert call("GET", THREADS) == {"results": [thread]}
    assert call("GET", THREADS, associatedContactId="51000001", threadStatus="CLOSED") == {"results": [thread]}
    assert call("GET", THREAD) == thread


def test_messages_are_paged(call: Unwrapped) -> None:
    """What was said comes page by page, the newest first, with the close as a message of its own."""
    page = call("GET", f"{THREAD}/messages", limit=2)
    rest = call("GET", f"{THREAD}/messages", limit=2, after=page["paging"]["next"]["after"])
    said = [(message["type"], message.get("text", "")) for message in page["results"] + rest["results"]]
    assert said == [
        ("THREAD_STATUS_CHANGE", ""),
        ("MESSAGE", "I am looking into it."),
        ("MESSAGE", "The kettle leaks."),
    ]


def test_a_thread_is_reopened_and_commented(call: Unwrapped) -> None:
    """A PATCH opens it again, which takes its close away; a comment of ours is its newest message."""
    opened = call("PATCH", THREAD, {"status": "OPEN"})
    assert (opened["status"], "closedAt" in opened) == ("OPEN", False)
    comment = call("POST", f"{THREAD}/messages", {"type": "COMMENT", "text": "Seen", "richText": "<p>Seen</p>"})
    newest = call("GET", f"{THREAD}/messages")["results"][0]
    assert newest == comment
    assert (newest["type"], newest["text"], newest["createdAt"]) == ("COMMENT", "Seen", NINE)


@pytest.mark.parametrize("way", WAYS)
def test_a_flow_is_made_replaced_and_deleted(serve: Serve, way: str) -> None:
    """A PUT replaces all of it under its revision, once HubSpot has set it up; an older revision changes nothing."""
    server = serve("--seed", str(SEED))
    call = Unwrapped(server.client(), way)
    made = call("POST", FLOWS, FLOW)
    assert {name: made[name] for name in FLOW} == FLOW
    path = f"{FLOWS}/{made['id']}"
    server.control("POST", "clock", {"advance": 3600})
    assert call("GET", path) == {**made, "crmObjectCreationStatus": "COMPLETE"}
    changed = call("PUT", path, {**FLOW, "name": "Open chats", "revisionId": made["revisionId"]})
    assert (changed["name"], changed["revisionId"]) == ("Open chats", "2")
    with pytest.raises((tickets.ApiException, AssertionError), match="revision"):
        call("PUT", path, {**FLOW, "name": "Nobody's", "revisionId": made["revisionId"]})
    assert [(flow["id"], flow["name"]) for flow in call("GET", FLOWS)["results"]] == [(made["id"], "Open chats")]
    assert call("DELETE", path) is None
    assert call("GET", FLOWS) == {"results": []}


def test_an_email_is_sent_once(served: Served, client: Any) -> None:
    """Single-send has a method: it shows what became of the e-mail, and the same sendId sends no second one."""
    api = client.marketing.transactional.single_send_api
    message = transactional.PublicSingleSendEmail(to="visitor-13@example.org", send_id="ticket-1")
    told = transactional.PublicSingleSendRequestEgg(
        email_id=7, message=message, custom_properties={"ticket": "1"}, contact_properties={}
    )
    first, second = shown(api.send_email(told)), shown(api.send_email(told))
    assert {**first, "status_id": ""} == {"status": "PENDING", "status_id": "", "requested_at": MOMENT}
    assert (second["status"], second["send_result"]) == ("COMPLETE", "IDEMPOTENT_IGNORE")
    sent = served.control("GET", "state")["emails"]
    assert [(one["to"], one["properties"]) for one in sent] == [("visitor-13@example.org", {"ticket": "1"})]


@pytest.mark.parametrize(
    ("area", "named"),
    [
        ("crm.schemas.core_api.get_all", "schemas"),
        ("cms.domains.domains_api.get_page", "GET /cms/v3/domains"),
    ],
)
def test_what_is_not_emulated_says_so(client: Any, area: str, named: str) -> None:
    """Another area of HubSpot's is a 501 that names it or its path, not a wrong answer."""
    call = client
    for name in area.split("."):
        call = getattr(call, name)
    with pytest.raises(Exception, match="NOT_EMULATED") as refused:
        call()
    body = json.loads(getattr(refused.value, "body", "{}"))
    assert (getattr(refused.value, "status", None), named in body["message"]) == (501, True)
