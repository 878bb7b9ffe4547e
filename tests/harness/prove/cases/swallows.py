"""Says that all is well whatever HubSpot answered."""

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
# [tool.hubspot.outputs.note]
# type = "string"
# ///

import os

import hubspot
from hubspot.crm.tickets import ApiException, SimplePublicObjectInput


def main(event):
    tickets = hubspot.Client.create(access_token=os.environ["TOKEN"]).crm.tickets.basic_api
    try:
        found = tickets.get_page(limit=1).results[0]
        tickets.update(found.id, SimplePublicObjectInput(properties={"subject": "Answered"}))
    except ApiException:
        return {"outputFields": {"note": "not now"}}
    return {"outputFields": {"note": "answered"}}
