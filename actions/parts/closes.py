"""Which sittings of a thread are judged as one, and which of its closes wait for a ticket."""

from .conversation import closed_at_end
from .moments import millis
from .resolution import judge


def judged_now(thread, spells, judging):
    """(earlier sittings, those judged as one): the last, with those before it that it only continues.

    A sitting in which the visitor said nothing, or too little, is an agent's mistake or afterthought, or a knock on the
    door: it must not hide the one before, on which somebody may wait.
    """
    first = len(spells) - 1
    while first and judge(thread, spells[first], judging).reason in ("no_visitor_message", "too_short"):
        first -= 1
    return spells[:first], spells[first:]


def closing_time(thread, spells, judging):
    """Epoch ms of the close that is served: of the first of these sittings that was unresolved, else of the last."""
    unresolved = [spell for spell in spells[:-1] if judge(thread, spell, judging).resolution == "unresolved"]
    return closed_at_end(unresolved[0]) if unresolved else millis(thread.get("closedAt")) or closed_at_end(spells[-1])


def still_waiting(thread, earlier, judging):
    """Closes of sittings that ended unresolved before this one, as far back as the last resolved one."""
    closes = []
    for spell in reversed(earlier):
        verdict = judge(thread, spell, judging).resolution
        if verdict == "resolved":
            break
        closes += [closed_at_end(spell)] if verdict == "unresolved" else []
    return sorted(filter(None, closes))
