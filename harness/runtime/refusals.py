"""What is looked at before a run? The limits HubSpot's editor keeps, and what the contract asks for."""

from collections.abc import Mapping
from typing import Any

from contract.action import Contract
from harness.runtime import limits
from harness.runtime.outcome import ActionError, Outcome


def refusal(event: Mapping[str, Any], secrets: Mapping[str, str]) -> Outcome | None:
    """An outcome without a run, where HubSpot could not have been set up like this (documented limits)."""
    inputs = event.get("inputFields") or {}
    if len(inputs) > limits.INPUTS:
        return _refused(
            "TooManyInputs",
            f"inputFields: expected at most {limits.INPUTS} inputs, found {len(inputs)}. "
            "Carry several in one JSON text.",
        )
    characters = sum(len(value) for value in secrets.values())
    if characters > limits.SECRET_CHARACTERS:
        return _refused(
            "SecretsTooLong",
            f"secrets: expected at most {limits.SECRET_CHARACTERS:,} characters together, "
            f"found {characters:,}. Hand over fewer or shorter ones.",
        )
    return None


def problems_before(event: Mapping[str, Any], given: Mapping[str, str], contract: Contract | None) -> tuple[str, ...]:
    """What the contract asks for and is not there; the run is made all the same, as HubSpot would."""
    if contract is None:
        return ()
    inputs = event.get("inputFields") or {}
    missing = [
        f"input {each.name}: expected a value, for it is required, found none. Put it into the event's inputFields."
        for each in contract.inputs
        if each.required and inputs.get(each.name) in (None, "")
    ]
    absent = [
        f"secret {name}: expected a value, for it is declared, found none. Hand it over (--secret {name}=...)."
        for name in contract.secrets
        if name not in given
    ]
    return (*missing, *absent)


def _refused(name: str, sentence: str) -> Outcome:
    return Outcome("failed", "documented", error=ActionError(name, sentence), problems=(sentence,))
