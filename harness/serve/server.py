"""How the server runs: from a socket that is bound, to Ctrl-C, SIGTERM or SIGHUP, which end it cleanly."""

import asyncio
import gc
import signal
import socket
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.serve.app import App
from harness.serve.connection import Connection
from harness.serve.site import Site

ENDING = 3.0  # seconds that requests in flight have to end in
TICK = 1.0  # seconds between two looks at deadlines
HANDSHAKE = 10.0  # seconds that a client of --tls has for it


class Server:
    """Listens, until it is told to end."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._connections: set[Connection] = set()
        self._told = 0  # how often to end

    async def run(self, listener: socket.socket, context: ssl.SSLContext | None, ready: Callable[[], None]) -> None:
        """Serve until told to end; then let those finish that are being answered, for a moment."""
        loop = asyncio.get_running_loop()
        ended = asyncio.Event()
        with self._until_signalled(lambda: loop.call_soon_threadsafe(ended.set)):
            server = await loop.create_server(
                lambda: Connection(self._app, self._connections),
                sock=listener,
                ssl=context,
                backlog=2048,
                ssl_handshake_timeout=HANDSHAKE if context else None,
                ssl_shutdown_timeout=ENDING if context else None,
            )
            ready()
            while not await _within(ended, TICK):
                self._tick(loop.time())
            server.close()
            await self._end(loop)

    def _tick(self, now: float) -> None:
        try:
            self._app.tick()
        except Exception as problem:  # noqa: BLE001 - a mistake of ours must not end the server
            sys.stderr.write(f"The local portal itself failed: {type(problem).__name__}\n")
        for connection in [one for one in self._connections if one.deadline < now]:
            connection.give_up()

    async def _end(self, loop: asyncio.AbstractEventLoop) -> None:
        last = loop.time() + ENDING
        # Looked at again and again: a connection tells nobody that it is done.
        while [one for one in self._connections if one.end()] and loop.time() < last and self._told == 1:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        for connection in list(self._connections):
            connection.abort()
        await asyncio.sleep(0)

    @contextmanager
    def _until_signalled(self, end: Callable[[], object]) -> Iterator[None]:
        """End on the first signal, at once on the second; what comes after still happens."""

        def told(number: int, frame: object) -> None:
            self._told += 1
            end()

        signals = [signal.SIGINT, signal.SIGTERM]
        hangup = getattr(signal, "SIGHUP", None)  # Windows has none
        if hangup is not None and signal.getsignal(hangup) is not signal.SIG_IGN:  # nohup: it is to live on
            signals.append(hangup)
        before = {number: signal.signal(number, told) for number in signals}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


async def _within(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True


def serve(
    site: Site, listener: socket.socket, context: ssl.SSLContext | None, state: Path | None, ready: Callable[[], None]
) -> None:
    """Serve until told to end, and keep the account if there is a file for it."""
    gc.collect()
    gc.freeze()  # what was planted is not looked through again; at 100,000 records that is a pause of 0.3 s
    try:
        asyncio.run(Server(App(site)).run(listener, context, ready))
    finally:
        if state is not None:
            site.save(state)
