"""Makes a ticket under a unique key, and adds to the one that a search finds: the next attempt may find its own."""

import os

import requests

TICKETS = "https://api.hubapi.com/crm/v3/objects/tickets"


def main(event):
    order = event["inputFields"]["order"]
    headers = {"Authorization": "Bearer " + os.environ["TOKEN"]}
    same = {"filters": [{"propertyName": "order_number", "operator": "EQ", "value": order}]}
    asked = requests.post(TICKETS + "/search", json={"filterGroups": [same]}, headers=headers, timeout=10)
    asked.raise_for_status()
    found = asked.json()["results"]
    if found:
        changes = {"properties": {"content": "asked, and again"}}
        requests.patch(TICKETS + "/" + found[0]["id"], json=changes, headers=headers, timeout=10).raise_for_status()
        return {"outputFields": {}}
    properties = {"content": "asked", "order_number": order, "hs_pipeline_stage": "1"}
    made = requests.post(TICKETS, json={"properties": properties}, headers=headers, timeout=10)
    if made.status_code not in (400, 409):
        made.raise_for_status()
    return {"outputFields": {}}
