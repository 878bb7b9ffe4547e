"""Does a client in a worker ask and hear exactly what it would over TLS?"""

import sys
from typing import Any

import pytest

from harness.portal import Request, Response
from harness.runtime.runs import Runtime, Start
from tests.harness.runtime.conftest import Action

if sys.platform != "linux":
    pytest.skip("workers are forked", allow_module_level=True)

ASKS = """
import json
from hubspot.crm.contacts import ApiClient, Configuration
PATHS = ["/crm/plain", "/crm/with%20percent", "/crm/with space", "/crm/\u00e9\u65e5", "/a/../b", "/crm/q?x=1&y=%41 z"]
def main(event):
    configuration = Configuration()
    configuration.access_token = "local-token"
    client = ApiClient(configuration)
    heard = []
    for path in PATHS:
        for method, body in (("GET", None), ("POST", {"text": "\u00e9"})):
            answer = client.call_api(path, method, body=body, response_types_map={200: "object"},
                                     query_params=[("name", "a b\u00e9/&")], auth_settings=["oauth2"])
            heard.append([answer[0], answer[1], list(answer[2].items())])
    return {"outputFields": {"heard": json.dumps(heard)}}
"""
HEADERS = {
    "Content-Type": "application/json;charset=utf-8",
    "X-Odd": " two  words\t",
    "x-empty": "",
    "X-Letters": "caf\u00e9 \u0085 \u00a0",
    "Set-Cookie": "a=b; c",
}


class Listener:
    """Writes down what it is asked, and answers with odd headers."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def answer(self, request: Request) -> Response:
        """The same to everything."""
        self.asked.append((request.method, request.path, request.query, request.headers, request.body))
        return Response(200, b'{"text": "\xc3\xa9"}', dict(HEADERS))


def asked_and_heard(python: str, start: Start, action: Action) -> tuple[list[Any], object]:
    """What came in, and what the action found."""
    listener = Listener()
    with Runtime(listener, python=python, start=start) as runtime:
        runtime.run(action("def main(event): return {}"), {})
        listener.asked.clear()
        outcome = runtime.run(action(ASKS), {})
    assert outcome.status == "succeeded", outcome
    return [one for one in listener.asked if one[1] != "/rehearsal"], (outcome.output_fields or {})["heard"]


def test_what_is_asked_and_heard_is_the_same(action_python: str, action: Action) -> None:
    """Paths, queries, headers and bodies, plain or not, come in as they do from a fork, and so do answers."""
    assert asked_and_heard(action_python, "worker", action) == asked_and_heard(action_python, "fork", action)


def test_who_trusts_nobody_is_still_warned(action_python: str, action: Action) -> None:
    """A client that verifies no certificate is warned by its library, in a worker too."""
    source = ASKS.replace("    client =", "    configuration.verify_ssl = False\n    client =")
    with Runtime(Listener(), python=action_python, start="worker") as runtime:
        outcome = runtime.run(action(source), {})
    assert "InsecureRequestWarning" in outcome.logs
