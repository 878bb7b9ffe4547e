"""What does the warm process load and do ahead? What the file imports, and a call of each client it uses.

Only that: a run's memory is counted with what it inherits, so anything more would be charged to the action.
"""

import contextlib
import faulthandler
import importlib
import os
import ssl
import sys


def load(modules, chains, seconds):
    """Import the modules; walk the client's attributes (crm.tickets.basic_api): they import at first use.

    Whatever comes of it, it comes again in the run, which says so. One that hangs ends this process after so many
    seconds, for nobody listens to the harness meanwhile.
    """
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            _load(modules, chains)
        finally:
            faulthandler.cancel_dump_traceback_later()


def _load(modules, chains):
    for name in modules:
        with contextlib.suppress(BaseException):
            importlib.import_module(name)
    if chains:
        with contextlib.suppress(Exception):
            _walk(sys.modules["hubspot"].Client.create(access_token="rehearsal"), chains)


def _walk(client, chains):
    for chain in chains:
        found = client
        with contextlib.suppress(Exception):
            for name in chain:
                found = getattr(found, name)


def rehearse(host):
    """Let each loaded client make a real call: caches and libssl's tables are then inherited by every run."""
    for name, call in (
        ("hubspot", _with_hubspot),
        ("requests", _with_requests),
        ("urllib.request", _with_urllib),
    ):
        if name in sys.modules:
            with contextlib.suppress(Exception):
                call("https://%s/rehearsal" % host)
                call("https://%s/rehearsal" % host)


def _with_hubspot(url):
    kind, settings = _bare_client()
    client = kind(settings(host=url.rsplit("/", 1)[0]))
    client.configuration.access_token = "rehearsal"
    kinds = {200: "object"}
    client.call_api("/rehearsal", "POST", body={}, response_types_map=kinds, auth_settings=["oauth2"])
    client.close()


def _with_requests(url):
    sys.modules["requests"].get(url, timeout=10)


def _with_urllib(url):
    sys.modules["urllib.request"].urlopen(url, timeout=10).read()


def touch():
    """Write, in a forked process, on the memory that a call will write on: each first write costs a page fault."""
    client, settings = _bare_client()
    if client is None and "requests" not in sys.modules:
        return
    with contextlib.suppress(Exception):
        context = ssl.create_default_context()
        context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="localhost").do_handshake()
    if client is not None:
        with contextlib.suppress(Exception):
            client(settings()).close()


def _bare_client():
    for name, module in list(sys.modules.items()):
        if name.startswith("hubspot.") and name.endswith(".api_client"):
            return module.ApiClient, module.Configuration
    return None, None
