"""What the server answers: HubSpot's paths go to the portal, those under the private prefix to the controls."""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime

from harness.clock import Clock
from harness.portal.wire import Request, Response
from harness.serve.controls import LONG, PREFIX, Controls
from harness.serve.site import Site


class App:
    """Requests in, responses out. Knows nothing of connections."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._controls = Controls(site)
        self.date = ""
        self._second: datetime | None = None  # the one that the date names
        self.tick()

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        ours = request.path.startswith(PREFIX)
        response = self._controls.answer(request) if ours else self._site.portal.answer_at_once(request)
        self._date_is(Clock.now(self._site.clock))  # as the answer read it: to look anew could do what is planned
        return response

    def takes_long(self, request: Request) -> bool:
        """Whether others should not wait for this one."""
        return request.path in LONG

    def answer_later(self, request: Request, ready: Callable[[Response], object]) -> None:
        """Answer one request in a thread of its own, which ends with the process at the latest."""
        loop = asyncio.get_running_loop()

        def work() -> None:
            response = self.answer(request)
            with contextlib.suppress(RuntimeError):  # the server has ended meanwhile
                loop.call_soon_threadsafe(ready, response)

        threading.Thread(target=work, daemon=True).start()

    def tick(self) -> None:
        """Another second: what the answers say the date is, by the account's clock."""
        self._date_is(self._site.clock.now())

    def _date_is(self, now: datetime) -> None:
        second = now.replace(microsecond=0)
        if second != self._second:
            self._second, self.date = second, format_datetime(second, usegmt=True)
