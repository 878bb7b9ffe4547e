"""Nothing a visitor typed, no name, no address and no secret is left behind anywhere but on the ticket."""

import json

import pytest

from harness import Outcome
from tests.actions.desk import CHAIN, Desk, Done

CANARY = "canary-7f3a91"


def said_aloud(outcome: Outcome) -> str:
    """Everything a run leaves behind: outputs, errors, problems, logs and the paths it called."""
    return json.dumps(outcome.as_json(), ensure_ascii=False, default=str)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk whose people, words and secrets all carry the canary."""
    desk.agent = desk.portal.has_agent(f"agent {CANARY}")
    desk.contact = desk.portal.has_contact(f"{CANARY}@example.org", firstname=CANARY, lastname=CANARY)
    desk.portal.has_company(f"Company {CANARY}", [desk.contact])
    desk.token = desk.portal.token(value=f"local-{CANARY}")
    desk.settings["send_confirmation.email_id"] = "77"
    return desk


def sing(desk: Desk) -> list[Outcome]:
    """The whole chain on a chat full of canaries, each action once well and once with HubSpot refusing it."""
    chat = desk.has_chat(f"My {CANARY} invoice is wrong", f"agent: I will ask {CANARY} and get back to you")
    chat.closes(by=desk.agent)
    desk.portal.clock.advance(60)
    heard: list[Outcome] = []
    done: Done = {}
    for action in CHAIN:
        inputs = {**desk.inputs_for(action, chat, done), **desk.declared(action)}
        for status in (429, 400, 500):
            desk.portal.weather.busy(times=9, status=status)
            heard.append(desk.run(action, **inputs))
            desk.portal.weather.clears()
        heard.append(desk.run(action, **inputs))
        done[action] = heard[-1].output_fields or {}
    return heard


def test_no_canary_sings(desk: Desk) -> None:
    """Canaries planted in words, names, address, company and secret appear in nothing that the runs leave behind."""
    heard = sing(desk)

    assert [outcome.status for outcome in heard[3::4]] == ["succeeded"] * 5
    assert [CANARY in said_aloud(outcome) for outcome in heard] == [False] * len(heard)
    assert CANARY not in str(desk.portal.log)


def test_the_ticket_does_keep_the_words(desk: Desk) -> None:
    """The one place that keeps what was said is the ticket's description, so the test above can fail."""
    sing(desk)

    (ticket,) = desk.portal.records("tickets")
    assert [name for name, value in ticket.properties.items() if CANARY in value] == ["content"]
