"""How does a workflow set, copy and clear properties (0-5), of the record or of those associated with it?

Seen in others' flows: HubSpot's own way to clear is the static value "", to copy OBJECT_PROPERTY, and an `association`
names whose property it is. Guessed: a property or output without a value clears as well; every associated record is
set, and none at all is no failure; a number that is not there counts as 0 when it is raised.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from harness.portal.associations.kinds import KINDS, Kind
from harness.workflow.steps import Around, Done, Fields, Scene, no_text, others, unwritable
from harness.workflow.wording import amiss, among, mapping, one_of

HERE_ONLY = ("INCREMENT", "APPEND_OBJECT_PROPERTY", "STATIC_APPEND_VALUE")
"""Types of value that add to what is there (documented: the spec's names for them)."""


class SetProperty:
    """0-5: give a property a value, or none."""

    def unsupported(self, fields: Fields, around: Around) -> Iterator[str]:
        """A property's name, a value, and whose it is."""
        yield from others(fields, "property_name", "value", "association")
        yield from no_text(fields, "property_name")
        value = mapping(fields.get("value")) or {}
        if value.get("type") in HERE_ONLY:
            yield from (f"value: {problem}" for problem in _adding(value, around))
            if fields.get("association"):
                yield amiss("no association beside a value that adds", fields["association"])
        else:
            yield from (f"value: {problem}" for problem in unwritable(fields.get("value"), around))
        if fields.get("association"):
            yield from unknown_kind(fields["association"], around.known.object_type_id)

    def do(self, fields: Fields, scene: Scene) -> Done:
        """Set it."""
        name, record = str(fields["property_name"]), scene.record
        if fields["value"]["type"] in HERE_ONLY:
            try:
                return _set(scene, name, _added(fields["value"], name, scene))
            except ValueError:
                return Done(f"set {name}", "failed: it is no number that could be raised", failed=True)
        value = scene.text_of(fields["value"])
        if not fields.get("association"):
            return _set(scene, name, value)
        kind = kind_of(fields["association"], record.object_type_id)
        ids = record.ends(scene.record_id, kind)
        outcomes = {record.set(kind.end, id, name, value, scene.zone) for id in ids}
        what = f"{'clear' if value is None else 'set'} {name} of records of type {kind.end}"
        failed = sorted(outcomes - {"done"})
        return Done(what, failed[0] if failed else f"done, {len(ids)} of them", failed=bool(failed))


def unknown_kind(given: object, start: str, end: str = "") -> Iterator[str]:
    """Why an association is none of the portal's that begin at a type of record (and end at another)."""
    association = mapping(given) or {}
    if association.get("associationCategory") != "HUBSPOT_DEFINED":
        yield amiss("the associationCategory HUBSPOT_DEFINED", association.get("associationCategory"))
        return
    there = {kind.id for kind in KINDS.values() if kind.start == start and end in ("", kind.end)}
    if type(association.get("associationTypeId")) is not int or association["associationTypeId"] not in there:
        from_ = f"an associationTypeId from {start}{f' to {end}' if end else ''}, {one_of(set(map(str, there)))}"
        yield amiss(from_, association.get("associationTypeId"))


def kind_of(association: Mapping[str, Any], start: str) -> Kind:
    """The association type, which is known to be there."""
    id = association["associationTypeId"]
    return next(kind for kind in KINDS.values() if (kind.start, kind.id) == (start, id))


def _set(scene: Scene, name: str, value: str | None) -> Done:
    outcome = scene.record.set(scene.record.object_type_id, scene.record_id, name, value, scene.zone)
    return Done(f"{'clear' if value is None else 'set'} {name}", outcome, failed=outcome != "done")


def _adding(value: Mapping[str, Any], around: Around) -> Iterator[str]:
    amount = value.get("incrementAmount")
    if value["type"] == "INCREMENT" and (isinstance(amount, bool) or not isinstance(amount, int | float)):
        yield amiss("a number as incrementAmount", amount)
    if value["type"] == "STATIC_APPEND_VALUE":
        yield from no_text(value, "staticAppendValue")
    if value["type"] == "APPEND_OBJECT_PROPERTY" and not among(value.get("appendPropertyName"), around.known.own):
        yield amiss("the appendPropertyName to be one that the portal has", value.get("appendPropertyName"))


def _added(value: Mapping[str, Any], name: str, scene: Scene) -> str | None:
    """A number with more on it, or a choice of several options with more of them (guessed: without repeats)."""
    properties = scene.record.properties(scene.record_id)
    before = properties.get(name) or ""
    if value["type"] == "INCREMENT":
        return _raised(before, value["incrementAmount"])
    more = value.get("staticAppendValue") or properties.get(value.get("appendPropertyName", "")) or ""
    options = dict.fromkeys(option for option in f"{before};{more}".split(";") if option)
    return ";".join(options) or None


def _raised(before: str, amount: float) -> str:
    """The sum as a person would write it: 0.1 and 0.2 are 0.3."""
    try:
        total = Decimal(before or "0") + Decimal(str(amount))
    except InvalidOperation:
        raise ValueError(before) from None
    return f"{total.normalize():f}" if total.is_finite() else str(total)
