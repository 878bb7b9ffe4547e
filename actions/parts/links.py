"""Links a person can click, and the numbers by which HubSpot knows an association.

The thread's address is not documented; the template is an input, so a portal can correct it without touching code
(seen in public code: /live-messages/<portal>/inbox/<thread>; the Help Desk form is guessed).
"""

# Association type ids (documented: HubSpot's client at its head, but for 32, which public code uses with a thread id
# under the type name "conversations" and which stays guessed until probed).
TICKET_TO_CONTACT = 16
TICKET_TO_PRIMARY_COMPANY = 26
TICKET_TO_THREAD = 32
CONTACT_TO_PRIMARY_COMPANY = 1
NOTE_TO_TICKET = 228

INBOX_LINK = "https://{ui_domain}/live-messages/{portal_id}/inbox/{thread_id}"
HELP_DESK_LINK = "https://{ui_domain}/help-desk/{portal_id}/thread/{thread_id}"


def conversation_link(template, portal_id, thread_id, ui_domain="app.hubspot.com"):
    """The address that opens the thread in HubSpot's inbox. An unknown {word} in the template stays as it is."""
    link = template
    for name, value in (("ui_domain", ui_domain), ("portal_id", portal_id), ("thread_id", thread_id)):
        link = link.replace("{" + name + "}", str(value))
    return link


def linked_with(hubspot, from_type, record_id, to_type):
    """(id, set of association type ids) of what a record is linked with, in the order of the ids.

    A record without links is told from an unknown one by neither an error nor an answer (guessed: 207 for both).
    """
    path = "associations/{}/{}/batch/read".format(from_type, to_type)
    read = hubspot.post(path, {"inputs": [{"id": str(record_id)}]}) or {}
    ends = [to for one in read.get("results") or [] for to in one.get("to") or []]
    found = {
        str(to.get("toObjectId") or to.get("id")): {kind.get("typeId") for kind in to.get("associationTypes") or []}
        for to in ends
    }
    return sorted(found.items(), key=lambda pair: int(pair[0]))


def association(record_id, type_id):
    """One inline association of a record that is being created."""
    return {
        "to": {"id": str(record_id)},
        "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id}],
    }
