"""The flow that takes the lock from closed tickets, as it is shipped, in a portal with our properties."""

from pathlib import Path

import pytest

from contract.flow import Flow
from harness import Clock, Portal, Runtime, Workflow
from harness.day.stage import provision

DEPLOY = Path(__file__).parents[3] / "deploy"


@pytest.fixture
def portal() -> Portal:
    portal = Portal(clock=Clock("2026-03-02T08:00:00Z"))
    provision(portal, DEPLOY / "properties.toml")
    return portal


@pytest.fixture
def released(portal: Portal) -> Workflow:
    """The flow, switched on; it has no code, and the runtime starts nothing before there is some to run."""
    flow = Flow.read(DEPLOY / "workflows/release_lock.json")
    with Runtime(portal) as runtime:
        return Workflow(flow, portal=portal, runtime=runtime).watches()


def lock_of(portal: Portal, ticket: str) -> str | None:
    record = portal.record("tickets", ticket)
    assert record is not None
    return record.properties.get("chat_open_key")


def test_close(portal: Portal, released: Workflow) -> None:
    """A ticket that closes gives up its lock, and one that stays open keeps it."""
    closes = portal.has_ticket("Kettle", chat_open_key="contact:1")
    stays = portal.has_ticket("Lamp", chat_open_key="contact:2")

    portal.close_ticket(closes)
    portal.clock.run_all()

    assert (lock_of(portal, closes), lock_of(portal, stays)) == (None, "contact:2")
    assert [str(entry) for one in released.enrolments for entry in one.log] == [
        "2026-03-02 08:00:00  action 1  SINGLE_CONNECTION  clear chat_open_key: done"
    ]


def test_lock_is_free(portal: Portal, released: Workflow) -> None:
    """The visitor's next ticket can take the lock, which HubSpot lets one ticket hold at a time."""
    closes = portal.has_ticket("Kettle", chat_open_key="contact:1")
    portal.close_ticket(closes)
    portal.clock.run_all()

    following = portal.has_ticket("Kettle again", chat_open_key="contact:1")

    assert (lock_of(portal, following), len(released.enrolments)) == ("contact:1", 1)


def test_without_lock(portal: Portal, released: Workflow) -> None:
    """A ticket that never held a lock does not enrol when it closes."""
    portal.close_ticket(portal.has_ticket("Kettle"))
    portal.clock.run_all()

    assert released.enrolments == []


def test_again(portal: Portal, released: Workflow) -> None:
    """A ticket that is opened, locked and closed again gives its lock up again."""
    ticket = portal.has_ticket("Kettle", chat_open_key="contact:1")
    portal.close_ticket(ticket)
    portal.clock.run_all()
    portal.move_ticket(ticket, "1")
    portal.set_property("tickets", ticket, "chat_open_key", "contact:1")
    before = lock_of(portal, ticket)
    portal.close_ticket(ticket)
    portal.clock.run_all()

    assert (before, lock_of(portal, ticket), len(released.enrolments)) == ("contact:1", None, 2)


def test_locked_while_closed(portal: Portal, released: Workflow) -> None:
    """A lock that comes onto a closed ticket, as from a run that was under way, goes again too."""
    ticket = portal.has_ticket("Kettle", chat_open_key="contact:1")
    portal.close_ticket(ticket)
    portal.clock.run_all()
    portal.set_property("tickets", ticket, "chat_open_key", "contact:1")
    portal.clock.run_all()

    assert (lock_of(portal, ticket), len(released.enrolments)) == (None, 2)
