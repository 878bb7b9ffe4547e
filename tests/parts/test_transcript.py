"""The transcript part keeps a chat readable, harmless and within HubSpot's limit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.parts.transcript import TEXT_LIMIT, harmless, plain, shortened, transcript, units

NINE = 1772442000000


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"text": "Hello"}, "Hello"),
        ({"text": None, "richText": "<p>Hello<br>there &amp; all</p>"}, "Hello\nthere & all"),
        ({"text": " ", "richText": "<script>alert(1)</script><b>Hi</b>"}, "Hi"),
        ({"text": "a\x00b\x1bc"}, "abc"),
        ({}, ""),
    ],
)
def test_the_words_of_a_message(message, words):
    """Plain text goes first; rich text alone gives its words without its tags."""
    assert plain(message) == words


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<img src=x onerror=alert(1)>look", "look"),
        ("<scr<script>ipt>alert(1)</script>", "‹scr "),
        ("a < b and c > d", "a ‹ b and c › d"),
        ("card 4111 1111 1111 1111 please", "card •••• 1111 please"),
        ("IBAN DE89 3704 0044 0532 0130 00.", "IBAN •••• 3000."),
        ("card 4111  1111\u00a01111\u20131111", "card •••• 1111"),
        ("card ٤١١١١١١١١١١١١١١١", "card •••• 1111"),
        ("iban de89370400440532013000", "iban •••• 3000"),
        ("nl91 abna 0417 1643 00", "•••• 4300"),
        ("account 12345678901234567890", "account •••• 7890"),
        ("order 12345678 and phone +49 170 123 45 67 89", "order 12345678 and phone +49 170 123 45 67 89"),
        ("at least four words that mean nothing here", "at least four words that mean nothing here"),
    ],
)
def test_nothing_harmful_is_kept(text, kept):
    """No tag and no card or account number survives; an order number does."""
    assert harmless(text) == kept


@settings(max_examples=200)
@given(st.text(alphabet="<>/scriptimg &;\"'=x!-", max_size=60))
def test_no_text_makes_a_tag(text):
    """However tags are nested or broken, no angle bracket reaches the ticket."""
    assert not set("<>") & set(harmless(text))


def test_an_excerpt_has_the_last_twenty():
    """An excerpt keeps the last 20 messages and says how many it leaves to the conversation."""
    lines = [(NINE + n * 60000, "Visitor", f"message {n}") for n in range(25)]

    text = transcript(lines, "excerpt", "Conversation: https://example.org/1").split("\n")

    assert (text[0], text[2], text[3], len(text)) == (
        "Conversation: https://example.org/1",
        "(5 earlier messages are in the conversation)",
        "2026-03-02 09:05 Visitor: message 5",
        23,
    )


def test_no_transcript_is_the_header_alone():
    """With `none` the ticket keeps the link and not a word."""
    assert transcript([(NINE, "Visitor", "secret")], "none", "Conversation: x") == "Conversation: x"


@settings(max_examples=40)
@given(st.sampled_from(["a", "é", "漢", "😀"]), st.integers(min_value=60000, max_value=90000))
def test_a_long_chat_stays_within_the_limit(sign, length):
    """However long and in whatever signs, the text fits, keeps its two ends, and uses the room there is."""
    text = "first" + sign * length + "last"

    kept = shortened(text)

    assert units(kept) <= TEXT_LIMIT
    assert (kept[:5], kept[-4:]) == ("first", "last")
    assert units(kept) > TEXT_LIMIT * 0.7 or kept == text
