"""HTTPS for the served portal: an authority made for this process, and its certificate in a file to trust."""

import os
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAMES = ("localhost", "127.0.0.1", "::1")


@contextmanager
def authority(host: str) -> Iterator[tuple[ssl.SSLContext, Path]]:
    """The server's side, and the file that clients trust; the file goes when the server does."""
    import trustme

    issuer = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert(*dict.fromkeys((*NAMES, host))).configure_cert(context)
    handle, name = tempfile.mkstemp(prefix="chat-handoff-", suffix=".pem")
    os.close(handle)
    file = Path(name)
    try:
        issuer.cert_pem.write_to_path(file)
        yield context, file
    finally:
        file.unlink(missing_ok=True)
