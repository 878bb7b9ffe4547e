"""Which talks end plainly unresolved, plainly resolved, or are nothing to judge? Labels by construction."""

from dataclasses import dataclass

from tests.report.oracle.words import Words

UNRESOLVED, RESOLVED, SKIPPED = "unresolved", "resolved", "skipped"
Lines = tuple[tuple[str, str], ...]  # (visitor | agent | bot | ai | comment, text)


@dataclass(frozen=True)
class Talk:
    """What is said until a close, and what the close is then."""

    label: str
    reasons: frozenset[str]  # any of these is right
    lines: Lines


def _no_answer(say: Words) -> Talk:
    return Talk(UNRESOLVED, frozenset({"no_answer"}), (("visitor", say.asks),))


def _asks_twice(say: Words) -> Talk:
    return Talk(UNRESOLVED, frozenset({"no_answer"}), (("visitor", say.greets), ("visitor", say.asks)))


def _still_waits(say: Words) -> Talk:
    lines = (("visitor", say.asks), ("agent", say.answers), ("visitor", say.insists))
    return Talk(UNRESOLVED, frozenset({"visitor_last"}), lines)


def _promised(say: Words) -> Talk:
    return Talk(UNRESOLVED, frozenset({"promised", "other_team"}), (("visitor", say.asks), ("agent", say.promises)))


def _marked_unresolved(say: Words) -> Talk:
    lines = (("visitor", say.asks), ("agent", say.answers), ("visitor", say.thanks), ("comment", "#unresolved"))
    return Talk(UNRESOLVED, frozenset({"marker"}), lines)


def _left_by_ai(say: Words) -> Talk:
    lines = (("visitor", say.asks), ("ai", say.answers), ("visitor", say.insists))
    return Talk(UNRESOLVED, frozenset({"ai_unclear"}), lines)


def _wants_person(say: Words) -> Talk:
    lines = (("visitor", say.asks), ("bot", say.answers), ("visitor", say.wants_person))
    return Talk(UNRESOLVED, frozenset({"handed_over"}), lines)


def _thanks(say: Words) -> Talk:
    lines = (("visitor", say.asks), ("agent", say.answers), ("visitor", say.thanks))
    return Talk(RESOLVED, frozenset({"answered_in_session"}), lines)


def _thanks_ai(say: Words) -> Talk:
    lines = (("visitor", say.asks), ("ai", say.answers), ("visitor", say.thanks))
    return Talk(RESOLVED, frozenset({"answered_in_session"}), lines)


def _marked_resolved(say: Words) -> Talk:
    return Talk(RESOLVED, frozenset({"marker"}), (("visitor", say.asks), ("comment", "#resolved")))


def _waits_on_visitor(say: Words) -> Talk:
    lines = (("visitor", say.asks), ("agent", say.inquires))
    return Talk(RESOLVED, frozenset({"waiting_on_visitor"}), lines)


def _too_short(say: Words) -> Talk:
    return Talk(SKIPPED, frozenset({"too_short"}), (("visitor", say.greets),))


def _nobody_spoke(say: Words) -> Talk:
    return Talk(SKIPPED, frozenset({"no_visitor_message"}), (("agent", say.answers),))


def unresolved(say: Words) -> tuple[Talk, ...]:
    """Every talk that leaves somebody waiting."""
    makers = (_no_answer, _asks_twice, _still_waits, _promised, _marked_unresolved, _left_by_ai, _wants_person)
    return tuple(make(say) for make in makers)


def resolved(say: Words) -> tuple[Talk, ...]:
    """Every talk that is over."""
    return tuple(make(say) for make in (_thanks, _thanks_ai, _marked_resolved, _waits_on_visitor))


def nothing(say: Words) -> tuple[Talk, ...]:
    """Every talk that is none."""
    return _too_short(say), _nobody_spoke(say)
