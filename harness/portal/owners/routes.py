"""The owners' operations: list them, and read one by its own id or its user's."""

from typing import Any

from harness.portal import pages
from harness.portal.call import Answer, Call
from harness.portal.moments import iso
from harness.portal.owners.state import Owner
from harness.portal.refusals import bad_parameter, not_found
from harness.portal.routing import Route
from harness.portal.versions import D09


def reading(call: Call) -> tuple[str, ...]:
    """The scopes that may read owners: before 2026-09 the workflows' is enough (documented: the specs)."""
    own = ("crm.objects.owners.read",)
    return own if call.version == D09 else ("automation", *own)


def read_all(call: Call) -> Answer:
    """GET: active owners, or archived ones."""
    email, archived = call.one("email").lower(), call.flag("archived")
    found = [o for o in call.world.owners.all() if o.archived == archived and email in ("", o.email)]
    page, paging = pages.cut(found, call.count("limit", 100, 500), call.one("after"))
    return 200, {"results": [_owner(o) for o in page]} | ({"paging": paging} if paging else {})


def read(call: Call) -> Answer:
    """GET one."""
    id, by = call.path["ownerId"], call.one("idProperty", "id")
    if by not in ("id", "userId"):
        raise bad_parameter("idProperty must be id or userId", "idProperty", value=by)
    found = call.world.owners.get(id) if by == "id" else call.world.owners.by_user(id)
    if found is None or found.archived != call.flag("archived"):
        raise not_found(f"No owner with {by} {id[:30]} exists")
    return 200, _owner(found)


def _owner(owner: Owner) -> dict[str, Any]:
    view: dict[str, Any] = {
        "id": owner.id,
        "type": owner.kind,
        "firstName": owner.first_name,
        "lastName": "",
        "createdAt": iso(owner.created),
        "updatedAt": iso(owner.created),
        "archived": owner.archived,
    }
    if owner.kind == "QUEUE":
        return view
    user = {} if owner.archived else {"userId": owner.user_id}
    return view | {"email": owner.email, "userIdIncludingInactive": owner.user_id} | user


ROUTES = (
    Route("GET", "owners", "", read_all, reading),
    Route("GET", "owners", "/{ownerId}", read, reading),
)
