"""How the portal says no, in HubSpot's words: one exception, and the refusals that every area shares."""

from collections.abc import Mapping, Sequence
from typing import Any

SCOPES_PAGE = "https://developers.hubspot.com/scopes"
AUTH_PAGE = "https://developers.hubspot.com/docs/methods/auth/oauth-overview"

Detail = dict[str, Any]
LONGEST = 300  # characters of one value that a refusal repeats; ours


class Refusal(Exception):
    """A request that HubSpot would refuse: its status, category and message."""

    def __init__(
        self,
        status: int,
        category: str,
        message: str,
        *,
        errors: Sequence[Detail] = (),
        context: Mapping[str, list[str]] | None = None,
        sub_category: str = "",
        links: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.category = category
        self.message = message
        self.errors = list(errors)
        self.context = _short(context or {})
        self.sub_category = sub_category
        self.links = dict(links or {})
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})

    def envelope(self, correlation_id: str) -> dict[str, Any]:
        """HubSpot's error body (documented: the error-handling page; parts without content are left out)."""
        body: dict[str, Any] = {
            "status": "error",
            "message": self.message,
            "correlationId": correlation_id,
            "category": self.category,
        }
        optional = {
            "subCategory": self.sub_category,
            "errors": self.errors,
            "context": self.context,
            "links": self.links,
        }
        return body | {name: value for name, value in optional.items() if value} | self.extra


class RateLimited(Refusal):
    """429: more was asked than the account or app may (body: HubSpot's docs and public bug reports)."""

    def __init__(self, policy: str, headers: Mapping[str, str] | None = None) -> None:
        extra = {"errorType": "RATE_LIMIT", "policyName": policy, "groupName": "publicapi:private-apps:oauth-apps"}
        message = f"You have reached your {policy.lower()} limit."
        super().__init__(429, "RATE_LIMITS", message, headers=headers, extra=extra)

    def envelope(self, correlation_id: str) -> dict[str, Any]:
        """With a requestId; that it is the correlation id is guessed."""
        return super().envelope(correlation_id) | {"requestId": correlation_id}


def _short(context: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What was sent is repeated, but not megabytes of it."""
    return {name: [value[:LONGEST] for value in values] for name, values in context.items()}


def detail(message: str, *, code: str = "", where: str = "", **context: Sequence[str]) -> Detail:
    """One entry of `errors`."""
    entry: Detail = {"message": message}
    if code:
        entry["code"] = code
    if where:
        entry["in"] = where
    if context:
        entry["context"] = _short(context)
    return entry


def batch_error(category: str, message: str, *, code: str = "", **context: Sequence[str]) -> Detail:
    """One entry of a 207's `errors` (documented: StandardError; its subCategory may not be text)."""
    named = _short(context)
    inner = [{"message": message, "subCategory": code, "context": named}] if code else []
    return {
        "status": "error",
        "category": category,
        "message": message,
        "context": named,
        "errors": inner,
        "links": {},
    }


def validation(message: str, *, errors: Sequence[Detail] = (), sub_category: str = "", **context: list[str]) -> Refusal:
    """400: the request is understood and not acceptable."""
    return Refusal(400, "VALIDATION_ERROR", message, errors=errors, context=context, sub_category=sub_category)


def bad_parameter(message: str, *names: str, value: str = "") -> Refusal:
    """400: parameters of the query that are not acceptable, alone or together."""
    values = [value[:100]] if value else []
    return Refusal(400, "VALIDATION_ERROR", message, context=dict.fromkeys(names, values))


def bad_json(why: str) -> Refusal:
    """400: the body is not what the operation takes."""
    return validation(f"Invalid input JSON: {why}")


def missing_keys(what: str, names: Sequence[str]) -> Refusal:
    """400: the body lacks keys that the spec requires."""
    listed = ", ".join(names)
    return validation(
        f"Invalid input JSON: {what} lacks required fields: [{listed}]",
        errors=[detail(f"{name} is a required field", code="REQUIRED_FIELD", where=name) for name in names],
    )


def not_found(message: str = "resource not found", **context: list[str]) -> Refusal:
    """404: no such thing."""
    return Refusal(404, "OBJECT_NOT_FOUND", message, context=context)


def conflict(message: str) -> Refusal:
    """409: it is there already."""
    return Refusal(409, "CONFLICT", message)


def unauthenticated(message: str) -> Refusal:
    """401: no token, or one that is not known here."""
    return Refusal(401, "INVALID_AUTHENTICATION", message, links={"auth": AUTH_PAGE})


def expired() -> Refusal:
    """401: a token that worked until now."""
    return Refusal(401, "EXPIRED_AUTHENTICATION", "The OAuth token used to make this call is expired")


def missing_scopes(alternatives: Sequence[str]) -> Refusal:
    """403: the token's app lacks the scope (text and shape: third-party code, 2026)."""
    return Refusal(
        403,
        "MISSING_SCOPES",
        "This app hasn't been granted all required scopes to make this call. "
        f"Read more about required scopes here: {SCOPES_PAGE}.",
        errors=[
            detail(
                "One or more of the following scopes are required.",
                requiredGranularScopes=list(alternatives),
            )
        ],
        links={"scopes": SCOPES_PAGE},
    )


def not_emulated(what: str, nearest: Sequence[str] = ()) -> Refusal:
    """501, which HubSpot never says: this portal does not know the operation, and does not pretend to."""
    hint = f" Nearest that is: {'; '.join(nearest)}." if nearest else ""
    return Refusal(501, "NOT_EMULATED", f"The local portal does not emulate {what}.{hint}")
