"""Which inboxes are there, how do their chats become tickets today, and does ours know what to do with each?

Counted are chats that were closed in the last days, and those whose ticket was made before the close: by the inbox
itself where nearly all have one, by reps where some have. The counting stops where its calls are used up.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deploy.doctor.exam import Exam
from deploy.doctor.line import Line, by_hand, look, ready

HELP_DESK = "HELP_DESK"
ITSELF, FEWEST = 0.95, 5  # from this share on, of at least so many chats, the inbox makes its tickets itself (ours)
BY_HAND_FLOW = "tickets_made_by_hand"
NOBODY, REPS, INBOX = "none", "by hand", "by itself"

Row = dict[str, Any]


@dataclass
class Count:
    """What was counted of one inbox."""

    closed: int = 0
    with_ticket: int = 0
    whole: bool = True  # the calls sufficed

    @property
    def mode(self) -> str:
        """How its chats become tickets."""
        if self.closed >= FEWEST and self.with_ticket / self.closed >= ITSELF:
            return INBOX
        return REPS if self.with_ticket else NOBODY


def inboxes(exam: Exam) -> Iterator[Line]:
    """Each inbox, and what the settings say of it."""
    found = exam.readings.inboxes()
    if not found:
        yield by_hand("There is no inbox.", "Make one, and connect a chat to it.")
    counts = _counts(exam, found)
    for inbox in found:
        yield _line(exam, inbox, counts[str(inbox["id"])])
    known = {str(inbox["id"]) for inbox in found}
    for name in ("inboxes", "help_desk_inboxes"):
        for id in exam.names("create_ticket", name):
            if id not in known:
                listed = ", ".join(sorted(known)) or "none"
                yield by_hand(f"Inbox {id} is in {name}, and is not there.", f"There are: {listed}.", inbox=id)
    if any(count.mode == REPS for count in counts.values()) and BY_HAND_FLOW not in exam.portal.workflows:
        what = "Reps make tickets from chats, and no workflow looks after those."
        yield by_hand(what, f"Add [workflows.{BY_HAND_FLOW}] to {exam.portal.where}.")


def _counts(exam: Exam, found: list[Row]) -> dict[str, Count]:
    """Each inbox gets its part of the calls; what one leaves over goes to the others."""
    start, counts = exam.readings.remote.calls, {}
    for at, inbox in enumerate(found):
        left = exam.budget - (exam.readings.remote.calls - start)
        counts[str(inbox["id"])] = _count(exam, str(inbox["id"]), left // (len(found) - at))
    return counts


def _count(exam: Exam, inbox: str, calls: int) -> Count:
    count, start, since = Count(), exam.readings.remote.calls, exam.since
    channels = exam.names("triage_chat", "channels") or ["1000"]
    pages, more = exam.readings.closed_threads(inbox, since), True
    while more and exam.readings.remote.calls - start + 2 <= calls:  # a page, and its tickets
        page, more = next(pages)
        chats = [
            thread
            for thread in page
            if thread.get("originalChannelId") in channels
            and not thread.get("spam")
            and _moment(thread.get("closedAt")) >= _moment(since)
        ]
        count.closed += len(chats)
        count.with_ticket += _with_ticket(exam, chats)
        exam.tell(f"inbox {inbox}: {count.closed} chats, {exam.readings.remote.calls} calls")
    count.whole = not more
    return count


def _with_ticket(exam: Exam, chats: Iterable[Row]) -> int:
    tickets = {
        str(thread["id"]): str((thread.get("threadAssociations") or {}).get("associatedTicketId") or "")
        for thread in chats
    }
    made = exam.readings.made_at(sorted({id for id in tickets.values() if id}))
    closed = {str(thread["id"]): thread.get("closedAt") for thread in chats}
    return sum(1 for thread, id in tickets.items() if id in made and _moment(made[id]) <= _moment(closed[thread]))


def _line(exam: Exam, inbox: Row, count: Count) -> Line:
    id, kind = str(inbox["id"]), str(inbox.get("type"))
    served = exam.names("create_ticket", "inboxes")
    share = f"{count.with_ticket / count.closed:.0%}" if count.closed else "none"
    so_far = "" if count.whole else f" of those that {exam.budget} calls reach"
    words = {
        NOBODY: "no tickets from chats",
        REPS: "reps make some tickets from chats",
        INBOX: "tickets are there before the close: the inbox makes them itself",
    }
    what = (
        f"{inbox.get('name')} ({id}, {kind}): {count.closed} chats closed in {exam.days} days{so_far}, "
        f"{count.with_ticket} ({share}) had a ticket before: {words[count.mode]}."
    )
    facts: Row = {
        "inbox": id,
        "type": kind,
        "closed": count.closed,
        "with_ticket": count.with_ticket,
        "whole": count.whole,
        "mode": count.mode,
    }
    if served and id not in served:
        return look(what, f'Not served. To serve it, add "{id}" to inboxes in {exam.portal.where}.', **facts)
    if (kind == HELP_DESK or count.mode == INBOX) and id not in exam.names("create_ticket", "help_desk_inboxes"):
        line = f'Write help_desk_inboxes = ["{id}"] under [inputs.create_ticket] in {exam.portal.where}.'
        return by_hand(f"{what} Ours would make a second one.", line, guessed=True, **facts)
    if not _has_route(exam, id):
        remedy = (
            f'No route is for it: its tickets go to pipeline 0, stage 1. Or add {{ inbox = "{id}", ... }} to routes.'
        )
        return look(what, remedy, **facts)
    return ready(what, **facts)


def _has_route(exam: Exam, inbox: str) -> bool:
    """Whether a chat of it, whatever its marker, meets a route."""
    return any(route.get("inbox", inbox) == inbox and not route.get("marker") for route in exam.routes())


def _moment(text: Any) -> datetime:
    return datetime.fromisoformat(str(text or "1970-01-01T00:00:00Z"))
