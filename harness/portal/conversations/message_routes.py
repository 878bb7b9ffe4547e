"""The operations on messages: list, read, read in full, and write a message or an internal comment."""

from typing import Any

from harness.portal import pages
from harness.portal import refusals as shared
from harness.portal.call import Answer, Call, list_of, optional_text, require, text_of
from harness.portal.conversations import acts, refusals, views
from harness.portal.conversations.attachments import attachment
from harness.portal.conversations.routes import READ, WRITE
from harness.portal.conversations.state import Message, Thread
from harness.portal.conversations.thread_routes import find
from harness.portal.objects.values import LONGEST
from harness.portal.routing import Route

PAGE, LARGEST_PAGE = 100, 500  # guessed: the spec names no limit
IDENTIFIERS = ("HS_EMAIL_ADDRESS", "HS_PHONE_NUMBER", "HS_SHORT_CODE", "CHANNEL_SPECIFIC_OPAQUE_ID")  # documented


def messages(call: Call) -> Answer:
    """GET the entries of a thread: newest first, or oldest first with sort=createdAt."""
    found = find(call, archived=call.flag("archived"))
    sort = call.one("sort", "-createdAt")
    if sort not in ("createdAt", "-createdAt"):
        raise refusals.bad_filter("sort", sort, "createdAt or -createdAt")
    limit, cursor = call.count("limit", PAGE, LARGEST_PAGE), call.one("after")
    position = pages.number(cursor) if cursor else None
    page, following = _page(found.messages, sort == "-createdAt", limit, position)
    body: dict[str, Any] = {"results": [views.message(call.world, found, entry) for entry in page]}
    return 200, body | ({"paging": pages.paging(str(following))} if following is not None else {})


def _page(entries: list[Message], newest_first: bool, limit: int, at: int | None) -> tuple[list[Message], int | None]:
    """One page and where the next begins: places count from the oldest, so a new message moves nothing."""
    if newest_first:
        end = len(entries) if at is None else min(at, len(entries))
        start = max(end - limit, 0)
        return entries[start:end][::-1], start or None
    start = at or 0
    end = start + limit
    return entries[start:end], end if end < len(entries) else None


def message(call: Call) -> Answer:
    """GET one entry."""
    found = find(call)
    return 200, views.message(call.world, found, _find(call, found))


def original(call: Call) -> Answer:
    """GET the whole text of a message that was cut short."""
    return 200, views.original(_find(call, find(call)))


def write(call: Call) -> Answer:
    """POST a MESSAGE to the visitor or a COMMENT for colleagues."""
    found, body = find(call), call.body()
    type = text_of(body, "type", "the message")
    if type not in ("MESSAGE", "COMMENT"):
        raise refusals.bad_filter("type", type, "MESSAGE or COMMENT")
    require(call, body, "the message", "attachments")
    attachments = tuple(attachment(entry) for entry in list_of(body, "attachments", "the message"))
    app = f"I-{call.app_id}"
    entry = acts.new(call.world, type, call.now, app, _text(body), optional_text(body, "richText", "the message"))
    entry.client, entry.app_id = "INTEGRATION", call.app_id
    entry.attachments = attachments
    if type == "MESSAGE":
        require(call, body, "the message", "recipients")
        entry.by, entry.subject = _sender(call, found, body), optional_text(body, "subject", "the message")
        entry.recipients = tuple(_recipient(one) for one in list_of(body, "recipients", "the message"))
    acts.write(call.world, found, entry)
    return 201, views.message(call.world, found, entry)


def _text(body: dict[str, Any]) -> str:
    text = text_of(body, "text", "the message")
    if len(text) > LONGEST:
        raise shared.validation(f"The text is longer than {LONGEST} characters", text=[str(len(text))])
    return text


def _recipient(entry: Any) -> dict[str, Any]:
    """Somebody a message goes to, by a list of identifiers or, as public code has it, by one."""
    given = entry if isinstance(entry, dict) else {}
    identifiers = list_of(given, "deliveryIdentifiers", "a recipient") or [given.get("deliveryIdentifier")]
    first = identifiers[0]
    if not isinstance(first, dict) or first.get("type") not in IDENTIFIERS or not isinstance(first.get("value"), str):
        raise shared.missing_keys("a recipient", ["deliveryIdentifiers"])
    about = {name: optional_text(given, name, "a recipient") for name in ("actorId", "name", "recipientField")}
    identifier = {"type": first["type"], "value": first["value"]}
    return {"deliveryIdentifier": identifier} | {name: text for name, text in about.items() if text}


def _sender(call: Call, found: Thread, body: dict[str, Any]) -> str:
    needed = ("senderActorId", "channelId", "channelAccountId")
    missing = [key for key in needed if not body.get(key)]
    if missing:
        raise shared.missing_keys("the message", missing)
    sender = text_of(body, "senderActorId", "the message")
    known = acts.actor(call.world, sender)
    if known is None or known.type != "AGENT":
        raise refusals.bad_filter("senderActorId", sender, "an agent, A-<userId>")
    text_of(body, "channelId", "the message")
    account = text_of(body, "channelAccountId", "the message")
    if account not in call.world.conversations.channel_accounts:
        raise refusals.no_such("Channel account", account)
    return sender


def _find(call: Call, found: Thread) -> Message:
    id = call.path["messageId"]
    for entry in found.messages:
        if entry.id == id:
            return entry
    raise refusals.no_such_message(id)


_ONE = "/threads/{threadId}/messages/{messageId}"

ROUTES = (
    Route("GET", "conversations", "/threads/{threadId}/messages", messages, READ),
    Route("POST", "conversations", "/threads/{threadId}/messages", write, WRITE, write=True),
    Route("GET", "conversations", _ONE, message, READ),
    Route("GET", "conversations", f"{_ONE}/original-content", original, READ),
)
