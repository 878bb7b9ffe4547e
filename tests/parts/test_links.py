"""The links part makes the address that opens a chat, and an association as HubSpot takes it."""

from actions.parts.links import INBOX_LINK, association, conversation_link


def test_a_link_opens_the_thread():
    """The default template leads to the thread in the portal's inbox."""
    assert conversation_link(INBOX_LINK, 4711, "9001", "app-eu1.hubspot.com") == (
        "https://app-eu1.hubspot.com/live-messages/4711/inbox/9001"
    )


def test_a_template_may_hold_what_we_do_not_know():
    """Braces that are none of ours stay as they are, and nothing in a value is taken for a placeholder twice."""
    assert conversation_link("https://x/{thread_id}/{other}?{}", "1", "9001") == "https://x/9001/{other}?{}"


def test_an_inline_association():
    """An association carries the record's id as text and HubSpot's type id."""
    assert association(51, 16) == {
        "to": {"id": "51"},
        "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 16}],
    }
