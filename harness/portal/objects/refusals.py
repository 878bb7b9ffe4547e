"""How HubSpot refuses to write a record."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from harness.portal import refusals
from harness.portal.objects.types import ObjectType
from harness.portal.refusals import Detail, Refusal

LONGEST_NAME = 100  # characters of a property's name that a refusal repeats; no property has more


@dataclass(frozen=True, slots=True)
class BadProperty:
    """One property of a write that is not acceptable."""

    name: str
    code: str
    message: str
    holder: str = ""  # the record that has the value already

    def line(self, portal_id: int) -> dict[str, object]:
        """As HubSpot quotes it inside the message (seen in public bug reports)."""
        return {
            "isValid": False,
            "message": self.message,
            "error": self.code,
            "name": self.name[:LONGEST_NAME],
            "localizedErrorMessage": self.message,
            "portalId": portal_id,
        }

    def detail(self) -> Detail:
        """As `errors` has it; that it stands there for each property is guessed."""
        entry = refusals.detail(self.message, code=self.code, propertyName=[self.name[:LONGEST_NAME]])
        if self.holder:
            entry["context"]["conflictingObjectId"] = [self.holder]
        return entry


def bad_properties(problems: Sequence[BadProperty], portal_id: int) -> Refusal:
    """400: names every property that is wrong."""
    lines = json.dumps([p.line(portal_id) for p in problems], separators=(",", ":"), ensure_ascii=False)
    return refusals.validation(
        f"Property values were not valid: {lines}",
        errors=[p.detail() for p in problems],
    )


def unknown_property(name: str) -> BadProperty:
    """A property that the account does not have."""
    return BadProperty(name, "PROPERTY_DOESNT_EXIST", f'Property "{name[:100]}" does not exist')


def read_only(name: str) -> BadProperty:
    """A property whose value is HubSpot's business."""
    return BadProperty(name, "READ_ONLY_VALUE", f'"{name}" is a read only property; its value cannot be set.')


def taken(type: ObjectType, name: str, holder: str, portal_id: int) -> BadProperty:
    """A unique value that another record has (code: public code for another type; wording guessed)."""
    where = f"portalId={portal_id}, objectTypeId={type.id}, propertyName={name}"
    return BadProperty(
        name,
        "CONFLICTING_UNIQUE_VALUE",
        f"Cannot set PropertyValueCoordinates{{{where}}}. {holder} already has that value.",
        holder,
    )


def contact_exists(holder: str) -> Refusal:
    """409: a contact with this e-mail address is there (seen in public code)."""
    return refusals.conflict(f"Contact already exists. Existing ID: {holder}")


def required(type: ObjectType, names: Sequence[str], new: bool = True) -> Refusal:
    """400: what must be set is not (for a new record seen in public bug reports; for a change guessed to be alike)."""
    message = f"Error {'creating' if new else 'updating'} {type.label}. Some required properties were not set."
    return refusals.validation(
        message,
        errors=[refusals.detail(message, code="REQUIRED_FIELD", properties=list(names))],
    )


def twice_in_batch(ids: Sequence[str]) -> Refusal:
    """400: one record, or one unique value, is named twice in a batch (seen in public bug reports)."""
    listed = ", ".join(id[:100] for id in ids)
    return refusals.validation(f"Duplicate IDs found in batch input: [{listed}]. IDs must be unique", ids=list(ids))


def not_unique(type: ObjectType, name: str) -> Refusal:
    """400: an idProperty whose values do not name one record."""
    return refusals.validation(
        f"Property {name[:100]} of {type.name} is not unique and cannot be used as idProperty",
        idProperty=[name],
    )


def no_such_record(type: ObjectType, id: str, id_property: str = "") -> Refusal:
    """404: no record with this id or unique value."""
    if id_property:
        return refusals.not_found(f"resource not found: no {type.label} with this {id_property[:100]}")
    if not id.isdigit():
        return refusals.not_found("Object not found.  objectId are usually numeric.")
    return refusals.not_found(f"resource not found: no {type.label} with id {id[:30]}")


def not_mergeable(type: ObjectType) -> Refusal:
    """400: records of this type cannot be merged (documented: its spec has no merge; wording guessed)."""
    return refusals.validation(f"Merging is not supported for object type {type.name}", objectType=[type.name])


def merged_with_itself(type: ObjectType, id: str) -> Refusal:
    """400: both ids name one record, perhaps since an earlier merge (wording guessed)."""
    return refusals.validation(f"Cannot merge {type.label} {id[:30]} with itself", objectIdToMerge=[id])
