"""How does a workflow make records (0-14) and associate those that are there (0-63189541)?

Documented (an official example): an association's type is named as it is seen from the new record, and its other end
is the enrolled record or what that is itself associated with. Seen in others' flows: two types of record are associated
where a property of the one equals a property of the other. Guessed: every record with that value is associated, as the
types' default association; none at all is no failure; the log names no id.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from harness.portal.associations.kinds import DEFAULTS, KINDS, Kind
from harness.portal.objects.types import TYPES
from harness.workflow.setting import kind_of, unknown_kind
from harness.workflow.steps import Around, Done, Fields, Scene, others, unwritable
from harness.workflow.wording import amiss, among, mapping, one_of

MADE = tuple(type.id for type in TYPES if type.public)


class CreateRecord:
    """0-14: a new record."""

    def unsupported(self, fields: Fields, around: Around) -> Iterator[str]:
        """Its type, its properties and its associations."""
        yield from others(fields, "object_type_id", "properties", "associations", "use_explicit_associations")
        made = fields.get("object_type_id")
        if made not in MADE:
            yield amiss(f"{one_of(MADE)} as object_type_id", made)
            return
        for key in ("properties", "associations"):
            if not isinstance(fields.get(key, []), list):
                yield amiss(f"a list as {key}", fields[key])
                return
        for each in fields.get("properties", []):
            yield from _property(each, around.known.properties[str(made)], around)
        for each in fields.get("associations", []):
            yield from _association(each, str(made), around.known.object_type_id)

    def do(self, fields: Fields, scene: Scene) -> Done:
        """Make it."""
        made = fields["object_type_id"]
        given = {each["targetProperty"]: scene.text_of(each["value"]) for each in fields.get("properties", [])}
        ends = [end for each in fields.get("associations", []) for end in _ends(each, made, scene)]
        outcome = scene.record.create(made, given, ends, scene.zone)
        return Done(f"create a record of type {made}", outcome, failed=outcome != "done")


class CreateAssociation:
    """0-63189541: associate records whose properties say the same."""

    def unsupported(self, fields: Fields, around: Around) -> Iterator[str]:
        """The two properties, and nothing that would make a record."""
        own = around.known.object_type_id
        yield from others(fields, "fromObjectType", "toObjectType", "matchBy", "createAssociationOnly", *_MATCHED)
        if fields.get("fromObjectType") != own:
            yield amiss(f"{own}, the flow's own type, as fromObjectType", fields.get("fromObjectType"))
        there = {end for start, end in DEFAULTS if start == own and end in MADE}
        to = fields.get("toObjectType")
        if not among(to, there):
            yield amiss(f"{one_of(there)} as toObjectType", to)
        if str(fields.get("createAssociationOnly")).lower() != "true":
            yield amiss("createAssociationOnly true, which is all that is walked", fields.get("createAssociationOnly"))
        if fields.get("matchBy") != "fromAndToObjects":
            yield amiss("fromAndToObjects as matchBy", fields.get("matchBy"))
        for key, type in zip(_MATCHED, (own, str(to or "its type")), strict=True):
            kind, _, name = str(fields.get(key)).partition("/")
            if kind != type or name not in around.known.properties.get(kind, ()):
                yield amiss(f"{type}/ and a property of that type as {key}", fields.get(key))

    def do(self, fields: Fields, scene: Scene) -> Done:
        """Look for them."""
        mine, theirs = (str(fields[key]).partition("/")[2] for key in _MATCHED)
        to, value = fields["toObjectType"], scene.record.properties(scene.record_id).get(mine)
        count = scene.record.associate(scene.record_id, to, theirs, value) if value else 0
        return Done(f"associate with records of type {to}", f"done, {count} of them")


_MATCHED = ("enrolledObjectPropertyNameToMatch", "associatedObjectPropertyNameToMatch")


def _property(given: object, known: Any, around: Around) -> Iterator[str]:
    each = mapping(given) or {}
    name = each.get("targetProperty")
    if not among(name, known):
        yield amiss("the targetProperty to be one that the portal has", name)
    yield from (f"{name}: {problem}" for problem in unwritable(each.get("value"), around))


def _association(given: object, made: str, enrolled: str) -> Iterator[str]:
    each = mapping(given) or {}
    target, value = each.get("target"), mapping(each.get("value")) or {}
    if value.get("type") == "ENROLLED_OBJECT":
        yield from (f"associations: {problem}" for problem in unknown_kind(target, made, enrolled))
    elif value.get("type") == "COPY_ASSOCIATION":
        source = list(unknown_kind(value.get("sourceSpec"), enrolled))
        yield from (f"associations, sourceSpec: {problem}" for problem in source)
        if not source:
            end = kind_of(value["sourceSpec"], enrolled).end
            yield from (f"associations: {problem}" for problem in unknown_kind(target, made, end))
    else:
        yield amiss("ENROLLED_OBJECT or COPY_ASSOCIATION as the type of an association's value", value.get("type"))


def _ends(each: Mapping[str, Any], made: str, scene: Scene) -> list[tuple[Kind, str]]:
    own, id = scene.record.object_type_id, each["target"]["associationTypeId"]
    if each["value"]["type"] == "ENROLLED_OBJECT":
        return [(KINDS[made, own, id], scene.record_id)]
    source = kind_of(each["value"]["sourceSpec"], own)
    return [(KINDS[made, source.end, id], other) for other in scene.record.ends(scene.record_id, source)]
