"""How did each chat end? Messages are read only where no ticket carried it in time, or an earlier close may hide."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from actions.parts.conversation import sender
from deploy.refusals import Refused
from report.gather.messages import BY_PREFIX, Heard, heard, types_of
from report.gather.run import WITHIN, Run
from report.gather.serving import Carriers
from report.judging import Close, closes_of
from report.serving import served
from report.store.schema import CLOSES
from report.window import zone_of

CHUNK = 300  # threads whose messages are in memory at once
SPARE = 4  # calls of a budget that are left for what a chunk needs besides

DUE = """
SELECT thread_id, inbox_id, channel_id, status, created_at, closed_at, latest_at, received_at,
    contact_id, spam, agent_id
FROM threads WHERE portal_id = $1 AND judged_for IS DISTINCT FROM coalesce(closed_at, latest_at)
AND ((status = 'CLOSED' AND closed_at >= $2) OR (status = 'OPEN' AND latest_at >= $2))
ORDER BY coalesce(closed_at, latest_at) DESC, thread_id
"""


@dataclass(frozen=True)
class Chat:
    """A thread as the store knows it."""

    id: str
    inbox_id: str
    channel_id: str
    status: str
    created_at: int
    closed_at: int | None
    latest_at: int | None
    received_at: int | None
    contact_id: str
    spam: bool
    agent_id: str

    @property
    def judged_for(self) -> int:
        """What a verdict is about: when this changes, it is judged anew."""
        return self.closed_at or self.latest_at or 0

    @property
    def as_hubspot_has_it(self) -> dict[str, Any]:
        """As the actions' parts read a thread."""
        return {
            "id": self.id,
            "status": self.status,
            "inboxId": self.inbox_id,
            "originalChannelId": self.channel_id,
            "associatedContactId": self.contact_id,
            "spam": self.spam,
            "archived": False,
            **({"closedAt": str(self.closed_at)} if self.closed_at else {}),
        }

    def may_hide_a_close(self, silence_ms: int) -> bool:
        """Whether it lived long enough for a sitting to have ended before the last."""
        return max(self.closed_at or 0, self.received_at or 0, self.latest_at or 0) - self.created_at >= silence_ms


def judge_chats(run: Run) -> None:
    """All chats of the chosen inboxes and channels that closed, or closed again, and were not judged for it."""
    _judge_anew_as_it_is_set_now(run)
    _forget_what_was_judged_from_later_on(run)
    due = [Chat(*row) for row in run.store.ask(DUE, run.portal, run.since)]
    due = [chat for chat in due if run.chosen(chat.inbox_id, chat.channel_id)]
    carriers = Carriers.of(run)
    silence = run.settings.silence_ms
    to_read: list[Chat] = []
    not_read: list[Chat] = []
    for chat in due:
        hides = chat.may_hide_a_close(silence)
        (to_read if hides or not (chat.status == "OPEN" or _in_time(chat, carriers)) else not_read).append(chat)
    with run.store.step():
        _write(run, not_read, [_unjudged(run, chat) for chat in not_read if chat.status == "CLOSED"])
    actors = {
        str(id): str(type)
        for id, type in run.store.ask("SELECT actor_id, type FROM actors WHERE portal_id = $1", run.portal)
    }
    done = 0
    for chunk in _chunks(run, to_read):
        _judge(run, chunk, actors, done, len(to_read))
        done += len(chunk)


def _judge_anew_as_it_is_set_now(run: Run) -> None:
    """Verdicts by other settings than today's are none."""
    settings = run.settings
    set_now = repr((settings.judging, settings.silence_ms, settings.resolution))
    digest, store = hashlib.sha256(set_now.encode()).hexdigest()[:16], run.store
    known = store.mark(run.portal, "judging")
    if known == digest:
        return
    with store.step():
        if known:
            store.change("DELETE FROM closes WHERE portal_id = $1", run.portal)
            store.change("UPDATE threads SET judged_for = NULL WHERE portal_id = $1", run.portal)
        store.set_mark(run.portal, "judging", digest)


def _forget_what_was_judged_from_later_on(run: Run) -> None:
    """A window that begins earlier than before: closes that were left out then are wanted now."""
    judged_from = run.store.mark(run.portal, "judged_from")
    if judged_from and run.since < int(judged_from):
        run.store.change(
            "UPDATE threads SET judged_for = NULL WHERE portal_id = $1 AND created_at < $2",
            run.portal,
            int(judged_from),
        )
    if not judged_from or run.since < int(judged_from):
        run.store.set_mark(run.portal, "judged_from", str(run.since))


def _chunks(run: Run, chats: list[Chat]) -> Iterator[list[Chat]]:
    """So many that what they need fits into the calls that are left."""
    first = 0
    while first < len(chats):
        left = run.asking.left
        size = CHUNK if left is None else max(1, min(CHUNK, left - SPARE))
        yield chats[first : first + size]
        first += size


def _judge(run: Run, chunk: list[Chat], actors: dict[str, str], before: int, of: int) -> None:
    """Read, judge, drop the words, write the verdicts: one step. Where reading ends early, what was read counts."""
    read: dict[str, Heard] = {}
    try:
        heard(run, [chat.id for chat in chunk], read, lambda n: run.says("messages", before + n, of, of - before - n))
        types_of(run, actors, read.values())
    except (Refused, KeyboardInterrupt):
        _settle(run, chunk, read, actors, sure=False)
        raise
    _settle(run, chunk, read, actors, sure=True)


def _settle(run: Run, chunk: list[Chat], read: dict[str, Heard], actors: dict[str, str], *, sure: bool) -> None:
    rows: list[tuple[Any, ...]] = []
    settled = []
    types = {id: type for id, type in actors.items() if type}
    for chat in chunk:
        one = read.get(chat.id)
        senders = {sender(message) for message in one.messages} - {""} if one else set()
        if one is None or not one.whole:
            continue
        if not sure and any(id not in actors and not id.startswith(BY_PREFIX) for id in senders):
            continue
        settled.append(chat)
        rows += _rows(run, chat, one.messages, types)
    with run.store.step():
        _write(run, settled, rows)
    run.counts.read += len(settled)


def _write(run: Run, chats: Iterable[Chat], rows: list[tuple[Any, ...]]) -> None:
    """The closes of these chats in place of what was known of them since the window began."""
    ids = [chat.id for chat in chats]
    if not ids:
        return
    run.store.change(
        "DELETE FROM closes WHERE portal_id = $1 AND closed_at >= $2 AND thread_id IN (SELECT unnest($3::VARCHAR[]))",
        run.portal,
        run.since,
        ids,
    )
    run.store.put(CLOSES, rows)
    run.store.change(
        "UPDATE threads SET judged_for = coalesce(closed_at, latest_at) WHERE portal_id = $1"
        " AND thread_id IN (SELECT unnest($2::VARCHAR[]))",
        run.portal,
        ids,
    )
    run.counts.closes += len(rows)
    run.judged.update(ids)


def _rows(run: Run, chat: Chat, messages: list[dict[str, Any]], types: dict[str, str]) -> list[tuple[Any, ...]]:
    settings = run.settings
    closes = closes_of(
        chat.as_hubspot_has_it, messages, types, settings.judging, settings.silence_ms, settings.resolution
    )
    return [row_of(run, chat, close) for close in closes if close.closed_at >= run.since]


def _unjudged(run: Run, chat: Chat) -> tuple[Any, ...]:
    """A close whose ticket was there in time: why it was unresolved nobody has to know."""
    closed_at = chat.closed_at or 0
    return row_of(run, chat, Close(closed_at, None, chat.agent_id, "unjudged", "", "", "", 0, overtaken=False))


def row_of(run: Run, chat: Chat, close: Close) -> tuple[Any, ...]:
    """A row of closes, not yet looked at for who served it."""
    local = datetime.fromtimestamp(close.closed_at / 1000, UTC).astimezone(zone_of(run.zone))
    return (
        *(run.portal, chat.id, close.closed_at, close.started_at, local.date(), local.isoweekday(), local.hour),
        *(chat.inbox_id, chat.channel_id, close.agent_id, chat.contact_id),
        *(close.resolution, close.reason, close.marker, close.language, close.messages, close.overtaken),
        *(False, None, "", "", "", run.asking.now()),
    )


def _in_time(chat: Chat, carriers: Carriers) -> bool:
    service = served(chat.closed_at or 0, None, chat.id, carriers.of_thread(chat.id))
    return service is not None and service.at <= (chat.closed_at or 0) + WITHIN
