"""The server's ASGI application: HubSpot's paths go to the portal, those under the private prefix to the controls."""

from harness.portal.wire import Response
from harness.serve import requests
from harness.serve.controls import PREFIX, Controls
from harness.serve.site import Site


class App:
    """One callable, no framework: the portal's own table finds the operation (a framework's costs more than it)."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._controls = Controls(site)

    async def __call__(self, scope: requests.Scope, receive: requests.Receive, send: requests.Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        request = await requests.read(scope, receive)
        if request is None:
            return
        response: Response
        if request.path.startswith(PREFIX):
            response = self._controls.answer(request)
        else:
            response = self._site.portal.answer_at_once(request)
        await requests.write(response, receive, send)
