"""How HubSpot refuses a property definition (categories and wording guessed, except where noted)."""

from harness.portal import refusals
from harness.portal.objects.types import ObjectType
from harness.portal.refusals import Refusal


def exists(type: ObjectType, name: str) -> Refusal:
    """409: the name is taken (seen in public code)."""
    return refusals.conflict(f"A property named '{name[:100]}' already exists on object type {type.id}.")


def group_exists(type: ObjectType, name: str) -> Refusal:
    """409: the group's name is taken."""
    return refusals.conflict(f"A property group named '{name[:100]}' already exists on object type {type.id}.")


def archived(name: str) -> Refusal:
    """409: the name belongs to an archived property, which only a person can restore (documented)."""
    return refusals.conflict(
        f"A property named '{name[:100]}' is archived. Restore or purge it in the account's settings."
    )


def no_such_property(name: str) -> Refusal:
    """404: no property of this name."""
    return refusals.not_found(f"Property {name[:100]} does not exist")


def no_such_group(name: str, status: int = 404) -> Refusal:
    """No group of this name: 404 when read, 400 when used."""
    message = f"Property group {name[:100]} does not exist"
    return refusals.not_found(message) if status == 404 else refusals.validation(message, groupName=[name])


def bad(name: str, why: str) -> Refusal:
    """400: the definition does not make sense."""
    return refusals.validation(why, propertyName=[name])


def too_many_unique(type: ObjectType, limit: int) -> Refusal:
    """400: an account has ten unique properties per type (documented)."""
    return refusals.validation(
        f"The limit of {limit} unique properties of {type.name} has been reached",
        sub_category="PropertyErrors.UNIQUE_PROPERTY_LIMIT_REACHED",
    )


def hubspot_s_own(name: str, what: str) -> Refusal:
    """400: one of HubSpot's own definitions is not the account's to change."""
    return bad(name, f"{name} is a HubSpot property and cannot be {what}")


def group_in_use(name: str, properties: list[str]) -> Refusal:
    """400: a group that still has properties."""
    message = f"Property group {name[:100]} cannot be deleted: it has properties"
    return refusals.validation(message, groupName=[name], propertyNames=properties[:10])
