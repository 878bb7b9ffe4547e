"""Who is told: a webhook and a mail server, real ones, on ports of their own."""

import asyncio
import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

AUTHORITY = trustme.CA()


class WebhookServer:
    """A webhook at a secret path."""

    PATH = "/services/T0/B0/canary-secret"

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.types: list[str] = []
        self.answer, self.location = 200, ""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if outer.answer == 200:
                    outer.texts.append(json.loads(body)["text"])
                    outer.types.append(str(self.headers["Content-Type"]))
                self.send_response(outer.answer)
                if outer.location:
                    self.send_header("Location", outer.location)
                self.end_headers()
                self.wfile.write(f"no such hook {outer.address}".encode())

            def do_GET(self) -> None:
                outer.texts.append("followed")

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.PATH}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class MailServer:
    """A mail server that knows one user, and has a certificate of an authority of ours."""

    USER, PASSWORD = "robot", "canary-password"

    def __init__(self) -> None:
        self.mails: list[tuple[str, list[str], str]] = []
        self.refuses: set[str] = set()
        self.hurries = False  # says 421 when the client says goodbye
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        made = self._loop.create_server(self._session, "127.0.0.1", 0)
        self._server = self._loop.run_until_complete(made)
        self.port = int(self._server.sockets[0].getsockname()[1])

    def _session(self) -> SMTP:
        return SMTP(
            self, hostname="localhost", tls_context=trustme_context(), require_starttls=True,
            authenticator=self._known, auth_required=True, loop=self._loop,
        )  # fmt: skip

    def _known(self, server: Any, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        known = isinstance(data, LoginPassword) and data.password == self.PASSWORD.encode()
        return AuthResult(success=known and data.login == self.USER.encode(), handled=False)

    async def handle_RCPT(  # noqa: N802 (the library calls it so)
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802 (as above)
        return "421 too busy" if self.hurries else "221 Bye"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802 (as above)
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        self.mails.append((str(envelope.mail_from), list(envelope.rcpt_tos), content.decode("ascii")))
        return "250 OK"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def trustme_context() -> ssl.SSLContext:
    """As a server that calls itself localhost."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("localhost").configure_cert(context)
    return context
