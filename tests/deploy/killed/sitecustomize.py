"""Ends a process at one of its requests, as a power cut would: Python itself loads this from a folder on its path.

KILLED_AT=3 ends it at its third request; KILLED=before or after that was carried out.
"""

import os
import signal
from typing import Any

import requests

_real = requests.Session.request
_at = int(os.environ["KILLED_AT"])
_done = 0


def request(self: requests.Session, *args: Any, **kwargs: Any) -> requests.Response:
    """One request, or the end."""
    global _done  # noqa: PLW0603 - there is one process
    _done += 1
    if _done == _at and os.environ["KILLED"] == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    answer = _real(self, *args, **kwargs)
    if _done == _at:
        os.kill(os.getpid(), signal.SIGKILL)
    return answer


requests.Session.request = request  # type: ignore[method-assign]
