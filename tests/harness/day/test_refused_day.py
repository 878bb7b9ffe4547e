"""A day that makes no sense: people, places, tickets, weather and attachments are checked before it is played."""

from pathlib import Path

import pytest

from tests.harness.day.conftest import GOOD, HEAD, refusal_of, written

DATES = "expected a date from 2000-01-01 to 2099-12-31, such as 2026-03-02"
FROM = "expected from: nobody, an e-mail address, or a name of small letters, digits, - and _"
OF = "expected of: the name of a visitor, of small letters, digits, - and _, other than nobody"
CHANNELS = (
    "1000 (Live chat), 1001 (Facebook Messenger), 1002 (Email), 1003 (Forms), 1004 (Customer portal), "
    "1007 (WhatsApp), 1009 (SMS), 1010 (Instagram)"
)
WORDS = "visitor, bot, ai, welcome, assigned, reopen, ticket, close, wait, repeat, at"
NEITHER = "expected an outage, or a storm with either times or until, found neither or both. Write one."


def another(name: str, expected: str) -> str:
    return GOOD.replace("name: kettle", f"name: {name}").replace("expected: nothing", f"expected: {expected}")


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("2026-03-02", "2026-02-30", f"day: {DATES}, found 2026-02-30. Correct the date."),
        ("2026-03-02", "0001-01-01", f"day: {DATES}, found 0001-01-01. Correct the date."),
        ("2026-03-02", "9999-12-31", f"day: {DATES}, found 9999-12-31. Correct the date."),
        ("2026-03-02", "Monday", f"day: {DATES}, found Monday. Correct the date."),
        ("[Support]", "[]", "served_inboxes: expected at least one, found none. Write one."),
        (
            "[Support]",
            "[Support, Support]",
            "inboxes: expected a name of its own for each, found 'Support' twice. Rename one.",
        ),
        (
            "[Support]",
            "[Support]\nother_inboxes: [Support]",
            "inboxes: expected a name of its own for each, found 'Support' twice. Rename one.",
        ),
        ("[Support]", '[""]', "inboxes: expected a name of its own for each, found ''. Rename one."),
        (
            "[agent-1]",
            "[agent-1, agent-1]",
            "agents: expected a name of its own for each, found 'agent-1' twice. Rename one.",
        ),
        (
            "[agent-1]",
            "[close]",
            f"agents: expected names of one word, other than {WORDS}, found 'close'. Rename this one.",
        ),
        (
            "[agent-1]",
            "[visitor]",
            f"agents: expected names of one word, other than {WORDS}, found 'visitor'. Rename this one.",
        ),
        (
            "[agent-1]",
            "[Ann Lee]",
            f"agents: expected names of one word, other than {WORDS}, found 'Ann Lee'. Rename this one.",
        ),
        ("confirmations: 0", "confirmations: -1", "confirmations: expected 0 or more, found -1. Correct the number."),
        (
            "confirmations: 0",
            "",
            "the file: expected 'confirmations', found none. It has day, served_inboxes, agents, confirmations, "
            "chats, and if wanted other_inboxes, canaries, tickets, weather.",
        ),
    ],
)
def test_day(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    """A day needs a date, a served inbox and names that can be told apart."""
    assert right in HEAD

    assert refusal_of(written(tmp_path, GOOD, head=HEAD.replace(right, wrong))) == says


def test_no_chats(tmp_path: Path) -> None:
    """A day without chats is no day."""
    assert refusal_of(written(tmp_path, "  []")) == "chats: expected at least one, found none. Write one."


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("from: visitor-1", 'from: ""', f"chat kettle: {FROM}, found ''. Correct its from."),
        (
            "from: visitor-1",
            'from: "visitor 01 <b>"',
            f"chat kettle: {FROM}, found 'visitor 01 <b>'. Correct its from.",
        ),
        ("from: visitor-1", "from: a@b", f"chat kettle: {FROM}, found 'a@b'. Correct its from."),
        (
            "expected: nothing",
            'channel: "9999"\n  expected: nothing',
            f"chat kettle: expected a channel out of {CHANNELS}, found '9999'. Correct its channel.",
        ),
        (
            "expected: nothing",
            "expected: attached to kettle",
            "chat kettle: expected an end at a ticket, found attached to kettle, in a circle. Correct what it expects.",
        ),
        (
            "name: kettle",
            'name: ""',
            "a chat or ticket: expected a name of its own, found an empty one. Rename one.",
        ),
    ],
)
def test_chat(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    """A chat comes from somebody by a channel there is, and ends somewhere."""
    assert right in GOOD

    assert refusal_of(written(tmp_path, GOOD.replace(right, wrong))) == says


def test_chat_that_is_none(tmp_path: Path) -> None:
    """What stands in the place of a chat is told by its place."""
    assert refusal_of(written(tmp_path, f"{GOOD}\n- 5")) == (
        "chat number 2: expected a map, found a whole number. "
        "It has name, at, from, talk, expected, and if wanted called, inbox, channel, spam."
    )


def test_attached_to_each_other(tmp_path: Path) -> None:
    """Two chats that end at each other end nowhere."""
    chats = another("lamp", "attached to bulb") + another("bulb", "attached to lamp")

    assert refusal_of(written(tmp_path, chats)) == (
        "chat lamp: expected an end at a ticket, found attached to bulb and lamp, in a circle. Correct what it expects."
    )


def test_attached_to_nothing(tmp_path: Path) -> None:
    """A chat cannot be attached to one that gets no ticket."""
    chats = another("lamp", "attached to bulb") + another("bulb", "nothing")

    assert refusal_of(written(tmp_path, chats)) == (
        "chat lamp: expected an end at a ticket, found attached to bulb, which ends at nothing. "
        "Correct what it expects."
    )


def test_name_twice(tmp_path: Path) -> None:
    """Two chats of one name are refused, because others attach to them by name."""
    file = written(tmp_path, GOOD + GOOD)

    assert refusal_of(file) == "chat kettle: expected a name of its own, found it twice. Rename one."


@pytest.mark.parametrize(
    ("ticket", "says"),
    [
        ("of: visitor-9, days_ago: -3", "expected days_ago from 1 to 3650, found -3. Correct it."),
        ("of: visitor-9, days_ago: 99999999", "expected days_ago from 1 to 3650, found 99999999. Correct it."),
        (
            "of: visitor-9, days_ago: 3, closed_days_ago: 5",
            "expected closed_days_ago from 0 to its days_ago, 3, found 5. Correct one of the two.",
        ),
        (
            "of: visitor-9, days_ago: 3, closed_days_ago: -1",
            "expected closed_days_ago from 0 to its days_ago, 3, found -1. Correct one of the two.",
        ),
        ("of: nobody, days_ago: 3", f"{OF}, found 'nobody'. Correct its of."),
        ("of: a@example.org, days_ago: 3", f"{OF}, found 'a@example.org'. Correct its of."),
        (
            "of: visitor-9, days_ago: soon",
            "expected a whole number as days_ago, found a text. It has name, of, days_ago, subject, and if wanted "
            "closed_days_ago.",
        ),
    ],
)
def test_ticket(tmp_path: Path, ticket: str, says: str) -> None:
    """A ticket from before the day belongs to a visitor, and closed after it was made."""
    file = written(tmp_path, GOOD, head=f"{HEAD}\ntickets:\n- {{name: lamp, subject: Lamp, {ticket}}}\n")

    assert refusal_of(file) == f"ticket lamp: {says}"


@pytest.mark.parametrize(
    ("weather", "says"),
    [
        ("", NEITHER),
        (", storm: {status: 429}", NEITHER),
        (', storm: {times: 3, until: "11:00"}', NEITHER),
        (', storm: {times: 3}, outage: {until: "11:00"}', NEITHER),
        (', outage: {until: "09:59"}', "expected an until after 10:00, found 09:59. Correct one of the two."),
        (', storm: {until: "10:00"}', "expected an until after 10:00, found 10:00. Correct one of the two."),
        (", outage: {until: late}", "expected a time such as \"09:31\", found 'late'. Write it in quotes."),
        (
            ', outage: {until: "11:00", status: 200}',
            "expected a status of 429 or from 500 to 599, found 200. Other answers are no weather.",
        ),
        (
            ', outage: {until: "11:00", status: 404}',
            "expected a status of 429 or from 500 to 599, found 404. Other answers are no weather.",
        ),
        (", storm: {times: -1}", "expected times from 1 to 10000, found -1. Correct it."),
        (
            ', storm: {until: "11:00", drop: true}',
            "expected times beside drop, found until. Say how many requests it strikes.",
        ),
        (
            ", storm: {times: 1, wind: 3}",
            "expected known fields only, found 'wind'. It has at, and if wanted storm {times, until, status, "
            "after_write, drop}, outage {until, status}.",
        ),
    ],
)
def test_weather(tmp_path: Path, weather: str, says: str) -> None:
    """Weather strikes for a while or so many times, with an answer that HubSpot retries."""
    file = written(tmp_path, GOOD, head=f'{HEAD}\nweather:\n- {{at: "10:00"{weather}}}\n')

    assert refusal_of(file) == f"weather at 10:00: {says}"
