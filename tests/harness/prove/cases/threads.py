"""Reads with two threads at once."""

import os
from concurrent.futures import ThreadPoolExecutor

import hubspot


def main(event):
    tickets = hubspot.Client.create(access_token=os.environ["TOKEN"]).crm.tickets.basic_api
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda limit: tickets.get_page(limit=limit), [1, 2]))
    return {"outputFields": {}}
