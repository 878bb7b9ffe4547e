"""How HubSpot refuses to associate two records."""

from harness.portal import refusals
from harness.portal.objects.types import ObjectType, find
from harness.portal.refusals import Refusal


def wrong_kind(start: ObjectType, end_name: str, id: int) -> Refusal:
    """400: no such association between these two types."""
    return refusals.validation(
        f"Association type {id} is not valid between {start.name} and {end_name}",
        sub_category="crm.associations.INVALID_ASSOCIATION_TYPE",  # guessed
        associationTypeId=[str(id)],
    )


def no_such_end(type_id: str, id: str, kind_id: int) -> Refusal:
    """400 while creating: the other record is not there (wording and code guessed)."""
    label = find(type_id).label
    message = f"One or more associations are not valid. No {label} with id {id[:30]} exists"
    return refusals.validation(
        message,
        errors=[
            refusals.detail(
                message,
                code="INVALID_OBJECT_IDS",
                objectTypeId=[type_id],
                ids=[id],
                associationTypeId=[str(kind_id)],
            )
        ],
        sub_category="crm.associations.INVALID_OBJECT_IDS",
    )


def missing_end(type_id: str, id: str) -> Refusal:
    """404: one of the two records is not there."""
    return refusals.not_found(f"No {find(type_id).label} with id {id[:30]} exists", id=[id])


def no_default(start: ObjectType, end: ObjectType) -> Refusal:
    """400: there is no plain association between these two types (wording guessed)."""
    return refusals.validation(f"No default association type exists between {start.name} and {end.name}")


def none_associated(start: ObjectType, id: str, end: ObjectType) -> refusals.Detail:
    """An error of a batch read: nothing is associated (seen in public code)."""
    return refusals.batch_error(
        "OBJECT_NOT_FOUND",
        f"No {end.singular} is associated with {start.singular} {id[:30]}.",
        code="crm.associations.NO_ASSOCIATIONS_FOUND",
        fromObjectId=[id],
        fromObjectType=[start.singular],
        toObjectType=[end.singular],
    )
