"""Who vouches for the harness's door? An authority made for this process and thrown away with it."""

import ssl
from dataclasses import dataclass
from functools import cache

HUBSPOT_HOST = "api.hubapi.com"


@dataclass(frozen=True)
class Authority:
    """The certificate that a run trusts (PEM text), and the TLS side of the door that it vouches for."""

    certificate: str
    context: ssl.SSLContext


@cache
def authority() -> Authority:
    """Made at first use: importing trustme alone takes a tenth of a second."""
    import trustme

    issuer = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert(HUBSPOT_HOST).configure_cert(context)
    context.num_tickets = 0  # no client here resumes a session
    return Authority(issuer.cert_pem.bytes().decode("ascii"), context)
