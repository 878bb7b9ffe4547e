"""What was shipped, does it work? The harness runs the workflows as the account now stores them."""

from contract.flow import Flow
from harness import Portal, Runtime, Workflow
from harness.day.stage import provision
from tests.deploy.desk import WORKFLOWS, Desk
from tests.deploy.shipments import flow, shipped, with_mode
from tests.harness.serve.conftest import ROOT


def test_a_chat_becomes_a_ticket_by_what_is_stored(desk: Desk) -> None:
    """The definition that GET answers with, run on the harness, makes one ticket of an unresolved chat."""
    found = shipped(desk, WORKFLOWS)
    with_mode(desk, "live")
    assert desk.deploy("apply").code == 0
    stored = Flow.parse(flow(desk, found["unresolved_chats"]), ROOT / "deploy" / "workflows" / "stored.json")
    portal = Portal()
    inbox = portal.has_inbox("Support")
    portal.has_agent("agent-3")
    provision(portal, ROOT / "deploy" / "properties.toml")
    secrets = {"CHAT_HANDOFF_TOKEN": portal.token()}
    with Runtime(portal) as runtime:
        Workflow(stored, portal=portal, runtime=runtime, secrets=secrets).watches()
        chat = portal.has_chat(inbox=inbox, contact=portal.has_contact("visitor-12@example.org"))
        chat.says("My order has not come, and nobody writes back").closes()
        portal.clock.advance(600)
    (ticket,) = portal.records("tickets")
    assert (inbox, ticket.properties["chat_thread_id"]) == ("1200001", chat.id)
