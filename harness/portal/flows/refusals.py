"""How HubSpot refuses in automation (wording guessed throughout; what is refused says how it is known)."""

from harness.portal import refusals
from harness.portal.refusals import Refusal


def no_such_flow(id: str) -> Refusal:
    """404: no flow with this id."""
    return refusals.not_found(f"Flow with id {id[:30]} does not exist")


def no_such_revision(id: str, revision: str) -> Refusal:
    """404: the flow never was at this revision."""
    return refusals.not_found(f"Flow {id[:30]} has no revision {revision[:30]}")


def stale(sent: str, current: str) -> Refusal:
    """409: somebody else has changed the flow (documented: it is refused; the status is guessed)."""
    return refusals.conflict(f"revisionId {sent[:30]} is not the flow's current revision, which is {current}")


def pending(id: str) -> Refusal:
    """400: the flow is still being made (documented: a PUT needs COMPLETE; the status is guessed)."""
    return refusals.validation(
        f"Flow {id[:30]} cannot be updated while its crmObjectCreationStatus is PENDING",
        crmObjectCreationStatus=["PENDING"],
    )


def another_type(sent: str, current: str) -> Refusal:
    """400: a flow stays of the type it was made with (guessed)."""
    return refusals.validation(f"type {sent[:30]} is not the flow's type, which is {current}", type=[sent[:30]])


def bad_choice(name: str, value: str, expected: str) -> Refusal:
    """400: a field with a value it does not take."""
    return refusals.bad_parameter(f"{name} must be {expected}", name, value=value)


def bad_runtime(value: str) -> Refusal:
    """400: no runtime of this name (seen by others for NODE20 and NODE_20)."""
    return refusals.validation(f"{value[:40]} is not a known runtime", runtime=[value[:40]])


def internal_error() -> Refusal:
    """500, with which HubSpot answers some mistakes in a definition (seen by others)."""
    return Refusal(500, "INTERNAL_ERROR", "internal error")
