"""The operations on property groups: read, make, change, delete."""

from typing import Any

from harness.portal import refusals as shared
from harness.portal.call import Answer, Call, text_of, whole_of
from harness.portal.properties import refusals
from harness.portal.properties.definitions import Group
from harness.portal.properties.routes import reading, type_of, writing_scope
from harness.portal.routing import Route


def read_groups(call: Call) -> Answer:
    """GET all groups of a type."""
    return 200, {"results": [_group(g) for g in call.world.definitions.groups(type_of(call))]}


def read_group(call: Call) -> Answer:
    """GET one group."""
    return 200, _group(_find(call))


def create_group(call: Call) -> Answer:
    """POST one group."""
    type, body = type_of(call), call.body()
    missing = [key for key in ("name", "label") if not body.get(key)]
    if missing:
        raise shared.missing_keys("the group", missing)
    name = text_of(body, "name", "the group")
    if call.world.definitions.group(type, name):
        raise refusals.group_exists(type, name)
    group = Group(name, text_of(body, "label", "the group"), _order(body, -1))
    call.world.definitions.put_group(type, group)
    return 201, _group(group)


def update_group(call: Call) -> Answer:
    """PATCH one group's label or order."""
    found, body = _find(call), call.body()
    if body.get("label") is not None:
        found.label = text_of(body, "label", "the group")
    found.display_order = _order(body, found.display_order)
    return 200, _group(found)


def archive_group(call: Call) -> Answer:
    """DELETE one group; one that has properties is refused (guessed)."""
    type, found = type_of(call), _find(call)
    inside = [definition.name for definition in call.world.definitions.all(type) if definition.group == found.name]
    if inside:
        raise refusals.group_in_use(found.name, inside)
    call.world.definitions.drop_group(type, found.name)
    return 204, None


def _find(call: Call) -> Group:
    name = call.path["groupName"]
    found = call.world.definitions.group(type_of(call), name)
    if found is None:
        raise refusals.no_such_group(name)
    return found


def _order(body: dict[str, Any], otherwise: int) -> int:
    order = whole_of(body, "displayOrder", "the group")
    return otherwise if order is None else order


def _group(group: Group) -> dict[str, Any]:
    return {"name": group.name, "label": group.label, "displayOrder": group.display_order, "archived": False}


_ALL = "/{objectType}/groups"
_ONE = f"{_ALL}/{{groupName}}"

ROUTES = (
    Route("GET", "properties", _ALL, read_groups, reading),
    Route("POST", "properties", _ALL, create_group, writing_scope, write=True),
    Route("GET", "properties", _ONE, read_group, reading),
    Route("PATCH", "properties", _ONE, update_group, writing_scope, write=True),
    Route("DELETE", "properties", _ONE, archive_group, writing_scope, write=True),
)
