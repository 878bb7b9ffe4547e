"""Settings: HubSpot's Python client makes, reads and changes properties, groups, pipelines and stages; owners."""

from __future__ import annotations

from typing import Any

import pytest
from hubspot.crm import owners, pipelines, properties

from tests.clients.words import BATCH, MOMENT, OLD, STAMPS, partial, shown

ORDER_NUMBER = {
    "name": "order_number",
    "label": "Order number",
    "type": "string",
    "field_type": "text",
    "group_name": "ticketinformation",
    "description": "",
    "options": [],
    "display_order": -1,
    "calculated": False,
    "external_options": False,
    "has_unique_value": True,
    "hidden": False,
    "hubspot_defined": False,
    "form_field": False,
    "modification_metadata": {"archivable": True, "read_only_definition": False, "read_only_value": False},
    **STAMPS,
}
PERMISSIONS = {} if OLD else {"write_permissions": "CRM_PERMISSIONS_ENFORCEMENT"}


def stage(number: int, label: str, order: int, state: str) -> dict[str, Any]:
    """How a stage is shown."""
    metadata = {"ticketState": state, "isClosed": str(state == "CLOSED").lower()}
    shown_stage = {"id": str(number), "label": label, "display_order": order, "metadata": metadata}
    return {**shown_stage, **PERMISSIONS, **STAMPS}


def staging(label: str, order: int, state: str) -> Any:
    """What is given to make a stage."""
    return pipelines.PipelineStageInput(label=label, display_order=order, metadata={"ticketState": state})


def test_a_property_is_made_changed_and_archived(client: Any) -> None:
    """A select of a ticket, from its making to its end; while it is there, its name is taken."""
    api = client.crm.properties.core_api
    told = properties.PropertyCreate(
        name="channel_kind",
        label="Channel",
        type="enumeration",
        field_type="select",
        group_name="ticketinformation",
        options=[properties.OptionInput(label="Chat", value="chat", display_order=0, hidden=False)],
    )
    made = {
        **ORDER_NUMBER,
        "name": "channel_kind",
        "label": "Channel",
        "type": "enumeration",
        "field_type": "select",
        "has_unique_value": False,
        "options": [{"label": "Chat", "value": "chat", "description": "", "display_order": 0, "hidden": False}],
    }
    assert shown(api.create("tickets", told)) == made
    with pytest.raises(properties.ApiException) as refused:
        api.create("tickets", told)
    assert refused.value.status == 409
    changed = api.update("tickets", "channel_kind", properties.PropertyUpdate(label="Kind"))
    assert shown(changed) == shown(api.get_by_name("tickets", "channel_kind")) == {**made, "label": "Kind"}
    assert api.archive("tickets", "channel_kind") is None
    assert "channel_kind" not in [one.name for one in api.get_all("tickets").results]


def test_properties_are_read_by_name(client: Any) -> None:
    """In a batch; a name that is not there is told beside the rest."""
    names = [properties.PropertyName(name=name) for name in ("order_number", "nope")]
    told = properties.BatchReadInputPropertyName(inputs=names, archived=False)
    assert shown(client.crm.properties.batch_api.read("tickets", told)) == {
        **BATCH,
        "results": [ORDER_NUMBER],
        "num_errors": 1,
        "errors": [partial(properties, "Property nope does not exist", name=["nope"])],
    }


def test_a_group_is_made_changed_and_archived(client: Any) -> None:
    """A group of properties, from its making to its end."""
    api = client.crm.properties.groups_api
    made = {"name": "chat", "label": "Chat", "display_order": 1, "archived": False}
    told = properties.PropertyGroupCreate(name="chat", label="Chat", display_order=1)
    assert shown(api.create("tickets", told)) == made
    changed = api.update("tickets", "chat", properties.PropertyGroupUpdate(label="Chats"))
    assert shown(changed) == shown(api.get_by_name("tickets", "chat")) == {**made, "label": "Chats"}
    assert api.archive("tickets", "chat") is None
    assert "chat" not in [group.name for group in api.get_all("tickets").results]


def test_a_pipeline_is_made_changed_and_archived(client: Any) -> None:
    """A pipeline with two stages, beside the one that every account has."""
    api = client.crm.pipelines.pipelines_api
    stages = [staging("Announced", 0, "OPEN"), staging("Refunded", 1, "CLOSED")]
    made = {"id": "1", "label": "Returns", "display_order": 1, **STAMPS}
    made["stages"] = [stage(5, "Announced", 0, "OPEN"), stage(6, "Refunded", 1, "CLOSED")]
    told = pipelines.PipelineInput(label="Returns", display_order=1, stages=stages)
    assert shown(api.create("tickets", told)) == made
    assert [(one.id, one.label) for one in api.get_all("tickets").results] == [
        ("0", "Support Pipeline"),
        ("1", "Returns"),
    ]
    changed = api.update("tickets", "1", pipelines.PipelinePatchInput(label="Money back"))
    assert shown(changed) == shown(api.get_by_id("tickets", "1")) == {**made, "label": "Money back"}
    assert api.archive("tickets", "1") is None
    assert [one.id for one in api.get_all("tickets").results] == ["0"]


def test_a_stage_is_made_changed_and_archived(client: Any) -> None:
    """A stage of the pipeline that every account has."""
    api = client.crm.pipelines.pipeline_stages_api
    made = stage(5, "On its way", 4, "OPEN")
    assert shown(api.create("tickets", "0", staging("On its way", 4, "OPEN"))) == made
    told = pipelines.PipelineStagePatchInput(label="Under way", metadata={"ticketState": "OPEN"})
    assert shown(api.update("tickets", "0", "5", told)) == {**made, "label": "Under way"}
    assert [one.label for one in api.get_all("tickets", "0").results][-1] == "Under way"
    assert api.archive("tickets", "0", "5") is None
    assert [one.id for one in api.get_all("tickets", "0").results] == ["1", "2", "3", "4"]


def test_owners_are_read(client: Any) -> None:
    """All of them, by address, and by id; an id that nobody has is a 404."""
    api = client.crm.owners.owners_api
    ann = {"id": "60000001", "email": "ann@example.org", "first_name": "Ann", "last_name": "", "user_id": 2000001}
    ann |= {"created_at": MOMENT, "updated_at": MOMENT, "archived": False}
    ann |= {} if OLD else {"type": "PERSON", "user_id_including_inactive": 2000001}
    assert shown(api.get_page()) == shown(api.get_page(email="ann@example.org")) == {"results": [ann]}
    assert shown(api.get_by_id(60000001)) == ann
    with pytest.raises(owners.exceptions.ApiException) as refused:
        api.get_by_id(9)
    assert refused.value.status == 404
