"""Writes what time it is, as the machine has it."""

import os
from datetime import datetime

import hubspot
from hubspot.crm.tickets import SimplePublicObjectInput


def main(event):
    tickets = hubspot.Client.create(access_token=os.environ["TOKEN"]).crm.tickets.basic_api
    ticket = tickets.get_page(limit=1).results[0]
    tickets.update(ticket.id, SimplePublicObjectInput(properties={"content": datetime.now().isoformat()}))  # noqa: DTZ005
    return {"outputFields": {}}
