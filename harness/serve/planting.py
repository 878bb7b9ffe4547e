"""How a seed becomes an account: each entry in the words of the portal's own verbs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import available_timezones

from harness.clock import EPOCH, RANGE, Clock, ClockError
from harness.portal import Portal
from harness.portal.refusals import Refusal
from harness.serve.seed import Chat, Company, Contact, Seed, Ticket
from harness.serve.seed_file import SeedError
from harness.serve.spans import span
from harness.serve.talking import Talk, talk


def planted(seed: Seed, file: str, clock: Clock, log_limit: int | None = None) -> Portal:
    """The account that a seed describes, by this clock; a SeedError names the place of what is wrong."""
    account = seed.account
    if account.time_zone not in available_timezones():
        raise SeedError(file, "account.time_zone", "a zone such as Europe/Berlin", account.time_zone)
    portal = Portal(
        clock=clock,
        portal_id=account.id,
        ui_domain=account.ui_domain,
        time_zone=account.time_zone,
        log_limit=log_limit,
    )
    plant(portal, seed, file)
    return portal


def plant(portal: Portal, seed: Seed, file: str) -> None:
    """Add everything a seed says to an account."""
    Planting(portal, seed, file).plant()


class Planting:
    """One seed on its way into one account."""

    def __init__(self, portal: Portal, seed: Seed, file: str) -> None:
        self._portal = portal
        self._seed = seed
        self._file = file
        self._now = portal.clock.now()
        self._contacts: dict[str, str] = {}
        self._companies: dict[str, str] = {}
        self._inboxes: dict[str, str] = {}

    def plant(self) -> None:
        """All of it, in the order of the schema."""
        self._settings()
        self._people()
        for at, ticket in enumerate(self._seed.tickets):
            with self._here(f"tickets[{at}]"):
                self._tickets(ticket)
        for at, chat in enumerate(self._seed.chats):
            with self._here(f"chats[{at}]"):
                self._chats(chat)
        for at, flow in enumerate(self._seed.flows):
            with self._here(f"flows[{at}]"):
                self._portal.has_flow(flow)
        self._portal.weather.seeded(self._seed.weather_seed)
        for at, rule in enumerate(self._seed.weather):
            with self._here(f"weather[{at}]"):
                self._portal.weather.add(rule)

    def _settings(self) -> None:
        portal, seed = self._portal, self._seed
        if seed.account.conversation_flows != "listed":
            portal.hides_conversation_flows(also_by_id=seed.account.conversation_flows == "unknown")
        for at, token in enumerate(seed.tokens):
            with self._here(f"tokens[{at}]"):
                portal.token(*token.scopes, value=token.value, expires=token.expires)
        for secret in seed.secrets:
            portal.has_secret(secret)
        for type, definitions in seed.properties.items():
            for at, definition in enumerate(definitions):
                with self._here(f"properties.{type}[{at}]"):
                    portal.provision([definition], type)
        for type, names in seed.required.items():
            with self._here(f"required.{type}"):
                for name in names:
                    self._known(portal.property_types(type), name, "property")
                portal.requires(type, *names)
        for pipeline in seed.pipelines:
            portal.has_pipeline(pipeline.label, [(stage.label, stage.state) for stage in pipeline.stages])
        for inbox in seed.inboxes:
            self._inboxes[inbox.name] = portal.has_inbox(inbox.name, inbox.type)

    def _people(self) -> None:
        portal, seed = self._portal, self._seed
        for name in seed.agents:
            portal.has_agent(name)
        for name in seed.former_agents:
            portal.deactivates(portal.has_agent(name))
        for name in seed.bots:
            portal.has_bot(name)
        for name in seed.ai_agents:
            portal.has_llm(name)
        for name in seed.queues:
            portal.has_queue(name)
        staff: dict[str, list[str]] = {}
        for at, contact in enumerate(seed.contacts):
            with self._here(f"contacts[{at}]"):
                self._add_contacts(contact, staff)
        for at, company in enumerate(seed.companies):
            with self._here(f"companies[{at}]"):
                self._add_companies(company, staff)
        for name in staff:
            with self._here(f"contacts of {name}"):
                self._known(self._companies, name, "company")

    def _add_contacts(self, entry: Contact, staff: dict[str, list[str]]) -> None:
        for number in range(1, entry.repeat + 1):
            email = _numbered(entry.email, number).lower()
            id = self._portal.has_contact(email, **_all_numbered(entry.properties, number))
            self._contacts[email] = id
            if entry.company:
                staff.setdefault(_numbered(entry.company, number), []).append(id)

    def _add_companies(self, entry: Company, staff: dict[str, list[str]]) -> None:
        for number in range(1, entry.repeat + 1):
            name = _numbered(entry.name, number)
            id = self._companies[name] = self._portal.has_company(name, staff.get(name, ()))
            for property, value in _all_numbered(entry.properties, number).items():
                self._portal.set_property("companies", id, property, value, source="rep")

    def _tickets(self, entry: Ticket) -> None:
        stages = self._stages(entry)
        for number, when in self._moments(entry.ago, entry.every, entry.repeat):
            contact, company = _numbered(entry.contact, number).lower(), _numbered(entry.company, number)
            ends: dict[str, Any] = {
                "contact": self._known(self._contacts, contact, "contact") if contact else None,
                "company": self._known(self._companies, company, "company") if company else None,
            }
            properties = stages | {"createdate": when.isoformat()} | _all_numbered(entry.properties, number)
            self._portal.has_ticket(_numbered(entry.subject, number), **ends, **properties)

    def _stages(self, entry: Ticket) -> dict[str, Any]:
        pipelines = {pipeline.label: pipeline for pipeline in self._portal.world.pipelines.tickets.values()}
        default = self._portal.world.pipelines.default()
        pipeline = self._known(pipelines, entry.pipeline, "pipeline") if entry.pipeline else default
        stages = {stage.label: stage.id for stage in pipeline.stages}
        stage = self._known(stages, entry.stage, "stage") if entry.stage else pipeline.stages[0].id
        return {"hs_pipeline": pipeline.id, "hs_pipeline_stage": stage}

    def _chats(self, entry: Chat) -> None:
        inbox = self._known(self._inboxes, entry.inbox, "inbox") if entry.inbox else None
        for number, when in self._moments(entry.ago, entry.every, entry.repeat):
            email = _numbered(entry.contact, number).lower()
            contact = self._known(self._contacts, email, "contact") if email else None
            chat = self._portal.has_chat(inbox=inbox, contact=contact, channel=entry.channel, at=when)
            said = Talk(self._portal, chat, contact, partial(_numbered, number=number))
            talk(said, entry.talk, when, self._now)

    def _moments(self, ago: str, every: str, repeat: int) -> Iterator[tuple[int, datetime]]:
        """The number and the moment of each repeat; none lies ahead."""
        back, step = span(ago) if ago else timedelta(), span(every)
        if back > self._now - EPOCH:
            raise ValueError(f"expected its first moment not before {EPOCH:%Y-%m-%d}, found it earlier: a smaller ago")
        if repeat > 1 and step > back / (repeat - 1):
            raise ValueError("expected its last repeat not after now, found it ahead: a larger ago, or a smaller every")
        for number in range(1, repeat + 1):
            yield number, self._now - back + step * (number - 1)

    def _known(self, known: dict[str, Any], name: str, what: str) -> Any:
        if name not in known:
            listed = ", ".join(list(known)[:5]) or "none yet"
            raise ValueError(f"expected a {what} of this account ({listed}), found {name[:60]!r}")
        return known[name]

    @contextmanager
    def _here(self, where: str) -> Iterator[None]:
        """What is wrong with an entry is said with its place."""
        try:
            yield
        except Refusal as refusal:
            raise SeedError(self._file, where, "what the portal takes", refusal.message) from None
        except ClockError:
            raise SeedError(self._file, where, f"moments from {RANGE}", "another") from None
        except TypeError as problem:  # a property named like what an entry says in its own words
            raise SeedError(self._file, where, "each thing once", str(problem).rpartition(") ")[2]) from None
        except (LookupError, ValueError) as problem:
            inside, _, said = str(problem).rpartition("expected ")
            expected, _, found = said.partition(", found ")
            place = " ".join([where, inside.rstrip(": ")]).rstrip()
            raise SeedError(self._file, place, expected, found.rstrip(".") or "none") from None


def _numbered(text: str, number: int) -> str:
    return text.replace("{n}", str(number))


def _all_numbered(properties: dict[str, str], number: int) -> dict[str, str]:
    return {name: _numbered(value, number) for name, value in properties.items()}
