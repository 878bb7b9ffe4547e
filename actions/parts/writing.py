"""The ticket first, its ornaments second: what HubSpot refuses and a ticket can do without is left out and named.

What still fails ends in one line with the property, its label and the setting to change (docs/rules.md, section 4).
"""

import json

from .hubspot import Refused
from .inputs import BadInput

# Without these a ticket would not be the chat's ticket: never left out.
KEYS = ("chat_thread_id", "chat_open_key", "chat_threads", "hs_pipeline", "hs_pipeline_stage", "subject")
PLACE = ("hs_pipeline", "hs_pipeline_stage")


def spared(send, properties, keys=KEYS):
    """(answer, names left out): all of it, else without what HubSpot objects to, else the keys alone."""
    chosen = dict(properties)
    for last in (False, False, True):
        try:
            return send(chosen), sorted(set(properties) - set(chosen))
        except Refused as refused:
            named = set(refused.properties)
            if last or refused.status != 400 or refused.taken or not named or named & set(keys):
                raise
            kept = set(chosen) - named if named & set(chosen) else set(keys)
            chosen = {name: value for name, value in chosen.items() if name in kept}
    return None


def written(hubspot, action, ticket_id, changes):
    """Was it written? Not where the ticket was archived since it was read."""
    try:
        hubspot.patch("objects/tickets/" + ticket_id, {"properties": changes})
    except Refused as refusal:
        if refusal.status == 404:
            return False
        raise explained(hubspot, action, refusal) from None
    return True


def link_one_by_one(hubspot, ticket_id, links):
    """Link a ticket with (type, id, association type), a second time without effect. The names of refused links."""
    refused = []
    for to_type, record_id, type_id in links:
        kind = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id}]
        try:
            hubspot.put("links/tickets/{}/associations/{}/{}".format(ticket_id, to_type, record_id), kind)
        except Refused:
            refused.append("link to " + to_type)
    return refused


def explained(hubspot, action, refusal):
    """A refusal for good as one line for the operator: property, label, and the setting that mends it."""
    if refusal.status not in (400, 409) or not refusal.properties:
        return refusal
    name = refusal.properties[0]
    try:
        label = str((hubspot.get("properties/tickets/" + name) or {}).get("label") or "which this portal lacks")
    except Refused:
        label = "whose label this key may not read"
    remedy = "give it a value in the input extra_properties, for example {}".format(
        json.dumps({name: "…"}, ensure_ascii=False)
    )
    if name in PLACE:
        remedy = "name another stage in the input routes: this one does not exist or tickets may not be created in it"
    if name.startswith("chat_"):
        remedy = "create the ticket properties of this project (properties.toml), with the types that stand there"
    return BadInput("{}: HubSpot refuses the ticket because of {} ({}): {}.".format(action, name, label, remedy))
