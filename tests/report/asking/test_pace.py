"""The pace against the local HubSpot's own limits, in time that only the test lets pass."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from harness.clock import Clock
from harness.portal import Portal
from harness.portal.wire import Request
from report.asking.lanes import Lanes
from report.asking.pace import Kind, Pace, kind_of

TICKETS = "/crm/objects/2026-09/tickets"
THREADS = "/conversations/conversations/2026-09/conversations/threads"
LINKS = "/crm/associations/2026-09/tickets/contacts/batch/read"


@dataclass
class Reader:
    """One who keeps the pace, and whoever else uses the same key."""

    portal: Portal
    token: str
    others_per_second: float = 0.0
    asked: int = 0
    statuses: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    late: float = 0.0

    def __post_init__(self) -> None:
        self.pace = Pace(self.seconds)
        self.begun = self.seconds()

    def seconds(self) -> float:
        """The account's clock is ours."""
        return self.portal.clock.millis() / 1000

    def passes(self, seconds: float) -> None:
        """Time passes, and others ask meanwhile."""
        self.portal.clock.advance(max(seconds, 0.001))
        due = int((self.seconds() - self.begun) * self.others_per_second)
        while len(self.others) < due:
            self.others.append(self._answer("GET", TICKETS)[0])

    def reads(self, calls: int, method: str = "GET", path: str = TICKETS, body: bytes = b"") -> float:
        """So many successful calls, and the seconds they took."""
        begun, kind = self.seconds(), kind_of(path)
        while calls:
            while wait := self.pace.take(kind):
                self.passes(wait)
            sent = self.seconds()
            status, headers = self._answer(method, path, body)
            self.statuses.append(status)
            if status == 429:
                self.pace.refused(kind, sent, headers, None)
            else:
                self.pace.heard(kind, sent, headers)
                calls -= 1
            self.passes(self.late)
        return self.seconds() - begun

    def _answer(self, method: str, path: str, body: bytes = b"") -> tuple[int, dict[str, str]]:
        request = Request.make(method, path, {"Authorization": f"Bearer {self.token}"}, body)
        answer = self.portal.answer(request)
        return answer.status, answer.headers


@pytest.fixture
def reader() -> Reader:
    """A reader of an account of the professional plan: 190 calls in ten seconds."""
    portal = Portal(clock=Clock(), log_limit=100)
    portal.limits("professional")
    return Reader(portal, portal.token())


@pytest.mark.parametrize("calls", [100, 190, 200, 500, 2_000])
def test_a_run_takes_what_the_limit_makes_it_take(reader: Reader, calls: int) -> None:
    """However many calls a run makes, it is at most 15 % slower than the limit, and is never refused."""
    took = reader.reads(calls)
    assert (took <= 1.15 * calls / 19, set(reader.statuses)) == (True, {200})


@pytest.mark.parametrize(("plan", "per_second"), [("free", 10), ("professional", 19), ("public-app", 11)])
def test_the_account_says_what_it_allows(reader: Reader, plan: str, per_second: float) -> None:
    """What is allowed is read from the first answer, whatever plan the account has."""
    reader.portal.limits(plan)
    took = reader.reads(600)
    assert (reader.pace.per_second, took <= 1.15 * 600 / per_second, set(reader.statuses)) == (per_second, True, {200})


def test_half_of_the_allowance_goes_at_once(reader: Reader) -> None:
    """A short run waits for nothing."""
    assert reader.reads(90) < 1


def test_who_shares_the_key_is_hardly_disturbed(reader: Reader) -> None:
    """Others who use 6 calls a second of the same allowance get them, and the run gets nearly all of the rest."""
    reader.others_per_second = 6
    took = reader.reads(1_000)
    refused = reader.others.count(429) + reader.statuses.count(429)
    assert (refused <= 20, took <= 1.25 * 1_000 / 13) == (True, True)


def test_a_full_allowance_is_waited_for(reader: Reader) -> None:
    """After others have used up all of it the run goes on when it is free again, and is refused a few times at most."""
    for _ in range(190):
        reader._answer("GET", TICKETS)
    took = reader.reads(190)
    assert (reader.statuses.count(429) <= 6, took <= 10 + 1.15 * 190 / 19 + 5) == (True, True)


def test_searches_keep_their_own_limit(reader: Reader) -> None:
    """Five searches a second, none refused."""
    took = reader.reads(100, "POST", f"{TICKETS}/search", b"{}")
    assert (took <= 1.25 * 100 / 5, set(reader.statuses)) == (True, {200})


def test_associations_wait_for_nothing(reader: Reader) -> None:
    """Reads of associations do not count for ten seconds, and are not held back by calls that do."""
    reader.reads(184)
    took = reader.reads(300, "POST", LINKS, b'{"inputs": [{"id": "1"}]}')
    assert (took < 1, set(reader.statuses)) == (True, {200, 207})


def test_without_limits_there_is_no_pace(reader: Reader) -> None:
    """An account that names no limit is read without waiting."""
    reader.portal.unlimited()
    assert reader.reads(1_000) <= 1


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (f"{TICKETS}/search", Kind.SEARCH),
        ("/crm/v3/objects/tickets/search", Kind.SEARCH),
        (LINKS, Kind.ASSOCIATIONS),
        ("/crm/v4/associations/tickets/contacts/batch/read", Kind.ASSOCIATIONS),
        ("/crm/v4/objects/tickets/1/associations/contacts", Kind.ORDINARY),
        (f"{TICKETS}/batch/read", Kind.ORDINARY),
        (THREADS, Kind.ORDINARY),
    ],
)
def test_a_path_tells_which_limit_counts(path: str, kind: Kind) -> None:
    """Searches and associations have limits of their own, all else shares one."""
    assert kind_of(path) is kind


def test_retry_after_is_obeyed(reader: Reader) -> None:
    """After a 429 that says how long nothing begins for so long, and what was under way with it changes nothing."""
    pace, sent = reader.pace, reader.seconds()
    assert pace.refused(Kind.ORDINARY, sent, {}, 7.0) == 7.0
    assert pace.refused(Kind.ORDINARY, sent, {}, None) == 7.0
    assert (pace.take(Kind.ORDINARY), pace.take(Kind.ASSOCIATIONS)) == (7.0, 0.0)
    reader.passes(7)
    assert pace.take(Kind.ORDINARY) == 0.0


def test_one_429_after_the_other_makes_it_wait_longer(reader: Reader) -> None:
    """Without a Retry-After the waits grow, to four seconds at most, and a success ends that."""
    held = []
    for _ in range(7):
        held.append(reader.pace.refused(Kind.ORDINARY, reader.seconds(), {}, None))
        reader.passes(held[-1])
    reader.pace.heard(Kind.ORDINARY, reader.seconds(), {})
    held.append(reader.pace.refused(Kind.ORDINARY, reader.seconds(), {}, None))
    assert held == pytest.approx([0.5, 1, 2, 4, 4, 4, 4, 0.5])


def test_lanes_open_with_success_and_close_with_trouble() -> None:
    """Few calls at first, one more per success, half as many after trouble and then slowly more; never none."""
    lanes, seen = Lanes(16), []
    steps: list[Callable[[], None]] = [
        *[lanes.better] * 13,
        *[lanes.worse] * 2,
        *[lanes.better] * 5,
        *[lanes.worse] * 9,
    ]
    for step in steps:
        step()
        seen.append(lanes.open)
    assert seen == [*range(5, 17), 16, 8, 4, 4, 4, 4, 4, 5, 2, 1, 1, 1, 1, 1, 1, 1, 1]
