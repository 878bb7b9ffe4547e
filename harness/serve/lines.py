"""What the server says when it is ready: where it listens, and how Python, Node and curl find it."""

from pathlib import Path

TICKETS = "/crm/objects/2026-09/tickets"


def start_lines(address: str, portal_id: int, token: str, trusted: Path | None) -> str:
    """The first line is for programs too: the address and the token stand in it."""
    lines = [
        f"The local HubSpot listens on {address} (portal {portal_id}, token {token}). Ctrl-C ends it.",
        "",
        "  Python  import hubspot",
        f'          api = hubspot.Client.create(access_token="{token}").crm.tickets.basic_api',
        f'          api.api_client.configuration.host = "{address}"',
        '  Node    const hubspot = require("@hubspot/api-client")',
        f'          const client = new hubspot.Client({{accessToken: "{token}", basePath: "{address}"}})',
        f"  curl    curl {_trust(trusted)}-H 'Authorization: Bearer {token}' {address}{TICKETS}",
        f"  control curl {_trust(trusted)}{address}/_local/",
    ]
    if trusted is not None:
        python = f"SSL_CERT_FILE={trusted} REQUESTS_CA_BUNDLE={trusted}"  # the second is for the client's api_request
        lines.append(f"  trust   {python} (Python), NODE_EXTRA_CA_CERTS={trusted} (Node)")
    return "\n".join(lines) + "\n"


def _trust(trusted: Path | None) -> str:
    return f"--cacert {trusted} " if trusted is not None else ""
