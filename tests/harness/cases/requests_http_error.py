"""Lets out requests.HTTPError for the status HubSpot's API answered."""

import os

import requests


def main(event):
    headers = {"Authorization": "Bearer " + os.environ["TOKEN"]}
    answer = requests.get("https://api.hubapi.com/crm/v3/objects/tickets/404", headers=headers, timeout=5)
    answer.raise_for_status()
    return {"outputFields": {}}
