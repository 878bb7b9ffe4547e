"""Which operations of HubSpot's specs this portal knows by name and does not carry out. The flows' are with theirs."""

from collections.abc import Callable

from harness.portal.call import Answer, Call
from harness.portal.refusals import not_emulated
from harness.portal.routing import Route

_CONFIGURATIONS = "/definitions/configurations"
_PAIR = "/{fromObjectType}/{toObjectType}"
_LABELS = f"{_PAIR}/labels"
_TOKENS = "/smtp-tokens"

# What it is, the area, the versions (none: all that have the area), and its operations.
KNOWN: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("the GDPR deletion of contacts", "objects", (), ("POST /{objectType}/gdpr-delete",)),
    (
        "association definitions",
        "association-definitions",
        (),
        (
            f"GET {_CONFIGURATIONS}/all",
            f"GET {_CONFIGURATIONS}{_PAIR}",
            f"POST {_CONFIGURATIONS}{_PAIR}/batch/create",
            f"POST {_CONFIGURATIONS}{_PAIR}/batch/purge",
            f"POST {_CONFIGURATIONS}{_PAIR}/batch/update",
        ),
    ),
    (
        "association labels",
        "association-definitions",
        (),
        (f"GET {_LABELS}", f"POST {_LABELS}", f"PUT {_LABELS}", f"DELETE {_LABELS}/{{associationTypeId}}"),
    ),
    ("the association usage report", "associations", (), ("POST /usage/high-usage-report/{userId}",)),
    (
        "SMTP tokens",
        "smtp-tokens",
        (),
        (
            f"GET {_TOKENS}",
            f"POST {_TOKENS}",
            f"GET {_TOKENS}/{{tokenId}}",
            f"DELETE {_TOKENS}/{{tokenId}}",
            f"POST {_TOKENS}/{{tokenId}}/password-reset",
        ),
    ),
    (
        "custom object schemas",
        "schemas",
        (),
        ("GET ", "POST ", "GET /{objectType}", "PATCH /{objectType}", "DELETE /{objectType}"),
    ),
)


def _says_so(what: str) -> Callable[[Call], Answer]:
    def answer(call: Call) -> Answer:
        raise not_emulated(what)

    return answer


ROUTES = tuple(
    Route(method, area, path, _says_so(what), only=versions)
    for what, area, versions, operations in KNOWN
    for method, _, path in (operation.partition(" ") for operation in operations)
)
