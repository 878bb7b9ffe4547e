"""What do the versions of HubSpot's Python client call the same thing, and how do they show it?"""

from __future__ import annotations

from datetime import datetime, timezone
from importlib.metadata import version
from typing import Any

from tests.clients.conftest import NINE

OLD = version("hubspot-api-client").startswith("8.")
"""8.0.0 to 8.2.1; else 12.0.0."""
MOMENT = datetime(2026, 3, 2, 9, tzinfo=timezone.utc)
STAMPS = {"created_at": MOMENT, "updated_at": MOMENT, "archived": False}
"""What every record shows."""
BATCH = {"status": "COMPLETE", "started_at": MOMENT, "completed_at": MOMENT}
"""What every batch shows."""


def shown(value: Any) -> Any:
    """A model as a dictionary, without the attributes that the answer did not have."""
    if hasattr(value, "openapi_types"):
        attributes = {name: getattr(value, name) for name in value.openapi_types}
        return {name: shown(found) for name, found in attributes.items() if found is not None}
    if isinstance(value, dict):
        return {name: shown(found) for name, found in value.items()}
    if isinstance(value, list):
        return [shown(found) for found in value]
    return value


def ticket(number: int, **properties: str | None) -> dict[str, Any]:
    """How a ticket that was made at nine is shown with these properties."""
    id = str(90000000 + number)
    always = {"createdate": NINE, "hs_lastmodifieddate": NINE, "hs_object_id": id}
    return {"id": id, "properties": {**always, **properties}, **STAMPS}


def new_ticket(number: int, **properties: str | None) -> dict[str, Any]:
    """How a ticket is shown by the call that makes or changes it."""
    usual = {"hs_pipeline": "0", "hs_pipeline_stage": "1", "hs_is_closed": "false"}
    return ticket(number, **{**usual, **properties})


def creation(package: Any, properties: dict[str, str], *associations: tuple[str, int]) -> Any:
    """What is given to create a record, with links of HubSpot's own types."""
    links = [
        package.PublicAssociationsForObject(
            to=package.PublicObjectId(id=id),
            types=[package.AssociationSpec(association_category="HUBSPOT_DEFINED", association_type_id=kind)],
        )
        for id, kind in associations
    ]
    return package.SimplePublicObjectInputForCreate(properties=properties, associations=links)


def creations(package: Any, *records: dict[str, str]) -> Any:
    """What is given to create a batch."""
    one = package.SimplePublicObjectInputForCreate if OLD else package.SimplePublicObjectBatchInputForCreate
    many = "InputForCreate" if OLD else "BatchInputForCreate"
    inputs = [one(properties=properties, associations=[]) for properties in records]
    return getattr(package, f"BatchInputSimplePublicObject{many}")(inputs=inputs)


def merge(client: Any, primary: str, other: str) -> Any:
    """Merge two tickets."""
    from hubspot.crm import tickets

    told = tickets.PublicMergeInput(primary_object_id=primary, object_id_to_merge=other)
    if OLD:
        return client.crm.objects.public_object_api.merge("tickets", told)
    return client.crm.tickets.basic_api.merge(told)


def number(id: str) -> int | str:
    """How the association calls show an id: 8.x as a number."""
    return int(id) if OLD else id


def partial(package: Any, message: str, **context: list[str]) -> dict[str, Any]:
    """How one error of a 207 is shown; some parts of 8.x have a model for its category, which loses it."""
    return {
        "status": "error",
        "category": {} if hasattr(package, "ErrorCategory") else "OBJECT_NOT_FOUND",
        "message": message,
        "errors": [],
        "context": context,
        "links": {},
    }
