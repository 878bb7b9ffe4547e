"""Reads a number, adds one and writes it back."""

import os

import hubspot
from hubspot.crm.tickets import SimplePublicObjectInput


def main(event):
    tickets = hubspot.Client.create(access_token=os.environ["TOKEN"]).crm.tickets.basic_api
    ticket = tickets.get_page(limit=1, properties=["content"]).results[0]
    count = int(ticket.properties["content"] or 0) + 1
    tickets.update(ticket.id, SimplePublicObjectInput(properties={"content": str(count)}))
    return {"outputFields": {"count": count}}
