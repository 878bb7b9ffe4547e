"""How is an account judged and read? As its workflow is set, and as the table [report] of the portal's file says."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from actions.parts.hubspot import HUBSPOT_PATHS
from actions.parts.inputs import Inputs
from actions.parts.links import HELP_DESK_LINK, INBOX_LINK, conversation_link
from actions.parts.resolution import Judging
from contract.action import Action
from contract.flow import EVERY_ACTION
from deploy.portal_file import PortalFile, project, token_in
from deploy.portal_file import read as read_portal
from deploy.portal_values import only, take, token_variable
from deploy.refusals import BadPortalFile
from deploy.static_values import contracts, static_values
from report.alert.settings import AlertSettings

SCOPES = ("conversations.read", "tickets", "crm.objects.contacts.read")
"""What a key for the report has to have; it writes nothing."""
TOKEN, REPAIR_TOKEN = "HUBSPOT_REPORT_TOKEN", "CHAT_HANDOFF_TOKEN"
KEYS = {"token_variable", "repair_token_variable", "keep_days", "alert"}
KEEP_DAYS = 45
MINUTE, DAY = 60_000, 86_400_000  # in ms, as every span here


@dataclass(frozen=True)
class Settings:
    """One account, as the report sees it."""

    portal: PortalFile
    judging: Judging
    silence_ms: int
    resolution: str  # a verdict for every chat, where the workflow's input gives one
    api_version: str
    lookback_ms: int
    link_template: str
    help_desk_inboxes: tuple[str, ...]
    keep_days: int
    token_variable: str
    repair_token_variable: str
    alert: AlertSettings

    @property
    def name(self) -> str:
        """The account's name, by which its file and its store are found."""
        return self.portal.name

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels whose chats are judged; empty: all."""
        return tuple(self.judging.channels)

    @property
    def inboxes(self) -> tuple[str, ...]:
        """The inboxes whose chats are judged; empty: all."""
        return tuple(self.judging.inboxes)

    @property
    def token(self) -> str:
        """The key that reads; a BadPortalFile says which variable lacks it."""
        return token_in(self.token_variable, f"{self.portal.where}, [report], token_variable", *SCOPES)

    @cached_property
    def paths(self) -> dict[str, str]:
        """Where each area of HubSpot's API lives."""
        return dict(HUBSPOT_PATHS[self.api_version])

    def link(self, ui_host: str, inbox_id: str, thread_id: str) -> str:
        """The address of a chat, on the host that the account named, else the file's; a help desk has another."""
        template = self.link_template or (HELP_DESK_LINK if inbox_id in self.help_desk_inboxes else INBOX_LINK)
        return str(conversation_link(template, self.portal.portal_id, thread_id, ui_host or self.portal.ui_host))


def read(name: str) -> Settings:
    """Read the settings of an account by its file's name; a Refused names file and key."""
    portal = read_portal(name)
    actions, values = contracts(), static_values(portal)
    inputs, link, lookback = (
        _inputs_of(name, actions[name], values) for name in ("triage_chat", "create_ticket", "dedup_check")
    )
    table = portal.report
    where = f"{portal.where}, [report]"
    only(where, table, KEYS)
    told = take(where, table, "alert", dict, {})
    alert = AlertSettings.read(where, told)
    return Settings(
        portal=portal,
        judging=Judging(
            channels=inputs.ids("channels"),
            inboxes=inputs.ids("inboxes"),
            min_words=inputs.number("min_visitor_words", None),
            teams=[team.lower().lstrip("#") for team in inputs.names("teams")],
            ai_unclear=inputs.text("ai_unclear"),
            agent_asked_last=inputs.text("agent_asked_last"),
            unclear=inputs.text("unclear"),
        ),
        silence_ms=int(inputs.number("same_sitting_minutes", None) * MINUTE),
        resolution=inputs.text("resolution"),
        api_version=inputs.text("api_version"),
        lookback_ms=int(lookback.number("lookback_days", None) * DAY),
        link_template=link.text("link_template"),
        help_desk_inboxes=tuple(link.ids("help_desk_inboxes")),
        keep_days=_days(where, table, alert.weeks if alert.spike and told.keys() & {"spike", "weeks"} else 0),
        token_variable=token_variable(where, table, TOKEN),
        repair_token_variable=token_variable(where, table, REPAIR_TOKEN, "repair_token_variable"),
        alert=alert,
    )


def _inputs_of(name: str, action: Action, values: Mapping[str, Mapping[str, str]]) -> Inputs:
    """What the workflow hands an action by itself: what its contract presets, over it what the portal's file says."""
    told: dict[str, Any] = {given.name: given.default for given in (action.contract.inputs if action.contract else ())}
    for table in (values.get(EVERY_ACTION, {}), values.get(name, {})):
        told |= {given: value for given, value in table.items() if given in told}
    return Inputs(name, {"inputFields": told})


def _days(where: str, table: Mapping[str, Any], weeks: int) -> int:
    """How long is kept; not less than the weeks that somebody wants an hour to be compared with."""
    days = take(where, table, "keep_days", int, KEEP_DAYS)
    if days <= 7 * weeks:
        raise BadPortalFile(
            f"{where}, keep_days",
            expected=f"at least {7 * weeks + 1} days: [report.alert] compares an hour with {weeks} weeks",
            found=str(days)[:20],
            remedy="Keep more days, compare with fewer weeks, or write spike = false.",
        )
    if not 1 <= days <= 3650:
        expected = "from 1 to 3650 days"
        raise BadPortalFile(f"{where}, keep_days", expected=expected, found=str(days)[:20], remedy="Correct the value.")
    return int(days)


def store_of(name: str) -> Path:
    """Where what was gathered of an account stands."""
    return project() / ".report" / f"{name}.duckdb"
