"""Puts each event on the portal: the hands of visitors, agents, reps and administrators."""

from functools import partial

from harness.portal import Chat
from tests.simulation import events
from tests.simulation.events import AnyEvent, Line, Talks, Weeks
from tests.simulation.flows import Switch
from tests.simulation.stage import Stage, moment

WAITING = "2"  # HubSpot's Support Pipeline, Waiting on contact (documented)
OWNER = "hubspot_owner_id"
A_MOMENT = 0.001


class Actors:
    """Everybody who does something by hand. An event about somebody who was cut away does nothing."""

    def __init__(self, weeks: Weeks, stage: Stage, switches: dict[str, Switch]) -> None:
        self._weeks, self._stage, self._switches = weeks, stage, switches
        self._portal = stage.portal
        self.threads: dict[str, str] = {}
        """Chat → thread id."""
        self.chats: dict[str, str] = {}
        """Thread id, or the id of its record → chat."""
        self.tickets: dict[str, str] = {}
        """Ticket made by hand → its id."""
        self._visitors: dict[str, str] = {}
        self._between: dict[tuple[str, str], int] = {}

    def plan(self) -> None:
        """Put everything on the portal's clock; nothing happens until that is moved."""
        for event in self._weeks.events:
            if isinstance(event, events.Outage):
                self._portal.weather.outage(moment(event.at), moment(event.until))
            elif isinstance(event, Talks):
                self._plan_talks(event)
            else:
                self._portal.clock.at(moment(event.at), partial(self._do, event))

    def step_is_over(self, flow: str, subject: str, action: str) -> None:
        """Between two steps of the conversation's flow: what a rep does there, once."""
        at = self._between.get((subject, action))
        if flow == "unresolved_chats" and at is not None and at <= self._portal.clock.millis():
            del self._between[subject, action]
            self._portal.clock.advance(
                A_MOMENT
            )  # before and after: what happens at one moment has no order in a history
            self._close_tickets(subject)
            self._portal.clock.advance(A_MOMENT)

    def _plan_talks(self, talks: Talks) -> None:
        for place, line in enumerate(talks.lines):
            at = moment(talks.at + line.after)
            self._portal.clock.at(at, partial(self._say, talks, line, opens=place == 0))

    def _say(self, talks: Talks, line: Line, *, opens: bool) -> None:
        if opens and talks.chat not in self.threads:
            self._open(talks)
        chat, by = self._portal.chat(self.threads[talks.chat]), self._stage.agents[talks.agent]
        match line.who:
            case events.VISITOR:
                chat.says(line.text)
            case events.AGENT:
                chat.agent(line.text, by=by)
            case events.COMMENT:
                chat.comment(line.text, by=by)
            case events.BOT:
                chat.bot(line.text, by=self._stage.bot)
            case events.AI:
                chat.llm(line.text, by=self._stage.ai)
            case events.REOPEN:
                chat.reopens(by)
            case _:
                chat.closes(by)

    def _open(self, talks: Talks) -> None:
        person = self._weeks.account.person(talks.visitor)
        contact = self._stage.contacts.get(talks.visitor)
        chat = self._portal.has_chat(
            inbox=self._stage.inboxes[talks.inbox],
            contact=contact,
            channel=talks.channel,
            email=None if contact else person.address or None,
        )
        if talks.spam:
            chat.is_spam()
        self.threads[talks.chat] = chat.id
        self.chats[chat.id] = self.chats[chat.record_id] = talks.chat

    def _do(self, event: AnyEvent) -> None:
        match event:
            case events.ReopensByMistake():
                self._reopen_by_mistake(event)
            case events.MakesTicket() if event.chat in self.threads:
                self._make_ticket(event)
            case events.MakesTicketOfNoChat():
                contact = self._stage.contacts[event.visitor]
                self.tickets[event.ticket] = self._portal.has_ticket("By phone", contact=contact)
            case events.ClosesTickets() if event.between:
                self._between[event.chat, event.between] = event.at
            case events.ClosesTickets():
                self._close_tickets(event.chat)
            case events.Answers():
                for id in self._open_tickets(event.chat, of_visitor=False):
                    self._portal.move_ticket(id, WAITING)
            case events.Types():
                self._type(event)
            case events.Merges():
                self._merge(event)
            case events.Ruled():
                self._rule(event.rule)
            case events.SwitchedOff():
                self._switches[event.flow].off()
                self._portal.clock.at(moment(event.until), self._switches[event.flow].on)
            case _:
                pass

    def _reopen_by_mistake(self, event: events.ReopensByMistake) -> None:
        thread = self.threads.get(event.chat)
        if thread is None:
            return
        chat, by = self._portal.chat(thread), self._stage.agents[event.agent]
        if chat.status == "CLOSED":
            chat.reopens(by)
            self._portal.clock.after(event.closes_after / 1000, partial(_close, chat, by))

    def _make_ticket(self, event: events.MakesTicket) -> None:
        thread = self.threads[event.chat]
        contact = self._portal.world.conversations.threads[thread].contact_id
        known = contact if self._portal.values("contacts", contact) is not None else None
        self.tickets[event.ticket] = self._portal.has_ticket("From the inbox", contact=known, thread=thread)

    def _type(self, event: events.Types) -> None:
        value = event.value
        if event.property == OWNER:
            value = self._portal.owner_of(self._stage.agents[self._weeks.account.agents[1]])
        for id in self._open_tickets(event.chat, of_visitor=False):
            self._portal.set_property("tickets", id, event.property, value, source="rep")

    def _merge(self, event: events.Merges) -> None:
        contacts = self._stage.contacts
        one, other = contacts[event.survivor], contacts[event.other]
        if one == other:
            return
        merged = self._portal.merge_contacts(one, other)
        for name, id in contacts.items():
            if id in (one, other):
                contacts[name] = merged

    def _rule(self, rule: str) -> None:
        match rule:
            case "new tickets not in the first stage":
                self._portal.stage_not_for_creation("1")
            case "short descriptions":
                self._portal.demands("tickets", "content", "MAX_LENGTH", "120")
            case "agent-1 has left":
                self._portal.deactivates(self._stage.agents["agent-1"])
            case _:
                self._portal.requires("tickets", "hs_ticket_category")

    def _close_tickets(self, chat: str) -> None:
        for id in self._open_tickets(chat, of_visitor=True):
            self._portal.close_ticket(id)

    def _open_tickets(self, chat: str, *, of_visitor: bool) -> list[str]:
        """Those that name the chat; and those of its visitor, if there are not too many for one rep."""
        thread = self.threads.get(chat)
        if thread is None:
            return []
        conversation = self._portal.world.conversations.threads[thread]
        found = set(self._portal.associations("conversations", conversation.record_id, "tickets"))
        if of_visitor and self._portal.values("contacts", conversation.contact_id) is not None:
            more = self._portal.associations("contacts", conversation.contact_id, "tickets")
            found |= set(more) if len(more) < 6 else set()
        values = {id: self._portal.values("tickets", id) or {} for id in sorted(found)}
        return [id for id, known in values.items() if known.get("hs_is_closed") != "true"]


def _close(chat: Chat, by: str) -> None:
    if chat.status == "OPEN":
        chat.closes(by)
