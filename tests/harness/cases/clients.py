"""Calls HubSpot's API with each client its runtime has."""

import json
import os
import urllib.request

import requests
from hubspot import HubSpot
from hubspot.crm.tickets import ApiClient, Configuration

URL = "https://api.hubapi.com/account-info/v3/details"


def main(event):
    token = os.environ["TOKEN"]
    headers = {"Authorization": "Bearer " + token}
    found = {}
    found["requests"] = requests.get(URL, headers=headers, timeout=5).json()["portalId"]
    with urllib.request.urlopen(urllib.request.Request(URL, headers=headers), timeout=5) as answer:
        found["urllib"] = json.load(answer)["portalId"]
    settings = Configuration()
    settings.access_token = token
    called = ApiClient(settings).call_api(
        "/account-info/v3/details", "GET", response_types_map={200: "object"}, auth_settings=["oauth2"]
    )
    found["call_api"] = called[0]["portalId"]
    tickets = HubSpot(access_token=token).crm.tickets.basic_api
    found["hubspot"] = int(tickets.get_by_id(event["inputFields"]["ticket_id"]).id)
    return {"outputFields": found}
