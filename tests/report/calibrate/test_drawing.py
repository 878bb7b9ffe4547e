"""The sample."""

from collections import Counter

from report.calibrate.drawing import allocated
from tests.report.calibrate.judged import Judged


def filled(judged: Judged) -> Judged:
    judged.closes(60, "unresolved", "no_answer")
    judged.closes(3, "unresolved", "promised")
    judged.closes(200, "resolved", "answered_in_session")
    judged.closes(10, "resolved", "waiting_on_visitor")
    judged.closes(40, "skipped", "too_short")
    judged.closes(40, "unjudged", "")
    judged.closes(5, "resolved", "input")
    return judged


def test_half_of_a_sample_is_called_unresolved() -> None:
    """A rare reason gets two at least; within a half the rest goes by the root of the closes."""
    available = {
        ("unresolved", "no_answer"): 900,
        ("unresolved", "visitor_last"): 100,
        ("unresolved", "promised"): 1,
        ("resolved", "answered_in_session"): 5000,
        ("resolved", "waiting_on_visitor"): 4,
    }
    assert allocated(available, 40) == dict(zip(available, (15, 4, 1, 18, 2), strict=True))
    assert sum(allocated(available, 7).values()) == 7
    assert allocated(available, 10**4) == available
    assert allocated({("resolved", "marker"): 30}, 20) == {("resolved", "marker"): 20}
    assert allocated({}, 20) == {}


def test_only_judged_closes_are_drawn(judged: Judged) -> None:
    """Skipped ones, unjudged ones and those that an input decided are nothing to ask about."""
    counted = Counter((one.resolution, one.reason) for one in filled(judged).draw(1000))
    assert counted == {
        ("unresolved", "no_answer"): 60,
        ("unresolved", "promised"): 3,
        ("resolved", "answered_in_session"): 200,
        ("resolved", "waiting_on_visitor"): 10,
    }


def test_a_seed_draws_the_same(judged: Judged) -> None:
    """The same seed the same closes in the same order; another seed others; both as many of each verdict."""
    filled(judged)
    first, other = judged.draw(30), judged.draw(30, seed=1)
    assert judged.draw(30) == first
    assert set(other) != set(first)
    assert Counter(one.reason for one in other) == Counter(one.reason for one in first)


def test_nobody_is_asked_twice(judged: Judged) -> None:
    """What was answered or skipped is not drawn again, under any seed, unless that is asked for."""
    filled(judged)
    first = judged.draw(6)
    assert judged.types(first, "a\nd\ns\n" * 2)[0] == 6
    drawn = {one for seed in (0, 1) for one in judged.draw(1000, seed=seed)}
    assert drawn & set(first) == set()
    assert len(drawn) == 273 - 6
    assert judged.draw(6, again=True) == first


def test_who_stops_early_has_seen_every_verdict(judged: Judged) -> None:
    """The verdicts are mixed, not asked about one after the other."""
    begun = filled(judged).draw(40)[:20]
    assert {one.resolution for one in begun[:8]} == {"unresolved", "resolved"}
    assert {one.reason for one in begun} >= {"no_answer", "answered_in_session", "waiting_on_visitor"}
