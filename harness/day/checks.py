"""Does the day make sense? Names, people, places and attachments, checked before anything is played."""

import re
from collections.abc import Sequence
from pathlib import Path

from harness.day.entries import ATTACHED, NOBODY, ChatEntry, DayEntry, TicketEntry
from harness.day.plans import ChatPlan
from harness.day.refusal import DayError
from harness.day.talk import WORDS
from harness.portal.conversations.state import CHANNELS

VISITOR = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")  # what becomes the first half of an e-mail address
ADDRESS = re.compile(r"[^@\s<>]{1,64}@[^@\s<>]{1,190}\.[^@\s<>.]{1,60}")
AGENT = re.compile(r"\S{1,60}")
OLDEST = 3650  # days; ours


def check_day(file: Path, day: DayEntry) -> None:
    """There is somebody to chat with, somewhere, and no name stands for two."""
    for key, values in (("chats", day.chats), ("served_inboxes", day.served_inboxes)):
        if not values:
            raise DayError(file, key, expected="at least one", found="none", remedy="Write one.")
    for key, names in (("inboxes", day.inboxes), ("agents", day.agents)):
        for name in names:
            if not name.strip() or names.count(name) > 1:
                found = f"{name!r} twice" if name.strip() else repr(name)
                raise DayError(file, key, expected="a name of its own for each", found=found, remedy="Rename one.")
    for agent in day.agents:
        if agent in WORDS or not AGENT.fullmatch(agent):
            expected = f"names of one word, other than {', '.join(WORDS)}"
            raise DayError(file, "agents", expected=expected, found=f"{agent!r:.60}", remedy="Rename this one.")
    if day.confirmations < 0:
        found = str(day.confirmations)
        raise DayError(file, "confirmations", expected="0 or more", found=found, remedy="Correct the number.")


def check_chat(file: Path, where: str, day: DayEntry, chat: ChatEntry) -> None:
    """A chat comes from somebody, to an inbox and by a channel that there are."""
    if chat.inbox and chat.inbox not in day.inboxes:
        expected = f"inbox {' or '.join(day.inboxes)}"
        raise DayError(file, where, expected=expected, found=chat.inbox, remedy="Correct its inbox.")
    if chat.channel not in CHANNELS:
        expected = f"a channel out of {', '.join(f'{id} ({name})' for id, name in CHANNELS.items())}"
        raise DayError(file, where, expected=expected, found=f"{chat.channel!r:.40}", remedy="Correct its channel.")
    if not VISITOR.fullmatch(chat.visitor) and not ADDRESS.fullmatch(chat.visitor):
        expected = f"from: {NOBODY}, an e-mail address, or a name of small letters, digits, - and _"
        raise DayError(file, where, expected=expected, found=f"{chat.visitor!r:.60}", remedy="Correct its from.")


def check_ticket(file: Path, ticket: TicketEntry) -> None:
    """A ticket from before the day belongs to a contact, and closed, if at all, after it was made."""
    where = f"ticket {ticket.name}"
    if ticket.of == NOBODY or not VISITOR.fullmatch(ticket.of):
        expected = f"of: the name of a visitor, of small letters, digits, - and _, other than {NOBODY}"
        raise DayError(file, where, expected=expected, found=f"{ticket.of!r:.60}", remedy="Correct its of.")
    if not 1 <= ticket.days_ago <= OLDEST:
        found = str(ticket.days_ago)
        raise DayError(file, where, expected=f"days_ago from 1 to {OLDEST}", found=found, remedy="Correct it.")
    closed = ticket.closed_days_ago
    if closed is not None and not 0 <= closed <= ticket.days_ago:
        expected = f"closed_days_ago from 0 to its days_ago, {ticket.days_ago}"
        raise DayError(file, where, expected=expected, found=str(closed), remedy="Correct one of the two.")


def check_names(file: Path, chats: Sequence[ChatPlan], tickets: Sequence[TicketEntry]) -> None:
    """Every name stands for one chat or ticket, and whatever is attached ends at one that stands for itself."""
    by_reps = [step.name for chat in chats for step in chat.steps if step.kind == "ticket"]
    names = [chat.name for chat in chats] + [ticket.name for ticket in tickets] + by_reps
    for name in names:
        if not name.strip() or names.count(name) > 1:
            where, found = (f"chat {name}", "it twice") if name.strip() else ("a chat or ticket", "an empty one")
            raise DayError(file, where, expected="a name of its own", found=found, remedy="Rename one.")
    ends = {chat.name: chat for chat in chats}
    for chat in chats:
        _check_end(file, chat, ends, names)


def _check_end(file: Path, chat: ChatPlan, ends: dict[str, ChatPlan], names: list[str]) -> None:
    where, expected = f"chat {chat.name}", chat.entry.expected
    if expected not in ("ticket", "nothing") and chat.attached_to not in names:
        raise DayError(
            file,
            where,
            expected="expected: ticket, nothing, or attached to the name of a chat or ticket of this file",
            found=f"{expected:.60}",
            remedy="Correct the name.",
        )
    way, name = [chat.name], chat.attached_to
    while name in ends and ends[name].attached_to and name not in way:
        way.append(name)
        name = ends[name].attached_to
    if name in way:
        found = f"{ATTACHED}{' and '.join([*way[1:], name])}, in a circle"
    elif name in ends and ends[name].entry.expected == "nothing":
        found = f"{ATTACHED}{name}, which ends at nothing"
    else:
        return
    raise DayError(file, where, expected="an end at a ticket", found=found, remedy="Correct what it expects.")
