"""What is in the portal before the day begins: properties, inboxes, agents, people, tickets."""

import json
import tomllib
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from harness.clock import Clock
from harness.day.entries import NOBODY, TicketEntry
from harness.day.faults import Fault
from harness.day.plans import Day
from harness.day.refusal import DayError
from harness.portal import Portal
from harness.portal.wire import Request

CREATE = "/crm/properties/2026-09/tickets/batch/create"
GROUPS = "/crm/properties/2026-09/tickets/groups"


@dataclass
class Stage:
    """A portal with everything in place, and who is who by the names of the file."""

    portal: Portal
    inboxes: dict[str, str] = field(default_factory=dict)
    agents: dict[str, str] = field(default_factory=dict)
    contacts: dict[str, str] = field(default_factory=dict)
    tickets: dict[str, str] = field(default_factory=dict)
    bot: str = ""
    ai: str = ""


def set_stage(day: Day, properties: Path, fault: Fault | None) -> Stage:
    """Build the portal; its clock then stands at the beginning of the day."""
    portal = Portal(clock=Clock(day.first_moment))
    provision(portal, properties, without_lock=fault is not None and fault.name == "no-lock")
    stage = Stage(portal)
    for name in [*day.entry.served_inboxes, *day.entry.other_inboxes]:
        stage.inboxes[name] = portal.has_inbox(name)
    for name in day.entry.agents:
        stage.agents[name] = portal.has_agent(name)
    stage.bot, stage.ai = portal.has_bot("menu"), portal.has_llm("assistant")
    for chat in day.chats:
        visitor = chat.entry.visitor
        if visitor != NOBODY and "@" not in visitor and visitor not in stage.contacts:
            stage.contacts[visitor] = _contact(portal, visitor, chat.entry.called)
    for ticket in day.tickets:
        _plan_ticket(stage, day, ticket)
    portal.clock.run_until(day.begins)
    return stage


def provision(portal: Portal, file: Path, *, without_lock: bool = False) -> None:
    """Create the properties of the TOML as a person's script would: by HubSpot's own API."""
    group, inputs = _wanted(file)
    if without_lock:
        for one in inputs:
            if one["name"] == "chat_open_key":
                one["hasUniqueValue"] = False
    token = portal.token()
    _post(portal, token, GROUPS, group, file)
    _post(portal, token, CREATE, {"inputs": inputs}, file)


def _wanted(file: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The group and the definitions in it, in the words of HubSpot's properties API."""
    try:
        wanted = tomllib.loads(file.read_text(encoding="utf-8"))
        return wanted["group"], [{"groupName": wanted["group"]["name"], **one} for one in wanted["tickets"]]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise DayError(
            file,
            "--properties",
            expected="TOML with [group] and [[tickets]]",
            found=f"{type(problem).__name__}: {problem}",
            remedy="Correct it.",
        ) from None


def _post(portal: Portal, token: str, target: str, body: dict[str, Any], file: Path) -> None:
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    answer = portal.answer(Request.make("POST", target, headers, json.dumps(body)))
    if answer.status not in (200, 201):
        raise DayError(
            file,
            f"POST {target}",
            expected="201",
            found=f"{answer.status} {answer.body.decode()[:300]}",
            remedy="Correct the definition it names.",
        )


def _contact(portal: Portal, visitor: str, called: str) -> str:
    number = visitor.rpartition("-")[2]
    return portal.has_contact(
        f"{visitor}@example.org", firstname=called or "Visitor", lastname="" if called else number
    )


def _plan_ticket(stage: Stage, day: Day, ticket: TicketEntry) -> None:
    portal = stage.portal
    if ticket.of not in stage.contacts:
        stage.contacts[ticket.of] = _contact(portal, ticket.of, "")
    morning = timedelta(hours=9)

    def made() -> None:
        stage.tickets[ticket.name] = portal.has_ticket(ticket.subject, contact=stage.contacts[ticket.of])

    portal.clock.at(day.begins - timedelta(days=ticket.days_ago) + morning, made)
    if ticket.closed_days_ago is not None:
        closed = day.begins - timedelta(days=ticket.closed_days_ago) + morning
        portal.clock.at(closed, lambda: portal.close_ticket(stage.tickets[ticket.name]))
