"""What a seed file can say. Every key is optional; docs/seed.md describes each."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from harness.portal.weather_rules import Rule

Count = Annotated[int, msgspec.Meta(ge=1, le=100_000)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Name = Annotated[str, msgspec.Meta(min_length=1)]


class Entry(msgspec.Struct, forbid_unknown_fields=True):
    """A part of a seed; a key that is not known is a mistake."""


class Account(Entry):
    """What the account says of itself."""

    id: Annotated[int, msgspec.Meta(ge=1)] = 4711001
    ui_domain: str = "app.hubspot.com"
    time_zone: str = "Europe/Berlin"
    conversation_flows: Literal["listed", "unlisted", "unknown"] = "listed"  # by the API; unknown: not by id either


class Limits(Entry):
    """The plan whose limits are enforced, or figures of one's own."""

    plan: Literal["free", "starter", "professional", "enterprise", "public-app"] = "professional"
    pack: bool = False
    burst: Count | None = None
    daily: Count | None = None
    searches: Count = 5


class Token(Entry):
    """A token that is taken. No scopes: all."""

    value: Annotated[str, msgspec.Meta(pattern="^local-")]
    scopes: list[str] = []
    expires: Moment | None = None


class Stage(Entry):
    """A stage of a pipeline."""

    label: Name
    state: Literal["OPEN", "CLOSED"] = "OPEN"


class Pipeline(Entry):
    """A ticket pipeline besides the default one."""

    label: Name
    stages: Annotated[list[Stage], msgspec.Meta(min_length=1)]


class Inbox(Entry):
    """An inbox, or the help desk, which makes a ticket of every conversation."""

    name: Name
    type: Literal["INBOX", "HELP_DESK"] = "INBOX"


class Company(Entry):
    """A company."""

    name: Name
    properties: dict[str, str] = {}
    repeat: Count = 1


class Contact(Entry):
    """A contact."""

    email: Name
    properties: dict[str, str] = {}
    company: str = ""
    repeat: Count = 1


class Ticket(Entry):
    """A ticket, made by a rep."""

    subject: Name
    contact: str = ""  # an e-mail address of this file
    company: str = ""  # a name of this file
    pipeline: str = ""  # a label; "": the default one
    stage: str = ""  # a label; "": the first one
    properties: dict[str, str] = {}
    ago: str = ""  # such as "3 days"; "": now
    every: str = "0 s"  # between repeats
    repeat: Count = 1


class Line(Entry):
    """One thing that happens in a chat: exactly one of these."""

    visitor: str | None = None
    agent: str | None = None
    bot: str | None = None
    ai: str | None = None
    comment: str | None = None
    wait: str | None = None
    close: Literal["visitor", "agent", "bot", "hubspot"] | None = None
    reopen: Literal["visitor", "agent", "hubspot"] | None = None
    ticket: str | None = None  # its subject


class Chat(Entry):
    """A chat, from its first line to its last."""

    talk: list[Line]
    contact: str = ""  # an e-mail address of this file; "": a visitor nobody knows
    inbox: str = ""
    channel: str = "1000"
    ago: str = ""
    every: str = "0 s"
    repeat: Count = 1


class Seed(Entry):
    """The file as a whole, in the order it is planted."""

    account: Account = msgspec.field(default_factory=Account)
    limits: Limits = msgspec.field(default_factory=Limits)
    now: Moment | None = None
    tokens: list[Token] = []
    secrets: list[Name] = []
    properties: dict[str, list[dict[str, Any]]] = {}
    required: dict[str, list[str]] = {}
    pipelines: list[Pipeline] = []
    inboxes: list[Inbox] = []
    agents: list[Name] = []
    former_agents: list[Name] = []
    bots: list[Name] = []
    ai_agents: list[Name] = []
    queues: list[Name] = []
    companies: list[Company] = []
    contacts: list[Contact] = []
    tickets: list[Ticket] = []
    chats: list[Chat] = []
    flows: list[dict[str, Any]] = []
    weather: list[Rule] = []
    weather_seed: int = 0
