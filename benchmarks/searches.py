"""What is asked of many records and of few: operations that an index answers, and those for which all are looked at."""

import json
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.wire import TOKEN, Wire, request
from harness.portal import Portal, Request

PATH = "/crm/objects/2026-09/tickets"
FIRST = 90_000_001
FURTHEST = 10_000  # results of a search that can be paged to
ROUNDS, ASKED, ASKED_SLOW = 3, 250, 4


@dataclass(frozen=True, slots=True)
class Question:
    """One request, as a client makes it."""

    method: str
    target: str
    body: bytes = b""

    def raw(self) -> bytes:
        """As the wire has it."""
        return request(self.method, self.target, self.body)

    def made(self) -> Request:
        """As the portal is asked in one process."""
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        return Request.make(self.method, self.target, headers, self.body)


Make = Callable[[int, random.Random], Question]  # from how many records there are


def seed(tickets: int) -> dict[str, Any]:
    """Tickets of 15 properties each, one of them unique, besides those that HubSpot itself sets."""
    texts = [{"name": f"bench_{n}", "label": f"Text {n}", "type": "string", "fieldType": "text"} for n in range(9)]
    own = [
        {"name": "bench_number", "label": "Number", "type": "number", "fieldType": "number"},
        {"name": "bench_unique", "label": "Unique", "type": "string", "fieldType": "text", "hasUniqueValue": True},
    ]
    values = {f"bench_{n}": f"text {n} of ticket {{n}}" for n in range(9)}
    values |= {"bench_number": "{n}", "bench_unique": "8{n}", "hs_ticket_priority": "HIGH"}
    values |= {"content": "Visitor {n} asked where order {n} is, and left the chat before anybody could answer."}
    entry = {"subject": "Where is order {n}?", "stage": "New", "repeat": tickets, "properties": values}
    return {"properties": {"tickets": [*texts, *own]}, "tickets": [entry]}


def search(*filters: dict[str, Any], **more: Any) -> Question:
    """A search with one group of filters."""
    groups = {"filterGroups": [{"filters": filters}]} if filters else {}
    return Question("POST", f"{PATH}/search", json.dumps(groups | {"limit": 20} | more).encode())


def where(name: str, operator: str, **values: Any) -> dict[str, Any]:
    """One filter."""
    return {"propertyName": name, "operator": operator, **values}


def _between(count: int, dice: random.Random) -> dict[str, Any]:
    low = dice.randrange(count)
    return where("bench_number", "BETWEEN", value=str(low), highValue=str(low + 500))


def _text(count: int, dice: random.Random) -> str:
    return f"text 3 of ticket {dice.randint(1, count)}"


def _page(count: int, dice: random.Random) -> str:
    return str(dice.randrange(0, min(count, FURTHEST) - 100, 100))


INDEXED: dict[str, Make] = {
    "read by id": lambda n, dice: Question("GET", f"{PATH}/{dice.randrange(FIRST, FIRST + n)}"),
    "read by unique": lambda n, dice: Question("GET", f"{PATH}/8{dice.randint(1, n)}?idProperty=bench_unique"),
    "list": lambda n, dice: Question("GET", f"{PATH}?limit=20"),
    "EQ": lambda n, dice: search(where("bench_3", "EQ", value=_text(n, dice))),
    "EQ, all meet it": lambda n, dice: search(where("hs_ticket_priority", "EQ", value="HIGH")),
    "IN": lambda n, dice: search(where("bench_3", "IN", values=[_text(n, dice) for _ in range(20)])),
    "BETWEEN": lambda n, dice: search(_between(n, dice)),
    "BETWEEN, sorted": lambda n, dice: search(_between(n, dice), sorts=["-bench_number"]),
    "GTE": lambda n, dice: search(where("bench_number", "GTE", value=str(dice.randrange(n)))),
    "LT, sorted": lambda n, dice: search(where("bench_number", "LT", value=str(n)), sorts=["-bench_number"]),
    "GTE, any page": lambda n, dice: search(where("bench_number", "GTE", value="1"), after=_page(n, dice)),
    "all, any page": lambda n, dice: search(after=_page(n, dice)),
}
OTHERS: dict[str, Make] = {
    "EQ and BETWEEN": lambda n, dice: search(where("hs_ticket_priority", "EQ", value="HIGH"), _between(n, dice)),
    "BETWEEN, by another": lambda n, dice: search(_between(n, dice), sorts=["bench_3"]),
    "NEQ": lambda n, dice: search(where("bench_3", "NEQ", value=_text(n, dice))),
    "NOT_IN": lambda n, dice: search(where("bench_3", "NOT_IN", values=[_text(n, dice) for _ in range(20)])),
    "HAS_PROPERTY": lambda n, dice: search(where("bench_3", "HAS_PROPERTY")),
    "NOT_HAS_PROPERTY": lambda n, dice: search(where("bench_3", "NOT_HAS_PROPERTY")),
    "CONTAINS_TOKEN": lambda n, dice: search(where("content", "CONTAINS_TOKEN", value=str(dice.randint(1, n)))),
    "NOT_CONTAINS_TOKEN": lambda n, dice: search(where("content", "NOT_CONTAINS_TOKEN", value=str(dice.randint(1, n)))),
    "query": lambda n, dice: search(query=str(dice.randint(1, n))),
}
Ask = Callable[[Question], object]


def over_http(wire: Wire) -> Ask:
    """Asks a server."""
    return lambda question: wire.ask(question.raw())


def in_process(portal: Portal) -> Ask:
    """Asks the portal itself; anything but a 200 ends the benchmark."""

    def ask(question: Question) -> None:
        answer = portal.answer_at_once(question.made())
        if answer.status != 200:
            raise SystemExit(f"expected a 200 to {question}, found {answer.status} {answer.body[:600]!r}")

    return ask


def percentiles(few: tuple[Ask, int], many: tuple[Ask, int], slow: bool = False) -> Iterator[tuple[str, float, float]]:
    """Per operation the 95th percentile (of the slow ones: the median) in ms, among few records and among many.

    The two take turns, and the best round of each counts; what an index costs when it is first used does not.
    """
    dice = random.Random(1)
    for name, make in (OTHERS if slow else INDEXED).items():
        best = [1e9, 1e9]
        for each in (few, many):
            each[0](make(each[1], dice))
        for _ in range(ROUNDS):
            for at, (ask, count) in enumerate((few, many)):
                asked = [make(count, dice) for _ in range(ASKED_SLOW if slow else ASKED)]
                best[at] = min(best[at], _taken(ask, asked, slow))
        yield name, best[0], best[1]


def _taken(ask: Ask, questions: list[Question], slow: bool) -> float:
    took = []
    for question in questions:
        begun = time.perf_counter()
        ask(question)
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took) if slow else statistics.quantiles(took, n=20)[-1]
