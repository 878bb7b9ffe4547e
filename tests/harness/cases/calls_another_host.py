"""Calls a host that is not HubSpot and lets the error out."""

import requests


def main(event):
    requests.get("https://example.org/hook", timeout=5)
    return {"outputFields": {}}
