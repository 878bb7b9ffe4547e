"""The five things that can be broken on purpose, and what the day's last line then shows.

None touches an action's code: each changes the environment, the wiring of a flow, or the portal.
"""

from dataclasses import dataclass
from typing import Literal

Name = Literal["no-reenrol", "no-lock", "no-retry", "dry", "no-email"]


@dataclass(frozen=True)
class Fault:
    """One thing broken on purpose."""

    name: Name
    what: str
    shows: str


FAULTS: dict[str, Fault] = {
    fault.name: fault
    for fault in (
        Fault(
            "no-reenrol",
            "the conversation flow does not re-enrol",
            "a chat that closes resolved and later comes back unresolved is dropped",
        ),
        Fault(
            "no-lock",
            "chat_open_key is provisioned without being unique",
            "two chats of one person closing in the same second become two tickets: duplicates",
        ),
        Fault(
            "no-retry",
            "HubSpot gives up a failed action at once",
            "what closes while HubSpot is busy or down is dropped",
        ),
        Fault(
            "dry",
            "the actions' mode is left at its default, dry",
            "no ticket is made or attached and nothing is confirmed: every unresolved chat is dropped",
        ),
        Fault(
            "no-email",
            "the flow that sends HubSpot's own e-mail is switched off",
            "every ticket is there, and no visitor hears of it: 0 confirmations",
        ),
    )
}
