"""What is stored of conversations: inboxes, channel accounts, actors, threads, messages."""

from dataclasses import dataclass, field

CHANNELS = {  # ids seen in public code and in dumps of real accounts
    "1000": "Live chat",
    "1001": "Facebook Messenger",
    "1002": "Email",
    "1003": "Forms",
    "1004": "Customer portal",
    "1007": "WhatsApp",
    "1009": "SMS",
    "1010": "Instagram",
}
AGENT, BOT, LLM, VISITOR, SYSTEM, INTEGRATOR, EMAIL = (
    "AGENT",
    "BOT",
    "LLM",
    "VISITOR",
    "SYSTEM",
    "INTEGRATOR",
    "EMAIL",
)
# documented, except L, which is guessed: the spec has the type, nobody has shown the prefix
PREFIXES = {"A": AGENT, "B": BOT, "L": LLM, "V": VISITOR, "S": SYSTEM, "I": INTEGRATOR, "E": EMAIL}
HUBSPOT = "S-hubspot"  # HubSpot itself, when nobody in particular closes or assigns


@dataclass(slots=True)
class Inbox:
    """One inbox, or the help desk."""

    id: str
    name: str
    type: str
    created: int
    makes_tickets: bool


@dataclass(slots=True)
class ChannelAccount:
    """One connected channel of one inbox."""

    id: str
    channel_id: str
    inbox_id: str
    name: str
    created: int


@dataclass(slots=True)
class Actor:
    """Somebody or something that writes in threads."""

    id: str
    type: str
    name: str = ""
    email: str = ""


@dataclass(slots=True)
class Message:
    """One entry of a thread, of any type."""

    id: str
    type: str
    at: int
    by: str
    text: str = ""
    rich_text: str = ""
    incoming: bool = False
    client: str = "HUBSPOT"
    app_id: int | None = None
    original: str = ""  # the whole text, where `text` was cut short
    new_status: str = ""
    assigned_to: str = ""
    assigned_from: str = ""
    attachments: tuple[dict[str, object], ...] = ()
    recipients: tuple[dict[str, object], ...] = ()  # as they were given; none: the visitor
    subject: str = ""
    from_inbox: str = ""
    to_inbox: str = ""


@dataclass(slots=True)
class Thread:
    """One conversation with one visitor."""

    id: str
    record_id: str  # the conversation as a CRM record has another id
    inbox_id: str
    channel_id: str
    channel_account_id: str
    contact_id: str  # or a visitor's id, which no contact has
    created: int
    visitor_email: str = ""
    visitor_name: str = ""
    status: str = "OPEN"
    closed_at: int | None = None
    assigned_to: str = ""
    spam: bool = False
    archived: bool = False
    latest_message: int | None = None
    latest_received: int | None = None
    latest_sent: int | None = None
    messages: list[Message] = field(default_factory=list)

    @property
    def visitor(self) -> str:
        """The visitor as an actor."""
        return f"V-{self.contact_id}"


class Conversations:
    """All inboxes, actors and threads of the account."""

    def __init__(self) -> None:
        self.inboxes: dict[str, Inbox] = {}
        self.channel_accounts: dict[str, ChannelAccount] = {}
        self.actors: dict[str, Actor] = {HUBSPOT: Actor(HUBSPOT, SYSTEM)}
        self.threads: dict[str, Thread] = {}
        self.by_record: dict[str, str] = {}
        self._messages = 0

    def next_message_id(self) -> str:
        """A message id: text that is no number, as in HubSpot."""
        self._messages += 1
        return f"{self._messages:032x}"

    def channel_account(self, inbox: Inbox, channel_id: str) -> ChannelAccount:
        """The account through which an inbox is on a channel; made when first asked for."""
        for account in self.channel_accounts.values():
            if account.inbox_id == inbox.id and account.channel_id == channel_id:
                return account
        id = str(3_000_001 + len(self.channel_accounts))
        name = f"{inbox.name} {CHANNELS.get(channel_id, channel_id)}"
        account = ChannelAccount(id, channel_id, inbox.id, name, inbox.created)
        self.channel_accounts[id] = account
        return account
