"""Whom does HubSpot let in, and which scope does each operation ask for?"""

from datetime import timedelta
from typing import Any

from harness.portal.versions import D09
from tests.claims.claim import DOCUMENTED, GUESSED, GUIDE, OPERATIONS, RECORDS, SEEN, SPEC, refusal
from tests.claims.emulation import emulated
from tests.claims.hub import Answer, Hub

EVERY = tuple(name for name, versions in OPERATIONS.items() if emulated(next(iter(versions.values()))))
OPEN = tuple(name for name in EVERY if name.startswith("account "))
"""What any token may ask: the specs name the scope oauth, which every app has."""
OF_TYPES = ("objects", "record-associations", "associations", "properties", "property-validations", "pipelines")
TYPED = tuple(name for name in EVERY if name.partition(" ")[0] in OF_TYPES)
OTHER = tuple(name for name in EVERY if name not in (*TYPED, *OPEN))

REAL_LOOKING = ("pat-eu1-00000000-0000-0000-0000-000000000000", "CJSP5qf1KhICAQEYs-gDIIGOBii1hQIy")
READ = {
    "tickets": "tickets",
    "contacts": "crm.objects.contacts.read",
    "companies": "crm.objects.companies.read",
    "notes": "crm.objects.contacts.read",
}
WRITE = {type: scope.replace(".read", ".write") for type, scope in READ.items()}
READING_POSTS = ("/batch/read", "/search")
SCOPES = {
    "conversations": ("conversations.read", "conversations.write"),
    "thread-assignee": ("conversations.write", "conversations.write"),
    "flows": ("automation", "automation"),
    "action-types": ("automation", "automation"),
    "single-send": ("transactional-email", "transactional-email"),
}
"""What the specs say of an area: the scope to read and the scope to write."""

PLACES = (
    *("objectId", "fromObjectId", "toObjectId", "ownerId", "inboxId", "channelId", "channelAccountId", "actorId"),
    *("threadId", "messageId", "flowId", "revisionId", "pipelineId", "stageId"),
    *("propertyName", "groupName", "ruleType"),
)


def asks(hub: Hub, **how: Any) -> Answer:
    """The operation on nothing in particular: who is let in is asked before what is asked."""
    body: dict[str, str] | None = None if hub.operation.split()[1] in ("GET", "DELETE") else {}
    path: dict[str, Any] = dict.fromkeys(PLACES, "1")
    return hub.does(body, **path, fromObjectType=hub.type, toObjectType="contacts", **how)


@refusal(*EVERY, types=("tickets",), mark=DOCUMENTED, source=f"{GUIDE}: authentication, and error handling")
def nobody(hub: Hub) -> None:
    """Without a token, or with one that was never given out, however real it looks, every operation is a 401."""
    headers = ("", "Bearer", "Bearer ", "Basic abc", "Bearer local-unknown", *(f"Bearer {v}" for v in REAL_LOOKING))
    for header in headers:
        refused = asks(hub, headers={"Authorization": header})
        assert refused.refused == (401, "INVALID_AUTHENTICATION")
        assert not any(value in refused.body["message"] for value in REAL_LOOKING)


@refusal(
    *EVERY,
    types=("tickets",),
    mark=GUESSED,
    source=f"{SEEN}: the category and its words; a revoked token's are a guess",
)
def no_longer(hub: Hub) -> None:
    """A token that has run out or was revoked is a 401 of its own kind."""
    revoked = hub.account.app("oauth")
    short = hub.by_hand.token("oauth", expires=hub.by_hand.clock.now() + timedelta(minutes=1))
    assert {asks(hub, token=token).status for token in (revoked, short)} & {401, 501} == set()
    hub.by_hand.revoke(revoked)
    hub.by_hand.clock.advance(60)
    for token in (revoked, short):
        assert asks(hub, token=token).refused == (401, "EXPIRED_AUTHENTICATION")


@refusal(*OTHER, mark=DOCUMENTED, source=f"{GUIDE}: error handling (403), and {SPEC} (which scopes); words: {SEEN}")
def without_the_scope(hub: Hub) -> None:
    """Without any of the scopes that the specs name an operation is a 403 that names them; one of them is enough."""
    _needs(hub, _of_area(hub))


@refusal(*TYPED, types=RECORDS, mark=GUESSED, source=f"{SPEC}: objects; elsewhere which of their many scopes is ours")
def without_the_scope_of_the_type(hub: Hub) -> None:
    """What is asked of a type of record needs the scope of that type, or else of its schema or of the other end."""
    _needs(hub, _of_type(hub))


def _needs(hub: Hub, scopes: tuple[str, ...]) -> None:
    every = {scope for pair in SCOPES.values() for scope in pair} | {*READ.values(), *WRITE.values()}
    others = hub.account.app("oauth", *sorted(every - {*scopes}))
    refused = asks(hub, token=others)
    assert refused.refused == (403, "MISSING_SCOPES")
    assert refused.body["errors"] == [
        {
            "message": "One or more of the following scopes are required.",
            "context": {"requiredGranularScopes": list(scopes)},
        }
    ]
    assert refused.body["links"] == {"scopes": "https://developers.hubspot.com/scopes"}
    for scope in scopes:
        assert asks(hub, token=hub.account.app(scope)).status not in (401, 403, 501)


def _reads(hub: Hub) -> bool:
    _, method, *path = hub.operation.split()
    return method == "GET" or "".join(path).endswith(READING_POSTS)


def _of_area(hub: Hub) -> tuple[str, ...]:
    area = hub.operation.partition(" ")[0]
    if area == "owners":
        own = ("crm.objects.owners.read",)
        return own if hub.version == D09 else ("automation", *own)
    if area == "marketing-single-send":
        return ("transactional-email", "marketing-email")
    read, write = SCOPES[area]
    return (read if _reads(hub) else write,)


def _of_type(hub: Hub) -> tuple[str, ...]:
    area, own = hub.operation.partition(" ")[0], (READ if _reads(hub) else WRITE)
    if area == "objects":
        return (own[hub.type],)
    if area.endswith("associations"):
        return tuple(dict.fromkeys((own[hub.type], own["contacts"])))
    if area == "pipelines" or _reads(hub) or hub.type == "tickets":
        return (own[hub.type], f"crm.schemas.{hub.type}.{'read' if _reads(hub) else 'write'}")
    return (f"crm.schemas.{hub.type}.write",)
