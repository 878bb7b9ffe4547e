"""The account of the weeks as a portal, and who is who by the names of the events."""

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from harness.clock import EPOCH, Clock
from harness.portal import Portal
from tests.simulation.events import Account

ROOT = Path(__file__).parents[2]
PROPERTIES = ROOT / "deploy/properties.toml"


def moment(at: int) -> datetime:
    """Epoch ms as a moment."""
    return EPOCH + timedelta(milliseconds=at)


@dataclass
class Stage:
    """A portal in which nothing has happened yet."""

    portal: Portal
    inboxes: dict[str, str] = field(default_factory=dict)
    agents: dict[str, str] = field(default_factory=dict)
    contacts: dict[str, str] = field(default_factory=dict)
    bot: str = ""
    ai: str = ""


def set_stage(account: Account) -> Stage:
    """The account, before anything happens in it."""
    portal = Portal(clock=Clock(moment(account.there_since)), time_zone=account.zone)
    with PROPERTIES.open("rb") as file:
        portal.provision(tomllib.load(file)["tickets"])
    stage = Stage(portal)
    for inbox in account.inboxes:
        stage.inboxes[inbox.name] = portal.has_inbox(inbox.name, inbox.type)
    for agent in account.agents:
        stage.agents[agent] = portal.has_agent(agent)
    stage.bot, stage.ai = portal.has_bot("menu"), portal.has_llm("assistant")
    for person in account.people:
        if person.known:
            stage.contacts[person.name] = portal.has_contact(person.address or None, firstname=person.name)
    portal.weather.search_lags(account.search_lag / 1000)
    portal.weather.associations_lag(account.association_lag / 1000)
    return stage
