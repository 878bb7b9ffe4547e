"""Marks a ticket and says whether it was this run that did; later steps may go by that."""

import os

import hubspot
from hubspot.crm.tickets import SimplePublicObjectInput


def main(event):
    tickets = hubspot.Client.create(access_token=os.environ["TOKEN"]).crm.tickets.basic_api
    ticket = tickets.get_page(limit=1, properties=["content"]).results[0]
    if ticket.properties["content"] == "marked":
        return {"outputFields": {"first": "no", "ticket_id": ticket.id}}
    tickets.update(ticket.id, SimplePublicObjectInput(properties={"content": "marked"}))
    return {"outputFields": {"first": "yes", "ticket_id": ticket.id}}
