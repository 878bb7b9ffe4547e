"""Lets out what the HubSpot client raises for the status HubSpot's API answered."""

import os

from hubspot.crm.tickets import ApiClient, Configuration


def main(event):
    settings = Configuration()
    settings.access_token = os.environ["TOKEN"]
    ApiClient(settings).call_api(
        "/crm/v3/objects/tickets/404",
        "GET",
        response_types_map={200: "object"},
        auth_settings=["oauth2"],
    )
    return {"outputFields": {}}
