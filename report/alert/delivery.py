"""By which ways is a message delivered? All that the settings name; one that cannot work is refused beforehand."""

import os
import threading
from collections.abc import Mapping
from typing import Protocol

from deploy.refusals import BadPortalFile
from report.alert.mail import Mail
from report.alert.settings import AlertSettings, MailSettings
from report.alert.undelivered import Undelivered
from report.alert.webhook import Webhook, fits
from report.alert.wording import Message

LONGEST = 60.0  # seconds for one message; the store is waited for meanwhile


class Way(Protocol):
    """One receiver."""

    @property
    def key(self) -> str:
        """By which the store knows it; never an address."""

    @property
    def name(self) -> str:
        """How it is spoken of; never a secret."""

    def send(self, message: Message) -> None:
        """Deliver it, or raise an Undelivered."""


def send(way: Way, message: Message, longest: float = LONGEST) -> None:
    """Deliver it, or raise an Undelivered, also where a receiver answers letter by letter without an end."""
    ended: list[Exception | None] = []

    def run() -> None:
        try:
            way.send(message)
        except Exception as trouble:  # noqa: BLE001 (it is raised below)
            ended.append(trouble)
        else:
            ended.append(None)

    sending = threading.Thread(target=run, daemon=True)
    sending.start()
    sending.join(longest)
    trouble = ended[0] if ended else Undelivered("did not take it in time")
    if trouble is not None:
        raise trouble


def ways(where: str, settings: AlertSettings, environment: Mapping[str, str] = os.environ) -> list[Way]:
    """The receivers, each addressee one; a BadPortalFile says which variable lacks its secret."""
    found: list[Way] = []
    if settings.webhook_variable:
        at = f"{where}, [report.alert], webhook_variable"
        address = _secret(at, settings.webhook_variable, environment, "the webhook's address")
        if not fits(address):
            raise BadPortalFile(
                at,
                expected=f"an address in the variable {settings.webhook_variable} that begins with https://, "
                "or http:// of this machine",
                found="another text",
                remedy="Copy the webhook's address once more; it is a secret, so it is not shown here.",
            )
        found.append(Webhook(address))
    if settings.mail is not None:
        found += _mails(where, settings.mail, environment)
    return found


def _mails(where: str, mail: MailSettings, environment: Mapping[str, str]) -> list[Way]:
    password = ""
    if mail.password_variable:
        at = f"{where}, [report.alert.mail], password_variable"
        password = _secret(at, mail.password_variable, environment, "the password")
    return [Mail(mail, password, to) for to in mail.to]


def _secret(at: str, variable: str, environment: Mapping[str, str], what: str) -> str:
    secret = environment.get(variable, "").strip()
    if not secret:
        expected = f"{what} in the variable {variable}"
        raise BadPortalFile(at, expected=expected, found="none", remedy=f"Export {variable}=...")
    return secret
