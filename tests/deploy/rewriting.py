"""A HubSpot whose answers somebody rewrites on their way: what stands between the command line and the account."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

Rewrite = Callable[[str, str, Any], Any]
"""Method, path and answer to another answer; text is sent as it is."""


@contextmanager
def rewriting(address: str, rewrite: Rewrite) -> Iterator[str]:
    """The address under which the account answers as rewritten."""

    class Between(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def answer(self) -> None:
            """Pass the request on, and what comes of it back."""
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name: self.headers[name] for name in ("Authorization", "Content-Type") if self.headers[name]}
            came = requests.request(self.command, address + self.path, data=body, headers=headers, timeout=60)
            said = came.json() if came.content and came.ok else came.text
            changed = rewrite(self.command, self.path, said) if came.ok else said
            raw = (changed if isinstance(changed, str) else json.dumps(changed)).encode()
            self.send_response(came.status_code)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = do_PUT = answer  # noqa: N815 -- the names that http.server asks for

    server = ThreadingHTTPServer(("127.0.0.1", 0), Between)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
