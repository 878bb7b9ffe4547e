"""What is an id called? By its name where the reader asked for names, else by itself; always on one line."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from deploy.showing import printable
from report.analysis.findings import Findings, Row
from report.show.words import PLACES, REASONS, SERVED_BY

Names = Mapping[str, Mapping[str, str]]
"""{"inboxes": {id: name}, "agents": {id: name}}: asked for with --names, and never stored."""

# Seen in public code, as is /record/0-5/<ticket>; HubSpot documents neither.
TICKET_LINK = "https://{ui_host}/contacts/{portal_id}/ticket/{ticket_id}"
CONTACT_LINK = "https://{ui_host}/contacts/{portal_id}/contact/{contact_id}"


@dataclass(frozen=True)
class Labels:
    """The words of one portal."""

    findings: Findings
    names: Names | None = None

    def inbox(self, key: str) -> str:
        return self._named("inboxes", key) or "no inbox"

    def agent(self, key: str) -> str:
        return self._named("agents", key) or "nobody"

    def reason(self, key: str) -> str:
        return REASONS.get(key) or printable(key)

    def served_by(self, key: str) -> str:
        return SERVED_BY.get(key) or printable(key) or "unknown"

    def place(self, key: str) -> str:
        return PLACES.get(key) or printable(key) or "nowhere"

    def ticket(self, ticket_id: str) -> str:
        """Where the ticket opens."""
        return self._link(TICKET_LINK, ticket_id=ticket_id)

    def contact(self, contact_id: str) -> str:
        """Where the contact opens."""
        return self._link(CONTACT_LINK, contact_id=contact_id)

    def chat(self, row: Row) -> str:
        """Where the conversation opens; empty where the portal's template makes no web address."""
        return row.link if is_web(row.link) else ""

    def _named(self, kind: str, key: str) -> str:
        return printable(((self.names or {}).get(kind) or {}).get(key, "") or key).strip()

    def _link(self, template: str, **ids: str) -> str:
        told = {name: quote(value, safe="") for name, value in ids.items()}
        link = template.format(ui_host=self.findings.ui_host, portal_id=self.findings.portal_id, **told)
        return link if is_web(link) else ""


def is_web(link: str) -> bool:
    """An https address with a host, and nothing in it that a browser would leave out or read otherwise."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    plain = link.isascii() and link.isprintable() and not set(' "<>\\^`{|}') & set(link)
    return plain and parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
