"""Writes another subject each time."""

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
import uuid

import hubspot
from hubspot.crm.tickets import SimplePublicObjectInputForCreate


def main(event):
    tickets = hubspot.Client.create(access_token=os.environ["TOKEN"]).crm.tickets.basic_api
    properties = {"subject": str(uuid.uuid4()), "hs_pipeline_stage": "1"}
    ticket = tickets.create(SimplePublicObjectInputForCreate(properties=properties, associations=[]))
    return {"outputFields": {"ticket_id": ticket.id}}
