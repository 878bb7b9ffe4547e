"""Is a failing history cut down to what is needed, and told so that a person understands it?"""

from pathlib import Path

import msgspec

from tests.simulation.conftest import MONDAY, talk, weeks
from tests.simulation.cutting import cut
from tests.simulation.events import DAY, HOUR, MINUTE, ClosesTickets, Fault, MakesTicket, Outage, Run, Types
from tests.simulation.invariants import broken
from tests.simulation.invariants.promise import evidence_of
from tests.simulation.planted import PLANTS
from tests.simulation.playing import play
from tests.simulation.seam import Starter
from tests.simulation.story import story

BY_NAME = {plant.name: plant for plant in PLANTS}
NOISE = (
    talk("chat-1", "visitor-1", MONDAY),
    talk("chat-2", "visitor-2", MONDAY + 10 * MINUTE, "resolved"),
    talk("chat-3", "visitor-3", MONDAY + 2 * HOUR, inbox="Sales"),
    MakesTicket(at=MONDAY + 2 * HOUR + 2 * MINUTE, chat="chat-3", ticket="ticket-1"),
    Types(at=MONDAY + 3 * HOUR, chat="chat-1", property="subject", value="Called back"),
    ClosesTickets(at=MONDAY + 4 * HOUR, chat="chat-1"),
    Outage(at=MONDAY + 5 * HOUR, until=MONDAY + 6 * HOUR),
    talk("chat-6", "visitor-6", MONDAY + 5 * HOUR),
)


def test_two_chats_at_once_without_a_lock(starter: Starter, tmp_path: Path) -> None:
    """Of ten chats, reps and an outage, two chats of one visitor remain; the story says who, when and what broke."""
    actions = BY_NAME["no lock"].planted_in(tmp_path)
    at_once = (
        talk("chat-4", "visitor-4", MONDAY + DAY // 2),
        talk("chat-5", "visitor-4", MONDAY + DAY // 2, inbox="Sales"),
    )
    whole = weeks(*NOISE, *at_once)
    (broke,) = broken(evidence_of(play(whole, starter, actions)))

    small = cut(whole, broke, starter, actions)

    assert (small.weeks.events, small.weeks.faults, small.whole) == (at_once, (), True)
    assert story(small, "nox -s simulate").splitlines() == [
        "one lock per visitor: chat-4, Mon 02 Mar 21:06:00: ticket 90000002 was made beside ticket 90000001, which was "
        "made for the same visitor",
        f"cut down in {small.plays} plays to 2 event(s) and 0 fault(s):",
        "  Mon 02 Mar 21:00:00  visitor-4 writes in chat-4 (Support)",
        "  Mon 02 Mar 21:00:00  visitor-4 writes in chat-5 (Sales)",
        "  Mon 02 Mar 21:05:00  chat-4 is closed: unresolved",
        "  Mon 02 Mar 21:05:00  chat-5 is closed: unresolved",
        "  Mon 02 Mar 21:06:00  create_ticket of chat-5, attempt 1: succeeded",
        "  Mon 02 Mar 21:06:00  stamp_chat_closed_at of chat-5, attempt 1: succeeded",
        "  Mon 02 Mar 21:06:00  send_confirmation of chat-5, attempt 1: succeeded",
        "  Mon 02 Mar 21:06:00  create_ticket of chat-4, attempt 1: succeeded",
        "  Mon 02 Mar 21:06:00  stamp_chat_closed_at of chat-4, attempt 1: succeeded",
        "  Mon 02 Mar 21:06:00  send_confirmation of chat-4, attempt 1: succeeded",
        "again: nox -s simulate",
    ]


def test_the_one_fault_that_is_needed(starter: Starter, tmp_path: Path) -> None:
    """Where a mistake shows only when one call goes wrong, that fault remains, and those that do no harm are gone."""
    actions = BY_NAME["no key of the thread"].planted_in(tmp_path)
    run = Run("unresolved_chats", "chat-4", 1, "create_ticket", 1)
    chat = talk("chat-4", "visitor-4", MONDAY + DAY // 2)
    whole = weeks(*NOISE, chat)
    (calls,) = (ran.calls for ran in play(whole, starter, actions).runs if ran.run == run)
    post = 1 + [call[:2] for call in calls].index(("POST", "/crm/objects/2026-09/tickets"))
    needed = Fault(run, post, "502 after")
    harmless = [Fault(Run("unresolved_chats", "chat-4", 1, "triage_chat", 1), call, "429") for call in (1, 2)]
    harmless += [Fault(Run("unresolved_chats", "chat-1", 1, "triage_chat", 1), 1, "kill after")]
    whole = msgspec.structs.replace(whole, faults=(*harmless, needed))
    broke = next(one for one in broken(evidence_of(play(whole, starter, actions))) if one.chat == "chat-4")

    small = cut(whole, broke, starter, actions)

    assert (small.weeks.events, small.weeks.faults, small.history.struck) == ((chat,), (needed,), [needed])
    assert (
        f"  Mon 02 Mar 21:06:00  fault: create_ticket of chat-4, call {post} POST /crm/objects/2026-09/tickets: "
        "502, although it was carried out"
    ) in story(small, "nox -s simulate").splitlines()
