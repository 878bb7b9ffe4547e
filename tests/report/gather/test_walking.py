"""Is every chat found once, however HubSpot pages its list? Pages are small here, as those of a large account seem."""

import pytest

from report.gather import run as running
from tests.report.desk import Desk, waiting

OPEN = [{"visitor": "Where is my order?"}]
STORM = [{"kind": "stalls", "times": 7, "probability": 0.5}, {"kind": "repeats", "times": 7, "probability": 0.5}]


def chats(desk: Desk) -> list[str]:
    """Twelve begin in one millisecond, nine one after the other."""
    together = waiting("2 h", talk=OPEN, repeat=12)
    apart = waiting("5 h", talk=OPEN, repeat=9, every="10 min")
    desk.seeded(chats=[together, apart], inboxes=[{"name": "Support"}])
    return sorted(one["id"] for one in desk.threads())


def pages_of(monkeypatch: pytest.MonkeyPatch, *sizes: int) -> None:
    """How many entries a page is asked to have."""
    monkeypatch.setattr(running, "SIZES", sizes)


def test_all_chats_are_found_in_small_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those of one moment, of which there are more than a page holds; each page is one call."""
    wanted = chats(desk)
    pages_of(monkeypatch, 5)
    desk.requests()
    desk.gathers()
    assert [thread for (thread,) in desk.rows("thread_id", "threads")] == wanted
    assert len([one for one in desk.requests() if one.endswith("/threads")]) == 5


@pytest.mark.parametrize("weather", [STORM, STORM[:1], STORM[1:]], ids=["both", "stalls", "repeats"])
def test_pages_that_stall_or_repeat_lose_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, weather: list[dict[str, object]]
) -> None:
    """A page that comes twice or leads nowhere costs a call, not a chat."""
    wanted = chats(desk)
    pages_of(monkeypatch, 5)
    desk.weather(*weather)
    desk.gathers()
    assert [thread for (thread,) in desk.rows("thread_id", "threads")] == wanted


def test_a_list_that_never_moves_on_ends(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every page stalls in the midst of one moment's chats the run ends and says so, and keeps what it has."""
    chats(desk)
    pages_of(monkeypatch, 5)
    desk.weather({"kind": "stalls", "times": 1000})
    gathered = desk.gathers()
    assert (gathered.complete, str(gathered.ended_by)) == (
        False,
        "/conversations/conversations/2026-09/threads: expected a list of threads that comes to an end, found the same"
        " page every time. HubSpot answered otherwise than it documents: run it again; if it stays, look whether a"
        " newer version of this project knows it.",
    )
    assert len(desk.rows("thread_id", "threads")) == 14
    desk.weather()
    assert desk.gathers().complete
    assert len(desk.rows("thread_id", "threads")) == 21


def test_a_page_size_that_is_refused_is_made_smaller(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """HubSpot refuses more than it gives at once: the next size is asked for, and kept to."""
    wanted = chats(desk)
    pages_of(monkeypatch, 501, 20)
    desk.requests()
    desk.gathers()
    assert [thread for (thread,) in desk.rows("thread_id", "threads")] == wanted
    assert len([one for one in desk.requests() if one.endswith("/threads")]) == 3
