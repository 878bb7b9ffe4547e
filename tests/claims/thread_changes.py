"""What becomes of a thread: how it is closed and opened again, given to somebody, put away and brought back?"""

from typing import Any

from tests.claims.claim import DOCUMENTED, GUESSED, OURS, SPEC, STATUS, effect, refusal
from tests.claims.hub import Hub
from tests.claims.threads import ALL, MESSAGES, ONE, entries, the, thread

UPDATE, ARCHIVE = "conversations PATCH /threads/{threadId}", "conversations DELETE /threads/{threadId}"
ASSIGN = "thread-assignee PUT /threads/{threadId}/assignee"
UNASSIGN = "thread-assignee DELETE /threads/{threadId}/assignee"


def found(hub: Hub, among: list[str], **query: Any) -> list[str]:
    """Which of some threads a list has, in its order."""
    return [id for id in hub.call(ALL, query=query).ids if id in among]


@effect(UPDATE, mark=DOCUMENTED, source=SPEC)
def close_and_reopen(hub: Hub) -> None:
    """Closing sets closedAt and reopening takes it away; each leaves a THREAD_STATUS_CHANGE, a second time none."""
    id = hub.by_hand.has_chat().says("hello").id
    before = thread(hub, id)
    closed = [hub.does({"status": "CLOSED"}, threadId=id) for _ in range(2)]
    assert [one.status for one in closed] == [200, 200]
    read = thread(hub, id)
    assert read == before | {"status": "CLOSED", "closedAt": read["closedAt"]} == closed[0].body
    assert (found(hub, [id], threadStatus="CLOSED"), found(hub, [id], threadStatus="OPEN")) == ([id], [])
    opened = hub.does({"status": "OPEN"}, threadId=id)
    assert thread(hub, id) == before == opened.body
    changes = entries(hub, id, "THREAD_STATUS_CHANGE")
    assert [change["newStatus"] for change in changes] == ["CLOSED", "OPEN"]
    assert {change["createdBy"][:2] for change in changes} == {"I-"}


@effect(UPDATE, ARCHIVE, mark=DOCUMENTED, source=SPEC)
def put_away_and_back(hub: Hub) -> None:
    """An archived thread is found only among the archived, and archived=false brings it back."""
    id = hub.by_hand.has_chat().says("hello").id
    before = thread(hub, id)
    away = hub.does({"archived": True} if hub.operation == UPDATE else None, threadId=id)
    assert away.status == (200 if hub.operation == UPDATE else 204)
    assert hub.call(ONE, threadId=id).status == 404
    assert hub.call(MESSAGES, threadId=id).status == 404
    assert thread(hub, id, archived="true") == before | {"archived": True}
    assert len(hub.call(MESSAGES, threadId=id, query={"archived": "true"}).ids) == 1
    assert (found(hub, [id]), found(hub, [id], archived="true")) == ([], [id])
    hub.call(UPDATE, {"archived": False}, threadId=id, query={"archived": "true"})
    assert thread(hub, id) == before


@effect(UPDATE, mark=DOCUMENTED, source=SPEC)
def bring_back(hub: Hub) -> None:
    """An archived thread is brought back by a change that asks for the archived ones."""
    chat = hub.by_hand.has_chat().is_archived()
    assert hub.does({"archived": False}, query={"archived": "true"}, threadId=chat.id).status == 200
    assert thread(hub, chat.id)["archived"] is False


@effect(ASSIGN, mark=DOCUMENTED, source=SPEC)
def assign(hub: Hub) -> None:
    """A thread is given to an actor, which both thread and list say, and each change of hands is an entry."""
    first, second = hub.by_hand.has_agent("agent-5"), hub.by_hand.has_agent("agent-6")
    id = hub.by_hand.has_chat().id
    for actor in (first, second):
        assert hub.does({"actorId": actor}, threadId=id).status == 200
        assert thread(hub, id)["assignedTo"] == actor
        assert the(hub.call(ALL), id)["assignedTo"] == actor
    hands = [(e.get("assignedFrom"), e["assignedTo"]) for e in entries(hub, id, "ASSIGNMENT")]
    assert hands == [(None, first), (first, second)]


@effect(UNASSIGN, mark=DOCUMENTED, source=SPEC)
def unassign(hub: Hub) -> None:
    """A thread is taken from whom it was given to, which is an entry, and a second time nothing."""
    agent = hub.by_hand.has_agent("agent-5")
    id = hub.by_hand.has_chat().assigned_to(agent).id
    assert [hub.does(threadId=id).status for _ in range(2)] == [204, 204]
    assert "assignedTo" not in thread(hub, id)
    [_, taken] = entries(hub, id, "ASSIGNMENT")
    assert (taken["assignedFrom"], "assignedTo" in taken) == (agent, False)


@refusal(
    ONE,
    MESSAGES,
    UPDATE,
    ARCHIVE,
    ASSIGN,
    UNASSIGN,
    "conversations POST /threads/{threadId}/messages",
    "conversations GET /threads/{threadId}/messages/{messageId}",
    "conversations GET /threads/{threadId}/messages/{messageId}/original-content",
    mark=GUESSED,
    source=STATUS,
)
def no_such_thread(hub: Hub) -> None:
    """A thread that is not there is a 404, whatever is asked of it."""
    body = {"status": "CLOSED", "actorId": "S-hubspot", "type": "COMMENT", "text": "seen", "attachments": []}
    sent = None if hub.operation.split()[1] in ("GET", "DELETE") else body
    assert hub.does(sent, threadId="1", messageId="1").refused == (404, "OBJECT_NOT_FOUND")


@refusal(UPDATE, mark=DOCUMENTED, source=SPEC)
def odd_changes(hub: Hub) -> None:
    """A thread is OPEN or CLOSED, archived or not, and stays as it is when something else is asked for."""
    id = hub.by_hand.has_chat().id
    before = thread(hub, id)
    changes: list[Any] = [{"status": "DONE"}, {"status": "CLOSED", "archived": "yes"}, {}, []]
    for body in changes:
        assert hub.does(body, threadId=id).refused == (400, "VALIDATION_ERROR")
    assert thread(hub, id) == before


@refusal(ASSIGN, mark=GUESSED, source=f"{SPEC} for the key; that an unknown actor is a 404 is ours")
def nobody_to_assign(hub: Hub) -> None:
    """A thread is given to somebody who is there, or it stays with nobody."""
    id = hub.by_hand.has_chat().id
    assert hub.does({"actorId": "A-1"}, threadId=id).refused == (404, "OBJECT_NOT_FOUND")
    assert hub.does({}, threadId=id).refused == (400, "VALIDATION_ERROR")
    assert "assignedTo" not in thread(hub, id)
    assert entries(hub, id, "ASSIGNMENT") == []


@refusal(ASSIGN, UNASSIGN, ARCHIVE, mark=GUESSED, source=OURS)
def put_away_is_out_of_reach(hub: Hub) -> None:
    """An archived thread is neither given to anybody, nor taken away, nor archived again."""
    agent = hub.by_hand.has_agent("agent-5")
    id = hub.by_hand.has_chat().assigned_to(agent).is_archived().id
    sent = {"actorId": "S-hubspot"} if hub.operation == ASSIGN else None
    assert hub.does(sent, threadId=id).refused == (404, "OBJECT_NOT_FOUND")
    assert thread(hub, id, archived="true")["assignedTo"] == agent
