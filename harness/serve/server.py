"""How the server runs: from a socket that is bound, to Ctrl-C or SIGTERM, which end it cleanly."""

import gc
import signal
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from harness.serve.app import App
from harness.serve.protocol import Protocol
from harness.serve.site import Site

KEPT_OPEN = 75  # seconds that an idle connection stays; clients pool them
ENDING = 3  # seconds that requests in flight have to end in


class Server(uvicorn.Server):
    """Uvicorn's server, which tells when it is ready and keeps the signals to itself."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End on the first signal; unlike uvicorn's, not raised again, so that what comes after still happens."""
        signals = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.handle_exit) for number in signals}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def serve(
    site: Site, listener: socket.socket, context: ssl.SSLContext | None, state: Path | None, ready: Callable[[], None]
) -> None:
    """Serve until told to end, and keep the account if there is a file for it."""
    config = uvicorn.Config(
        App(site),
        http=Protocol,
        ws="none",
        loop="asyncio",
        lifespan="off",
        interface="asgi3",
        access_log=False,
        log_level="critical",  # whatever fails is answered in an envelope; a run that is ended is no event
        timeout_keep_alive=KEPT_OPEN,
        server_header=False,
        timeout_graceful_shutdown=ENDING,
    )
    config.load()
    config.ssl = context
    gc.collect()
    gc.freeze()  # what was planted is not looked through again; at 100,000 records that is a pause of 0.3 s
    try:
        Server(config, ready).run(sockets=[listener])
    finally:
        if state is not None:
            site.save(state)
