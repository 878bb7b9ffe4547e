"""How HubSpot refuses in conversations (wording guessed; that it refuses is documented where noted)."""

from harness.portal import refusals
from harness.portal.refusals import Refusal


def no_such_thread(id: str) -> Refusal:
    """404: no thread with this id."""
    return refusals.not_found(f"Thread with id {id[:30]} does not exist")


def no_such_message(id: str) -> Refusal:
    """404: no message with this id in the thread."""
    return refusals.not_found(f"Message with id {id[:60]} does not exist")


def no_such_actor(id: str) -> Refusal:
    """404: nobody has this actor id."""
    return refusals.not_found(f"Actor with id {id[:60]} does not exist")


def no_such(what: str, id: str) -> Refusal:
    """404: no inbox, channel or channel account with this id."""
    return refusals.not_found(f"{what} with id {id[:30]} does not exist")


def both_filters(one: str, other: str) -> Refusal:
    """400: two filters that do not go together (documented)."""
    return refusals.bad_parameter(f"{one} cannot be combined with {other}", one, other)


def needs_filter(one: str, other: str) -> Refusal:
    """400: a filter or sort that needs another (documented)."""
    return refusals.bad_parameter(f"{one} requires {other}", one)


def bad_filter(name: str, value: str, expected: str) -> Refusal:
    """400: a filter with a value it does not take."""
    return refusals.bad_parameter(f"{name} must be {expected}", name, value=value)
