"""How a batch is answered: what worked, what did not, and when it was done."""

from typing import Any

from harness.portal.call import Answer, Call
from harness.portal.moments import iso
from harness.portal.refusals import Detail


def answer(call: Call, results: list[Any], errors: list[Detail], status: int = 200) -> Answer:
    """A batch's answer; 207 when some of it failed.

    Documented for v3 and v4. The 2026-09 spec names no 207 and has the same errors in its 200: guessed to be
    alike.
    """
    now = iso(call.now)
    body: dict[str, Any] = {"status": "COMPLETE", "results": results, "startedAt": now, "completedAt": now}
    if errors:
        return 207, body | {"numErrors": len(errors), "errors": errors}
    return status, body
