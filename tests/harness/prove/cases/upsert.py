"""Makes a ticket or updates the one with the unique value, in one call, for which client 8.2.1 has no method."""

import os

import hubspot


def main(event):
    client = hubspot.Client.create(access_token=os.environ["TOKEN"]).crm.tickets.basic_api.api_client
    order = event["inputFields"]["order"]
    properties = {"subject": "Order " + order, "hs_pipeline_stage": "1"}
    client.call_api(
        "/crm/v3/objects/tickets/batch/upsert",
        "POST",
        body={"inputs": [{"id": order, "idProperty": "order_number", "properties": properties}]},
        header_params={"Content-Type": "application/json"},
        response_types_map={200: "object", 201: "object"},
        auth_settings=["oauth2"],
    )
    return {"outputFields": {"order": order}}
