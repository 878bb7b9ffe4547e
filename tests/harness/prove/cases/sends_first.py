"""Sends an e-mail unless the ticket says that it was sent, and then writes so."""

import os

import hubspot
from hubspot.crm.tickets import SimplePublicObjectInput
from hubspot.marketing.transactional import PublicSingleSendEmail, PublicSingleSendRequestEgg


def main(event):
    client = hubspot.Client.create(access_token=os.environ["TOKEN"])
    tickets = client.crm.tickets.basic_api
    ticket = tickets.get_page(limit=1, properties=["content"]).results[0]
    if ticket.properties["content"] == "sent":
        return {"outputFields": {"note": "sent before"}}
    message = PublicSingleSendEmail(to="visitor-12@example.org")
    egg = PublicSingleSendRequestEgg(email_id=7, message=message, contact_properties={}, custom_properties={})
    client.marketing.transactional.single_send_api.send_email(egg)
    tickets.update(ticket.id, SimplePublicObjectInput(properties={"content": "sent"}))
    return {"outputFields": {"note": "sent"}}
