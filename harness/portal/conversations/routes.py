"""The operations on inboxes, channels and actors."""

from collections.abc import Sequence
from typing import Any

from harness.portal import batches, pages
from harness.portal import refusals as shared
from harness.portal.call import Answer, Call
from harness.portal.conversations import acts, refusals, views
from harness.portal.conversations.state import CHANNELS
from harness.portal.routing import Route

READ = ("conversations.read",)
WRITE = ("conversations.write",)
BATCH = 100  # guessed
PAGE, LARGEST_PAGE = 100, 500  # guessed: the spec names no limit
SORTS = ("id", "name", "createdAt")


def inboxes(call: Call) -> Answer:
    """GET all inboxes."""
    return _page(call, [views.inbox(i) for i in call.world.conversations.inboxes.values()])


def inbox(call: Call) -> Answer:
    """GET one inbox."""
    id = call.path["inboxId"]
    found = call.world.conversations.inboxes.get(id)
    if found is None or call.flag("archived"):
        raise refusals.no_such("Inbox", id)
    return 200, views.inbox(found)


def channels(call: Call) -> Answer:
    """GET all channels."""
    return _page(call, [views.channel(id) for id in CHANNELS])


def channel(call: Call) -> Answer:
    """GET one channel."""
    id = call.path["channelId"]
    if id not in CHANNELS:
        raise refusals.no_such("Channel", id)
    return 200, views.channel(id)


def channel_accounts(call: Call) -> Answer:
    """GET channel accounts, of some channels or inboxes."""
    channel_ids, inbox_ids = call.wholes("channelId"), call.wholes("inboxId")
    found = [
        account
        for account in call.world.conversations.channel_accounts.values()
        if (not channel_ids or account.channel_id in channel_ids) and (not inbox_ids or account.inbox_id in inbox_ids)
    ]
    return _page(call, [views.channel_account(account) for account in found])


def channel_account(call: Call) -> Answer:
    """GET one channel account."""
    id = call.path["channelAccountId"]
    found = call.world.conversations.channel_accounts.get(id)
    if found is None or call.flag("archived"):
        raise refusals.no_such("Channel account", id)
    return 200, views.channel_account(found)


def actor(call: Call) -> Answer:
    """GET one actor."""
    id = call.path["actorId"]
    found = acts.actor(call.world, id)
    if found is None:
        raise refusals.no_such_actor(id)
    return 200, views.actor(found)


def actors(call: Call) -> Answer:
    """POST actors/batch/read: actors by id; those nobody has are named."""
    ids = call.list_of_inputs(BATCH)
    if not all(isinstance(id, str) for id in ids):
        raise shared.bad_json("expected inputs to be a list of actor ids")
    results, errors = [], []
    for id in dict.fromkeys(ids):
        found = acts.actor(call.world, id)
        if found:
            results.append(views.actor(found))
        else:
            message = f"Actor with id {id[:60]} does not exist"
            errors.append(shared.batch_error("OBJECT_NOT_FOUND", message, ids=[id]))
    return batches.answer(call, results, errors)


def _page(call: Call, items: Sequence[dict[str, Any]]) -> Answer:
    """One page; nothing here is ever archived (documented: these lists can be asked for what is)."""
    found = [] if call.flag("archived") else _sorted(call, list(items))
    limit = call.count("limit", call.count("defaultPageLength", PAGE, LARGEST_PAGE), LARGEST_PAGE)
    page, paging = pages.cut(found, limit, call.one("after"))
    return 200, {"total": len(found), "results": page} | ({"paging": paging} if paging else {})


def _sorted(call: Call, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """In the order asked for: a field of theirs, or with - before it backwards (which fields: guessed)."""
    for sort in reversed(call.many("sort")):
        name = sort.removeprefix("-")
        if name not in SORTS or any(name not in item for item in items):
            raise refusals.bad_filter("sort", sort, " or ".join(SORTS))
        items.sort(key=lambda item: str(item[name]), reverse=sort.startswith("-"))
    return items


ROUTES = (
    Route("GET", "conversations", "/inboxes", inboxes, READ),
    Route("GET", "conversations", "/inboxes/{inboxId}", inbox, READ),
    Route("GET", "conversations", "/channels", channels, READ),
    Route("GET", "conversations", "/channels/{channelId}", channel, READ),
    Route("GET", "conversations", "/channel-accounts", channel_accounts, READ),
    Route("GET", "conversations", "/channel-accounts/{channelAccountId}", channel_account, READ),
    Route("POST", "conversations", "/actors/batch/read", actors, READ),
    Route("GET", "conversations", "/actors/{actorId}", actor, READ),
)
