"""The portal has the operations that HubSpot's specs have, and no others."""

from harness.portal import Portal, Request
from harness.portal.door import ROUTER
from harness.portal.routing import Operation as Route
from tests.specs.check import NOT_EMULATED, Checker
from tests.specs.operations import Operation

# The only ones that may say that they are not emulated, by how the portal calls them.
REFUSED = (
    "the GDPR deletion of contacts",
    "association definitions",
    "association labels",
    "the association usage report",
    "the performance of flows",
    "the e-mail campaigns of flows",
    "the mapping of flow ids to the ids of older workflows",
    "SMTP tokens",
    "custom object schemas",
)
TYPES = {"objectType": "tickets", "fromObjectType": "tickets", "toObjectType": "contacts"}


def test_every_operation_of_the_specs_is_there(checker: Checker) -> None:
    """What a spec has, the portal answers, or refuses by one of the names that it may."""
    portal = Portal()
    token = portal.token()
    missing = []
    for operation in checker.operations.all:
        answer = portal.answer(
            Request.make(operation.method, _example(operation), {"Authorization": f"Bearer {token}"})
        )
        refused = any(f"does not emulate {name}." in answer.body.decode() for name in REFUSED)
        if answer.status == NOT_EMULATED and not refused:
            missing.append(f"{operation}: {answer.body.decode()}")
    assert missing == []


def test_no_route_is_in_a_version_whose_spec_lacks_it(checker: Checker) -> None:
    """What the portal answers in a version, a spec of that version has."""
    beyond = [
        f"{route.route.method} {route.template}"
        for route in ROUTER.operations
        if not _is_refused(route) and not _has(checker, route)
    ]
    assert beyond == []


def _example(operation: Operation | Route) -> str:
    """A path of the operation, with a type that HubSpot knows and ids that nothing has."""
    spec = operation.spec.object_type if isinstance(operation, Operation) else ""
    path = operation.path if isinstance(operation, Operation) else operation.template
    names = TYPES | ({"objectType": spec} if spec else {})
    return "/".join(names.get(part[1:-1], "1") if part.startswith("{") else part for part in path.split("/"))


def _has(checker: Checker, route: Route) -> bool:
    types = ("tickets", "contacts", "companies", "notes") if "{objectType}" in route.template else ("",)
    paths = [route.template.replace("{objectType}", type, 1) for type in types]
    return any(checker.operations.find(route.route.method, path) for path in paths)


def _is_refused(route: Route) -> bool:
    portal = Portal()
    call = Request.make(route.route.method, _example(route), {"Authorization": f"Bearer {portal.token()}"})
    return portal.answer(call).status == NOT_EMULATED
