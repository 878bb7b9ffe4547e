"""Does each promise break when it is not kept? A fault is planted in what good weeks left behind, one at a time."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.simulation.conftest import MONDAY, talk, weeks
from tests.simulation.events import HOUR, MINUTE, MakesTicket, ReopensByMistake, Types
from tests.simulation.forged_joins import FORGED_JOINS
from tests.simulation.forged_words import FORGED
from tests.simulation.forging import of, with_run
from tests.simulation.invariants import INVARIANTS, broken
from tests.simulation.invariants.promise import Evidence, evidence_of
from tests.simulation.playing import History, Stand, play
from tests.simulation.seam import Starter
from tests.simulation.tickets import Line, Ticket, Value

API = "INTEGRATION"


@pytest.fixture(scope="module")
def history(starter: Starter) -> History:
    """Five chats in fair weather: two that wait, one that is settled, one with a rep's ticket, one by mistake."""
    return play(
        weeks(
            talk("chat-1", "visitor-1", MONDAY),
            talk("chat-2", "visitor-2", MONDAY + HOUR),
            talk("chat-3", "visitor-3", MONDAY + HOUR, "resolved"),
            talk("chat-4", "visitor-4", MONDAY + 2 * HOUR),
            MakesTicket(at=MONDAY + 2 * HOUR + 2 * MINUTE, chat="chat-4", ticket="ticket-1"),
            talk("chat-5", "visitor-5", MONDAY + 3 * HOUR),
            ReopensByMistake(at=MONDAY + 5 * HOUR, chat="chat-5", agent="agent-2", closes_after=MINUTE),
            Types(at=MONDAY + 4 * HOUR, chat="chat-1", property="subject", value="Called back"),
        ),
        starter,
    )


def with_stands(evidence: Evidence, **changes: object) -> None:
    """Two tickets that at one moment carry the same key."""
    two = [Stand(MONDAY + HOUR, id, "", "", open=True) for id in ("71", "72")]
    stands = [*evidence.history.stands, *(replace(one, **changes) for one in two)]  # type: ignore[arg-type]
    evidence.history = replace(evidence.history, stands=stands)


def no_ticket(evidence: Evidence) -> None:
    evidence.tickets.remove(of(evidence, "chat-1"))


def closed_before_it_was_listed(evidence: Evidence) -> None:
    ticket = of(evidence, "chat-1")
    ticket.states = [(ticket.made_at - 1, False)]


def six_minutes_after_the_close(evidence: Evidence) -> None:
    ticket = of(evidence, "chat-1")
    later = ticket.made_at + 5 * MINUTE
    ticket.made_at, ticket.own_since, ticket.states = later, later, [(later, True)]
    ticket.lines = [replace(line, since=later) for line in ticket.lines]
    evidence.emails = [(at + 5 * MINUTE * (id == ticket.id), to, id) for at, to, id in evidence.emails]
    runs = [replace(one, at=one.at + 5 * MINUTE * (one.run.subject == "chat-1")) for one in evidence.history.runs]
    evidence.history = replace(evidence.history, runs=runs)


def a_second_ticket(evidence: Evidence) -> None:
    ticket = of(evidence, "chat-4")
    made = ticket.made_at + HOUR
    evidence.tickets.append(
        replace(ticket, id="71", made_by="us", made_at=made, lines=[], values={}, past={}, states=[(made, True)])
    )


def lost_from_the_list(evidence: Evidence) -> None:
    ticket = of(evidence, "chat-1")
    ticket.lines = [replace(line, lost=True) for line in ticket.lines]


def the_same_thread(evidence: Evidence) -> None:
    with_stands(evidence, thread="8000000001")


def the_same_lock(evidence: Evidence) -> None:
    with_stands(evidence, lock="contact:1")


def beside_an_open_one(evidence: Evidence) -> None:
    one, two = of(evidence, "chat-1"), of(evidence, "chat-2")
    evidence.chats["chat-2"].visitor = "visitor-1"
    evidence.emails = [(at, "visitor-1@example.org" if id == two.id else to, id) for at, to, id in evidence.emails]
    two.past["chat_open_key"] = one.past["chat_open_key"]


def closed_by_us(evidence: Evidence) -> None:
    of(evidence, "chat-1").stages.append(Value(MONDAY + 6 * HOUR, "4", API))


def re_owned(evidence: Evidence) -> None:
    of(evidence, "chat-1").past["hubspot_owner_id"] = [Value(MONDAY + 6 * HOUR, "60000001", API)]


def archived(evidence: Evidence) -> None:
    with_run(evidence, calls=(("DELETE", "/crm/objects/2026-09/tickets/1", 204),))


def merged(evidence: Evidence) -> None:
    with_run(evidence, calls=(("POST", "/crm/objects/2026-09/tickets/merge", 200),))


def a_ticket_for_a_settled_chat(evidence: Evidence) -> None:
    made = MONDAY + 2 * HOUR
    evidence.tickets.append(Ticket("71", "us", made, "", "chat-3", made, [(made, True)], [], [], {}))


def an_hour_late(evidence: Evidence) -> None:
    of(evidence, "chat-1").values["chat_closed_at"] = "2026-03-02T10:05:00Z"


def another_first_close(evidence: Evidence) -> None:
    of(evidence, "chat-1").values["chat_first_closed_at"] = "2026-03-02T09:06:00Z"


def no_clock(evidence: Evidence) -> None:
    del of(evidence, "chat-1").values["chat_closed_at"]


def a_rep_s_ticket_without_a_clock(evidence: Evidence) -> None:
    made = MONDAY + 2 * HOUR
    evidence.tickets.append(Ticket("71", "a rep", made, "chat-3", "", 0, [(made, True)], [], [], {}))


def a_close_that_never_was(evidence: Evidence) -> None:
    ticket = of(evidence, "chat-1")
    ticket.lines.append(Line("chat-1", MONDAY + 5 * MINUTE + 1, ticket.made_at))


def a_close_of_another_ticket(evidence: Evidence) -> None:
    one, two = of(evidence, "chat-1"), of(evidence, "chat-2")
    two.lines.insert(0, replace(one.lines[0], since=two.made_at))
    two.values |= {name: one.values[name] for name in ("chat_closed_at", "chat_first_closed_at")}
    evidence.linked.add((two.id, "chat-1"))


def told_twice(evidence: Evidence) -> None:
    evidence.emails.append((MONDAY + 6 * HOUR, "visitor-1@example.org", of(evidence, "chat-1").id))


def told_never(evidence: Evidence) -> None:
    evidence.emails = [one for one in evidence.emails if one[2] != of(evidence, "chat-1").id]


def nobody_came_to_tell(evidence: Evidence) -> None:
    evidence.emails.clear()
    came = [one for one in evidence.history.runs if one.run.action != "send_confirmation"]
    evidence.history = replace(evidence.history, runs=came)


def told_to_another(evidence: Evidence) -> None:
    id = of(evidence, "chat-1").id
    evidence.emails = [(at, "visitor-2@example.org" if one == id else to, one) for at, to, one in evidence.emails]


def overwritten(evidence: Evidence) -> None:
    of(evidence, "chat-1").past["subject"].append(Value(MONDAY + 6 * HOUR, "Unresolved chat", API))


def moved_back(evidence: Evidence) -> None:
    moves = [Value(MONDAY + 5 * HOUR, "2", "CRM_UI"), Value(MONDAY + 6 * HOUR, "1", API)]
    of(evidence, "chat-1").past["hs_pipeline_stage"] = moves


def forbidden(evidence: Evidence) -> None:
    with_run(evidence, calls=(("POST", "/crm/objects/2026-09/contacts", 403),))


def beyond_its_own_file(evidence: Evidence) -> None:
    with_run(evidence, calls=(("POST", "/marketing/transactional/2026-09/single-email/send", 200),))


def twenty_seconds(evidence: Evidence) -> None:
    with_run(evidence, seconds=20.0)


def too_much_memory(evidence: Evidence) -> None:
    with_run(evidence, memory_mb=128.5)


PLANTED: dict[str, tuple[Callable[[Evidence], None], ...]] = {
    "served": (
        no_ticket,
        closed_before_it_was_listed,
        six_minutes_after_the_close,
        a_second_ticket,
        lost_from_the_list,
    ),
    "one ticket per thread": (the_same_thread,),
    "one lock per visitor": (the_same_lock, beside_an_open_one),
    "hands off": (closed_by_us, re_owned, archived, merged),
    "resolved changes nothing": (a_ticket_for_a_settled_chat,),
    "right closes": (
        an_hour_late,
        another_first_close,
        no_clock,
        a_rep_s_ticket_without_a_clock,
        a_close_that_never_was,
        a_close_of_another_ticket,
    ),
    "confirmed once": (told_twice, told_never, told_to_another, nobody_came_to_tell),
    "nothing typed overwritten": (overwritten, moved_back),
    "documented scopes": (forbidden, beyond_its_own_file),
    "within bounds": (twenty_seconds, too_much_memory),
    **FORGED_JOINS,
    **FORGED,
}


def test_good_weeks_break_nothing(history: History) -> None:
    """Weeks in fair weather keep every promise, with tickets, e-mails and runs to show for it."""
    evidence = evidence_of(history)

    assert broken(evidence) == []
    assert (len(evidence.tickets), len(evidence.emails), len(history.runs) > 15) == (4, 4, True)


def test_each_promise_has_its_faults() -> None:
    """No promise is without a fault that has to break it."""
    assert sorted(PLANTED) == sorted(invariant.name for invariant in INVARIANTS)


@pytest.mark.parametrize(
    ("name", "plant"),
    [(name, plant) for name, plants in PLANTED.items() for plant in plants],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_a_fault_breaks_its_promise(history: History, name: str, plant: Callable[[Evidence], None]) -> None:
    """A fault in the end state breaks the promise that it is against, and no other."""
    visitor = history.chats["chat-2"].visitor
    evidence = evidence_of(history)
    plant(evidence)

    try:
        assert {one.invariant for one in broken(evidence)} == {name}
    finally:
        history.chats["chat-2"].visitor = visitor


def test_who_has_many_open_tickets_gets_one_without_a_lock(history: History) -> None:
    """Beside more than five open tickets of one visitor nobody guesses: another one is no break."""
    evidence = evidence_of(history)
    chats = [evidence.chats[name] for name in ("chat-2", "chat-3")]
    visitors = [chat.visitor for chat in chats]
    beside_an_open_one(evidence)
    of(evidence, "chat-2").past["chat_open_key"] = []
    evidence.chats["chat-3"].visitor = "visitor-1"
    made = MONDAY - HOUR
    desk = [Ticket(str(n), "the help desk", made, "chat-3", "", 0, [(made, True)], [], [], {}) for n in range(71, 76)]

    try:
        assert {one.invariant for one in broken(evidence)} == {"one lock per visitor"}
        evidence.tickets += desk
        assert broken(evidence) == []
    finally:
        for chat, visitor in zip(chats, visitors, strict=True):
            chat.visitor = visitor
