"""What is looked at before a run? What cannot be handed over at all, and the limits HubSpot's editor keeps."""

import json
from collections.abc import Mapping
from typing import Any

from contract.entry import NAME, is_reserved
from harness.runtime import limits
from harness.runtime.outcome import ActionError, Mark, Outcome


def refusal(event: Any, secrets: Mapping[str, Any]) -> Outcome | None:
    """An outcome without a run, where HubSpot could not have been set up like this."""
    unusable = _unusable_event(event) or _unusable_secret(secrets)
    if unusable is not None:
        return unusable
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


def _unusable_event(event: Any) -> Outcome | None:
    example = 'Hand over what HubSpot does, such as {"inputFields": {"name": "value"}}.'
    if not isinstance(event, Mapping):
        return _refused("UnusableEvent", f"event: expected an object, found {_kind(event)}. {example}", "guessed")
    inputs = event.get("inputFields")
    if inputs is not None and not isinstance(inputs, Mapping):
        return _refused(
            "UnusableEvent", f"event: expected an object as inputFields, found {_kind(inputs)}. {example}", "guessed"
        )
    try:
        event_text(event)
    except RecursionError:
        return _refused("UnusableEvent", f"event: expected plain JSON, found one too deep for it. {example}", "guessed")
    except (TypeError, ValueError) as error:
        # What json says of numbers differs from one Python to the next.
        why = error if isinstance(error, TypeError) else "a number that is not finite, or a value that holds itself"
        return _refused(
            "UnusableEvent", f"event: expected plain JSON, found what is none ({why}). {example}", "guessed"
        )
    return None


def event_text(event: Mapping[str, Any]) -> str:
    """The event as it travels."""
    return json.dumps(dict(event), allow_nan=False)


def _unusable_secret(secrets: Mapping[str, Any]) -> Outcome | None:
    for name, value in secrets.items():
        wrong = _wrong_name(name) or _wrong_value(value)
        if wrong is not None:
            return _refused("UnusableSecret", f"secret {name!r}: {wrong}", "guessed")
    return None


def _wrong_name(name: Any) -> str | None:
    if not isinstance(name, str) or not NAME.fullmatch(name):
        return (
            "expected a name of letters, digits and underscores, found another. An environment variable is made of it."
        )
    if is_reserved(name):
        return "expected a name that is free, found one that Lambda sets itself. Rename the secret."
    return None


def _wrong_value(value: Any) -> str | None:
    if not isinstance(value, str):
        return f"expected text, found {_kind(value)}. Hand over text."
    if "\0" in value:
        return "expected text for an environment variable, found a NUL character in it. Leave it out."
    try:
        value.encode()
    except UnicodeEncodeError:
        return "expected Unicode text, found half of a surrogate pair in it. Leave it out."
    return None


def _kind(value: Any) -> str:
    return "None" if value is None else f"a value of type {type(value).__name__}"


def _refused(name: str, sentence: str, mark: Mark = "documented") -> Outcome:
    return Outcome("failed", mark, error=ActionError(name, sentence), problems=(sentence,))
