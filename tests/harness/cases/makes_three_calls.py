"""Imports the client and reads one ticket three times."""

import os

from hubspot.crm.tickets import ApiClient, Configuration


def main(event):
    settings = Configuration()
    settings.access_token = os.environ["TOKEN"]
    client = ApiClient(settings)
    for _ in range(3):
        client.call_api(
            "/crm/v3/objects/tickets/" + event["inputFields"]["ticket_id"],
            "GET",
            response_types_map={200: "object"},
            auth_settings=["oauth2"],
        )
    return {"outputFields": {}}
