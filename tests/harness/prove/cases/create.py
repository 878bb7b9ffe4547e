"""Makes a ticket each time it is run."""

import os

import hubspot
from hubspot.crm.tickets import SimplePublicObjectInputForCreate


def main(event):
    tickets = hubspot.Client.create(access_token=os.environ["TOKEN"]).crm.tickets.basic_api
    properties = {"subject": "Order " + event["inputFields"]["order"], "hs_pipeline_stage": "1"}
    ticket = tickets.create(SimplePublicObjectInputForCreate(properties=properties, associations=[]))
    return {"outputFields": {"ticket_id": ticket.id}}
