"""Waits before it closes a ticket, so that HubSpot stamps the moment after."""

import os
import time

import hubspot
from hubspot.crm.tickets import SimplePublicObjectInput


def main(event):
    tickets = hubspot.Client.create(access_token=os.environ["TOKEN"]).crm.tickets
    ticket = tickets.basic_api.get_page(limit=1).results[0]
    time.sleep(5)
    tickets.basic_api.update(ticket.id, SimplePublicObjectInput(properties={"hs_pipeline_stage": "4"}))
    return {"outputFields": {}}
