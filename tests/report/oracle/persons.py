"""Stories in which it matters whose tickets are whose: help desks, several chats of one person, tickets of no chat."""

from __future__ import annotations

from tests.report.oracle import services
from tests.report.oracle.scene import Scene
from tests.report.oracle.stage import DAY, HOUR, MINUTE, Stage
from tests.report.oracle.stories import Scenes, scene, settled, waiting
from tests.report.oracle.ticket import Ticket


def help_desk(stage: Stage, at: int) -> Scenes:
    """HubSpot made a ticket with the chat: open at the close, or closed before and perhaps opened again."""
    chat, talk = scene(stage, stage.help_desk), waiting(stage) if stage.dice.random() < 0.7 else settled(stage)
    chat.talks(talk, at, pace=stage.pick([50_000, HOUR]))
    ending = chat.closes(at, talk)
    ticket = Ticket(stage).of_help_desk(at - 1, chat)
    then = stage.pick(["open", "open", "closed", "opened"])
    if then == "open":
        ending.served(at, "made_before", ticket)
        return [chat]
    ticket.shuts(at - 1)
    if then == "opened":
        again = at + services.delay(stage)
        ticket.opens(again)
        ending.served(again, "reopened", ticket)
    return [chat]


def two_chats(stage: Stage, at: int) -> Scenes:
    """A visitor with two chats and a ticket for each of them, both open: a person with two tickets."""
    contact = stage.contact()
    chats = []
    for number, close in enumerate((at, at + stage.between(HOUR, 2 * DAY))):
        chat, talk = Scene(stage, stage.pick(stage.inboxes), contact), waiting(stage)
        chat.talks(talk, close)
        ending = chat.closes(close, talk)
        soon = close + services.delay(stage)
        if stage.provisioned:
            ticket = Ticket(stage).created(soon, chat, [close], without="lock" if number else "")
        else:
            ticket = Ticket(stage).by_rep(soon, chat, named=bool(number))
        ending.served(soon, "created", ticket)
        chats.append(chat)
    return chats


def shared_ticket(stage: Stage, at: int) -> Scenes:
    """A visitor whose second chat joins the ticket of the first."""
    if not stage.provisioned:
        return two_chats(stage, at)
    contact = stage.contact()
    first, second = (Scene(stage, stage.pick(stage.inboxes), contact) for _ in range(2))
    made, later = at + services.delay(stage) % HOUR, at + stage.between(2 * HOUR, 2 * DAY)
    talk, again = waiting(stage), waiting(stage)
    first.talks(talk, at)
    second.talks(again, later)
    one, two = first.closes(at, talk), second.closes(later, again)
    ticket = Ticket(stage).created(made, first, [at])
    joined = later + services.delay(stage)
    ticket.joined(joined, second, [later])
    one.served(made, "created", ticket)
    two.served(joined, "attached", ticket)
    return [first, second]


def ticket_of_no_chat(stage: Stage, at: int) -> Scenes:
    """The visitor waits, and has an open ticket that names no chat: it may be the answer, nobody can tell."""
    contact = stage.contact()
    chat, talk = Scene(stage, stage.pick(stage.inboxes), contact), waiting(stage)
    chat.talks(talk, at)
    ending = chat.closes(at, talk)
    made = chat.begins - stage.between(MINUTE, DAY)
    ticket = Ticket(stage).unlinked(made, contact)
    if stage.dice.random() < 0.3:
        ticket.shuts(stage.between(made + 1, chat.begins))  # of the past: it explains nothing
    else:
        ending.ambiguous = True
    return [chat]
