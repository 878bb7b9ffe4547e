"""An ordinary list, page by page."""

from typing import Any

import pytest

from report.asking.asking import Asking
from report.asking.pages import pages
from report.asking.refusals import OddAnswer
from tests.harness.serve.conftest import Served
from tests.report.asking.conftest import TICKETS


class Answers:
    """Answers as HubSpot might give them, by the cursor that is asked with."""

    def __init__(self, **answers: dict[str, Any]) -> None:
        self.answers, self.asked = answers, list[dict[str, Any]]()

    def get(self, path: str, query: Any = None) -> dict[str, Any]:
        """The next page."""
        self.asked.append(dict(query))
        return self.answers[query.get("after", "first")]


def page(*ids: Any, after: Any = None) -> dict[str, Any]:
    """One page."""
    return {"results": [{"id": id} for id in ids]} | ({"paging": {"next": {"after": after}}} if after else {})


def ids(reader: Any, query: dict[str, str] | None = None) -> list[list[Any]]:
    """What each page brings."""
    return [[row["id"] for row in rows] for rows in pages(reader, "/list", query, 2)]


def test_a_list_is_read_to_its_end(served: Served, asking: Asking) -> None:
    """Every record of an account comes once, page by page."""
    served.control("POST", "seed", {"tickets": [{"subject": "{n}", "repeat": 24}]})
    found = [[row["id"] for row in rows] for rows in pages(asking, TICKETS, {"archived": "false"}, 10)]
    assert ([len(rows) for rows in found], len({id for rows in found for id in rows})) == ([10, 10, 5], 25)


def test_the_cursor_is_what_is_asked_with() -> None:
    """The query is kept, with the limit, and the cursor of the page before."""
    answers = Answers(first=page(1, 2, after="b"), b=page(3))
    assert ids(answers, {"archived": "false"}) == [[1, 2], [3]]
    assert answers.asked == [
        {"archived": "false", "limit": "2"},
        {"archived": "false", "limit": "2", "after": "b"},
    ]


@pytest.mark.parametrize(
    ("answers", "expected", "calls"),
    [
        ({"first": page(1, 2, after="b"), "b": page(3, after="b")}, [[1, 2], [3]], 5),
        ({"first": page(1, 2, after="b"), "b": page(3, after="c"), "c": page(1, after="b")}, [[1, 2], [3]], 5),
        ({"first": page(after="b"), "b": page(1)}, [[1]], 2),
        ({"first": page(1, 2, after="b"), "b": page(1, 2, after="c"), "c": page(3)}, [[1, 2], [3]], 3),
        ({"first": page(1, 2, after="b"), "b": page(2, 3)}, [[1, 2], [3]], 2),
        ({"first": page()}, [], 1),
        ({"first": {"results": [{"name": "a"}, {"name": "a"}], "paging": None}}, [[None]], 1),
        ({"first": page(1, after=7), "7": page(2)}, [[1], [2]], 2),
    ],
    ids=["same cursor", "a ring", "an empty page", "a page twice", "pages overlap", "nothing", "no ids", "a number"],
)
def test_odd_paging_ends(answers: dict[str, Any], expected: list[list[Any]], calls: int) -> None:
    """Whatever the cursors do, every row comes once, and the list ends."""
    reader = Answers(**answers)
    found = [[row.get("id") for row in rows] for rows in pages(reader, "/list", None, 2)]
    assert (found, len(reader.asked)) == (expected, calls)


@pytest.mark.parametrize("answer", [{}, {"results": None}, {"results": {"id": 1}}, {"results": [1]}])
def test_no_list_is_refused(answer: dict[str, Any]) -> None:
    """What is no list of objects is refused as odd."""
    with pytest.raises(OddAnswer) as odd:
        ids(Answers(first=answer))
    assert (odd.value.where, odd.value.expected) == ("/list", "a list of objects as results")
