"""What does HubSpot say of inboxes, of the channels that lead into them, and of those who write there?"""

from typing import Any

from tests.claims.claim import DOCUMENTED, GUESSED, GUIDE, OURS, SEEN, SPEC, STATUS, answer, refusal
from tests.claims.hub import Hub

INBOXES, CHANNELS, ACCOUNTS = (f"conversations GET /{name}" for name in ("inboxes", "channels", "channel-accounts"))
BATCH = "conversations POST /actors/batch/read"


@answer(INBOXES, mark=DOCUMENTED, source=SPEC)
def inboxes_are_listed(hub: Hub) -> None:
    """The list counts the inboxes and tells an ordinary one from a help desk."""
    before = hub.does().body
    plain, desk = hub.by_hand.has_inbox("Claims"), hub.by_hand.has_inbox("Desk", type="HELP_DESK")
    after = hub.does().body
    new = [inbox for inbox in after["results"] if inbox not in before["results"]]
    made = {"createdAt": new[0]["createdAt"], "updatedAt": new[0]["createdAt"], "archived": False}
    assert new == [
        {"id": plain, "name": "Claims", "type": "INBOX", **made},
        {"id": desk, "name": "Desk", "type": "HELP_DESK", **made},
    ]
    assert [inbox for inbox in after["results"] if inbox not in new] == before["results"]
    assert (before["total"], after["total"]) == (len(before["results"]), len(after["results"]))


@answer(INBOXES, CHANNELS, ACCOUNTS, mark=DOCUMENTED, source=SPEC)
def small_lists_by_the_page(hub: Hub) -> None:
    """Inboxes, channels and channel accounts come page by page in the order asked for, with the total on each."""
    for name in ("Sales", "Billing"):
        hub.by_hand.has_inbox(name)
    for backwards in ("", "-"):
        query: dict[str, Any] = {"sort": f"{backwards}name", "limit": "2"}
        page, names = hub.does(query=query).body, []
        for _ in range(0, page["total"] - 2, 2):
            names += [item["name"] for item in page["results"]]
            query["after"] = page["paging"]["next"]["after"]
            page = hub.does(query=query).body
        names += [item["name"] for item in page["results"]]
        assert "paging" not in page
        assert (len(names), names) == (page["total"], sorted(names, reverse=bool(backwards)))


@answer(INBOXES, CHANNELS, ACCOUNTS, mark=GUESSED, source="the spec's parameter; what it means is ours")
def small_lists_by_default(hub: Hub) -> None:
    """Where no limit is given, defaultPageLength is the length of a page."""
    hub.by_hand.has_inbox("Sales")
    whole = hub.does().body
    page = hub.does(query={"defaultPageLength": "1"}).body
    assert (page["results"], page["total"]) == (whole["results"][:1], whole["total"])
    assert hub.does(query={"defaultPageLength": "1", "limit": "2"}).body["results"] == whole["results"][:2]


@answer(INBOXES, ACCOUNTS, mark=GUESSED, source="the spec's parameter; that nothing here can be archived is ours")
def no_archived_inboxes(hub: Hub) -> None:
    """Among archived inboxes and channel accounts is none of those in use."""
    assert hub.does().ids
    assert hub.does(query={"archived": "true"}).body == {"total": 0, "results": []}


@answer("conversations GET /inboxes/{inboxId}", mark=DOCUMENTED, source=SPEC)
def inbox_alone(hub: Hub) -> None:
    """One inbox reads as it is listed."""
    for id in (*hub.call(INBOXES).ids, hub.by_hand.has_inbox("Claims")):
        [listed] = [inbox for inbox in hub.call(INBOXES).body["results"] if inbox["id"] == id]
        assert hub.does(inboxId=id).body == listed


@answer("conversations GET /channels/{channelId}", mark=GUESSED, source=f"the spec's shape; the ids: {SEEN}")
def channel_alone(hub: Hub) -> None:
    """Live chat is channel 1000, e-mail 1002, and one channel reads as it is listed."""
    names = {"1000": "Live chat", "1002": "Email"}
    listed = hub.call(CHANNELS, query={"limit": "100"}).body["results"]
    for id, name in names.items():
        assert hub.does(channelId=id).body == {"id": id, "name": name}
        assert {"id": id, "name": name} in listed


@answer(ACCOUNTS, mark=DOCUMENTED, source=SPEC)
def channel_accounts_are_filtered(hub: Hub) -> None:
    """A channel that an inbox uses is a channel account, found by its inbox, its channel, or several of them."""
    first, second = hub.by_hand.has_inbox("First"), hub.by_hand.has_inbox("Second")
    own = hub.does(query={"inboxId": first}).body
    assert [(a["inboxId"], a["channelId"]) for a in own["results"]] == [(first, "1000")]
    hub.by_hand.has_chat(inbox=first, channel="1007")
    both = {"inboxId": [first, second]}
    pairs = [(a["inboxId"], a["channelId"]) for a in hub.does(query=both).body["results"]]
    assert sorted(pairs) == [(first, "1000"), (first, "1007"), (second, "1000")]
    hub.by_hand.has_chat(inbox=second, channel="1002")
    several = hub.does(query={**both, "channelId": ["1007", "1002"]}).body
    pairs = [(a["inboxId"], a["channelId"]) for a in several["results"]]
    assert (several["total"], sorted(pairs)) == (2, [(first, "1007"), (second, "1002")])
    messenger = hub.does(query={**both, "channelId": "1007"}).body
    assert messenger["total"] == 1
    [found] = messenger["results"]
    assert found == {
        "id": found["id"],
        "channelId": "1007",
        "inboxId": first,
        "name": found["name"],
        "createdAt": found["createdAt"],
        "active": True,
        "authorized": True,
        "archived": False,
    }


@answer("conversations GET /channel-accounts/{channelAccountId}", mark=DOCUMENTED, source=SPEC)
def channel_account_alone(hub: Hub) -> None:
    """One channel account reads as it is listed."""
    hub.by_hand.has_inbox("Claims")
    listed = hub.call(ACCOUNTS, query={"limit": "100"}).body["results"]
    assert [hub.does(channelAccountId=account["id"]).body for account in listed] == listed


@answer(BATCH, mark=DOCUMENTED, source=f"{SPEC}; {GUIDE}: conversations (the prefixes, but L's, which is a guess)")
def actors_by_kind(hub: Hub) -> None:
    """Actors are read together: agents, bots, the AI agent, HubSpot itself, apps, addresses, and visitors."""
    agent, bot, llm = hub.by_hand.has_agent("agent-5"), hub.by_hand.has_bot("menu"), hub.by_hand.has_llm("assistant")
    assert hub.does({"inputs": [agent]}).body["results"] == [
        {"id": agent, "type": "AGENT", "name": "agent-5", "email": "agent-5@example.org"}
    ]
    everybody = hub.does({"inputs": [bot, llm, "S-hubspot", "I-7000001", "E-visitor-1@example.org", bot]})
    assert everybody.body["results"] == [
        {"id": bot, "type": "BOT", "name": "menu"},
        {"id": llm, "type": "LLM", "name": "assistant"},
        {"id": "S-hubspot", "type": "SYSTEM"},
        {"id": "I-7000001", "type": "INTEGRATOR", "name": "Private app"},
        {"id": "E-visitor-1@example.org", "type": "EMAIL", "email": "visitor-1@example.org"},
    ]
    assert (everybody.status, everybody.body["status"]) == (200, "COMPLETE")


@answer(BATCH, "conversations GET /actors/{actorId}", mark=DOCUMENTED, source=f"{GUIDE}: conversations")
def contacts_are_actors(hub: Hub) -> None:
    """A contact is the visitor V- and its id, under the e-mail address it has now."""
    given = hub.sample("contacts")
    id = hub.make("contacts", email=given["email"])
    for email in (given["email"], hub.sample("contacts")["email"]):
        changed = {"properties": {"email": email}}
        hub.call("objects PATCH /{objectType}/{objectId}", changed, objectType="contacts", objectId=id)
        read = hub.does({"inputs": [f"V-{id}"]} if "batch" in hub.operation else None, actorId=f"V-{id}").body
        [actor] = read["results"] if "batch" in hub.operation else [read]
        assert (actor["id"], actor["type"], actor["email"]) == (f"V-{id}", "VISITOR", email)


@answer("conversations GET /actors/{actorId}", mark=DOCUMENTED, source=f"{GUIDE}: conversations")
def visitors_are_actors(hub: Hub) -> None:
    """A visitor whom the account has no contact for is an actor with what the chat knows of them."""
    chat = hub.by_hand.has_chat(email="visitor-8@example.org", name="visitor-8")
    known, nameless = chat.actor("visitor"), hub.by_hand.has_chat().actor("visitor")
    view = {"id": known, "type": "VISITOR", "name": "visitor-8", "email": "visitor-8@example.org"}
    assert hub.does(actorId=known).body == view
    assert hub.does(actorId=nameless).body == {"id": nameless, "type": "VISITOR"}


@refusal(
    "conversations GET /inboxes/{inboxId}",
    "conversations GET /channels/{channelId}",
    "conversations GET /channel-accounts/{channelAccountId}",
    "conversations GET /actors/{actorId}",
    mark=GUESSED,
    source=STATUS,
)
def nothing_of_that_id(hub: Hub) -> None:
    """An inbox, a channel, a channel account, an actor that is not there is a 404."""
    ids: dict[str, Any] = {"inboxId": "1", "channelId": "1", "channelAccountId": "1", "actorId": "A-1"}
    assert hub.does(**ids).refused == (404, "OBJECT_NOT_FOUND")


@refusal("conversations GET /actors/{actorId}", mark=GUESSED, source=OURS)
def no_actor_of_that_kind(hub: Hub) -> None:
    """An id with a letter that stands for nobody, or with nothing behind it, is a 404."""
    for id in ("X-1", "A-", "1"):
        assert hub.does(actorId=id).refused == (404, "OBJECT_NOT_FOUND")


@refusal(BATCH, mark=GUESSED, source="the spec of v3 (207); how 2026-09, which names none, says it is ours")
def some_actors_are_missing(hub: Hub) -> None:
    """Of several actors those that are not there are named, and the others are read."""
    agent = hub.by_hand.has_agent("agent-5")
    read = hub.does({"inputs": ["A-1", agent]})
    assert (read.status, read.ids, read.body["numErrors"]) == (207, [agent], 1)
    [error] = read.body["errors"]
    assert (error["category"], error["context"]) == ("OBJECT_NOT_FOUND", {"ids": ["A-1"]})


@refusal(BATCH, mark=GUESSED, source=f"{SPEC} for the key; the limit is ours")
def odd_batches_of_actors(hub: Hub) -> None:
    """A batch without inputs, with inputs that are no ids, or with more than a hundred is a 400."""
    for body in ({}, {"inputs": "S-hubspot"}, {"inputs": [{"id": "S-hubspot"}]}, {"inputs": ["S-hubspot"] * 101}):
        assert hub.does(body).refused == (400, "VALIDATION_ERROR")


@refusal(INBOXES, CHANNELS, ACCOUNTS, mark=GUESSED, source=OURS)
def odd_orders(hub: Hub) -> None:
    """A sort by what the list does not have, a page of nothing and a cursor of one's own are a 400."""
    for query in ({"sort": "colour"}, {"limit": "0"}, {"defaultPageLength": "501"}, {"after": "2"}):
        assert hub.does(query=query).refused == (400, "VALIDATION_ERROR")


@refusal(CHANNELS, mark=GUESSED, source=OURS)
def channels_have_no_age(hub: Hub) -> None:
    """Channels are not sorted by when they were made, which the spec's channel does not say."""
    assert hub.does(query={"sort": "createdAt"}).refused == (400, "VALIDATION_ERROR")
