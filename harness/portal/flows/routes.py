"""The operations on workflows: list, read, make, replace, delete, look back, and which actions there are."""

from harness.portal import batches, pages
from harness.portal import refusals as shared
from harness.portal.call import Answer, Call, text_of
from harness.portal.flows import action_types, refusals, views, writing
from harness.portal.flows.state import Flow
from harness.portal.routing import Route
from harness.portal.versions import BETA

SCOPES = ("automation",)  # documented; sensitive data would need more
PAGE = 100  # documented as the default; that it is also the most is guessed
BATCH = 100  # guessed: the spec says nothing


def read_all(call: Call) -> Answer:
    """GET: one line per flow, oldest first."""
    flows = call.world.flows
    hidden = flows.unlisted | flows.unreachable
    shown = [flow for flow in flows.all() if flow.current.definition["objectTypeId"] not in hidden]
    page, paging = pages.cut(shown, call.count("limit", PAGE, PAGE), call.one("after"))
    return 200, {"results": [views.line(flow) for flow in page]} | ({"paging": paging} if paging else {})


def read(call: Call) -> Answer:
    """GET: one flow, whole."""
    return 200, views.whole(_find(call), call.now)


def create(call: Call) -> Answer:
    """POST: a flow, which is PENDING for a while."""
    body = call.body()
    if body.get("objectTypeId") in [*call.world.flows.unreachable]:
        object_type = str(body["objectTypeId"])
        raise refusals.bad_choice("objectTypeId", object_type, "a type whose workflows this API knows")
    return 201, views.whole(writing.create(call.world, body), call.now)


def replace(call: Call) -> Answer:
    """PUT: the whole flow anew, if nobody else was faster."""
    flow = _find(call)
    writing.replace(call.world, flow, call.body())
    return 200, views.whole(flow, call.now)


def delete(call: Call) -> Answer:
    """DELETE: gone for good."""
    call.world.flows.remove(_find(call).id)
    return 204, None


def batch_read(call: Call) -> Answer:
    """POST batch/read: flows by id; each that is not there is an error of its own."""
    results, errors = {}, []
    for entry in call.inputs(BATCH):
        if text_of(entry, "type", "an input") != "FLOW_ID":
            raise shared.bad_json("expected type of an input to be FLOW_ID")
        id = text_of(entry, "flowId", "an input")
        flow = _reachable(call, id)
        if flow:
            results[id] = views.whole(flow, call.now)
        else:
            errors.append(shared.batch_error("OBJECT_NOT_FOUND", f"Flow {id[:30]} does not exist", flowId=[id[:30]]))
    return batches.answer(call, list(results.values()), errors)


def read_revision(call: Call) -> Answer:
    """GET: the flow as it was."""
    flow, id = _find(call), call.path["revisionId"]
    shown = flow.revision(id)
    if shown is None:
        raise refusals.no_such_revision(flow.id, id)
    return 200, views.revision(flow, shown, call.now)


def read_action_types(call: Call) -> Answer:
    """GET: which kinds of action there are, for one object type or all."""
    return 200, {"results": action_types.listed(call.one("objectTypeId"))}


def campaigns(call: Call) -> Answer:
    """GET email-campaigns: not emulated."""
    raise shared.not_emulated("the e-mail campaigns of flows")


def performance(call: Call) -> Answer:
    """GET performance: not emulated."""
    raise shared.not_emulated("the performance of flows")


def id_mappings(call: Call) -> Answer:
    """POST workflow-id-mappings: not emulated."""
    raise shared.not_emulated("the mapping of flow ids to the ids of older workflows")


def _find(call: Call) -> Flow:
    id = call.path["flowId"]
    flow = _reachable(call, id)
    if flow is None:
        raise refusals.no_such_flow(id)
    return flow


def _reachable(call: Call, id: str) -> Flow | None:
    flow = call.world.flows.get(id)
    hidden = flow is not None and flow.current.definition["objectTypeId"] in call.world.flows.unreachable
    return None if hidden else flow


ROUTES = (
    Route("GET", "flows", "", read_all, SCOPES),
    Route("POST", "flows", "", create, SCOPES, write=True),
    Route("POST", "flows", "/batch/read", batch_read, SCOPES),
    Route("GET", "flows", "/email-campaigns", campaigns, SCOPES),
    Route("GET", "flows", "/performance/{flowId}", performance, SCOPES, only=("v4",)),
    Route("GET", "flows", "/{flowId}", read, SCOPES),
    Route("PUT", "flows", "/{flowId}", replace, SCOPES, write=True),
    Route("DELETE", "flows", "/{flowId}", delete, SCOPES, write=True),
    Route("GET", "flows", "/{flowId}/revisions/{revisionId}", read_revision, SCOPES, only=(BETA,)),
    Route("GET", "action-types", "", read_action_types, SCOPES),
    Route("POST", "workflow-ids", "/batch/read", id_mappings, SCOPES),
)
