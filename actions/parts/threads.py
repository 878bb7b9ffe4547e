"""One thread, read by its id, archived ones too, with the ticket HubSpot links it with."""

from .hubspot import in_path

# What the operator is told where no thread answers: (expected, found).
NO_THREAD = (
    "a thread id that HubSpot knows; choose the conversation's Thread ID, not a contact's or a ticket's id",
    "an id that no thread answers to",
)


def read_thread(hubspot, thread_id):
    """HubSpot's thread; None where there is none. An archived one has to be asked for as such (documented)."""
    path = "conversations/threads/" + in_path(thread_id)
    return hubspot.get(path, association="TICKET") or hubspot.get(path, association="TICKET", archived="true")
