"""How many requests may a first run make? Counted from the account itself, by the bound that the report promises."""

from math import ceil

from harness.portal.conversations.state import Thread
from tests.report.oracle.history import History
from tests.report.oracle.scene import LIVE_CHAT
from tests.report.oracle.stage import MINUTE

PAGE, BATCH, SPARE = 100, 100, 20
SILENCE = 30 * MINUTE


def bound(history: History) -> int:
    """Pages of threads and of tickets, the messages of chats that have to be read, actors, and twenty."""
    world = history.stage.portal.world
    threads = [thread for thread in world.conversations.threads.values() if not thread.archived]
    in_time = {one.key for one in history.endings if one.in_time}
    read = [
        thread
        for thread in threads
        if thread.inbox_id in history.stage.served
        and thread.channel_id == LIVE_CHAT
        and not thread.spam
        and (_hides_closes(thread) or _lacks_ticket(thread, in_time))
    ]
    tickets = len(history.stage.portal.records("tickets"))
    messages = sum(ceil(len(thread.messages) / PAGE) for thread in read)
    actors = len({message.by for thread in read for message in thread.messages})
    return ceil(len(threads) / PAGE) + ceil(tickets / BATCH) + messages + ceil(actors / BATCH) + SPARE


def _hides_closes(thread: Thread) -> bool:
    """Whether it lived so long that it may have been closed before."""
    return max(thread.latest_message or 0, thread.closed_at or 0) - thread.created >= SILENCE


def _lacks_ticket(thread: Thread, in_time: set[tuple[str, int]]) -> bool:
    return thread.closed_at is not None and (thread.id, thread.closed_at) not in in_time
