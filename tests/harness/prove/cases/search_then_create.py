"""Makes a ticket unless search finds one: what everybody writes first."""

# /// script
# requires-python = ">=3.9"
# dependencies = ["hubspot-api-client>=8,<9"]
#
# [tool.hubspot]
# secrets = ["TOKEN"]
# scopes = ["tickets"]
#
# [tool.hubspot.inputs.order]
# type = "string"
#
# [tool.hubspot.outputs.ticket_id]
# type = "string"
# ///
import os

import hubspot
from hubspot.crm.tickets import PublicObjectSearchRequest, SimplePublicObjectInputForCreate


def main(event):
    tickets = hubspot.Client.create(access_token=os.environ["TOKEN"]).crm.tickets
    subject = "Order " + event["inputFields"]["order"]
    same = {"filters": [{"propertyName": "subject", "operator": "EQ", "value": subject}]}
    found = tickets.search_api.do_search(PublicObjectSearchRequest(filter_groups=[same], limit=1))
    if found.results:
        return {"outputFields": {"ticket_id": found.results[0].id}}
    properties = {"subject": subject, "hs_pipeline_stage": "1"}
    ticket = tickets.basic_api.create(SimplePublicObjectInputForCreate(properties=properties, associations=[]))
    return {"outputFields": {"ticket_id": ticket.id}}
