"""Makes a ticket under a unique key, and reads the one that is there where HubSpot says the key is taken."""

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
from hubspot.crm.tickets import ApiException, SimplePublicObjectInputForCreate


def main(event):
    tickets = hubspot.Client.create(access_token=os.environ["TOKEN"]).crm.tickets.basic_api
    order = event["inputFields"]["order"]
    properties = {"subject": "Order " + order, "hs_pipeline_stage": "1", "order_number": order}
    try:
        ticket = tickets.create(SimplePublicObjectInputForCreate(properties=properties, associations=[]))
    except ApiException as error:
        if error.status not in (400, 409):
            raise
        ticket = tickets.get_by_id(order, id_property="order_number")
    return {"outputFields": {"ticket_id": ticket.id}}
