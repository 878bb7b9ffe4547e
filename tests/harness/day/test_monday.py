"""Monday: the day a stranger watches first ends as its file says, and leaves nobody's words behind."""

import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from harness.day import show
from harness.day.book import read_day
from harness.day.command import MONDAY
from harness.day.plans import Day
from harness.day.run import Result, run

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def monday() -> Day:
    return read_day(MONDAY)


@pytest.fixture(scope="module")
def result(monday: Day) -> Result:
    return run(
        monday,
        flow_folder=ROOT / "deploy/workflows",
        properties=ROOT / "deploy/properties.toml",
        fault=None,
        show=lambda *_: None,
    )


def test_line(result: Result) -> None:
    """Nothing is dropped, nothing is twice, and the numbers are those of the file."""
    assert result.tally.line() == ("82 chats, 56 unresolved, 51 tickets, 51 confirmations, 0 duplicates, 0 dropped")


def test_ends(result: Result) -> None:
    """Every chat ends as its author expected."""
    assert [end for end in result.tally.ends if not end.as_expected] == []
    assert result.tally.good


def test_nothing_is_left_inside(result: Result) -> None:
    """When the day is over no record is inside a flow, and no run of an action has failed for good."""
    left = [one for flow in result.workflows for one in flow.enrolments if one.status != "finished"]

    assert left == []


def test_every_flow_runs(result: Result) -> None:
    """Every flow of the folder is switched on, and each has something to do."""
    on = {flow.flow.path.name: len(flow.enrolments) for flow in result.workflows}

    assert sorted(on) == sorted(path.name for path in (ROOT / "deploy/workflows").glob("*.json"))
    assert [name for name, enrolments in on.items() if not enrolments] == []


def test_closed_tickets_hold_no_lock(result: Result) -> None:
    """A ticket that is closed keeps nobody from a ticket of their own."""
    tickets = result.played.stage.portal.records("tickets")
    closed = [ticket for ticket in tickets if ticket.properties["hs_is_closed"] == "true"]

    assert [ticket.id for ticket in closed if "chat_open_key" in ticket.properties] == []


def test_no_objections(result: Result) -> None:
    """No run of the day gives the harness a reason to object."""
    runs = [run for flow in result.workflows for one in flow.enrolments for run in one.runs]

    assert {problem for run in runs for problem in run.problems} == set()


def test_our_own_log_lines(result: Result) -> None:
    """Every run has logged something an operator can read."""
    runs = [run for flow in result.workflows for one in flow.enrolments for run in one.runs]

    assert [run for run in runs if run.status == "succeeded" and not run.logs.strip()] == []


def test_canaries(monday: Day, result: Result) -> None:
    """Visitors' words, names and addresses and the token are in nothing a run leaves, but the ticket itself.

    One output is meant to carry an address: the visitor's, where HubSpot has no contact for them.
    """
    text = "\n".join(left_behind(result))

    assert [canary for canary in monday.entry.canaries if canary in text] == []
    assert re.findall(r"local-\w+", text) == []
    assert "visitor_email" in text


def test_canaries_are_planted(monday: Day, result: Result) -> None:
    """The canaries were in the day: the tickets have those that belong there."""
    portal = result.played.stage.portal
    kept = json.dumps([record.properties for record in portal.records("tickets")], ensure_ascii=False)
    seeds = MONDAY.read_text(encoding="utf-8")

    assert [canary for canary in monday.entry.canaries if seeds.count(canary) < 2] == []
    assert "canary-7f3a-text" in kept


def left_behind(result: Result) -> Iterator[str]:
    """Everything a run leaves: what is printed, the action logs, outcomes, the portal's log, e-mails sent."""
    printed = StringIO()
    show.show(Console(file=printed), result.tally, None)
    yield printed.getvalue()
    yield json.dumps(show.as_json(result.tally, None), ensure_ascii=False)
    for flow in result.workflows:
        for enrolment in flow.enrolments:
            yield from (str(entry) for entry in enrolment.log)
            for one in enrolment.runs:
                outcome = one.as_json()
                fields = outcome["outputFields"] or {}
                fields["visitor_email"] = bool(fields.get("visitor_email"))
                yield json.dumps(outcome, ensure_ascii=False)
    portal = result.played.stage.portal
    yield from (str(entry) for entry in portal.log)
    yield from (json.dumps(email.properties, ensure_ascii=False) for email in portal.emails)


def test_kinds_of_chats(monday: Day) -> None:
    """The day is a real one: at least sixty chats, in eight languages and more, of every kind of end."""
    expected = [chat.entry.expected.split()[0] for chat in monday.chats]
    lengths = [len(chat.steps) for chat in monday.chats]

    assert len(monday.chats) >= 60
    assert set(expected) == {"ticket", "attached", "nothing"}
    assert max(lengths) > 2000
