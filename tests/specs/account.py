"""An account with one of everything, and what its ids are called in HubSpot's paths, queries and bodies."""

from dataclasses import dataclass, field

from harness.portal import Portal

FLOW = {
    "type": "PLATFORM_FLOW",
    "flowType": "WORKFLOW",
    "objectTypeId": "0-5",
    "isEnabled": True,
    "name": "Chats",
    "actions": [],
}


@dataclass
class Account:
    """A portal with records, chats, people, a flow and a rule; the same ids every time."""

    portal: Portal = field(default_factory=Portal)
    token: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)  # by a parameter's or a key's name

    def __post_init__(self) -> None:
        portal = self.portal
        self.token = portal.token()
        agent = portal.has_agent("agent-3")
        inbox = portal.has_inbox()
        unique = {"name": "chat_id", "label": "Chat", "type": "string", "fieldType": "text", "hasUniqueValue": True}
        portal.provision([unique])
        contacts = [portal.has_contact(f"visitor-{n}@example.org", firstname=f"visitor-{n}") for n in (12, 13)]
        company = portal.has_company("example", contacts)
        chat = portal.has_chat(contact=contacts[0]).says("Hello").agent("Hello").comment("A regular").closes()
        tickets = [portal.has_ticket(f"Help {n}", contact=contacts[0], thread=chat, chat_id=str(n)) for n in (1, 2)]
        flow = portal.has_flow(dict(FLOW))
        portal.demands("tickets", "subject", "MAX_LENGTH", "200")
        thread = portal.world.conversations.threads[chat.id]
        self.values = {
            "tickets": tickets,
            "contacts": contacts,
            "companies": [company],
            "notes": [],
            "actorId": [agent, f"V-{contacts[0]}"],
            "channelAccountId": list(portal.world.conversations.channel_accounts),
            "channelId": ["1000"],
            "flowId": [flow],
            "groupName": ["ticketinformation"],
            "inboxId": [inbox],
            "messageId": [message.id for message in thread.messages],
            "ownerId": [portal.owner_of(agent)],
            "pipelineId": ["0"],
            "propertyName": ["subject", "hs_ticket_priority", "chat_id"],
            "revisionId": ["1"],
            "ruleType": ["MAX_LENGTH"],
            "stageId": ["1", "4"],
            "threadId": [chat.id],
        }
