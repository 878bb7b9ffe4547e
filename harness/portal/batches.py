"""How a batch is answered: what worked, what did not, and when it was done."""

from collections.abc import Mapping
from typing import Any

from harness.portal.call import Answer, Call
from harness.portal.moments import iso
from harness.portal.refusals import Detail, Refusal


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


def error(refusal: Refusal, context: Mapping[str, list[str]]) -> Detail:
    """One input's refusal as an entry of a batch's `errors` (documented: StandardError)."""
    return {
        "status": "error",
        "category": refusal.category,
        "message": refusal.message,
        "context": {**refusal.context, **context},
        "errors": refusal.errors,
        "links": refusal.links,
    }
