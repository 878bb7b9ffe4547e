"""Since when, how and by which ticket is a close served?"""

from collections.abc import Iterator
from itertools import permutations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from report.serving import PLACES, Carrier, Link, Service, served

CLOSE = 1_772_438_400_000
WITHIN = 300_000
BEGAN = CLOSE - 600_000  # the sitting
BEFORE = BEGAN - 86_400_000
THREAD = "77"

Spells = tuple[tuple[int, int | None], ...]


def ticket(created_at: int, *links: tuple[str, int], spells: Spells | None = None, id: str = "501") -> Carrier:
    """A ticket that is open since it was made, unless told otherwise."""
    named = tuple(Link(place, since, thread_id=THREAD) for place, since in links)
    return Carrier(id, created_at, named, ((created_at, None),) if spells is None else spells)


def of(*tickets: Carrier, began: int | None = BEGAN) -> tuple[int, str, str, tuple[str, ...]] | None:
    """How long after the close it is served, how, by which ticket, and where that names the thread."""
    found = served(CLOSE, began, THREAD, tickets)
    return (found.at - CLOSE, found.by, found.ticket_id, found.places) if found else None


@pytest.mark.parametrize("place", ["chat_thread_id", "chat_threads", "thread", "ticket"])
@pytest.mark.parametrize("after", [0, 1, WITHIN - 1, WITHIN, WITHIN + 1])
def test_made_after_the_close(after: int, place: str) -> None:
    """A ticket made for the close serves from the millisecond it is there, whatever names the thread."""
    assert of(ticket(CLOSE + after, (place, CLOSE + after))) == (after, "created", "501", (place,))


@pytest.mark.parametrize("place", ["chat_thread_id", "chat_threads", "thread", "ticket"])
@pytest.mark.parametrize("created", [CLOSE - 1, BEGAN, BEGAN - 1, BEFORE])
def test_made_before_the_close(created: int, place: str) -> None:
    """A ticket that was open and named the thread at the close serves it at once."""
    assert of(ticket(created, (place, created))) == (0, "made_before", "501", (place,))


@pytest.mark.parametrize("after", [1, WITHIN - 1, WITHIN, WITHIN + 1])
def test_a_chat_that_joins_an_older_ticket(after: int) -> None:
    """The line of chat_threads says since when, and the association that came with it does not."""
    links = (("chat_threads", CLOSE + after), ("thread", BEFORE), ("ticket", BEFORE))
    expected = (after, "attached", "501", ("chat_threads", "thread", "ticket"))
    assert of(ticket(BEFORE, *links)) == expected
    assert of(ticket(BEFORE, *reversed(links))) == expected


def test_which_tickets_lines_go_before_associations() -> None:
    """Those of a ticket made before the sitting; one made in it, or made for the thread, named it from the start."""
    joined = (("chat_threads", CLOSE + 9), ("thread", BEFORE))
    assert of(ticket(BEGAN - 1, *joined)) == (9, "attached", "501", ("chat_threads", "thread"))
    assert of(ticket(BEGAN, *joined)) == (0, "made_before", "501", ("chat_threads", "thread"))
    own = (("chat_thread_id", BEFORE), *joined)
    assert of(ticket(BEFORE, *own)) == (0, "made_before", "501", ("chat_thread_id", "chat_threads", "thread"))


def test_a_sitting_whose_beginning_nobody_knows() -> None:
    """A ticket made before its close counts as made before it, so that an association does not serve too early."""
    joined = (("chat_threads", CLOSE + 9), ("thread", CLOSE - 1))
    assert of(ticket(CLOSE - 1, *joined), began=None) == (9, "attached", "501", ("chat_threads", "thread"))
    late = (("chat_threads", CLOSE + 9), ("thread", CLOSE))
    assert of(ticket(CLOSE, *late), began=None) == (0, "created", "501", ("chat_threads", "thread"))


def test_the_earliest_of_several_lines() -> None:
    """A thread that joined a ticket twice is named since the first time."""
    twice = (("chat_threads", CLOSE + 9), ("chat_threads", BEFORE + 5))
    assert of(ticket(BEFORE, *twice)) == (0, "made_before", "501", ("chat_threads",))


@pytest.mark.parametrize("after", [1, WITHIN - 1, WITHIN, WITHIN + 1])
@pytest.mark.parametrize("shut", [CLOSE, CLOSE - 1])
def test_reopened(after: int, shut: int) -> None:
    """A ticket of the thread that was closed at the close serves from when it is open again."""
    spells = ((BEFORE, shut), (CLOSE + after, CLOSE + after + 1))
    found = of(ticket(BEFORE, ("chat_thread_id", BEFORE), spells=spells))
    assert found == (after, "reopened", "501", ("chat_thread_id",))


OWN = ("chat_thread_id", BEFORE)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (ticket(BEFORE, OWN, spells=((BEFORE, CLOSE + 1),)), (0, "made_before")),
        (ticket(BEFORE, OWN, spells=((BEFORE, CLOSE),)), None),
        (ticket(BEFORE, OWN, spells=()), None),
        (ticket(BEFORE, OWN, spells=((CLOSE, CLOSE),)), None),
        (ticket(BEFORE, OWN, spells=((CLOSE, None),)), (0, "made_before")),
        (ticket(BEFORE, ("chat_threads", CLOSE + 5), spells=((BEFORE, CLOSE + 5),)), None),
        (ticket(BEFORE, ("chat_threads", CLOSE + 5), spells=((BEFORE, CLOSE + 6),)), (5, "attached")),
        (ticket(BEFORE, ("chat_threads", CLOSE + 5), spells=((BEFORE, CLOSE), (CLOSE + 3, None))), (5, "attached")),
        (ticket(BEFORE, ("chat_threads", CLOSE + 5), spells=((BEFORE, CLOSE), (CLOSE + 8, None))), (8, "attached")),
        (ticket(BEFORE, ("chat_threads", CLOSE), spells=((BEFORE, CLOSE), (CLOSE + 8, None))), (8, "reopened")),
        (ticket(CLOSE + 2, ("thread", CLOSE + 2), spells=()), None),
        (ticket(CLOSE + 2, ("thread", CLOSE + 2), spells=((CLOSE + 7, None),)), (7, "created")),
        (ticket(CLOSE + 2, ("chat_threads", CLOSE + 4), spells=((CLOSE + 2, None),)), (4, "created")),
        (ticket(CLOSE + 2, ("chat_threads", CLOSE), spells=((CLOSE, None),)), (2, "created")),
        (ticket(BEFORE, OWN, spells=((CLOSE + 9, None), (BEFORE, CLOSE), (CLOSE + 4, CLOSE + 6))), (4, "reopened")),
        (ticket(BEFORE), None),
    ],
    ids=[
        "closed right after the close",
        "closed at the very close",
        "never open",
        "a spell of no length",
        "opened at the very close",
        "closed when the chat joined",
        "closed just after the chat joined",
        "opened before the chat joined",
        "opened after the chat joined",
        "joined at the very close, opened later",
        "born closed",
        "born closed and opened later",
        "named after it was made",
        "named and open before it was made",
        "spells in any order",
        "names nothing",
    ],
)
def test_when_it_is_open(made: Carrier, expected: tuple[int, str] | None) -> None:
    """A ticket serves while it is open only: from the first millisecond of a spell to before the last."""
    found = of(made)
    assert (found and found[:2]) == expected


def test_of_several_tickets() -> None:
    """The earliest serves; of two at once the one made for the thread, then the one with the lower number."""
    late = ticket(CLOSE + 2, ("chat_thread_id", CLOSE + 2), id="7")
    own = ticket(CLOSE + 1, ("chat_thread_id", CLOSE + 1), ("thread", CLOSE + 1), id="1000")
    older = ticket(CLOSE + 1, ("thread", CLOSE + 1), id="99")
    newer = ticket(CLOSE + 1, ("thread", CLOSE + 1), id="100")
    never = ticket(CLOSE, ("thread", CLOSE), spells=(), id="1")
    for order in permutations((late, own, older, newer, never)):
        assert of(*order) == (1, "created", "1000", ("chat_thread_id", "thread"))
    for order in permutations((late, older, newer, never)):
        assert of(*order) == (1, "created", "99", ("thread",))


def test_another_threads_links() -> None:
    """What names another thread does not serve this one; a link without a thread is this one's."""
    other = Carrier("501", BEFORE, (Link("thread", BEFORE, thread_id="78"),), ((BEFORE, None),))
    assert (of(other), of()) == (None, None)
    mine = Carrier("501", BEFORE, (*other.links, Link("chat_threads", BEFORE, CLOSE)), ((BEFORE, None),))
    assert of(mine) == (0, "made_before", "501", ("chat_threads",))


END = 14
moments = some.integers(0, 10)
links = some.builds(Link, some.sampled_from(PLACES), moments, some.none(), some.sampled_from(("", THREAD, "78")))
spans = some.tuples(moments, some.none() | moments)
carriers = some.builds(
    Carrier,
    some.sampled_from(("9", "10", "11")),
    moments,
    some.lists(links, max_size=4).map(tuple),
    some.lists(spans, max_size=3).map(tuple),
)


@settings(max_examples=800, deadline=None)
@given(moments, some.none() | moments, some.lists(carriers, max_size=3, unique_by=lambda one: one.ticket_id))
@example(5, 3, [Carrier("9", 2, (Link("thread", 2), Link("chat_threads", 6)), ((2, 4), (7, None)))])
def test_as_a_scan_of_every_millisecond_finds(close_at: int, started_at: int | None, tickets: list[Carrier]) -> None:
    """On small timelines the answer is what looking at each millisecond in turn finds first."""
    expected = next(scan(close_at, close_at if started_at is None else started_at, tickets), None)
    assert served(close_at, started_at, THREAD, tickets) == expected


def scan(close_at: int, started_at: int, tickets: list[Carrier]) -> Iterator[Service]:
    """What serves, millisecond by millisecond."""
    for at in range(close_at, END):
        serving = [one for one in tickets if is_open(one, at) and names(one, at, started_at)]
        own = [one for one in serving if "chat_thread_id" in places(one)]
        for one in sorted(own or serving, key=lambda one: int(one.ticket_id)):
            yield Service(at, how(one, close_at, started_at, at), one.ticket_id, places(one))


def is_open(one: Carrier, at: int) -> bool:
    return any(opened <= at and (shut is None or at < shut) for opened, shut in one.open_spells)


def names(one: Carrier, at: int, started_at: int) -> bool:
    """Does the ticket exist and does one of its places name the thread by then?"""
    told = one.created_at < started_at and "chat_threads" in places(one)
    counting = PLACES[:2] if told else PLACES
    by_then = [link for link in one.links if link.thread_id != "78" and link.since <= at and link.place in counting]
    return at >= one.created_at and bool(by_then)


def places(one: Carrier) -> tuple[str, ...]:
    return tuple(place for place in PLACES if place in {link.place for link in one.links if link.thread_id != "78"})


def how(one: Carrier, close_at: int, started_at: int, at: int) -> str:
    if one.created_at >= close_at:
        return "created"
    if at == close_at:
        return "made_before"
    return "reopened" if names(one, close_at, started_at) else "attached"
