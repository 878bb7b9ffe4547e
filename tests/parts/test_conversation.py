"""The conversation part tells who said what, and where a sitting begins."""

import pytest

from actions.parts.conversation import Line, closed_at_end, lines_of, sittings, visitor_email
from actions.parts.moments import iso

NINE = 1772442000000
HALF_AN_HOUR = 30 * 60000


def message(number, minute, actor, text="x", **more):
    return dict({"id": str(number), "type": "MESSAGE", "createdAt": iso(NINE + minute * 60000), "text": text,
                 "direction": "OUTGOING", "senders": [{"actorId": actor}]}, **more)  # fmt: skip


def test_lines_are_in_the_order_of_time():
    """HubSpot sends the newest first; lines are oldest first, each message once."""
    newest_first = [message(2, 5, "A-1", "second"), message(1, 0, "V-1", "first"), message(1, 0, "V-1", "first")]

    assert lines_of(newest_first, {}) == [
        Line(NINE, "said", "visitor", "V-1", "first"),
        Line(NINE + 300000, "said", "agent", "A-1", "second"),
    ]


@pytest.mark.parametrize(
    ("actor", "types", "who"),
    [
        ("A-1", {"A-1": "AGENT"}, "agent"),
        ("A-1", {"A-1": "LLM"}, "automation"),
        ("V-1", {"V-1": "VISITOR"}, "visitor"),
        ("E-1", {"E-1": "EMAIL"}, "visitor"),
        ("L-1", {"L-1": "LLM"}, "automation"),
        ("B-1", {"B-1": "BOT"}, "automation"),
        ("I-1", {"I-1": "INTEGRATOR"}, "automation"),
        ("X-1", {"X-1": "SOMETHING_NEW"}, "automation"),
        ("S-1", {"S-1": "SYSTEM"}, "system"),
        ("A-1", {}, "agent"),
        ("V-1", {}, "visitor"),
        ("X-1", {}, "automation"),
    ],
)
def test_who_spoke(actor, types, who):
    """The actor's type decides, the id's prefix only where no type was read; what is unknown is no human."""
    assert lines_of([message(1, 0, actor)], types)[0].who == who


def test_odd_messages_are_passed_over():
    """A message without a time or of an unknown kind, or an archived one, does not stop the others."""
    odd = [
        message(1, 0, "V-1", createdAt=None),
        message(2, 0, "V-1", type="NEW_KIND"),
        message(3, 0, "V-1", archived=True),
    ]

    assert [line.text for line in lines_of([*odd, message(4, 1, "V-1", "kept")], {})] == ["kept"]


def test_an_attachment_alone_is_something_said():
    """A picture without words counts as said."""
    assert lines_of([message(1, 0, "V-1", "", attachments=[{}])], {})[0].text == "[attachment]"


def test_the_address_a_visitor_gave():
    """The newest incoming message with an e-mail address tells it, in lower case."""
    identified = [
        {"actorId": "V-1", "deliveryIdentifier": {"type": "HS_EMAIL_ADDRESS", "value": "Visitor-12@Example.org"}}
    ]
    messages = [
        message(2, 1, "V-1", direction="INCOMING", senders=identified),
        message(1, 0, "V-1", direction="INCOMING"),
    ]

    assert visitor_email(messages) == "visitor-12@example.org"


def chat(*events):
    """(minute, what): what is a close, an opening, or words of v(isitor) or a(gent)."""
    kinds = {
        "close": ("closed", "system"),
        "open": ("opened", "system"),
        "v": ("said", "visitor"),
        "a": ("said", "agent"),
    }
    return [Line(NINE + minute * 60000, *kinds[what], "", str(minute)) for minute, what in events]


@pytest.mark.parametrize(
    ("events", "said_at"),
    [
        ([(0, "v"), (5, "a"), (10, "close")], ["0", "5"]),
        ([(0, "v"), (10, "close"), (12, "open"), (13, "v"), (20, "close")], ["0", "13"]),
        ([(0, "v"), (10, "close"), (12, "open"), (13, "close")], ["0"]),
        ([(0, "v"), (10, "close"), (39, "open"), (39, "v"), (45, "close")], ["0", "39"]),
        ([(0, "v"), (10, "close"), (41, "open"), (41, "v"), (45, "close")], ["41"]),
        ([(0, "v"), (10, "close"), (2000, "v"), (2010, "close"), (2015, "v"), (2020, "close")], ["2000", "2015"]),
        ([(0, "v"), (10, "close"), (100, "open"), (101, "close")], []),
    ],
)
def test_a_sitting_begins_after_a_close_that_silence_followed(events, said_at):
    """Half an hour without a word from the visitor parts two sittings; anything shorter does not."""
    lines = sittings(chat(*events), HALF_AN_HOUR)[-1]

    assert [line.text for line in lines if line.kind == "said"] == said_at


def test_every_sitting_keeps_its_own_lines():
    """Parting a thread into sittings loses no line and tells which close ended each."""
    lines = chat((0, "v"), (10, "close"), (100, "v"), (110, "close"), (115, "v"), (120, "close"), (300, "v"))

    parted = sittings(lines, HALF_AN_HOUR)

    assert [line for spell in parted for line in spell] == lines
    assert [closed_at_end(spell) for spell in parted] == [NINE + 10 * 60000, NINE + 120 * 60000, None]
