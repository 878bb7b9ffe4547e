"""The inputs part reads what HubSpot really sends, and says clearly what it cannot read."""

import json

import pytest

from actions.parts.inputs import BadInput, Inputs, say, secret


def given(**fields):
    return Inputs("an_action", {"inputFields": fields})


NOTHING = [None, "", "   "]


@pytest.mark.parametrize("value", NOTHING)
def test_nothing_is_the_default(value):
    """None, empty text and blanks all mean that HubSpot sent nothing."""
    found = given(a=value)

    assert [
        found.text("a", "x"),
        found.record_id("a", "an id"),
        found.moment("a"),
        found.names("a"),
        found.number("a", 7),
    ] == [
        "x",
        "",
        None,
        [],
        7,
    ]


@pytest.mark.parametrize("event", [None, {}, {"inputFields": None}, {"inputFields": []}, [], "x"])
def test_an_odd_event_is_an_event_without_inputs(event):
    """Whatever the event is, reading an input from it gives the default."""
    assert Inputs("an_action", event).text("a", "x") == "x"


@pytest.mark.parametrize(("sent", "read"), [("5391823", "5391823"), (5391823, "5391823"), (5391823.0, "5391823")])
def test_an_id_may_come_as_text_or_number(sent, read):
    """HubSpot's ids arrive as text in some actions and as numbers in others."""
    assert given(thread_id=sent).record_id("thread_id", "a thread id") == read


@pytest.mark.parametrize(
    ("name", "value", "read", "message"),
    [
        ("thread_id", "visitor-12@example.org", lambda g: g.record_id("thread_id", "a thread id"),
         "expected a thread id (digits, for example 5391823), found text of 22 characters that is not an id"),
        ("thread_id", None, lambda g: g.record_id("thread_id", "a thread id", required=True),
         "expected a thread id (digits, for example 5391823), found nothing"),
        ("mode", "lvie", lambda g: g.choice("mode", ("off", "dry"), "dry"),
         "expected one of off, dry, found text of 4 characters"),
        ("mode", "Drry", lambda g: g.choice("mode", ("off", "dry"), "dry"),
         "expected one of off, dry, found text of 4 characters (did you mean dry?)"),
        ("routes", "[" * 20000, lambda g: g.json("routes", list, "[]"),
         "expected JSON text like [], found broken JSON"),
        ("flag", "perhaps", lambda g: g.flag("flag"), "expected true or false, found text of 7 characters"),
        ("days", "a week", lambda g: g.number("days", 7),
         "expected a number from 0 to 1e+09, found text of 6 characters"),
        ("days", "-1", lambda g: g.number("days", 7), "expected a number from 0 to 1e+09, found text of 2 characters"),
        ("at", "yesterday", lambda g: g.moment("at"),
         "expected a date and time as epoch milliseconds or ISO text, found text of 9 characters"),
        ("routes", "{", lambda g: g.json("routes", list, "[]"),
         "expected JSON text like [], found broken JSON at character 1"),
        ("routes", "{}", lambda g: g.json("routes", list, "[]"), "expected JSON text like [], found a JSON dict"),
    ],
)  # fmt: skip
def test_a_wrong_input_names_itself(name, value, read, message):
    """A wrong value ends in one line with the input, what was expected, what was found, and where to put it right."""
    with pytest.raises(BadInput) as wrong:
        read(given(**{name: value}))

    assert str(wrong.value) == (
        f"an_action: input '{name}': {message}. Correct it in this action's side panel in the workflow editor."
    )


def test_what_may_be_personal_is_not_repeated():
    """A long wrong value is described by its length, so that no address or sentence reaches HubSpot's log."""
    with pytest.raises(BadInput) as wrong:
        given(mode="please call me back, visitor-12").choice("mode", ("off",), "off")

    assert "visitor-12" not in str(wrong.value)


@pytest.mark.parametrize(
    ("sent", "read"), [("true", True), ("TRUE", True), (True, True), ("false", False), (False, False)]
)
def test_a_flag_comes_as_text_or_boolean(sent, read):
    """Booleans are read from text of any case and from real booleans."""
    assert given(flag=sent).flag("flag") is read


def test_a_list_is_parted_by_commas_semicolons_or_lines():
    """Operators part the items of a list as they are used to."""
    assert given(inboxes="12, 13;14\n15,,").names("inboxes") == ["12", "13", "14", "15"]


def test_json_comes_as_text_or_ready_made():
    """JSON inputs are read from text, and taken as they are where somebody's harness sends them parsed."""
    assert [
        given(routes='[{"stage": "1"}]').json("routes", list, "[]"),
        given(routes=[1]).json("routes", list, "[]"),
    ] == [
        [{"stage": "1"}],
        [1],
    ]


def test_a_missing_secret_says_where_secrets_are_made(monkeypatch):
    """A secret that is not ticked is the operator's first mistake; the line says how to put it right."""
    monkeypatch.delenv("CHAT_HANDOFF_TOKEN", raising=False)

    with pytest.raises(BadInput) as wrong:
        secret("an_action", "CHAT_HANDOFF_TOKEN")

    assert str(wrong.value) == (
        "an_action: secret 'CHAT_HANDOFF_TOKEN' is not here. Create it under Secrets in the custom code editor with "
        "the value of a service key, and tick it for this action."
    )


def test_a_log_line_is_one_line_of_json(capsys):
    """What an action says in HubSpot's log is one JSON object on one line."""
    say("an_action", outcome="created", note="two\nlines")

    text = capsys.readouterr().out
    assert (text.count("\n"), json.loads(text)) == (
        1,
        {"action": "an_action", "outcome": "created", "note": "two\nlines"},
    )
