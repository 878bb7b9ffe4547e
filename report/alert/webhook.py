"""How does a message reach a chat? As a POST of {"text": ...}, which Slack and what is compatible with it take.

The address is the secret. No exception of a library goes on from here, because they quote it; a redirect is not
followed, because it would hand the message, and often the address, to somebody else.
"""

from urllib.parse import urlsplit

from report.alert.settings import LOOPBACK
from report.alert.undelivered import Undelivered
from report.alert.wording import Message

SECONDS = (10, 20)  # to connect, to answer
ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))  # as Slack asks for (documented); else <!channel> calls all


class Webhook:
    """One address."""

    key = "webhook"
    name = "the webhook"

    def __init__(self, address: str) -> None:
        self._address = address

    def __repr__(self) -> str:
        return "Webhook(...)"

    def send(self, message: Message) -> None:
        """One attempt; the next run is the next."""
        import requests

        text = message.text
        for sign, escape in ESCAPES:
            text = text.replace(sign, escape)
        trouble = ""
        try:
            with requests.post(
                self._address, json={"text": text}, timeout=SECONDS, allow_redirects=False, stream=True
            ) as answer:
                if not 200 <= answer.status_code < 300:
                    trouble = f"answered {answer.status_code}"
                if 300 <= answer.status_code < 400:
                    trouble += ", a redirect, which is not followed"
        except requests.exceptions.SSLError:
            trouble = "has no certificate that can be trusted"
        except requests.exceptions.Timeout:
            trouble = "did not answer in time"
        except (requests.exceptions.RequestException, OSError, ValueError):
            trouble = "could not be reached"
        if trouble:
            raise Undelivered(trouble)


def fits(address: str) -> bool:
    """Https, or this machine; nothing but printable ASCII, so that no part of it is read in two ways."""
    try:
        parts = urlsplit(address)
        whole = bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets, or a port above 65535
        return False
    if not whole or not address.isascii() or not address.isprintable() or " " in address or "\\" in address:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
