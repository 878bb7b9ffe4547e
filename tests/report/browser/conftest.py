"""A real Chromium, and the page as a browser gets it: over HTTP, from a server that notes what it is asked for."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("CHAT_HANDOFF_CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


class Visit:
    """One page in one window: what the server was asked, what the browser asked for, and what it had to say."""

    def __init__(self, page: Page, asked: list[str]) -> None:
        self.page = page
        self.asked = asked
        self.requests: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))


Visiting = Callable[..., Visit]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visiting]:
    """`visit(html, width=..., color_scheme=...)` opens it; all is closed at the end."""
    closings: list[Callable[[], Any]] = []

    def opened(html: str, *, width: int = 1280, **context: Any) -> Visit:
        serving = served(html)
        address, asked = serving.__enter__()
        closings.append(lambda: serving.__exit__(None, None, None))
        window = chromium.new_context(viewport={"width": width, "height": 900}, **context)
        closings.append(window.close)
        one = Visit(window.new_page(), asked)
        one.page.goto(address)
        return one

    yield opened
    for close in reversed(closings):
        close()


@contextmanager
def served(html: str) -> Iterator[tuple[str, list[str]]]:
    """The page at an address of this machine, and the paths that are asked for there."""
    asked: list[str] = []

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = html.encode() if self.path == "/report" else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/report", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
